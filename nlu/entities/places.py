"""Streets, wards and landmarks by the way they are written. Which unit a ward is, office.places knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.entities.entity import Entity, Kind
from nlu.entities.wording import Heard
from nlu.text import fold

# Words of a name: each begins with a capital ("Kim Ngưu", "Trần Hưng Đạo") or is a number ("19-5", "12B").
_CAPITAL = r"[A-ZĐÀ-ỸĂÂÊÔƠƯ][a-zđà-ỹăâêôơư]*"
_NAME = rf"{_CAPITAL}(?: {_CAPITAL}){{0,4}}|\d{{1,3}}[- ]\d{{1,2}}(?!\d)"
_NUMBER = r"\d{1,4}[A-Za-z]?(?:/\d{1,4}[A-Za-z]?)*"
#: The name of a block of flats: "CT12A", "HH4".
_BLOCK = r"[A-Z]{1,3}\d{1,3}[A-Z]?"
#: First words of most street names in small letters, where no capital shows that a name begins.
_FAMILY = (
    "nguyễn|trần|lê|phạm|hoàng|huỳnh|lý|ngô|đinh|bùi|đặng|phan|vũ|võ|trương|hồ|lương|kim|láng|giải phóng"
    "|đội cấn|thái hà"
    "|minh khai|xã đàn|tôn|hàng|cầu giấy|khâm thiên|xuân thủy|bạch mai|trường chinh|đại la|lạc long quân"
    "|âu cơ"
)
_STREET = re.compile(
    rf"(?<!\w)(?:(?i:số nhà|số|nhà số|so nha|so) {_NUMBER},? )?(?:(?i:ngõ|ngách|hẻm|kiệt|ngo|ngach"
    rf"|hem) {_NUMBER},? ){{0,3}}"
    rf"(?:(?i:phố|đường|ngõ|pho|duong|ngo) (?:{_NAME}|(?:{_FAMILY}|{fold(_FAMILY)})(?: (?!và|có|bị|ở|va"
    rf"|co|bi|o|đang|dang|thì|thi|rất|rat)[a-zđà-ỹ]+){{0,2}}))"
)
_ALLEY = re.compile(
    rf"(?<!\w)(?:(?i:số nhà|nhà số|số|so nha) {_NUMBER},? )?(?:(?i:ngõ|ngách|hẻm|kiệt|ngo|ngach"
    rf"|hem) {_NUMBER}(?:,? |\b)){{1,3}}(?<=\w)"
    rf"|(?<!\w)(?i:số nhà|nhà số|so nha) {_NUMBER}\b"
)
_WARD = re.compile(
    rf"(?<!\w)(?:(?i:phường|xã|thị trấn|quận|huyện|thị xã|phuong|quan|huyen|thi tran)"
    rf"|[PQX]\.) ?(?:{_CAPITAL}(?: {_CAPITAL}){{0,3}}|\d{{1,2}}\b)"
)
_LANDMARK = re.compile(
    r"(?<!\w)(?i:chợ|cầu vượt|cầu|hồ|công viên|vườn hoa|bệnh viện|trạm y tế"
    r"|trường(?: tiểu học| mầm non| mẫu giáo| thcs| thpt| cấp \d| trung học| cao đẳng| đại học)?"
    r"|bến xe(?: buýt)?|(?:điểm|trạm|nhà chờ)(?: dừng)?(?: xe)?(?: buýt| bus)|ga|chùa"
    r"|đình|đền|nhà thờ|nhà văn hóa|nhà văn hoá|sân vận động|sân bóng|chung cư|khu tập thể|tập thể"
    r"|khu đô thị|kđt|tòa nhà|toà nhà|tòa|toà|ngã tư|ngã ba|ngã năm|vòng xoay|bùng binh|hầm chui"
    r"|siêu thị|trung tâm thương mại|nghĩa trang) "
    rf"(?:{_BLOCK}|{_CAPITAL})(?: (?:{_BLOCK}|{_CAPITAL}|\d{{1,3}}[A-Z]?))*"
)


def places(heard: Heard) -> Iterator[Entity]:
    """Each as written, the longest way first; "đường rất bẩn" and "xã hội" name none."""
    for kind, pattern in (
        (Kind.STREET, _STREET), (Kind.STREET, _ALLEY), (Kind.WARD, _WARD), (Kind.LANDMARK, _LANDMARK),
    ):  # fmt: skip
        for found in pattern.finditer(heard.text):
            named = found[0].rstrip(" ,")
            end = found.start() + len(named)
            yield Entity(kind=kind, start=found.start(), end=end, text=named, value=named)
