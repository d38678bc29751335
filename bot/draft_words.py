"""Words that take up a report laid aside, or bring back one just dropped."""

from __future__ import annotations

import re

from nlu.text import fold, syllables

_POLITE = (
    "(?: (?:a|nhe|nha|di|voi|giup|em|toi|minh|anh|chi|oi|luon|nua|cai|phan anh|ban|nay|do|lai|dang|soan))*"
)
_JUST_DROPPED = (
    "(?: (?:a|nhe|nha|di|voi|giup|em|toi|minh|ban|cai|viec|phan anh|vua|roi|luc nay|hoi nay|nay|bo|huy|xoa"
    "|kia|ay|do))*"
)
_LEAD = (
    "(?:(?:da|vang|a|ay|u|uh|ok|co|toi|em|minh|chau|cho|muon|thoi|khoan|khoan da|doi da|chet|oi|nham|nham roi"
    "|lo tay|xin|gio|hay|lai) )*"
)
_GOES_ON = re.compile(rf"{_LEAD}(?:tiep tuc|lam tiep|soan tiep|viet tiep|gui tiep|tiep di|tiep){_POLITE}")
_RESTORES = re.compile(
    rf"{_LEAD}(?:khoi phuc|lay lai|hoan tac|undo|dung bo|khong bo|dung huy|khong huy|giu lai|giu nguyen"
    rf"|bam nham|nham(?: roi)?|quay lai phan anh)(?:{_POLITE}|{_JUST_DROPPED})"
)


def goes_on(text: str) -> bool:
    """ "Tiếp tục", "làm tiếp đi"."""
    return _GOES_ON.fullmatch(_said(text)) is not None


def restores(text: str) -> bool:
    """ "Khôi phục", "đừng bỏ", "bấm nhầm"; "tiếp tục" right after dropping means the same."""
    return _RESTORES.fullmatch(_said(text)) is not None or goes_on(text)


def _said(text: str) -> str:
    return " ".join(syllables(fold(text)))
