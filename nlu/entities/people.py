"""Who is concerned: relatives, foreigners, Vietnamese abroad, the dead, ages, someone acting for another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from nlu.entities.entity import Entity, Kind
from nlu.entities.wording import Heard, Wording
from nlu.text import fold

_OWNER = r"(?: (?:của |cua )?(?:tôi|em|mình|anh|chị|cháu|bé|con|nó|nhà tôi|nhà em|tớ|t|e|c|họ)(?: ấy| ta)?)?"
#: What a relative is called, and the words for it.
RELATIVES = {
    "child": r"con trai|con gái|con ruột|con đẻ|con riêng|con nuôi|con út|con cả|con đầu lòng"
    r"|con thứ (?:\d|hai|ba)|con rể"
    r"|con dâu|con chung|đứa con|trẻ em|em bé|cháu bé|trẻ sơ sinh|bé trai|bé gái|bé nhà|bé"
    r"|(?<!công ty )con(?= (?:tôi|em|mình|anh|chị|của|nhà|chưa|mới|được|vừa|bị|sinh|có|là|lai|thì|đã|ra"
    r"|đi|học|mất|\d)|$|[,.?!])",
    "parents": r"bố mẹ nuôi|cha mẹ nuôi|bố mẹ|ba mẹ|cha mẹ|ba má|bme|phụ huynh",
    "father": r"bố nuôi|bố dượng|cha nuôi|cha dượng|bố(?! (?:trí|cáo|cục|thí|ráp|láo))|cha"
    r"|ba(?= (?:tôi|em|mình|của|cháu|bé|nó|là)\b)",
    "mother": r"mẹ nuôi|mẹ kế|mẹ(?! (?:kiếp))|má(?= (?:tôi|em|mình|của)\b)",
    "spouses": r"vợ chồng|hai vợ chồng",
    "husband": r"chồng(?! (?:chéo|chất|lên))|ck",
    "wife": r"vợ|vk",
    "grandparent": r"ông bà|ông nội|ông ngoại|bà nội|bà ngoại",
    "sibling": r"anh trai|chị gái|em trai|em gái|anh ruột|chị ruột|anh chị em|anh em ruột",
}
_RELATIVES = {name: Wording.of(rf"(?<!\w)(?:{words})(?!\w)") for name, words in RELATIVES.items()}
_RELATIVE = (
    "|".join(words for name, words in RELATIVES.items())
    + "|ông|bà|bác|chú|cô|dì|cậu|mợ|thím|người thân|người yêu"
)
_LINK = r"(?:(?: (?:cháu|bé|nó))? ?(?:là|thì|mang|có|vốn|đang|hiện|gốc|được))*"

_FOREIGN = Wording.of(
    r"(?<!\w)(?:(?:người|ng) (?:nước ngoài|ngoại quốc|nc ngoài|nn)|ngoại quốc|yếu tố nước ngoài"
    r"|quốc tịch nước ngoài"
    r"|(?:chồng|vợ|bố|cha|mẹ|dâu|rể)" + _OWNER + _LINK + r" (?:nước ngoài|ngoại quốc|tây)"
    r"|kết hôn với nước ngoài|lấy (?:chồng|vợ) (?:ngoại|tây)|không quốc tịch)(?!\w)(?! (?:nguyên|bắc|ninh"
    r"|hồ|sơn|mỗ))"
)
_OVERSEAS = Wording.of(
    r"(?<!\w)(?:việt kiều|kiều bào"
    r"|(?:người (?:việt(?: nam)?|vn|gốc việt) )(?:định cư |sống |đang ở |đang sống )?(?:ở|tại) nước ngoài"
    r"|(?:đã |đang )?định cư (?:ở|tại|bên) (?:nước ngoài|mỹ|pháp|đức|úc|canada|nhật|hàn|anh))(?!\w)"
)
# "Không phải người Hàn", "không có ai là người nước ngoài"; "à không, bố cháu là …" takes back something.
_DENIAL = Wording.of(
    r"(?<!\w)(?:không|ko|k|hông|chẳng|chả|chưa)(?: (?:có|phải|ai|bên nào|người nào|liên quan|gì|đến|là))* ?$"
)
_BARE_DENIAL = Wording.of(r"(?:^|à|ừ|ờ|ơ|nhầm) ?(?:không|ko|k|hông)(?: là)? ?$")
_BOTH = (
    r"(?:bố mẹ|ba mẹ|cha mẹ|ba má|vợ chồng|hai vợ chồng|cả nhà|gia đình|cả hai|2 vợ chồng|hai bên|2 bên"
    r"|hai đứa|2 đứa|hai người"
    r"|cả 2|bọn em|chúng tôi|chúng em|tụi em|bên nào|ai)"
)
_VIETNAMESE = (
    r"(?:người |ng |quốc tịch |công dân )(?:việt nam|việt|vn)(?! (?:kiều|định cư|ở nước|gốc|hải ngoại|tại))"
)
_ALL_VIETNAMESE = Wording.of(
    rf"(?<!\w){_BOTH}(?: (?:tôi|em|mình|cháu|bé|nó|con|chúng|nhà))*(?: (?:đều|cũng|cùng|là|thì|toàn|mang"
    rf"|có))*,? {_VIETNAMESE}(?!\w)"
    rf"|(?<!\w)(?:đều|toàn|cũng)(?: (?:là|cùng|mang|có))* {_VIETNAMESE}(?!\w)"
    rf"|(?<!\w)(?:đều|cùng) (?:là )?việt(?: nam)?(?!\w)|(?<!\w){_VIETNAMESE} (?:hết|cả|cả hai|cả 2)(?!\w)"
    r"|(?<!\w)(?:không|ko|k|chẳng)(?: (?:có|phải|ai|bên nào|liên quan|gì|đến|là))* "
    r"(?:(?:người |yếu tố )?(?:nước ngoài|nc ngoài|ngoại quốc)|việt kiều)(?!\w)"
)

_GONE = Wording.of(
    rf"(?<!\w)(?:{_RELATIVE}|người|chủ hộ|chủ đất){_OWNER}(?: (?:đã|vừa|mới|vừa mới|bị|đều))* "
    r"(?:qua đời|từ trần|tạ thế|khuất|chết|mất(?=$|[,.?!;]| (?:rồi|năm|từ|cách|hôm|được|sớm|thì|do|vì|tại"
    r"|ở|trước|ngày|để lại|không|chưa|mà|nên|sáng|trưa|chiều|tối|đêm|hồi|lúc"
    r"|đột ngột|tuần|tháng|phải|cần|giờ|bây giờ)"
    r"(?! (?:bao|giấy)))(?! ở đâu))(?!\w)"
    r"|(?<!\w)(?:người (?:đã )?(?:mất|chết)|người quá cố|qua đời|từ trần|tạ thế)(?!\w)(?! (?:giấy|thẻ|sổ"
    r"|căn))"
)
_AGE = Wording.of(r"(?<![\w.,/-])(?P<n>\d{1,3}) ?(?:tuổi|tuoi)(?!\w)")
_MONTHS_OLD = Wording.of(
    r"(?<![\w.,/-])\d{1,2} (?:tháng|ngày|tuần) tuổi(?!\w)|(?<!\w)(?:trẻ |bé |con )?(?:sơ sinh|mới sinh"
    r"|mới đẻ|vừa sinh|mới chào đời)(?!\w)"
)
_SHORT_AGE = Wording.of(
    r"(?<!\w)(?:con|bé|cháu|con trai|con gái)(?: (?:tôi|em|mình|nhà|được|mới|đã"
    r"|năm nay))* (?P<n>\d{1,2}) ?t(?!\w)"
)
_ACTING = Wording.of(
    r"(?<!\w)(?:(?:được |giấy |văn bản |người |nhờ )*ủy quyền|(?:làm|nộp|xin|đi|khai|đăng ký|nhận|lấy"
    r"|ký) (?:hộ|thay|giúp)(?= |$|[,.?!])"
    r"(?! (?:khẩu|chiếu|tịch|kinh|nghèo|gia|đổi|lại|thế|thuế|bạ|tôi|em|mình|với))|người đại diện"
    r"|đại diện theo pháp luật|người giám hộ)(?!\w)"
)


def people(heard: Heard) -> Iterator[Entity]:
    """All that is said about who is concerned, in no order; a denied nationality is none."""
    for name, wording in _RELATIVES.items():
        for found in wording.found_in(heard):
            yield heard.entity(Kind.RELATIVE, found, name)
    yield from foreigners(heard)
    for kind, wording in ((Kind.DECEASED, _GONE), (Kind.REPRESENTATIVE, _ACTING)):
        for found in wording.found_in(heard):
            yield heard.entity(kind, found, "")
    yield from ages(heard)


def foreigners(heard: Heard) -> Iterator[Entity]:
    """Foreigners and Vietnamese abroad, and that there is none."""
    for found in _FOREIGN.found_in(heard):
        if not _is_denied(heard, found):
            yield heard.entity(Kind.FOREIGNER, found, "")
    yield from _of_a_country(heard)
    for found in _OVERSEAS.found_in(heard):
        if not _is_denied(heard, found):
            yield heard.entity(Kind.OVERSEAS_VIETNAMESE, found, "")
    for found in _ALL_VIETNAMESE.found_in(heard):
        if not _begins_a_correction(heard, found):
            yield heard.entity(Kind.ALL_VIETNAMESE, found, "")


def _of_a_country(heard: Heard) -> Iterator[Entity]:
    named, beside, codes = _countries()
    for found in named.found_in(heard):
        written = found["country"] or found["capital"]
        if found["capital"] and not _begins_with_a_capital(heard, found):
            continue
        if not _is_denied(heard, found):
            yield heard.entity(Kind.FOREIGNER, found, codes[fold(written)])
    for found in beside.found_in(heard):
        if not _is_denied(heard, found):
            yield heard.entity(Kind.FOREIGNER, found, codes.get(fold(found["country"]), ""))


def _begins_with_a_capital(heard: Heard, found: re.Match[str]) -> bool:
    """ "Người Anh" is British, "người anh" a brother; "quốc tịch anh" is clear."""
    return found["word"].startswith(("quốc", "quoc")) or heard.text[found.start("capital")].isupper()


def _is_denied(heard: Heard, found: re.Match[str]) -> bool:
    before = _up_to(heard, found)
    denied = next(_DENIAL.found_in(before), None) is not None
    return denied and next(_BARE_DENIAL.found_in(before), None) is None


def _up_to(heard: Heard, found: re.Match[str]) -> Heard:
    return Heard(text=heard.text[: found.start()], spoken=heard.spoken[: found.start()], marked=heard.marked)


def _begins_a_correction(heard: Heard, found: re.Match[str]) -> bool:
    """ "À không là người nước ngoài": the "không" takes back what was said before."""
    head = heard.spoken[: found.start()].strip()
    return fold(found[0]).startswith(("khong la ", "ko la ", "k la ")) and fold(head) in {
        "",
        "a",
        "u",
        "o",
        "nham",
    }


def ages(heard: Heard) -> Iterator[Entity]:
    """In years, 0 for months, weeks and newborns. Bounds ("dưới 14 tuổi", "từ 18 tuổi") are no one's age."""
    for wording in (_AGE, _SHORT_AGE):
        for found in wording.found_in(heard):
            if not _is_a_bound(heard, found):
                yield heard.entity(Kind.AGE, found, str(int(found["n"])))
    for found in _MONTHS_OLD.found_in(heard):
        yield heard.entity(Kind.AGE, found, "0")


