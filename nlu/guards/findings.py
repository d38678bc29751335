"""What a guard can see, and what may be kept of the text it saw it in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class GuardKind(StrEnum):
    """Why a message is not handled like others; the gravest first."""

    EMERGENCY = "emergency"
    SELF_HARM = "self_harm"
    STATE_SECRET = "state_secret"  # noqa: S105 -- not a password
    SCAM = "scam"
    ACCUSATION = "accusation"
    PERHAPS_ACCUSATION = "perhaps_accusation"
    GENUINE_ACCOUNT = "genuine_account"
    INJECTION = "injection"
    ABUSE = "abuse"


#: What stands in the row instead of the text. Health is sensitive personal data (Law 91/2025/QH15, decree
#: 356/2025), and nobody reads rows at night: of a cry of despair the fact is enough for whoever answers.
REDACTED = {
    GuardKind.ACCUSATION: "[nội dung tố cáo đã được lược bỏ]",
    GuardKind.STATE_SECRET: "[nội dung có dấu hiệu bí mật nhà nước đã được lược bỏ]",
    GuardKind.SELF_HARM: "[người nhắn có dấu hiệu rất tuyệt vọng, lời nhắn không được lưu]",
    GuardKind.SCAM: "[nội dung báo lừa đảo có tên người đã được lược bỏ]",
}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a guard saw. keep: the text may be stored; otherwise only redacted_text may."""

    kind: GuardKind
    keep: bool
    redacted_text: str


def kept(kind: GuardKind, text: str) -> Finding:
    return Finding(kind=kind, keep=True, redacted_text=text)


def left_out(kind: GuardKind) -> Finding:
    return Finding(kind=kind, keep=False, redacted_text=REDACTED[kind])
