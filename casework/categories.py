"""The names of report categories as people read them. The codes are those of nlu.categories."""

from __future__ import annotations

#: The category of reports on how the office serves, which never go to whom they are about.
SERVICE = "thai_do_phuc_vu"
REGULATION = "thu_tuc_quy_dinh"

CATEGORY_NAMES = {
    "rac_thai_ve_sinh": "Rác thải, vệ sinh",
    "giao_thong_via_he": "Giao thông, vỉa hè",
    "chieu_sang": "Đèn đường",
    "cap_thoat_nuoc": "Cấp, thoát nước",
    "cay_xanh": "Cây xanh",
    "tieng_on": "Tiếng ồn",
    "trat_tu_do_thi": "Trật tự đô thị",
    "xay_dung": "Xây dựng",
    "dien_vien_thong": "Điện, viễn thông",
    "moi_truong_khong_khi": "Môi trường, không khí",
    "an_toan_thuc_pham": "An toàn thực phẩm",
    "pccc": "Phòng cháy, chữa cháy",
    REGULATION: "Quy định, thủ tục",
    SERVICE: "Thái độ, chất lượng phục vụ",
    "khac": "Việc khác",
}

#: As Report.Kind writes them; every other category is of the field.
_KINDS = {REGULATION: "regulation", SERVICE: "service"}


def kind_of(category: str) -> str:
    """The kind of report that a category makes, a value of Report.Kind."""
    return _KINDS.get(category, "field")
