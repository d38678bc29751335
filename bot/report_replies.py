"""What the assistant says while a report is filled, once it is filed, and when it is asked for."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bot import choices
from bot.phrases import to_staff
from bot.report_form import ReportForm, Step
from casework.categories import CATEGORY_NAMES
from casework.models import Report
from conversations.messages import Choice, OutboundMessage
from office.hotlines import urgent_hotlines

CATEGORIES_OFFERED = 3


def form_question(form: ReportForm) -> OutboundMessage:
    """What the report form asks for next."""
    ask = {
        Step.TEXT: _ask_text,
        Step.CATEGORY: _ask_category,
        Step.PLACE: _ask_place,
        Step.PHOTO: _ask_photo,
        Step.REVIEW: _ask_review,
    }[form.step]
    text, buttons = ask(form)
    if form.urgent and form.step is not Step.REVIEW:
        text = f"{_call_first()}\n{text}"
    cancel = Choice(label=_("Bỏ phản ánh"), payload=choices.report("cancel", "yes"))
    return OutboundMessage(
        text=text, choices=(*buttons, cancel), detail={"move": "report_form", "step": form.step.value}
    )


def _call_first() -> str:
    numbers = ", ".join(hotline.number for hotline in urgent_hotlines())
    return _("Nếu có người bị nạn hay đang nguy hiểm, anh/chị gọi ngay: %(numbers)s.") % {"numbers": numbers}


def _ask_text(_form: ReportForm) -> tuple[str, tuple[Choice, ...]]:
    return _("Anh/chị kể giúp việc cần phản ánh bằng lời của mình, kèm địa điểm nếu có."), ()


def _ask_category(form: ReportForm) -> tuple[str, tuple[Choice, ...]]:
    suggested = [c for c in form.categories if c != "khac"][:CATEGORIES_OFFERED]
    question = _("Việc này thuộc loại nào? Anh/chị bấm nút, hoặc gõ tên loại khác, ví dụ “tiếng ồn”.")
    return question, tuple(_category_choice(c) for c in (*suggested, "khac"))


def _category_choice(category: str) -> Choice:
    return Choice(label=CATEGORY_NAMES[category], payload=choices.report("category", category))


def _ask_place(form: ReportForm) -> tuple[str, tuple[Choice, ...]]:
    noted = _("Tôi ghi nhận loại: %(category)s.") % {"category": _category(form)}
    if form.kind == "service":
        question = _("Việc xảy ra ở quầy, cơ quan nào và hôm nào ạ?")
    elif form.place_asked > 1:
        question = _("Anh/chị cho biết thêm tên phố, ngõ hoặc điểm gần đó, hoặc chia sẻ vị trí.")
    else:
        question = _("Chỗ đó ở đâu ạ? Ghi số nhà, ngõ, phố hoặc chia sẻ vị trí.")
    return f"{noted}\n{question}", (_edit(_("Đổi loại"), Step.CATEGORY),)


def _ask_photo(form: ReportForm) -> tuple[str, tuple[Choice, ...]]:
    text = _("Tôi ghi nhận loại: %(category)s. Anh/chị gửi ảnh hiện trường nếu có.") % {
        "category": _category(form)
    }
    return text, (Choice(label=_("Không có ảnh"), payload=choices.report("photo", "none")),)


def _ask_review(form: ReportForm) -> tuple[str, tuple[Choice, ...]]:
    lines = [
        _("Anh/chị xem lại trước khi gửi:"),
        _("• Nội dung: %(text)s") % {"text": form.text[:500]},
        _("• Loại: %(category)s") % {"category": _category(form)},
        _("• Nơi: %(place)s") % {"place": _place(form)},
        _("• Ảnh: %(count)s") % {"count": len(form.media) or _("không có")},
        _("Cán bộ xử lý xem được nội dung này; không có gì được công khai khi chưa có người duyệt."),
    ]
    return "\n".join(lines), (
        Choice(label=_("Gửi"), payload=choices.report("send", "yes")),
        _edit(_("Sửa nội dung"), Step.TEXT),
        _edit(_("Đổi loại"), Step.CATEGORY),
        _edit(_("Sửa nơi"), Step.PLACE),
    )


def _edit(label: str, step: Step) -> Choice:
    return Choice(label=label, payload=choices.report("edit", step.value))


def _category(form: ReportForm) -> str:
    return CATEGORY_NAMES.get(form.category, form.category)


def _place(form: ReportForm) -> str:
    if form.place and form.position:
        return _("%(place)s (kèm vị trí đã chia sẻ)") % {"place": form.place}
    if form.place:
        return form.place
    if form.position:
        return _("vị trí đã chia sẻ")
    return _("chưa rõ, cán bộ sẽ xác định")


def filed(report: Report, secret: str, *, lost_photos: int) -> OutboundMessage:
    """The code and the secret, at once, and what happens next."""
    lines = [
        _("Đã gửi phản ánh %(code)s tới %(unit)s.") % {"code": report.code, "unit": report.unit.name},
        _("Mã bí mật: %(secret)s. Anh/chị giữ kín; cần mã này để xem tình trạng từ máy khác.")
        % {"secret": secret},
        _("Muốn biết đến đâu, anh/chị nhắn “%(code)s” tại đây.") % {"code": report.code},
    ]
    if lost_photos:
        lines.append(_("Có %(count)s ảnh không tải được nên chưa gửi kèm.") % {"count": lost_photos})
    return OutboundMessage(text="\n".join(lines), detail={"move": "report_filed", "code": report.code})


def try_later() -> OutboundMessage:
    """Secrets were guessed at too often; the same for codes that do not exist."""
    text = _("Mã bí mật đã được thử sai nhiều lần. Anh/chị thử lại sau một giờ, hoặc gặp cán bộ.")
    return OutboundMessage(text=text, choices=(to_staff(),), detail={"move": "status", "found": False})


def report_state(report: Report | None) -> OutboundMessage:
    """How far a report is; one and the same reply for whoever is not its author."""
    if report is None:
        text = _(
            "Tôi không tìm thấy phản ánh nào với mã và mã bí mật này. Nếu gửi từ máy khác, "
            "anh/chị nhắn mã kèm mã bí mật, ví dụ: “PA-2026-000123 ACDE3467”."
        )
        return OutboundMessage(text=text, choices=(to_staff(),), detail={"move": "status", "found": False})
    lines = [
        _("Phản ánh %(code)s: %(state)s.") % {"code": report.code, "state": report.get_state_display()},
        _("Đơn vị phụ trách: %(unit)s.") % {"unit": report.unit.name},
    ]
    if report.answer:
        lines.append(_("Trả lời: %(answer)s") % {"answer": report.answer})
    detail = {"move": "status", "found": True, "code": report.code}
    return OutboundMessage(text="\n".join(lines), choices=(to_staff(),), detail=detail)
