"""Words that ask to change a filled field of a report: "sửa địa chỉ", "đổi loại sang tiếng ồn", "bỏ ảnh"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.report_form import Step
from nlu.text import fold

_FIELDS = (
    (Step.PLACE, "dia chi|dia diem|noi xay ra|noi|cho do|vi tri|so nha|ten duong|ten pho|ngo"),
    (Step.CATEGORY, "loai viec|the loai|phan loai|loai|linh vuc"),
    (Step.PHOTO, "hinh anh|anh|hinh|tam anh"),
    (Step.CONTACT, "so dien thoai|sdt|ho ten|ho va ten|ten nguoi gui|thong tin lien he|lien he"),
    (Step.TEXT, "noi dung phan anh|noi dung|phan mo ta|mo ta|loi ke"),
)
_LEAD = (
    "(?:(?:cho|xin|toi|em|minh|chau|muon|can|phai|a|a khong|oi|thoi|anh|chi|giup|hay|de|khoan|khoan da|da"
    "|doi da|cho da|tu tu|khong|nham)[ ,.!]+)*"
)
_CHANGE = "(?:sua|doi|thay doi|thay|chinh|chinh sua|nhap|ghi|viet|chon|gui|ke)(?: lai)?"
_ADD = "(?:them|bo sung|gui them|chup them)"
_DROP = "(?:bo|xoa|go|khong dung)"
_WRONG = "(?:sai|nham|lon|chua dung|khong dung)(?: roi)?"
_PIECE = "(?:(?:phan|muc|cai|o|lai|cac|may|het) )*"
_TAIL = r"(?:[ ,]+(?:roi|a|nhe|nha|di|giup|voi|toi|em|minh|lai|duoc khong|duoc ko|het|nay|do))*[\s.!?]*"
_VALUE = r"(?:\s*(?::|=>|->|\b(?:thanh|sang|la|moi la|dung la)\b)\s*(?P<value>\S.*))"


class Change(StrEnum):
    """What is to be done with the field."""

    ANEW = "anew"
    MORE = "more"
    LESS = "less"


@dataclass(frozen=True, kw_only=True)
class Edit:
    """A field to be changed. value: told with it, in the citizen's own words; "" when still to be asked."""

    step: Step
    change: Change
    value: str = ""


def _patterns() -> tuple[tuple[Step, Change, re.Pattern[str]], ...]:
    listed = []
    for step, field in _FIELDS:
        of_field = f"{_PIECE}(?:{field})"
        anew = rf"(?:{_CHANGE} {of_field}|{of_field} (?:bi )?{_WRONG}|{_WRONG} {of_field})"
        listed.append((step, Change.ANEW, re.compile(rf"{_LEAD}{anew}(?:{_VALUE}|{_TAIL})", re.DOTALL)))
        listed.append((step, Change.MORE, re.compile(rf"{_LEAD}{_ADD} {of_field}{_TAIL}")))
        listed.append((step, Change.LESS, re.compile(rf"{_LEAD}{_DROP} {of_field}{_TAIL}")))
    return tuple(listed)


_PATTERNS = _patterns()
_KEEPS = re.compile(
    r"(?:(?:a|thoi|u|da|vang) )*"
    rf"(?:giu nguyen|de nguyen|khong (?:sua|doi)(?: nua)?|thoi khoi|khoi sua|nhu cu){_TAIL}"
)


def edit_asked(text: str) -> Edit | None:
    """The field that the message asks to change; None when it says something else."""
    folded = fold(text).strip()
    if len(folded) != len(text.strip()):
        return None
    for step, change, pattern in _PATTERNS:
        found = pattern.fullmatch(folded)
        if found and (change is not Change.LESS or step is Step.PHOTO):
            at = found.start("value") if "value" in pattern.groupindex else -1
            return Edit(step=step, change=change, value=text.strip()[at:] if at >= 0 else "")
    return None


def keeps(text: str) -> bool:
    """ "Thôi giữ nguyên": the field that was to be changed stays."""
    return _KEEPS.fullmatch(fold(text).strip()) is not None
