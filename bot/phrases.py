"""Sentences of small talk and guidance, and the signposts to what is not handled here; once each."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bot import choices
from bot.moves import Phrase, Signposted
from conversations.messages import Choice, OutboundMessage
from office.hotlines import urgent_hotlines

#: Call buttons in one message; the others are named in its words.
CALLS_OFFERED = 3


def to_staff() -> Choice:
    return Choice(label=_("Gặp cán bộ"), payload=choices.STAFF)


def to_report() -> Choice:
    return Choice(label=_("Gửi phản ánh"), payload=choices.REPORT)


def phrase(said: Phrase) -> OutboundMessage:
    """One short sentence, with buttons only where the next step is not obvious."""
    text, buttons = _phrases()[said]
    return OutboundMessage(text=text, choices=buttons, detail={"move": "say", "phrase": said.value})


def _phrases() -> dict[Phrase, tuple[str, tuple[Choice, ...]]]:
    help_buttons = (to_report(), to_staff())
    return {
        Phrase.GREETING: (
            _(
                "Chào anh/chị. Tôi là trợ lý ảo (máy trả lời), giúp tra cứu thủ tục hành chính, "
                "nhận phản ánh và chuyển anh/chị tới cán bộ khi cần. Anh/chị cần hỏi việc gì?\n"
                "Tôi không bao giờ hỏi mã OTP, mật khẩu, tiền hay ảnh giấy tờ tuỳ thân."
            ),
            help_buttons,
        ),
        Phrase.THANKS: (_("Cảm ơn anh/chị. Khi cần anh/chị cứ nhắn tiếp."), ()),
        Phrase.ABOUT: (
            _(
                "Tôi là trợ lý ảo của Một Cửa, không phải người. Tôi chỉ trích nội dung thủ tục đã công bố, "
                "kèm nguồn; việc gì không có trong đó tôi sẽ nói là không biết. "
                "Anh/chị có thể gặp cán bộ bất cứ lúc nào."
            ),
            help_buttons,
        ),
        Phrase.OUT_OF_SCOPE: (
            _(
                "Việc này nằm ngoài phần tôi trả lời được. Tôi giúp tra cứu thủ tục hành chính, "
                "nhận phản ánh và nối tới cán bộ."
            ),
            help_buttons,
        ),
        Phrase.EMPTY: (
            _(
                "Tôi chưa thấy nội dung nào. Anh/chị gõ giúp điều cần hỏi, ví dụ: “làm khai sinh cần giấy tờ "
                "gì”."
            ),
            (),
        ),
        Phrase.PHOTO_FIRST: (
            _("Đã nhận ảnh. Anh/chị muốn phản ánh việc gì, ở đâu? Xin đừng gửi ảnh giấy tờ tuỳ thân."),
            help_buttons,
        ),
        Phrase.POSITION_FIRST: (
            _("Đã nhận vị trí. Anh/chị muốn phản ánh việc ở chỗ này, hay cần tìm nơi nộp hồ sơ?"),
            help_buttons,
        ),
        Phrase.VOICE: (
            _("Tôi chưa nghe được tin thoại. Anh/chị gõ giúp vài chữ, hoặc gặp cán bộ."),
            (to_staff(),),
        ),
        Phrase.FILE: (
            _(
                "Tôi chưa đọc được tệp này. Anh/chị gõ giúp điều cần hỏi; "
                "xin đừng gửi giấy tờ tuỳ thân qua đây."
            ),
            (to_staff(),),
        ),
        Phrase.STICKER: (_("Tôi ở đây. Anh/chị cần hỏi thủ tục hay phản ánh việc gì?"), help_buttons),
        Phrase.CONTACT: (
            _("Tôi không cần danh bạ của anh/chị. Nếu muốn được gọi lại, anh/chị chọn gặp cán bộ."),
            (to_staff(),),
        ),
        Phrase.EDITED: (_("Tôi thấy anh/chị vừa sửa tin. Anh/chị gửi lại câu mới giúp tôi."), ()),
        Phrase.RATING: (
            _("Cảm ơn anh/chị đã góp ý. Nếu muốn cơ quan xem xét, anh/chị gửi thành phản ánh nhé."),
            (to_report(),),
        ),
        Phrase.BUTTON_OUT_OF_DATE: (
            _("Nút này đã cũ nên không còn dùng được. Anh/chị cần hỏi hay phản ánh việc gì?"),
            help_buttons,
        ),
        Phrase.PROCEDURE_GONE: (
            _(
                "Thủ tục này không còn trong kho đang dùng. Anh/chị gõ giúp việc cần làm để tôi tìm lại, "
                "hoặc gặp cán bộ."
            ),
            (to_staff(),),
        ),
        Phrase.NOTHING_TO_GO_BACK_TO: (_("Trợ lý ảo đang trả lời anh/chị. Anh/chị cần hỏi việc gì?"), ()),
        Phrase.REPORT_CANCELLED: (_("Đã bỏ phản ánh này, chưa có gì được gửi đi."), ()),
    }


def signpost(kind: Signposted) -> OutboundMessage:
    """The right way for what is not handled here; call buttons first when there is danger."""
    text, buttons = _signposts()[kind]
    return OutboundMessage(text=text, choices=buttons, detail={"move": "signpost", "kind": kind.value})


def _signposts() -> dict[Signposted, tuple[str, tuple[Choice, ...]]]:
    urgent = urgent_hotlines()
    numbers = ", ".join(f"{hotline.number} ({hotline.name})" for hotline in urgent)
    calls = tuple(
        Choice(label=_("Gọi %(number)s") % {"number": f"{line.number} – {line.name}"}, url=line.url)
        for line in urgent[:CALLS_OFFERED]
    )
    return {
        Signposted.EMERGENCY: (
            _(
                "Nếu đang nguy hiểm, anh/chị gọi ngay: %(numbers)s. "
                "Tin nhắn ở đây không thay được cuộc gọi và không có người trực ngay."
            )
            % {"numbers": numbers},
            calls,
        ),
        Signposted.ACCUSATION: (
            _(
                "Khiếu nại, tố cáo có trình tự riêng theo luật nên tôi không nhận qua tin nhắn "
                "và không lưu nội dung. "
                "Anh/chị gửi đơn hoặc trình bày trực tiếp tại nơi tiếp công dân của cơ quan có thẩm quyền; "
                "người tố cáo được giữ bí mật. Xin đừng gửi thêm tên người hay chi tiết vào đây."
            ),
            (
                Choice(label=_("Hỏi cán bộ nơi gửi đơn"), payload=f"{choices.STAFF}:guard"),
                Choice(label=_("Việc này là phản ánh phục vụ"), payload=choices.REPORT),
            ),
        ),
        Signposted.STATE_SECRET: (
            _(
                "Tin này có dấu hiệu là tài liệu mật nên tôi không đọc và không lưu. "
                "Anh/chị không gửi tài liệu Mật, Tối mật, Tuyệt mật qua tin nhắn."
            ),
            (Choice(label=_("Gặp cán bộ"), payload=f"{choices.STAFF}:guard"),),
        ),
        Signposted.DOSSIER: (
            _(
                "Tôi chưa xem được tình trạng hồ sơ. Anh/chị tra mã hồ sơ trên giấy hẹn tại "
                "Cổng Dịch vụ công quốc gia (dichvucong.gov.vn) hoặc ứng dụng VNeID, "
                "hoặc hỏi bộ phận một cửa nơi đã nộp."
            ),
            (Choice(label=_("Mở Cổng Dịch vụ công"), url="https://dichvucong.gov.vn"), to_staff()),
        ),
    }
