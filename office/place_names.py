"""How people write a ward in a sentence: kinds, accents, tone places, street names that are not wards.

Pure: knows names and text, no rows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from nlu.text import fold

KINDS = {"phuong": "phường", "p": "phường", "f": "phường", "xa": "xã", "x": "xã", "tt": "thị trấn"}
TWO_WORD_KINDS = {("thi", "tran"): "thị trấn"}
DISTRICT_WORDS = {"quan", "q", "huyen", "h", "tx", "tp"}
STREET_WORDS = {"duong", "pho", "ngo", "ngach", "hem"}
LANDMARK_WORDS = {"chợ", "cầu", "hồ", "ga", "sông", "chùa", "đình", "đền", "bến", "xe", "viên", "trường"}
LANDMARK_WORDS |= {"viện", "tòa", "toà", "cư", "thị", "hầm", "cống", "đê", "máy"}

_EVERYDAY_NAMES = Path(__file__).parent / "data" / "everyday_names.txt"
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
    """A name found in a text. kind: "" when no word phường/xã/thị trấn stands before it."""

    names: tuple[PlaceName, ...]
    kind: str
    length: int
    start: int
    is_whole_text: bool


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a text says about places: mentions, best first, and the former districts named beside them."""

    mentions: tuple[Mention, ...]
    districts: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class _Word:
    text: str
    key: str
    folded: str


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


def _words(text: str) -> list[_Word]:
    found = _WORD.findall(unicodedata.normalize("NFC", text))
    return [_Word(text=word, key=_tone_last(word.lower()), folded=fold(word)) for word in found]


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
            spelt = tuple(name for name in known if _agrees(spoken, name.name))
            mention = _mention(words, start=start, names=spelt, length=length)
            if spelt and (mention.kind or mention.is_whole_text or _stands_bare(mention, words, districts)):
                yield mention


def _mention(words: list[_Word], *, start: int, length: int, names: tuple[PlaceName, ...]) -> Mention:
    before = words[:start]
    alone = start == _kind_length(before) and start + length == len(words)
    return Mention(names=names, kind=_kind_before(before), length=length, start=start, is_whole_text=alone)


def _stands_bare(mention: Mention, words: list[_Word], districts: list[_DistrictSpan]) -> bool:
    """Whether a name without the word for ward can only be a ward here."""
    spoken = words[mention.start : mention.start + mention.length]
    if _is_something_else(words[: mention.start]):
        return False
    if any(span.length >= mention.length and _overlap(span, mention) for span in districts):
        return False
    everyday = " ".join(word.folded for word in spoken) in _everyday_names()
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


def _agrees(spoken: list[_Word], name: str) -> bool:
    """Each syllable is spelt like the name's, or carries no accent at all."""
    return all(
        word.key == wanted or word.text.lower() == word.folded
        for word, wanted in zip(spoken, spelling(name).split(), strict=True)
    )


@cache
def _everyday_names() -> frozenset[str]:
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


def _is_something_else(before: list[_Word]) -> bool:
    """After "quận", "ngõ 12", "chợ" a name is a district, a street or a landmark, not a ward."""
    rest = list(before)
    if _is_district_word(rest):
        return True
    while rest and any(letter.isdigit() for letter in rest[-1].text):
        rest.pop()
    if not rest:
        return False
    return rest[-1].folded in STREET_WORDS or rest[-1].text.lower() in LANDMARK_WORDS


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
