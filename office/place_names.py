"""How people write a ward in a sentence: kinds, accents, tone places, street names that are not wards.

Pure: knows names and text, no rows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from nlu.text import fold

KINDS = {"phuong": "phường", "p": "phường", "f": "phường", "xa": "xã", "x": "xã", "tt": "thị trấn"}
TWO_WORD_KINDS = {("thi", "tran"): "thị trấn"}
DISTRICT_WORDS = {"quan", "q", "huyen", "h", "tx", "tp"}
STREET_WORDS = {"duong", "pho", "ngo", "ngach", "hem"}
#: Last words of what bears a name and is no ward: "bệnh viện", "khu đô thị", "tiểu học", "tập thể".
LANDMARK_WORDS = {"chợ", "cầu", "hồ", "ga", "sông", "chùa", "đình", "đền", "bến", "xe", "viên", "trường"}
LANDMARK_WORDS |= {"viện", "tòa", "toà", "cư", "thị", "hầm", "cống", "đê", "máy", "bv", "ks", "sạn", "kđt"}
LANDMARK_WORDS |= {
    "học",
    "non",
    "thể",
    "thcs",
    "thpt",
    "rạp",
    "phủ",
    "lăng",
    "sân",
    "đầm",
    "đảo",
    "tàng",
    "thờ",
}
#: Without marks the others are more often something else: đến, để, bên, mấy, the, thị trấn.
BARE_LANDMARK_WORDS = {
    "cho",
    "cau",
    "ho",
    "ga",
    "song",
    "chua",
    "vien",
    "truong",
    "toa",
    "ham",
    "cong",
    "bv",
    "ks",
}
BARE_LANDMARK_WORDS |= {"san", "kdt", "hoc", "non", "thcs", "thpt", "rap", "phu", "dam"}
CROSSINGS = {("nga", number) for number in ("ba", "tu", "nam", "sau")} | {("vong", "xoay"), ("bung", "binh")}
#: "Tổ 5 Nhân Chính" lies in a ward; after another number a name is a street's: "số 5 Láng Hạ".
NUMBERED_PARTS = {"to", "tdp", "khu", "xom", "thon", "doi", "cum", "ap"}
#: Behind a name: it is meant as it was before. "cu" may be "cứ": "phuong Dinh Cong cu mua la ngap".
FORMERLY = {("cu",), ("truoc", "day"), ("truoc", "kia"), ("hoi", "truoc"), ("ngay", "truoc"), ("ngay", "xua")}
_OFTEN = {"moi", "dem", "mua", "toi", "sang", "chieu", "trua", "den", "the", "ngay", "khi", "hom", "tuan"}

_EVERYDAY_NAMES = Path(__file__).parent / "data" / "everyday_names.txt"
_APART = frozenset(",;:()\n!?")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, kw_only=True)
class PlaceName:
    """A name people may use. kind: "phường", "xã" or "thị trấn"; district: "" for a unit of today."""

    kind: str
    name: str
    district: str
    code: str


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A name found in a text. kind: "" when no word phường/xã/thị trấn stands before it.

    is_former: the text says that it is the ward of before: "phường Bồ Đề cũ".
    """

    names: tuple[PlaceName, ...]
    kind: str
    length: int
    start: int
    is_whole_text: bool
    is_former: bool


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a text says about places: mentions, best first, and the former districts named beside them."""

    mentions: tuple[Mention, ...]
    districts: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class _Word:
    """is_apart: a comma or a bracket stands before it, so that what is there does not say what it is."""

    text: str
    key: str
    folded: str
    is_apart: bool


@dataclass(frozen=True, kw_only=True)
class _DistrictSpan:
    name: str
    start: int
    length: int


@lru_cache(maxsize=4096)
def spelling(name: str) -> str:
    """Small letters with the tone written last in each syllable: Hoà and Hòa give the same."""
    return " ".join(_tone_last(word) for word in _WORD.findall(unicodedata.normalize("NFC", name.lower())))


def read(text: str, names: Iterable[PlaceName]) -> Reading:
    """The places `text` mentions; streets, landmarks and districts are not mistaken for wards."""
    by_name: dict[str, list[PlaceName]] = {}
    districts: set[str] = set()
    for name in names:
        by_name.setdefault(_folded_name(name.name), []).append(name)
        districts.add(district_key(name.district))
    words = _words(text)
    spans = list(_district_spans(words, districts))
    mentions = _longest_first(_mentions(words, by_name, spans))
    beside = {span.name for span in spans if not any(_overlap(span, mention) for mention in mentions)}
    return Reading(mentions=tuple(mentions), districts=frozenset(beside))


def standing_in(text: str) -> Callable[[str], bool]:
    """Whether a name may stand in the text: a quick look, so that only a few are looked at with care."""
    spoken = " ".join(word.folded for word in _words(text))
    return lambda name: _folded_name(name) in spoken


def _words(text: str) -> list[_Word]:
    text = unicodedata.normalize("NFC", text)
    words, end = [], 0
    for found in _WORD.finditer(text):
        word, gap, end = found[0], text[end : found.start()], found.end()
        is_apart = not _APART.isdisjoint(gap)
        words.append(_Word(text=word, key=_tone_last(word.lower()), folded=fold(word), is_apart=is_apart))
    return words


def _district_spans(words: list[_Word], districts: set[str]) -> Iterator[_DistrictSpan]:
    """Where the name of a former district stands, unless the word phường or xã claims it for a ward."""
    for start in range(len(words)):
        for length in (2, 3):
            name = " ".join(word.folded for word in words[start : start + length])
            if name in districts and not _kind_before(words[:start]):
                yield _DistrictSpan(name=name, start=start, length=name.count(" ") + 1)


def _mentions(
    words: list[_Word], by_name: dict[str, list[PlaceName]], districts: list[_DistrictSpan]
) -> Iterator[Mention]:
    longest = max((name.count(" ") + 1 for name in by_name), default=0)
    for start in range(len(words)):
        for length in range(1, min(longest, len(words) - start) + 1):
            spoken = words[start : start + length]
            known = by_name.get(" ".join(word.folded for word in spoken), [])
            spelt = _spelt_so(spoken, known, behind_its_kind=bool(_kind_before(words[:start])))
            mention = _mention(words, start=start, names=spelt, length=length)
            if spelt and (mention.kind or mention.is_whole_text or _stands_bare(mention, words, districts)):
                yield mention


def _mention(words: list[_Word], *, start: int, length: int, names: tuple[PlaceName, ...]) -> Mention:
    before = words[:start]
    alone = start == _kind_length(before) and start + length == len(words)
    return Mention(
        names=names,
        kind=_kind_before(before),
        length=length,
        start=start,
        is_whole_text=alone,
        is_former=_is_said_of_before(words[start + length :]),
    )


def _is_said_of_before(after: list[_Word]) -> bool:
    """Whether "cũ" or "trước đây" comes next."""
    following = tuple(word.folded for word in after[:2])
    if following[:1] != ("cu",):
        return following in FORMERLY
    return after[0].text.lower() == "cũ" or (after[0].text == "cu" and not _OFTEN & {*following[1:]})


def _stands_bare(mention: Mention, words: list[_Word], districts: list[_DistrictSpan]) -> bool:
    """Whether a name without the word for ward can only be a ward here."""
    spoken = words[mention.start : mention.start + mention.length]
    bare = all(word.text.lower() == word.folded for word in words)
    if not spoken[0].is_apart and _is_something_else(words[: mention.start], bare=bare):
        return False
    if any(span.length >= mention.length and _overlap(span, mention) for span in districts):
        return False
    everyday = " ".join(word.folded for word in spoken) in everyday_names()
    return not everyday or _is_written_as_a_name(spoken, mention.names)


def _longest_first(mentions: Iterable[Mention]) -> list[Mention]:
    """A mention with its kind goes first, then a longer one, then an earlier one; no two overlap."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (not m.kind, -m.length, m.start)):
        if not any(_overlap(mention, other) for other in kept):
            kept.append(mention)
    return kept


