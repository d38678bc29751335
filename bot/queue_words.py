"""Words by which somebody asks for a person, and goes back from the queue to the assistant."""

from __future__ import annotations

import re

from nlu.abbreviations import expand
from nlu.text import clean, fold, syllables

_LEAD = "(?:(?:a|da|vang|u|ok|thoi|cho|toi|em|minh|muon|xin) )*"
_WHO = "(?: (?:tro ly ao|tro ly|chatbot|bot|may|ai))?"
_GO_BACK = f"(?:quay lai|tro lai|quay ve|tro ve|ve)(?: voi)?{_WHO}"
_NO_MORE = (
    "(?:khong|ko|khoi|huy|bo|dung) (?:(?:phai|can|muon) )*(?:cho|gap|doi|xep hang|hang cho)"
    "(?: (?:can bo|nguoi|nhan vien|hang|nua))*"
)
_TAIL = "(?: (?:nua|dau|a|nhe|nha|di|roi|giup|voi|em|toi|minh|cung duoc|lam|qua))*"
_ONE_WAY = f"{_LEAD}(?:{_GO_BACK}|{_NO_MORE}){_TAIL}"
_LEAVES = re.compile(f"{_ONE_WAY}(?: {_ONE_WAY})*")


_ME = "(?:toi|em|minh|chau|con|tui|anh|chi|bac|co|chu)"
_OFFICIAL = (
    "(?:can bo|nhan vien|chuyen vien|tu van vien|tong dai vien|nguoi (?:that|phu trach|truc|tu van|ho tro))"
    "(?: (?:phu trach|tu van|ho tro|truc|tiep nhan|mot cua))*"
)
_MEET = f"(?:gap|(?:noi chuyen|trao doi|chat) voi)(?: (?:truc tiep|ngay|mot|1))* {_OFFICIAL}"
_SOON = (
    "(?: (?:gap|ngay|luon|lien|nhe|nha|di|a|voi|giup|cai|cho|em|toi|minh|nua|bay gio|mot (?:chut|lat)"
    "|(?:co )?duoc khong))*"
)
_POLITE = f"(?:(?:thoi|vay|the|ad|lam on|nho|vui long|hay|{_ME}) )*"
_LET = f"cho(?: phep)?(?: {_ME})?"
#: A clause of its own: "tôi cần gặp cán bộ gấp, mai con nhập học".
_REQUEST = re.compile(f"{_POLITE}(?:{_LET}|(?:dang )?(?:can|muon)(?: duoc)?|xin(?: duoc)?) {_MEET}{_SOON}")
#: At the end without a comma, and not "bảo vệ không cho tôi gặp cán bộ".
_LAST = re.compile(rf"(?:.* )?(?<!khong )(?<!chang )(?<!chua )(?<!chiu ){_LET} {_MEET}{_SOON}")
_BETWEEN_CLAUSES = re.compile(r"[^\w\s]+|\n")


def asks_for_person(text: str) -> bool:
    """Whether a clause of it asks in so many words: "hồ sơ nộp ba tuần rồi, cho tôi gặp cán bộ"."""
    spoken = (" ".join(syllables(fold(part))) for part in _BETWEEN_CLAUSES.split(expand(clean(text))))
    clauses = [clause for clause in spoken if clause]
    return any(_REQUEST.fullmatch(clause) for clause in clauses) or any(map(_LAST.fullmatch, clauses[-1:]))


def leaves(text: str) -> bool:
    """ "Quay lại trợ lý ảo", "thôi không chờ nữa", and nothing else said."""
    return _LEAVES.fullmatch(" ".join(syllables(fold(text)))) is not None