_BOUND = Wording.of(r"(?:^|\s)(?:dưới|trên|từ|đủ|hơn|đến|quá|chưa|ngoài|gần|-) ?$")


def _is_a_bound(heard: Heard, found: re.Match[str]) -> bool:
    return next(_BOUND.found_in(_up_to(heard, found)), None) is not None


@cache
def _countries() -> tuple[Wording, Wording, dict[str, str]]:
    """How a country stands behind "người" or "quốc tịch", how behind a relative, and the codes."""
    data: dict[str, Any] = yaml.safe_load(files("nlu").joinpath("data/nationalities.yml").read_text("utf-8"))
    words = [(word, code) for code, names in data["countries"].items() for word in names]
    sure = _longest_first(word for word, _ in words if word[0] != "=")
    doubtful = _longest_first(word[1:] for word, _ in words if word[0] == "=")
    ends = rf"(?!\w)(?! (?:{'|'.join(data['not'])})(?!\w))"
    named = Wording.of(
        rf"(?<!\w)(?P<word>(?:người|ng)(?: gốc| nước)?|quốc tịch|công dân(?: nước)?|dân|(?:hộ chiếu"
        rf"|passport)(?: của)?(?: nước)?) "
        rf"(?:(?P<country>{sure})|(?P<capital>{doubtful})){ends}"
    )
    beside = Wording.of(
        rf"(?<!\w)(?:bố|cha|mẹ|chồng|vợ|ck|vk|dâu|rể|bạn trai|bạn gái){_OWNER}(?: là| gốc| mang)? "
        rf"(?P<country>{_longest_first(data['beside_a_relative'])}){ends}"
    )
    return named, beside, {fold(word.lstrip("=")): code for word, code in words}


def _longest_first(words: Any) -> str:
    return "|".join(sorted(words, key=len, reverse=True))
