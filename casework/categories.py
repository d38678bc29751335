"""The names of report categories as people read them. The codes are those of nlu.categories."""

from __future__ import annotations

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
    "thu_tuc_quy_dinh": "Quy định, thủ tục",
    "thai_do_phuc_vu": "Thái độ, chất lượng phục vụ",
    "khac": "Việc khác",
}
