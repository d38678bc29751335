"""What becomes of a message that an official writes now: whether and until when it reaches the citizen, what
it costs, and what to do when it does not. And what is held until citizens write again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from bot import paid_notices, reach, spending
from bot.channels.switches import name_of
from bot.channels.windows import Reach, ReplyWindow
from bot.paid_templates import Purpose, template_of
from bot.reach_words import NoTemplate, dong, moment
from casework import visibility
from casework.phones_given import phones_given
from conversations.held import held_turns
from conversations.models import Conversation, Turn
from office.models import Staff

HELD_UNTIL = "Tin anh/chị viết không mất: được giữ{waiting} và tự gửi, đúng thứ tự, khi người dân nhắn lại."
HELD_TOO = "Tin báo cho người dân được giữ đến khi họ nhắn lại."

_NO_NOTICE = {
    NoTemplate.NOT_SET: "Chưa khai báo mẫu tin báo trả phí nên không gửi được tin báo.",
    NoTemplate.NO_CONSENT: "Người dân chưa đồng ý nhận tin báo trả phí nên không gửi tin báo.",
    NoTemplate.SENT_BEFORE: "Đã gửi một tin báo trả phí từ lần cuối người dân nhắn; không gửi thêm.",
    NoTemplate.NO_MONEY: "Tháng này không còn ngân sách cho tin báo trả phí.",
}


@dataclass(frozen=True, kw_only=True)
class Prospect:
    """What an official reads before writing.

    reaches: a message sent now goes out now. says: whether, until when, at what price. advice: what else to
    know or do when it does not. phones: numbers the citizen gave, as they are dialled. until: when the price
    or the way changes next, aware; None where it does not.
    """

    reaches: bool
    says: str
    advice: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    until: datetime | None = None

    @property
    def send_says(self) -> str:
        """What the button does."""
        return "Gửi trả lời" if self.reaches else "Gửi trả lời (giữ đến khi người dân nhắn lại)"


def prospect(conversation: Conversation | None, now: datetime) -> Prospect | None:
    """None where there is nobody to write to, or not any more."""
    if conversation is None or conversation.erased_at:
        return None
    window = reach.window_of(conversation, now)
    if conversation.unreachable_since:
        return _held(conversation, window, now, waiting=_waiting(conversation))
    if not window.has_end:
        return Prospect(reaches=True, says=_without_end(window))
    waiting = _waiting(conversation)
    if _goes_out(conversation, window, now) and not waiting:
        until = window.open_until if window.reach is Reach.BILLED else window.free_until
        return Prospect(reaches=True, says=_open(conversation, window, now), until=until)
    return _held(conversation, window, now, waiting=waiting)


def _waiting(conversation: Conversation) -> int:
    return held_turns(conversation.turns.all()).count()


def _goes_out(conversation: Conversation, window: ReplyWindow, now: datetime) -> bool:
    if window.reach is Reach.BILLED:
        return spending.has_room(conversation.channel, _price(conversation), at=now)
    return window.reach is Reach.FREE


def _without_end(window: ReplyWindow) -> str:
    if window.reach is Reach.ON_RETURN:
        return "Web: người dân đọc được khi trang trò chuyện đang mở, hoặc khi mở lại trên cùng máy."
    return "Gửi được bất cứ lúc nào, không mất phí."


def _open(conversation: Conversation, window: ReplyWindow, now: datetime) -> str:
    """Inside the window; what follows when it ends depends on the money."""
    name = name_of(conversation.channel)
    price, left = _price(conversation), spending.books(conversation.channel, at=now).left
    until = moment(window.open_until)
    if window.reach is Reach.BILLED:
        return (
            f"{name}: gửi được đến {until}, khoảng {dong(price)} mỗi tin (ngân sách tháng còn {dong(left)})."
        )
    free = f"{name}: gửi được, không mất phí đến {moment(window.free_until)}."
    if price <= left:
        return f"{free} Sau đó đến {until}: khoảng {dong(price)} mỗi tin."
    return f"{free} Sau đó tin được giữ đến khi người dân nhắn lại."


def _price(conversation: Conversation) -> int:
    return spending.budget_of(conversation.channel).dong_a_reply


def _held(conversation: Conversation, window: ReplyWindow, now: datetime, *, waiting: int) -> Prospect:
    advice = [HELD_UNTIL.format(waiting=f" (đang giữ {waiting} tin)" if waiting else "")]
    if window.reach is Reach.CLOSED and not conversation.unreachable_since:
        advice.append(_about_notice(conversation, now))
    phones = phones_given(conversation)
    if not phones:
        advice.append("Người dân chưa để lại số điện thoại trong cuộc trò chuyện.")
    return Prospect(reaches=False, says=_why_held(conversation, window), advice=tuple(advice), phones=phones)


def _why_held(conversation: Conversation, window: ReplyWindow) -> str:
    name = name_of(conversation.channel)
    if conversation.unreachable_since:
        since = moment(conversation.unreachable_since)
        return f"Người dân đã chặn ta trên {name} từ {since}: tin chưa đến ngay."
    match window.reach:
        case Reach.FREE:
            return f"{name}: tin trước còn được giữ, tin sau chờ theo."
        case Reach.BILLED:
            return f"{name}: đã hết giờ miễn phí và tháng này không còn ngân sách, nên tin chưa đến ngay."
    until = f" (hết hạn {moment(window.open_until)})" if window.open_until else ""
    return f"{name} không cho nhắn trước nữa{until}: tin chưa đến ngay."


def _about_notice(conversation: Conversation, now: datetime) -> str:
    why_not = paid_notices.why_none(conversation, Purpose.ANSWER)
    template = template_of(conversation.channel, Purpose.ANSWER)
    if why_not is None and template:
        if spending.has_room(conversation.channel, template.dong, at=now):
            return f"Người dân đã đồng ý: một tin báo trả phí ({dong(template.dong)}) được gửi thay."
        why_not = NoTemplate.NO_MONEY
    return _NO_NOTICE[why_not] if why_not else ""


def held_for(staff: Staff) -> QuerySet[Turn]:
    """What waits for citizens to write again, oldest first."""
    return held_turns(visibility.turns_for(staff)).order_by("id")


def also_held(conversation: Conversation | None) -> str:
    """Said after a step of a report: that its author does not read of it yet; "" where it goes out."""
    foreseen = prospect(conversation, timezone.now())
    return "" if foreseen is None or foreseen.reaches else f" {HELD_TOO}"