def _overlap(one: Mention | _DistrictSpan, other: Mention | _DistrictSpan) -> bool:
    return one.start < other.start + other.length and other.start < one.start + one.length


def _spelt_so(spoken: list[_Word], known: list[PlaceName], *, behind_its_kind: bool) -> tuple[PlaceName, ...]:
    """The names written like this; behind "phường" also with another accent than theirs: "phường Đai Kim"."""
    spelt = tuple(name for name in known if _agrees(spoken, name.name))
    return spelt or (tuple(known) if behind_its_kind and len(spoken) > 1 else ())


def _agrees(spoken: list[_Word], name: str) -> bool:
    """Each syllable is spelt like the name's, or carries no accent at all."""
    return all(
        word.key == wanted or word.text.lower() == word.folded
        for word, wanted in zip(spoken, spelling(name).split(), strict=True)
    )


@cache
def everyday_names() -> frozenset[str]:
    """Ward names that, folded, the official procedures use as everyday words ("thành công", "hợp đồng")."""
    return frozenset(_EVERYDAY_NAMES.read_text(encoding="utf-8").split("\n")) - {""}


def _is_written_as_a_name(spoken: list[_Word], names: tuple[PlaceName, ...]) -> bool:
    spelt = any([word.key for word in spoken] == spelling(name.name).split() for name in names)
    return spelt and all(word.text[0].isupper() for word in spoken)


