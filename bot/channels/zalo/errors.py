"""What Zalo's refusals mean, for us and for the desk.

ZaloError
├── ZaloUnreachable
├── ZaloRefusal
├── PictureRefused
└── NoToken

The codes: Zalo's "Official Account API" pages as compiled in 2026. A code without a line here is one whose
meaning we have no source for: Zalo's own words are shown for it.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum

from django.utils import timezone


class Meaning(StrEnum):
    """What a refusal asks of us."""

    BUSY = "busy"
    TOKEN = "token"  # noqa: S105 -- a word, no secret
    WINDOW = "window"
    NIGHT = "night"
    LEFT_US = "left_us"
    INACTIVE = "inactive"
    ACCOUNT = "account"
    EXPIRED_UPLOAD = "expired_upload"
    REFUSED = "refused"


MEANINGS = {
    -32: Meaning.BUSY,
    -100: Meaning.EXPIRED_UPLOAD,
    -209: Meaning.ACCOUNT,
    -213: Meaning.LEFT_US,
    -216: Meaning.TOKEN,
    -220: Meaning.TOKEN,
    -221: Meaning.ACCOUNT,
    -224: Meaning.ACCOUNT,
    -227: Meaning.INACTIVE,
    -230: Meaning.WINDOW,
    -232: Meaning.WINDOW,
    -234: Meaning.NIGHT,
    -305: Meaning.WINDOW,
}
_SENTENCES = {
    -32: "Zalo yêu cầu gửi chậm lại (quá 4.000 lượt một phút).",
    -100: "Tệp đã tải lên Zalo hết hạn sau 7 ngày.",
    -209: "Ứng dụng của Official Account chưa được kích hoạt: quản trị viên kiểm tra trên trang của Zalo.",
    -213: "Người dân đã bỏ quan tâm Official Account; tin được giữ và tự gửi khi họ quay lại.",
    -216: "Mã truy cập Zalo không đúng: quản trị viên chạy `motcua zalo token`.",
    -220: "Mã truy cập Zalo đã hết hạn: quản trị viên chạy `motcua zalo token`.",
    -221: "Official Account chưa được Zalo xác thực.",
    -224: "Gói dịch vụ của Official Account không gồm việc gửi tin này.",
    -227: "Tài khoản Zalo của người dân bị khoá hoặc đã lâu không dùng.",
    -230: "Đã quá 7 ngày kể từ lần cuối người dân liên hệ: chỉ trả lời được khi người dân nhắn lại.",
    -232: "Đã quá thời hạn trả lời trên Zalo: chỉ trả lời được khi người dân nhắn lại.",
    -234: "Zalo không cho gửi tin này từ 22 giờ đến 6 giờ.",
    -240: "Zalo đã đóng cách gửi này: cần bản phần mềm mới.",
    -305: "Đã quá 48 giờ kể từ lần cuối người dân liên hệ.",
}
#: Seconds until Zalo counts a new minute.
MINUTE = 60.0
MORNING = time(6)


class ZaloError(Exception):
    """Something is wrong between us and Zalo; the text says what, in the desk's language."""


class ZaloUnreachable(ZaloError):
    """No answer, or none that can be read. Whether the call took effect is not known."""


class PictureRefused(ZaloError):
    """The picture is not Zalo's, gone, or too large: trying again does not help."""


class NoToken(ZaloError):
    """There is no access token, and none can be had: an operator has to enter a new refresh token."""


class ZaloRefusal(ZaloError):
    """Zalo answered, and said no. code: its own number; said: its own words."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(sentence(code, said))
        self.code = code
        self.said = said

    @property
    def meaning(self) -> Meaning:
        return MEANINGS.get(self.code, Meaning.REFUSED)


def sentence(code: int, said: str) -> str:
    """What the desk reads, with Zalo's number."""
    return f"{_SENTENCES.get(code) or f'Zalo từ chối: {said}'} (mã {code})"


def wait_asked(meaning: Meaning, *, now: datetime) -> float | None:
    """Seconds after which it may be tried again; None where Zalo says nothing of it."""
    if meaning is Meaning.BUSY:
        return MINUTE
    return _seconds_to_morning(now) if meaning is Meaning.NIGHT else None


def _seconds_to_morning(now: datetime) -> float:
    here = timezone.localtime(now)
    morning = datetime.combine(here.date(), MORNING, tzinfo=here.tzinfo)
    if morning <= here:
        morning += timedelta(days=1)
    return (morning - here).total_seconds()


#: What every reply would meet: they wait, until the minute is over or an operator mended it.
ACCOUNT_WIDE = frozenset({Meaning.BUSY, Meaning.TOKEN, Meaning.ACCOUNT})
#: What trying again cannot mend.
PERMANENT = frozenset({Meaning.INACTIVE, Meaning.REFUSED})
