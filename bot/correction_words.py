"""A correction in words: "à không, …", "không phải, ý tôi là …", "… chứ không phải …".

Only what stands instead is read on; the words that deny are kept apart. "Không phải người nước ngoài" tells a
fact and corrects nothing: a denial counts as an opening only before a pause or "ý tôi là".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.text import fold

_WHO = "(?:toi|tui|minh|em|e|chau|con|anh|chi|bac)"
_SOFT = rf"(?:(?:a|oi|u|da|thua|xin loi|sorry|sr|{_WHO}|chet|thoi)[\s,.!]+)*"
_MEANT = rf"(?:(?:y|y cua) {_WHO}(?: (?:muon hoi|muon noi|dinh hoi|noi))?(?: la)?|y la)"
_NOT = "(?:khong phai|ko phai|hong phai|khong|ko|nham|lon|sai)(?: (?:roi|vay|the|dau|a|y))*"
_OPENING = re.compile(
    rf"{_SOFT}(?:"
    rf"{_NOT}\s*[,.;:!–-]+\s*(?:(?:ma )?(?:la )?{_MEANT}\s+|(?:phai |ma )?la )?"
    rf"|{_NOT}\s+(?:ma )?(?:la )?{_MEANT}[\s,:]+"
    r"|(?:(?:bam|chon) )?(?:nham|lon) roi\s+(?:la )?|(?:noi|viet|go|ghi) (?:nham|lon)[\s,.:]+(?:la )?"
    r"|noi lai(?: la)?[\s,:]+|(?:dinh chinh|chinh lai)(?: lai)?(?:\s*[,:]|\s+la\s)\s*"
    rf"|{_MEANT}[\s,:]+"
    r")"
)
_AH_NO = re.compile(
    r"(?:a|ay|oi|u|o)[\s,]+(?:"
    rf"(?:khong|ko|nham)(?: (?:phai|roi))?[\s,.!]+(?:{_MEANT}[\s,:]+|(?:phai )?la )?"
    rf"|quen[\s,.!]+{_MEANT}[\s,:]+"  # "à quên" alone brings something more and takes nothing back
    r")"
)
_DENIAL = re.compile(r"[\s,]+(?:chu|mà|ma)\s+(?:khong|ko|chang|dau)\s+phai\s+(?:la\s+)?(?P<denied>[^,.;?!]+)")
_ENDING = re.compile(r"\s+(?:co ma|co|moi dung|moi phai|day|a|nhe|nha)\s*[.!]*$")


#: What insists ("ngõ 6 mới đúng", "thường trú cơ") corrects, too; "cơ" only with its mark: "co" is also "có".
_INSISTS = re.compile(r"\s(?:mới đúng|mới phải|moi dung|moi phai|cơ|cơ mà)[\s.!]*$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Correction:
    """What a message puts right, in the citizen's own words.

    said: what holds instead, never empty. denied: what does not hold, "" when untold.
    """

    said: str
    denied: str = ""


def correction(text: str) -> Correction | None:
    """The correction that a message makes; None when it makes none, or only denies."""
    folded = fold(text)
    if len(folded) != len(text):
        return None
    opening = _AH_NO.match(folded) or _OPENING.match(folded)
    begin = opening.end() if opening else 0
    denial = _DENIAL.search(folded, begin)
    if not (opening or denial or _INSISTS.search(text)):
        return None
    end = denial.start() if denial else len(text)
    denied = text[denial.start("denied") : denial.end("denied")].strip() if denial else ""
    rest = text[denial.end() :] if denial else ""
    said = _without_ending(f"{text[begin:end]}{rest}".strip(" ,.!"))
    return Correction(said=said, denied=denied) if any(letter.isalnum() for letter in said) else None


def _without_ending(said: str) -> str:
    ending = _ENDING.search(fold(said))
    return said[: ending.start()] if ending else said
