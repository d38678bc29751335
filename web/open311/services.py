"""Services: the categories of reports, and what two of them ask besides."""

from __future__ import annotations

from django.http import HttpRequest

from casework.categories import CATEGORY_NAMES, REGULATION, SERVICE
from nlu.categories import words_that_name
from office.models import Unit
from web.open311.errors import Invalid, NotFound
from web.open311.shapes import (
    DEFINITION,
    SERVICES,
    Attribute,
    Datatype,
    Document,
    Service,
    ServiceDefinition,
    Timing,
    Value,
)

KEYWORDS_TOLD = 12
#: Codes of attributes.
UNIT, HAPPENED_AT, RULE = "don_vi", "thoi_gian", "quy_dinh"

_STREETS, _NATURE, _ORDER = "Hạ tầng đô thị", "Môi trường", "Trật tự, an toàn"
_OFFICE, _OTHER = "Cơ quan nhà nước", "Khác"
_GROUPS = {
    "rac_thai_ve_sinh": _NATURE, "giao_thong_via_he": _STREETS, "chieu_sang": _STREETS,
    "cap_thoat_nuoc": _STREETS, "cay_xanh": _NATURE, "tieng_on": _NATURE, "trat_tu_do_thi": _ORDER,
    "xay_dung": _ORDER, "dien_vien_thong": _STREETS, "moi_truong_khong_khi": _NATURE,
    "an_toan_thuc_pham": _ORDER, "pccc": _ORDER, REGULATION: _OFFICE, SERVICE: _OFFICE, "khac": _OTHER,
}  # fmt: skip
_DESCRIPTIONS = {
    "rac_thai_ve_sinh": "Rác chưa thu gom, đổ rác sai chỗ, đường phố và nơi công cộng mất vệ sinh.",
    "giao_thong_via_he": "Mặt đường, vỉa hè hỏng, đèn tín hiệu, biển báo, ùn tắc, đỗ xe sai chỗ.",
    "chieu_sang": "Đèn đường, đèn ngõ không sáng hoặc hỏng.",
    "cap_thoat_nuoc": "Mất nước, vỡ ống, ngập, cống tắc, nắp cống hỏng.",
    "cay_xanh": "Cây nghiêng, gãy, cần cắt tỉa; công viên, vườn hoa.",
    "tieng_on": "Tiếng ồn từ loa, karaoke, thi công, sản xuất.",
    "trat_tu_do_thi": "Lấn chiếm vỉa hè, lòng đường, quảng cáo sai chỗ, trật tự nơi công cộng.",
    "xay_dung": "Xây dựng không phép, sai phép, công trình gây mất an toàn.",
    "dien_vien_thong": "Mất điện, dây điện, cáp viễn thông, cột điện mất an toàn.",
    "moi_truong_khong_khi": "Khói bụi, mùi, đốt rác, xả thải, ô nhiễm ao hồ, sông.",
    "an_toan_thuc_pham": "Thực phẩm không an toàn, cơ sở ăn uống mất vệ sinh.",
    "pccc": "Nguy cơ cháy nổ, lối thoát hiểm bị chặn, thiếu phương tiện chữa cháy.",
    REGULATION: "Quy định, thủ tục vướng mắc, chồng chéo, không hợp lý; đề nghị sửa đổi, cắt giảm.",
    SERVICE: "Thái độ, trách nhiệm, tiến độ phục vụ của cơ quan. Không nhận khiếu nại, tố cáo.",
    "khac": "Việc khác ở thành phố cần cơ quan xem xét.",
}


def listed(_request: HttpRequest) -> Document:
    words = words_that_name()
    return Document(kind=SERVICES, entries=tuple(_service(code, words[code]) for code in CATEGORY_NAMES))


def defined(_request: HttpRequest, code: str) -> Document:
    """What a service asks besides; nothing, for most. Raises NotFound."""
    known(code)
    return Document(
        kind=DEFINITION, entries=(ServiceDefinition(service_code=code, attributes=attributes_of(code)),)
    )


def known(code: str) -> str:
    """The code of a service. Raises Invalid when none is given, NotFound when it is none of ours."""
    if not code:
        raise Invalid("Thiếu service_code: một mã lấy từ /services.")
    if code not in CATEGORY_NAMES:
        raise NotFound("service_code không có ở đây. Xem các mã ở /services.")
    return code


def attributes_of(code: str) -> tuple[Attribute, ...]:
    """In the order in which they are asked."""
    if code == SERVICE:
        return _whom(), _when()
    return (_which_rule(),) if code == REGULATION else ()


def _service(code: str, words: tuple[str, ...]) -> Service:
    return Service(
        service_code=code,
        service_name=CATEGORY_NAMES[code],
        description=_DESCRIPTIONS[code],
        metadata=code in {SERVICE, REGULATION},
        type=Timing.REALTIME,
        keywords=", ".join(words[:KEYWORDS_TOLD]),
        group=_GROUPS[code],
    )


def _whom() -> Attribute:
    units = Unit.objects.values_list("code", "name")
    return Attribute(
        variable=True,
        code=UNIT,
        datatype=Datatype.SINGLEVALUELIST,
        required=True,
        datatype_description=None,
        order=1,
        description="Phản ánh về cơ quan nào? Cơ quan này không nhận phản ánh về chính mình.",
        values=tuple(Value(key=key, name=name) for key, name in units),
    )


def _when() -> Attribute:
    return Attribute(
        variable=True,
        code=HAPPENED_AT,
        datatype=Datatype.DATETIME,
        required=False,
        datatype_description="Theo ISO 8601, ví dụ 2026-11-22T09:30:00+07:00.",
        order=2,
        description="Việc xảy ra lúc nào?",
        values=(),
    )


def _which_rule() -> Attribute:
    return Attribute(
        variable=True,
        code=RULE,
        datatype=Datatype.STRING,
        required=True,
        datatype_description="Tên hoặc mã thủ tục, số văn bản; tối đa 300 ký tự.",
        order=1,
        description="Thủ tục hoặc quy định nào vướng mắc?",
        values=(),
    )
