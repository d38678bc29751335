"""What the real service refuses: the codes, the words, and the limits they guard.

Codes and words: docs.zaloplatforms.com/docs/OA/phu-luc/ma-loi. The answer is HTTP 200 all the same.
"""

from __future__ import annotations

from typing import Any

REQUESTS_A_MINUTE = 4_000
TEXT = 2_000
BUTTONS = 5
BUTTON_TITLE = 100
BUTTON_PAYLOAD = 1_000
CARD_TITLE = 100
CARD_SUBTITLE = 500
IMAGE_BYTES = 1024 * 1024
FILE_BYTES = 5 * 1024 * 1024
UPLOADS_A_MONTH = 5_000
UPLOAD_DAYS = 7
FREE_HOURS = 48
OPEN_DAYS = 7

WORDS = {
    -32: "Your application reached limit call api",
    -100: "attachment_id was expired",
    -200: "Send message failed",
    -204: "Offical Account is disable",
    -209: "Not supported this api",
    -210: "Parameter exceeds allowable limit",
    -211: "Out of quota",
    -213: "User has not followed OA",
    -216: "Access token is invalid",
    -220: "access_token is expired or removed",
    -221: "The OA needs to be verified to use this feature",
    -224: "The OA needs to upgrade OA Tier Package to use this feature",
    -227: "User is banned or has been inactive for more than 45 days",
    -230: "User has not interacted with the OA in the past 7 days",
    -232: "User has not interacted with the OA, or the last interaction has expired",
    -233: "message type is invalid or not support",
    -240: "MessageV2 API has been shut down, please switch to MessageV3",
    -244: "User has restricted this message type from your OA",
    -249: "Template does not support send via UID",
    -320: "Your app needs to connect with Zalo Cloud Account to use paid features",
    -321: "Zalo Cloud Account associated with this app is out of money or unable to be charged",
    # The business host has a table of its own: zalo.cloud/zns/guidelines/handle-error-code.
    -108: "Phone number invalid",
    -109: "Template ID invalid",
    -112: "Template data invalid",
    -114: "User is inactive, or reject the message, or using an outdated Zalo version",
}


class Refusal(Exception):
    """An answer with `error` ≠ 0."""

    def __init__(self, code: int, message: str = "", **more: Any) -> None:
        self.code = code
        self.message = message or WORDS[code]
        self.more = more
        super().__init__(f"{code}: {self.message}")

    def as_json(self) -> dict[str, Any]:
        return {"error": self.code, "message": self.message, **self.more}


def invalid(name: str) -> Refusal:
    """-201, which names the parameter."""
    return Refusal(-201, f"{name} is invalid!")


def too_much() -> Refusal:
    return Refusal(-210)


def length(text: str) -> int:
    """In UTF-16 units: how Zalo counts is nowhere said, and this never counts too few."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
