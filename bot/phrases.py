"""Sentences of small talk and guidance, once each."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from bot import choices
from bot.buttons import to_call, to_how_far, to_own_data, to_report, to_restore, to_resume, to_staff
from bot.moves import Phrase, Say, Welcome
from conversations.messages import Choice, OutboundMessage
from office.hotlines import city_hotline


def said(move: Say | Welcome, *, reminder: str = "") -> OutboundMessage:
    """What one of these moves says."""
    if isinstance(move, Welcome):
        return _welcome(move, reminder=reminder)
    return phrase(move.phrase, reminder=reminder)


def phrase(said: Phrase, *, reminder: str = "") -> OutboundMessage:
    """One short sentence, with buttons only where the next step is not obvious."""
    words, buttons = _phrases()[said]
    text = f"{words}\n{reminder}" if reminder else words
    return OutboundMessage(text=text, choices=buttons, detail={"move": "say", "phrase": said.value})


def _welcome(move: Welcome, *, reminder: str) -> OutboundMessage:
    """The greeting, with the ward that is known from now on."""
    known = _("Anh/chị đang hỏi từ %(ward)s: hỏi nơi nộp, tôi chỉ ngay điểm tiếp nhận ở đây.")
    greeting = phrase(Phrase.GREETING, reminder=reminder)
    return replace(greeting, text=f"{greeting.text}\n{known % {'ward': move.ward_name}}")


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
        Phrase.GREETING_AGAIN: (_("Chào anh/chị, trợ lý ảo đây ạ. Anh/chị cần hỏi việc gì?"), ()),
        Phrase.THANKS: (_("Cảm ơn anh/chị. Khi cần anh/chị cứ nhắn tiếp."), ()),
        Phrase.ABOUT: (
            _(
                "Tôi là trợ lý ảo của Một Cửa, không phải người. Tôi chỉ trích nội dung thủ tục đã công bố, "
                "kèm nguồn; việc gì không có trong đó tôi sẽ nói là không biết. "
                "Anh/chị có thể gặp cán bộ bất cứ lúc nào."
            ),
            help_buttons,
        ),
        Phrase.HELP: (
            _(
                "Anh/chị gõ việc cần hỏi như khi nói, có dấu hay không dấu đều được, ví dụ: “làm khai sinh "
                "cho con cần gì”, “đăng ký tạm trú mất bao lâu”.\n"
                "Muốn báo việc hỏng, bẩn, mất an toàn: bấm “Gửi phản ánh”, kể việc gì, ở đâu, kèm ảnh "
                "nếu có. Cần người trả lời: bấm “Gặp cán bộ”."
            ),
            (*help_buttons, to_how_far(), to_own_data()),
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
        Phrase.GO_ON: (_("Vâng, anh/chị cứ hỏi. Cần hỏi việc gì ạ?"), ()),
        Phrase.PHOTO_FIRST: (
            _("Đã nhận ảnh. Ảnh chụp việc gì, ở đâu ạ? Xin đừng gửi ảnh giấy tờ tuỳ thân."),
            help_buttons,
        ),
        Phrase.PHOTO_AGAIN: (_("Đã nhận thêm ảnh. Anh/chị cho biết ảnh chụp việc gì, ở đâu?"), help_buttons),
        Phrase.IDENTITY_PAPER: (
            _(
                "Tôi không nhận ảnh giấy tờ tuỳ thân, ảnh vừa gửi không được lưu. Anh/chị nên xoá tin đó ở "
                "máy mình; giấy tờ chỉ xuất trình tại quầy hoặc nộp trên Cổng Dịch vụ công quốc gia. "
                "Anh/chị cần hỏi việc gì, cứ gõ bằng lời."
            ),
            (to_staff(),),
        ),
        Phrase.POSITION_FIRST: (
            _(
                "Đã nhận vị trí. Anh/chị muốn phản ánh việc ở chỗ này? "
                "Nếu tìm nơi nộp hồ sơ, anh/chị gõ tên việc cần làm kèm phường, xã."
            ),
            (Choice(label=_("Phản ánh việc ở đây"), payload=choices.REPORT), to_staff()),
        ),
        Phrase.POSITION_NO_WARD: (
            _(
                "Đã nhận vị trí, nhưng tôi chưa tra được phường, xã từ bản đồ. "
                "Anh/chị gõ giúp tên phường hoặc xã đang ở."
            ),
            (Choice(label=_("Phản ánh việc ở đây"), payload=choices.REPORT),),
        ),
        Phrase.POSITION_ELSEWHERE: (
            _(
                "Vị trí này nằm ngoài Hà Nội nên tôi không ghi: ở đây chỉ nhận việc trong thành phố. "
                "Nếu việc xảy ra ở Hà Nội, anh/chị ghi số nhà, ngõ, phố giúp tôi."
            ),
            (),
        ),
        Phrase.VOICE: (
            _("Tôi chưa nghe được tin thoại. Anh/chị gõ giúp vài chữ, gọi tổng đài hoặc gặp cán bộ."),
            (to_call(city_hotline()), to_staff()),
        ),
        Phrase.VIDEO: (
            _("Tôi chưa xem được video. Anh/chị gửi ảnh chụp, hoặc gõ giúp vài chữ điều cần hỏi, cần báo."),
            help_buttons,
        ),
        Phrase.FILE: (
            _(
                "Tôi không đọc tệp (PDF, Word …) ở đây và không nhận hồ sơ qua tin nhắn. "
                "Anh/chị gõ giúp điều cần hỏi; hồ sơ nộp trên Cổng Dịch vụ công quốc gia hoặc tại quầy."
            ),
            (to_staff(),),
        ),
        Phrase.STICKER: (_("Tôi ở đây. Anh/chị cần hỏi thủ tục hay phản ánh việc gì?"), help_buttons),
        Phrase.CONTACT: (
            _("Tôi không cần và không lưu danh bạ. Nếu muốn được gọi lại, anh/chị chọn gặp cán bộ."),
            (to_staff(),),
        ),
        Phrase.CONTACT_GIVEN: (
            _("Tôi đã ghi số của anh/chị vào cuộc trò chuyện này, chỉ cán bộ xem được."),
            (to_staff(),),
        ),
        Phrase.EDITED: (_("Tôi thấy anh/chị vừa sửa tin. Anh/chị gửi lại câu mới giúp tôi."), ()),
        Phrase.FORWARDED: (
            _(
                "Đây là tin anh/chị chuyển tiếp. Anh/chị cho biết muốn hỏi gì về tin này, hay muốn phản ánh? "
                "Tin đòi tiền, mã OTP, mật khẩu hay bảo cài ứng dụng thì không phải của cơ quan nhà nước."
            ),
            help_buttons,
        ),
        Phrase.UNREADABLE: (
            _(
                "Tôi chỉ đọc được chữ, ảnh hiện trường và vị trí; loại tin này (bình chọn, trò chơi, "
                "thanh toán …) tôi không dùng được. Anh/chị gõ giúp điều cần hỏi."
            ),
            (to_staff(),),
        ),
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
        Phrase.NOT_REOPENED: (_("Vâng, tôi không gửi đề nghị xem lại. Phản ánh giữ nguyên như cũ."), ()),
        Phrase.REPORT_CANCELLED: (
            _("Đã bỏ phản ánh này, chưa có gì được gửi đi. Nếu bấm nhầm, anh/chị khôi phục ngay bây giờ."),
            (to_restore(),),
        ),
        Phrase.DRAFT_LAID_ASIDE: (
            _(
                "Tôi giữ bản phản ánh đang soạn ở đây, chưa gửi đi. Khi sẵn sàng, anh/chị gõ “tiếp tục”; "
                "cần người giúp thì gặp cán bộ."
            ),
            (to_resume(), to_staff()),
        ),
        Phrase.QUESTION_OUT_OF_DATE: (
            _("Câu hỏi trước đã lâu nên tôi không chắc anh/chị chọn gì. Anh/chị gõ giúp việc cần hỏi."),
            (),
        ),
        Phrase.WHICH_PAPER: (
            _("Anh/chị cần xin giấy nào trong số đó? Gõ giúp tên giấy, tôi tìm thủ tục cấp giấy ấy."),
            (),
        ),
        Phrase.APPEAL_FIRST: (
            _("Anh/chị viết trong một tin vì sao cần xem lại; tôi chuyển tới người phụ trách."),
            (),
        ),
        Phrase.INJECTION: (
            _(
                "Tôi chỉ trích nội dung đã công bố nên không làm theo yêu cầu này. "
                "Anh/chị cần hỏi thủ tục hay phản ánh việc gì?"
            ),
            help_buttons,
        ),
        Phrase.ABUSE: (
            _(
                "Tôi vẫn sẵn sàng giúp. Anh/chị cho biết việc cần làm hoặc chỗ chưa hài lòng; "
                "xin dùng lời đúng mực giúp tôi."
            ),
            help_buttons,
        ),
    }
