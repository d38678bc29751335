"""Words by which somebody who waits for a person goes back to the assistant."""

from __future__ import annotations

import re

from nlu.text import fold, syllables

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


def leaves(text: str) -> bool:
    """ "Quay lại trợ lý ảo", "thôi không chờ nữa", and nothing else said."""
    return _LEAVES.fullmatch(" ".join(syllables(fold(text)))) is not None
