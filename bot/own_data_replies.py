"""What the assistant says about a citizen's own data, written once."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from bot import choices, pages
from bot.buttons import to_staff
from casework import privacy_notice
from casework.models import Case, DataRequest, Report
from conversations.messages import Choice, OutboundMessage
from conversations.models import Consent

#: Reports named one by one before deleting; the others are counted.
REPORTS_NAMED = 5


def told() -> OutboundMessage:
    """What is kept, in short; the page has the whole text."""
    return OutboundMessage(
        text=privacy_notice.summary(),
        choices=(
            Choice(label=_("Xem đầy đủ"), url=pages.OWN_DATA),
            Choice(label=_("Gửi dữ liệu của tôi"), payload=choices.COPY),
            Choice(label=_("Xoá dữ liệu của tôi"), payload=choices.ASK_BEFORE_ERASING),
        ),
        detail={"move": "own_data", "act": "tell", "text_version": privacy_notice.text_version()},
    )


def before_erasing(
    *, reports: Sequence[Report], secrets_told: Sequence[str], case: Case | None
) -> OutboundMessage:
    """What goes, what stays and why; codes and secrets once more, for they cannot be shown later."""
    lines = [
        _("Xoá thật không ạ? Không lấy lại được."),
        _("• Mất ngay: mọi tin nhắn, ảnh, vị trí, bản nháp và tên hiển thị ở cuộc trò chuyện này."),
    ]
    if case:
        lines.append(
            _("• Yêu cầu gặp cán bộ %(number)s sẽ được khép lại, cán bộ được báo.") % {"number": case.number}
        )
    if reports:
        lines.append(
            _("• Còn lại: phản ánh %(codes)s là hồ sơ hành chính phải giữ, nhưng không còn nối với anh/chị.")
            % {"codes": _named(reports)}
        )
        lines.append(_("Anh/chị ghi lại mã và mã bí mật để xem kết quả sau này:"))
        lines.extend(secrets_told or [_("(mã bí mật đã gửi trước đây)")])
    lines.append(_("Bấm nút, hoặc gõ “đồng ý xoá”."))
    return OutboundMessage(
        text="\n".join(lines),
        choices=(
            Choice(label=_("Xoá hết"), payload=choices.ERASE),
            Choice(label=_("Gửi dữ liệu cho tôi trước"), payload=choices.COPY),
            Choice(label=_("Không xoá"), payload=choices.KEEP),
        ),
        detail={"move": "own_data", "act": "ask_before_erasing"},
    )


def _named(reports: Sequence[Report]) -> str:
    codes = ", ".join(report.code for report in reports[:REPORTS_NAMED])
    more = len(reports) - REPORTS_NAMED
    return f"{codes} và {more} phản ánh khác" if more > 0 else codes


def not_erased() -> OutboundMessage:
    return OutboundMessage(text=_("Tôi giữ nguyên, chưa xoá gì."), detail={"move": "own_data", "act": "keep"})


def erased(request: DataRequest, *, reports_kept: int, in_a_messenger: bool) -> OutboundMessage:
    """The first and only message of what begins anew."""
    lines = [
        _("Đã xoá tin nhắn, ảnh, bản nháp và tên của anh/chị. Mã yêu cầu: %(number)s.")
        % {"number": request.number}
    ]
    if reports_kept:
        lines.append(
            _("Còn %(count)s phản ánh đã gửi là hồ sơ hành chính; xem kết quả bằng mã và mã bí mật.")
            % {"count": reports_kept}
        )
    if in_a_messenger:
        lines.append(_("Bản trong ứng dụng nhắn tin tôi không xoá được; anh/chị tự xoá trong ứng dụng."))
    return OutboundMessage(text="\n".join(lines), detail={"move": "own_data", "act": "erased"})


def copy_ready(address: str, *, minutes: int) -> OutboundMessage:
    """A link that opens the copy once."""
    text = _(
        "Dữ liệu của anh/chị đã sẵn sàng: cuộc trò chuyện, ảnh và phản ánh, trong một tệp nén. Liên kết dùng "
        "một lần, trong %(minutes)s phút; xin đừng chuyển cho ai."
    ) % {"minutes": minutes}
    return OutboundMessage(
        text=text,
        choices=(Choice(label=_("Mở trang tải dữ liệu"), url=address),),
        detail={"move": "own_data", "act": "copy"},
    )


def copy_by_an_official(request: DataRequest) -> OutboundMessage:
    """This channel carries no file, and there is no public address to lead to."""
    text = _(
        "Kênh này chưa gửi được tệp dữ liệu. Tôi đã ghi yêu cầu %(number)s để cán bộ thực hiện: trả lời "
        "trước hết ngày %(answer)s, gửi chậm nhất ngày %(due)s."
    ) % {
        "number": request.number,
        "answer": f"{request.answer_due:%d/%m/%Y}",
        "due": f"{request.due:%d/%m/%Y}",
    }
    return OutboundMessage(text=text, choices=(to_staff(),), detail={"move": "own_data", "act": "copy"})


def consent_withdrawn(request: DataRequest, purposes: Collection[str]) -> OutboundMessage:
    """purposes: what was agreed to until now."""
    done = (
        (Consent.Purpose.POSITION, _("vị trí chính xác được gỡ khỏi phản ánh và tin nhắn của anh/chị")),
        (Consent.Purpose.CONTACT, _("họ tên, số điện thoại được gỡ khỏi phản ánh của anh/chị")),
        (Consent.Purpose.NOTICE, _("tin báo không gửi nữa")),
    )
    text = _("Đã rút lại đồng ý: %(done)s. Phản ánh vẫn được xử lý. Mã yêu cầu: %(number)s.") % {
        "done": "; ".join(what for purpose, what in done if purpose in purposes),
        "number": request.number,
    }
    return OutboundMessage(text=text, detail={"move": "own_data", "act": "withdraw_consent"})


def no_consent() -> OutboundMessage:
    text = _("Anh/chị chưa cho đồng ý nào ở cuộc trò chuyện này, nên không có gì phải rút lại.")
    return OutboundMessage(
        text=text,
        choices=(Choice(label=_("Các bạn lưu gì của tôi?"), payload=choices.KEPT),),
        detail={"move": "own_data", "act": "withdraw_consent"},
    )