def _kind_before(before: list[_Word]) -> str:
    if tuple(word.folded for word in before[-2:]) in TWO_WORD_KINDS:
        return TWO_WORD_KINDS["thi", "tran"]
    if not before or (before[-1].folded == "xa" and _is_district_word(before)):
        return ""
    last = before[-1]
    return KINDS.get(last.folded, "") if last.text.lower() in {last.folded, "phường", "xã"} else ""


def _kind_length(before: list[_Word]) -> int:
    kind = _kind_before(before)
    return 2 if kind == "thị trấn" and before[-1].folded == "tran" else int(bool(kind))


def _is_district_word(before: list[_Word]) -> bool:
    last_two = tuple(word.folded for word in before[-2:])
    return bool(before) and (before[-1].folded in DISTRICT_WORDS or last_two == ("thi", "xa"))


def _is_something_else(before: list[_Word], *, bare: bool) -> bool:
    """After "quận", "ngõ 12", "số 5", "chợ" a name is a district, a street or a landmark, not a ward.

    bare: the text has no marks at all.
    """
    if _is_district_word(before):
        return True
    rest = list(before)
    while rest and any(letter.isdigit() for letter in rest[-1].text):
        rest.pop()
    is_numbered = len(rest) < len(before)
    last_two = tuple(word.folded for word in rest[-2:])
    if not rest or last_two == ("dan", "pho") or (is_numbered and last_two[-1] in NUMBERED_PARTS):
        return is_numbered and not rest
    if is_numbered or last_two in CROSSINGS or last_two[-1] in STREET_WORDS:
        return True
    return rest[-1].text.lower() in LANDMARK_WORDS or (bare and last_two[-1] in BARE_LANDMARK_WORDS)


def district_key(district: str) -> str:
    """ "Quận Hoàng Mai" as `Reading.districts` writes it."""
    return _folded_name(district)


@lru_cache(maxsize=4096)
def _folded_name(name: str) -> str:
    bare = re.sub(r"^(Quận|Huyện|Thị xã|Phường|Xã|Thị trấn) ", "", name)
    return " ".join(fold(word) for word in _WORD.findall(bare))


@lru_cache(maxsize=4096)
def _tone_last(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(letter for letter in letters if letter in _TONES)
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES)) + tones
