"""The words of a message that name a place: from a house number, an alley or a landmark on; how exactly."""

from __future__ import annotations

import re

from nlu.entities.entity import Kind
from nlu.entities.places import places
from nlu.entities.wording import Heard
from nlu.text import fold, syllables
from nlu.word_rules import Said, Words

#: Words that begin a place in Hà Nội's way of giving one, folded. Longest first within an alternative.
BEGINNINGS = (
    r"dau ngo|cuoi ngo|trong ngo|ngo|ngach|hem|so nha|so \d+|nha so|duong|pho|phuong|"
    r"khu do thi|khu tap the|khu dan cu|chung cu|toa nha|toa|"
    r"cho|cau|ho|cong vien|vuon hoa|nga ba|nga tu|nga nam|benh vien|truong|chan cau|"
    r"gan cho|gan|doi dien|canh|ben canh|thon|xa|to dan pho"
)
#: Of these, those that are also words for things: a place only where a name or a number follows.
EVERYDAY = frozenset({"duong", "pho", "phuong", "cho", "cau", "ho", "truong", "xa", "hem", "toa"})
_PLACE = re.compile(rf"\b(?:{BEGINNINGS})\s+(?=\S)")
#: A place said with certainty has a number or a name after its street or alley; "đường rất bẩn" names none,
#: and a ward alone is too wide to find anything in.
_STREET = re.compile(
    r"\b(?:ngo|ngach|hem|(?<!ho )(?<!ma )so(?=\s+\d)|so nha|nha so|duong|pho"
    r"|to dan pho|chung cu|toa nha|khu do thi)\s+(?=\w)"
)
#: What stands before a landmark and belongs to the place; a name in capitals without it may be a person's.
_POSITIONS = (
    "trước|sau|gần|cạnh|bên cạnh|đối diện|đầu|cuối|trong|ngoài|chân|dưới|trên|giữa|cổng|bờ|góc|khu|vỉa|sát"
    "|quanh"
)
_BESIDE = re.compile(rf"\b(?:(?:{_POSITIONS})\s+)+$")
_BESIDE_UNMARKED = re.compile(rf"\b(?:(?:{fold(_POSITIONS)})\s+)+$")
_AT = re.compile(r"(?:^|[,.;!?\n]\s*|\b(?:o|tai|tu|qua|den)\s+)$")
_END = re.compile(
    r"[,.;!?\n]\s+(?!(?:p|q|phuong|xa|quan|huyen|ha noi|ngo|ngach|duong|pho|so|gan|doi dien|to)\b)|$"
)
#: Characters that a report keeps of a place (casework.models.Report.place).
LONGEST_PLACE = 300
#: Share of the characters from which on words that hold a place are the place.
MOSTLY = 0.6
#: Words up to which a clause that begins like a place is one.
LONGEST_CLAUSE = 8
_CLAUSE = re.compile(r"[^,.;!?\n]+")
_BEGINS_LIKE_A_PLACE = re.compile(
    r"(?:(?:a|da|vang|thi|la|o|cho|cai|doan|no|nha|em|toi|minh|chau|con|ngay|khoang|dung) )*"
    r"(?:phia|huong|ben|dau|cuoi|giua|goc|truoc|sau|trong|ngoai|sat|quanh|khu|duoi|tren"
    rf"|{BEGINNINGS}|quan|huyen|p|q)\b"
)
#: Of these a clause tells what is wrong there, not where it is.
_STORY = frozenset(
    (  # noqa: SIM905 -- read as a sentence is
        "bi cung khong ko chua van nua lan hom tuan hong vo tac ngap ai rat nhieu toan suot"
    ).split()
)
_TAIL = re.compile(r"(?:[\s,.!]+(?:nhe|nha|a|ah|day|do|ay|thoi|voi|em|ban))+[\s,.!]*$")


#: What is only said to be near, or has a name that many share, and is large.
_NEAR = Words.listed("gần | quanh | xung quanh | chỗ | khu vực | =khu")
_LANDMARK = Words.listed(
    "=chợ | cái chợ | khu chợ | cổng chợ | ~gan cho | ~cong cho | trường | bệnh viện | cổng | ngân hàng"
    "| siêu thị | cây xăng | nhà văn hóa | nhà thờ | =chùa | =đình | =đền | sân bóng | bưu điện | =quán"
    "| công viên | vườn hoa | =hồ | =cầu | bờ hồ | chân cầu | bến xe | nhà ga | trạm y tế | trạm xe"
)
#: A crossing, a ward, a street by their names, folded; fillers name nothing ("đường vào chợ").
_FILLER = (
    r"(?:gan|truoc|sau|canh|ben|vao|ra|di|nay|do|ay|kia|lon|nho|to|rat|bi|toi|xau|cho|trong|ngoai|doi|qua"
    r"|nha|o|cai|ngay|den|sang|chinh|cu|moi|nao|gi|day|cua|la|thi|va|co|minh|em|toi)\b"
)
_EXACT = re.compile(
    r"\d|\b(?:nga ba|nga tu|nga nam|nga sau|giao|vong xoay|bung binh|ham chui|cau vuot)\b"
    rf"|\b(?:duong|pho|ngo|ngach|hem|phuong|xa|thon|xom|quan|huyen|chung cu|toa nha|toa|khu do thi"
    rf"|khu tap the|tap the|tram xe buyt|diem xe buyt)\s+(?!{_FILLER})\w"
)
#: One of a kind and seen from far, when the thing lies in, at or on it: "công viên Thống Nhất", "trên cầu …".
_ONE_OF_A_KIND = re.compile(
    rf"\b(?:cong vien|vuon hoa|ho|cau|ga|ben xe|san van dong|nghia trang)\s+(?!{_FILLER})\w"
)


