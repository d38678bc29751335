"""The right way for what is not handled here: danger, accusations, secrets, scams, the state of a dossier."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from bot import choices
from bot.buttons import to_call, to_portal, to_staff
from bot.moves import AskIfAccusation, Signpost, Signposted
from conversations.messages import Choice, OutboundMessage
from office.hotlines import Hotline, city_hotline, hotlines_for, urgent_hotlines
from office.official_accounts import official_accounts

#: Call buttons in one message; the others are named in its words.
CALLS_OFFERED = 3


def shown(move: Signpost | AskIfAccusation, *, reminder: str = "") -> OutboundMessage:
    """Where to turn, or the question that decides it."""
    match move:
        case Signpost(kind=kind):
            return signpost(kind, reminder=reminder)
        case AskIfAccusation():
            return feedback_or_accusation(reminder=reminder)


def signpost(kind: Signposted, *, reminder: str = "") -> OutboundMessage:
    """Where to turn; call buttons first when there is danger. reminder: of what else is in hand."""
    said = _SAID[kind]()
    text = f"{said.text}\n{reminder}" if reminder else said.text
    return replace(said, text=text, detail={"move": "signpost", "kind": kind.value})


def with_calls(message: OutboundMessage) -> OutboundMessage:
    """The reply with the numbers to call before it; as it is where they stand there already."""
    urgent = urgent_hotlines()
    line = _("Nếu có người đang nguy hiểm, anh/chị gọi ngay %(numbers)s.") % {
        "numbers": ", ".join(hotline.number for hotline in urgent)
    }
    calls = _calls(urgent[:CALLS_OFFERED])
    if message.choices[: len(calls)] == calls:
        return message
    kept = tuple(choice for choice in message.choices if choice not in calls)
    return replace(message, text=f"{line}\n{message.text}", choices=(*calls, *kept))


def feedback_or_accusation(*, reminder: str = "") -> OutboundMessage:
    """One line, two buttons: the citizen knows best what was meant."""
    text = _(
        "Anh/chị muốn phản ánh về phục vụ để nơi đó sửa, hay khiếu nại, tố cáo? "
        "Phản ánh thì tôi nhận ngay; khiếu nại, tố cáo có nơi tiếp nhận riêng, tôi chỉ đường "
        "và không lưu lời vừa rồi."
    )
    return OutboundMessage(
        text=f"{text}\n{reminder}" if reminder else text,
        choices=(
            Choice(label=_("Phản ánh về phục vụ"), payload=choices.FEEDBACK),
            Choice(label=_("Khiếu nại, tố cáo"), payload=choices.ACCUSATION),
        ),
        detail={"move": "clarify", "about": "accusation"},
    )


def _emergency() -> OutboundMessage:
    urgent = urgent_hotlines()
    text = _(
        "Nếu đang nguy hiểm, anh/chị gọi ngay: %(numbers)s. "
        "Tin nhắn ở đây không thay được cuộc gọi và không có người trực ngay."
    )
    return OutboundMessage(text=text % {"numbers": _named(urgent)}, choices=_calls(urgent[:CALLS_OFFERED]))


def _self_harm() -> OutboundMessage:
    lines = hotlines_for("self_harm")
    text = _(
        "Tôi rất lo cho anh/chị, và cảm ơn anh/chị đã nói ra. Anh/chị đừng ở một mình lúc này: gọi ngay "
        "cho một người thân, hoặc %(numbers)s. Nếu đã uống thuốc hay bị thương, gọi 115 trước tiên. "
        "Tôi là máy nên không thay được một người lắng nghe; lời vừa rồi tôi không lưu."
    )
    return OutboundMessage(text=text % {"numbers": _named(lines)}, choices=(*_calls(lines), _person()))


def _accusation() -> OutboundMessage:
    text = _(
        "Khiếu nại, tố cáo có trình tự riêng theo luật nên tôi không nhận qua tin nhắn "
        "và không lưu nội dung. "
        "Anh/chị gửi đơn hoặc trình bày trực tiếp tại nơi tiếp công dân của cơ quan có thẩm quyền; "
        "người tố cáo được giữ bí mật. Xin đừng gửi thêm tên người hay chi tiết vào đây."
    )
    where = Choice(label=_("Hỏi cán bộ nơi gửi đơn"), payload=f"{choices.STAFF}:guard")
    feedback = Choice(label=_("Việc này là phản ánh phục vụ"), payload=choices.FEEDBACK)
    return OutboundMessage(text=text, choices=(where, feedback))


def _state_secret() -> OutboundMessage:
    text = _(
        "Tin này có dấu hiệu liên quan bí mật nhà nước nên tôi không đọc, không trả lời và không lưu. "
        "Anh/chị không gửi tài liệu Mật, Tối mật, Tuyệt mật qua tin nhắn."
    )
    return OutboundMessage(text=text, choices=(_person(),))


def _scam() -> OutboundMessage:
    lines = hotlines_for("scam")
    text = _(
        "Việc này có dấu hiệu lừa đảo. Anh/chị đừng chuyển tiền, đừng đọc mã OTP, mật khẩu, "
        "đừng gửi ảnh giấy tờ, đừng bấm đường dẫn hay cài ứng dụng theo lời họ; "
        "đã chuyển tiền thì gọi ngay ngân hàng. "
        "Báo: %(numbers)s. Trợ lý ảo và cán bộ ở đây không bao giờ hỏi những thứ đó."
    )
    return OutboundMessage(
        text=text % {"numbers": _named(lines)}, choices=(*_calls(lines), to_call(city_hotline()))
    )


def _genuine_account() -> OutboundMessage:
    accounts = official_accounts()
    text = _(
        "Tôi là trợ lý ảo Một Cửa (máy trả lời). Các kênh của Thành phố:\n%(accounts)s\n"
        "Anh/chị hỏi lại theo các kênh này nếu nghi ngờ. Mỗi câu trả lời ở đây ghi rõ “Trợ lý ảo” hay "
        "“Cán bộ” của đơn vị nào, đường dẫn chỉ mở trang thuộc gov.vn hoặc trang của kênh này. "
        "Chúng tôi không bao giờ hỏi mã OTP, mật khẩu, tiền, ảnh giấy tờ tuỳ thân, "
        "không bảo cài ứng dụng; ai hỏi thì không phải chúng tôi."
    )
    listed = "\n".join(f"- {account.name}: {account.address}" for account in accounts)
    pages = (Choice(label=account.address, url=account.url) for account in accounts if account.url)
    return OutboundMessage(text=text % {"accounts": listed}, choices=(*pages, to_call(city_hotline())))


def _dossier() -> OutboundMessage:
    text = _(
        "Tôi chưa xem được tình trạng hồ sơ. Anh/chị tra mã hồ sơ trên giấy hẹn tại "
        "Cổng Dịch vụ công quốc gia (dichvucong.gov.vn) hoặc ứng dụng VNeID, "
        "hoặc hỏi bộ phận một cửa nơi đã nộp."
    )
    return OutboundMessage(text=text, choices=(to_portal(), to_staff()))


_SAID: dict[Signposted, Callable[[], OutboundMessage]] = {
    Signposted.EMERGENCY: _emergency,
    Signposted.SELF_HARM: _self_harm,
    Signposted.ACCUSATION: _accusation,
    Signposted.STATE_SECRET: _state_secret,
    Signposted.SCAM: _scam,
    Signposted.GENUINE_ACCOUNT: _genuine_account,
    Signposted.DOSSIER: _dossier,
}


def _person() -> Choice:
    """To an official who is told that a guard spoke."""
    return replace(to_staff(), payload=f"{choices.STAFF}:guard")


def _named(lines: Iterable[Hotline]) -> str:
    return ", ".join(f"{line.number} ({line.name})" for line in lines)


def _calls(lines: Iterable[Hotline]) -> tuple[Choice, ...]:
    return tuple(map(to_call, lines))
