"""What a report in the making holds, as its author sees it before sending, and the ways to send it.

Personal numbers are masked: whoever looks over a shoulder reads none. The unit gets the words as told.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from bot import choices
from bot.contact import ToldContact, masked
from bot.report_form import ReportForm, Step
from casework.categories import CATEGORY_NAMES
from casework.contact_fields import DECREE, FIELDS
from casework.privacy_notice import CONTACT_CONSENT, POSITION_CONSENT
from conversations.messages import Choice, Position
from nlu.entities import mask_personal
from nlu.text import clean

#: Metres from which on a shared position finds no lamp post any more.
ROUGH = 100
#: Characters of the words that are shown back.
LONGEST_TEXT = 500


def so_far(form: ReportForm) -> list[str]:
    """What the form holds, a line a field, the photos last."""
    return [
        _("• Nội dung: %(text)s") % {"text": mask_personal(form.text)[:LONGEST_TEXT] or _("chưa kể")},
        _("• Loại: %(category)s") % {"category": category_of(form) or _("chưa rõ")},
        *([_("• Thủ tục: %(procedure)s") % {"procedure": form.procedure}] if form.procedure else []),
        *([] if form.kind == "regulation" and not form.place else [_where(form)]),
        *([_("• Phường, xã: %(ward)s") % {"ward": form.ward_name}] if _adds_ward(form) else []),
        *sent_by(form.contact),
        *([_("• Ảnh: %(count)s") % {"count": len(form.media) or _("không có")}]),
    ]


def _where(form: ReportForm) -> str:
    if form.kind == "service":
        return _("• Nơi, lúc: %(place)s") % {"place": place_of(form)}
    return _("• Nơi: %(place)s") % {"place": place_of(form)}


def _adds_ward(form: ReportForm) -> bool:
    return bool(form.ward_name) and form.ward_name.lower() not in form.place.lower()


def sent_by(contact: ToldContact) -> list[str]:
    """Who sends it; nothing where nothing is asked for and nothing was told."""
    told = ", ".join(filter(None, (contact.name, masked(contact.phone))))
    if told:
        return [_("• Người gửi: %(contact)s") % {"contact": told}]
    return [_("• Người gửi: không để lại tên")] if contact.wanted else []


def before_sending(form: ReportForm) -> list[str]:
    """What must be known before it is sent: who sees it, what is missing and what comes of that."""
    told = form.contact.is_told or form.contact.missing
    return [
        *([_masked_here()] if mask_personal(form.text) != clean(form.text) else []),
        _seen_by(),
        *([_pointed_to(form)] if form.pointed_to else []),
        *([_missing(form.contact)] if form.contact.missing else []),
        *([CONTACT_CONSENT] if told else []),
        *([POSITION_CONSENT] if form.position else []),
    ]


def _pointed_to(form: ReportForm) -> str:
    text = _(
        "Nơi giải quyết việc này không nhận qua đây. %(where)s.\n"
        "Anh/chị vẫn gửi thì tổ tiếp nhận trung tâm đọc và hướng dẫn tiếp."
    )
    return text % {"where": form.pointed_to.rstrip(".")}


def _missing(contact: ToldContact) -> str:
    text = _(
        "Phản ánh loại này cần %(fields)s của người gửi (%(source)s). "
        "Không để lại thì phản ánh chỉ được chuyển tham khảo."
    )
    return text % {"fields": wanted_words(contact.missing), "source": DECREE}


def wanted_words(fields: tuple[str, ...]) -> str:
    """ "họ tên, số điện thoại"."""
    return ", ".join(FIELDS[field] for field in fields)


def _masked_here() -> str:
    return _("(Số điện thoại, số giấy tờ, biển số chỉ che ở đây; đơn vị xử lý đọc được như anh/chị viết.)")


def _seen_by() -> str:
    return _("Cán bộ xử lý xem được nội dung này; không có gì được công khai khi chưa có người duyệt.")


def ways_to_send(form: ReportForm) -> tuple[Choice, ...]:
    """A position and a name need a yes of their own, and a no must cost nothing else: none is preselected."""
    contact = form.contact
    if contact.missing:
        return (*_leave_contact(contact), *_without_name(form))
    if contact.is_told:
        return (*_with_name(form), *_without_name(form)[-1:])
    if form.position:
        return (
            _send(_("Đồng ý, gửi kèm vị trí"), "yes"),
            _send(_("Gửi, không kèm vị trí"), "bare"),
        )
    return (Choice(label=_("Gửi"), payload=choices.report("send", "yes"), main=True),)


def _leave_contact(contact: ToldContact) -> tuple[Choice, ...]:
    leave = edit(_("Để lại %(fields)s") % {"fields": wanted_words(contact.missing)}, Step.CONTACT)
    return (*_known_phone(contact), leave)


def _known_phone(contact: ToldContact) -> tuple[Choice, ...]:
    """A number told before: used after a yes, never asked for again."""
    if not contact.known_phone or contact.phone:
        return ()
    label = _("Dùng số %(phone)s") % {"phone": masked(contact.known_phone)}
    return (Choice(label=label, payload=choices.report("phone", "yes")),)


def _with_name(form: ReportForm) -> tuple[Choice, ...]:
    if form.position:
        return (
            _send(_("Đồng ý, gửi kèm liên hệ và vị trí"), "yes"),
            _send(_("Đồng ý, gửi kèm liên hệ, không kèm vị trí"), "bare"),
        )
    return (_send(_("Đồng ý, gửi kèm liên hệ"), "yes"),)


def _without_name(form: ReportForm) -> tuple[Choice, ...]:
    if form.position:
        return (
            _send(_("Đồng ý, gửi kèm vị trí, không để lại tên"), "unnamed"),
            _send(_("Gửi không để lại tên, không kèm vị trí"), "nameless"),
        )
    return (_send(_("Gửi không để lại tên"), "nameless"),)


def _send(label: str, how: str) -> Choice:
    return Choice(label=label, payload=choices.report("send", how))


def edit(label: str, step: Step) -> Choice:
    """A button that asks for a field anew."""
    return Choice(label=label, payload=choices.report("edit", step.value))


def category_of(form: ReportForm) -> str:
    return CATEGORY_NAMES.get(form.category, form.category)


def place_of(form: ReportForm) -> str:
    if form.place and form.position:
        return _("%(place)s (kèm %(position)s)") % {"place": form.place, "position": _shared(form.position)}
    if form.place:
        return form.place
    if form.position:
        return _shared(form.position)
    return _("chưa rõ, cán bộ sẽ xác định")


def _shared(position: Position) -> str:
    """A phone that is far from sure says how far; then it helps to add the address."""
    if position.accuracy is None or position.accuracy < ROUGH:
        return _("vị trí đã chia sẻ")
    return _("vị trí đã chia sẻ, máy báo sai số khoảng %(metres)d m") % {"metres": position.accuracy}