def is_only_a_place(text: str, place: str) -> bool:
    """True when the words name a place and nothing else: "số 12 nhé", "phía Trương Định, đầu ngõ 64".

    place: the phrase of them that names one (place_phrase), "" for none.
    """
    is_most_of_it = len(place) > len(text) * MOSTLY and not _tells_a_story(text)
    return bool(place) and (is_most_of_it or sounds_like_a_place(text))


def sounds_like_a_place(text: str) -> bool:
    """True when each clause begins as places do, is short and tells nothing wrong: "ngay chỗ hàng cá ấy"."""
    return not _tells_a_story(text) and all(map(_begins_like_a_place, _CLAUSE.findall(fold(text))))


def _tells_a_story(text: str) -> bool:
    return not _STORY.isdisjoint(syllables(fold(text)))


def _begins_like_a_place(clause: str) -> bool:
    words = syllables(clause)
    fits = _BEGINS_LIKE_A_PLACE.match(" ".join(words)) is not None
    return not words or (fits and len(words) <= LONGEST_CLAUSE)


def without_tail(place: str) -> str:
    """The words of a place, at most LONGEST_PLACE characters, without "nhé", "ạ" and the like behind them."""
    place = place.strip()[:LONGEST_PLACE]
    tail = _TAIL.search(fold(place))
    return place[: tail.start()] if tail and len(fold(place)) == len(place) else place.strip(" ,.!")


def is_vague(place: str) -> bool:
    """True for a landmark alone, which finds no lamp post: "gần chợ Mơ", "cổng bệnh viện".

    A street, an alley, a number, a ward, a crossing are exact enough, and so is a park, a lake or a bridge
    by its name where it lies there and not near it. What names neither is taken as it is told.
    """
    said, folded = Said.of(place), fold(place)
    if _EXACT.search(folded):
        return False
    near = _NEAR.stand_in(said)
    return near or (_LANDMARK.stand_in(said) and not _ONE_OF_A_KIND.search(folded))


def place_phrase(text: str) -> str:
    """The phrase of `text` that names a place, in its own words; "" when none is certain."""
    folded = fold(text)
    if len(folded) != len(text):
        return ""
    span = _street(text, folded) or _landmark(text, folded)
    if span is None:
        return ""
    return text[slice(*span)].strip()[:200]


def _street(text: str, folded: str) -> tuple[int, int] | None:
    beginning = _beginning(text, folded) if _is_certain(text, folded) else None
    if beginning is None:
        return None
    end = _END.search(folded, beginning.end())
    return beginning.start(), end.start() if end else len(text)


def _landmark(text: str, folded: str) -> tuple[int, int] | None:
    """A park, a school, a bridge … by its name, with what it is said to be beside."""
    heard = Heard.of(text)
    if len(heard.text) != len(text):
        return None
    found = list(places(heard))
    wards = [place for place in found if place.kind is Kind.WARD]
    for place in found:
        if place.kind is Kind.LANDMARK and not any(map(place.overlaps, wards)):
            beside = (_BESIDE if heard.marked else _BESIDE_UNMARKED).search(heard.spoken, 0, place.start)
            if beside or text[place.start].islower() or _AT.search(folded, 0, place.start):
                return beside.start() if beside else place.start, place.end
    return None


def _beginning(text: str, folded: str) -> re.Match[str] | None:
    """The first word that begins the place: in "đèn đường hỏng ở số 5 phố Huế" not the lamp's."""
    found = list(_PLACE.finditer(folded))
    named = (match for match in found if match[0].strip() not in EVERYDAY or _is_name(text[match.end()]))
    return next(named, next(iter(found), None))


def _is_name(letter: str) -> bool:
    return letter.isdigit() or letter.isupper()


def _is_certain(text: str, folded: str) -> bool:
    after = (text[match.end()] for match in _STREET.finditer(folded))
    return any(map(_is_name, after))
