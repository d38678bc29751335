"""What the assistant says while a report is filled."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bot import choices
from bot.buttons import to_call, to_staff
from bot.report_form import ReportForm, Step, is_worn_out
from bot.report_review import before_sending, category_of, edit, place_of, so_far, ways_to_send
from bot.similar_reports import SimilarReport
from casework.categories import CATEGORY_NAMES
from casework.privacy_notice import CONTACT_CONSENT
from conversations.messages import Choice, OutboundMessage
from nlu.entities import mask_personal
from office.hotlines import urgent_hotlines

CATEGORIES_OFFERED = 3
#: Numbers to call that stand above a report of danger.
CALLS_OFFERED = 3


def form_question(form: ReportForm, *, summed_up: bool = False) -> OutboundMessage:
    """What the report form asks for next: in other words when it has to ask once more.

    summed_up: what it holds so far comes first; the photo and the review show it anyhow.
    """
    ask = {
        Step.TEXT: _ask_text,
        Step.CATEGORY: _ask_category,
        Step.PLACE: _ask_place,
        Step.WARD: _ask_ward,
        Step.SIMILAR: _ask_similar,
        Step.PHOTO: _ask_photo,
        Step.REVIEW: _ask_review,
        Step.CONTACT: _ask_contact,
    }[form.step]
    text, buttons = ask(form)
    if form.asked > 1:
        text = _once_more(form)
    if form.editing:
        text, buttons = _ask_anew(form), (*buttons, edit(_("Giữ nguyên"), Step.REVIEW))
    if summed_up and (form.editing or form.step not in (Step.PHOTO, Step.REVIEW)):
        text = "\n".join((_("Anh/chị đang soạn phản ánh, chưa gửi:"), *so_far(form), text))
    calls: tuple[Choice, ...] = ()
    if form.urgent and form.step is not Step.REVIEW:
        text, calls = f"{_call_first()}\n{text}", tuple(map(to_call, urgent_hotlines()[:CALLS_OFFERED]))
    last_time = (to_staff(),) if is_worn_out(form) else ()
    cancel = Choice(label=_("Bỏ phản ánh"), payload=choices.report("cancel", "yes"))
    return OutboundMessage(
        text=text,
        choices=(*calls, *buttons, *last_time, cancel),
        asks=form.step in (Step.WARD, Step.SIMILAR),
        detail={"move": "report_form", "step": form.step.value},
    )


def _once_more(form: ReportForm) -> str:
    """The same asked a second time, and a third time with a way out."""
    asked = {
        Step.TEXT: _("Anh/chị viết vài chữ về việc cần phản ánh, ví dụ: “đèn đường ngõ 5 hỏng ba hôm nay”."),
        Step.CATEGORY: _("Tôi cần loại việc để chuyển đúng nơi. Anh/chị chọn một loại, hoặc “Khác”."),
        Step.PLACE: _("Anh/chị ghi tên phố, ngõ hoặc một điểm gần đó; không rõ thì gõ “không rõ”."),
        Step.WARD: _("Anh/chị chọn phường, xã nơi xảy ra việc; không rõ thì gõ “không rõ”."),
        Step.SIMILAR: _(
            "Có phải cùng một việc không ạ? Phải thì anh/chị bấm theo dõi, không thì “gửi riêng”."
        ),
        Step.CONTACT: _("Anh/chị nhắn họ tên và số điện thoại trong một tin, hoặc gõ “không” để thôi."),
        Step.PHOTO: _("Anh/chị gửi một tấm ảnh, hoặc gõ “không có ảnh” để đi tiếp."),
        Step.REVIEW: _(
            "Chưa có gì được gửi đi. Anh/chị gõ “gửi” để gửi, hoặc nói phần cần sửa, ví dụ “sửa nơi”."
        ),
    }.get(form.step, "")
    if not is_worn_out(form):
        return asked
    return _("Nếu chưa tiện, anh/chị cứ để đó: tôi giữ bản này. %(asked)s") % {"asked": asked}


def _ask_anew(form: ReportForm) -> str:
    """What to tell anew of a filled field, with what it holds now."""
    match form.editing:
        case Step.TEXT:
            return _("Nội dung đang là: “%(text)s”. Anh/chị viết lại giúp cả nội dung.") % {
                "text": mask_personal(form.text)[:500]
            }
        case Step.CATEGORY:
            return _("Loại đang là: %(category)s. Anh/chị chọn hoặc gõ loại khác.") % {
                "category": category_of(form)
            }
        case Step.PLACE:
            return _("Nơi đang ghi: %(place)s. Anh/chị ghi lại nơi đúng, hoặc chia sẻ vị trí.") % {
                "place": place_of(form)
            }
        case Step.CONTACT:
            return _ask_contact(form)[0]
    return _("Anh/chị gửi thêm ảnh giúp tôi.")


def reminder(form: ReportForm) -> str:
    """One line below the answer to something else: the form goes on where it was."""
    told = {
        Step.TEXT: _("anh/chị kể tiếp việc cần phản ánh"),
        Step.CATEGORY: _("anh/chị cho biết loại việc"),
        Step.PLACE: _("anh/chị cho biết chỗ đó ở đâu"),
        Step.WARD: _("anh/chị chọn phường, xã"),
        Step.SIMILAR: _("anh/chị cho biết có cùng việc với phản ánh đã có không"),
        Step.CONTACT: _("anh/chị nhắn họ tên, số điện thoại, hoặc gõ “không”"),
        Step.PHOTO: _("anh/chị gửi ảnh, hoặc gõ “không có ảnh”"),
        Step.REVIEW: _("anh/chị gõ “gửi” để gửi, hoặc nói phần cần sửa"),
    }
    return _("(Phản ánh đang soạn dở: %(next)s.)") % {"next": told[form.step]}


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
    noted = _("Tôi ghi nhận loại: %(category)s.") % {"category": category_of(form)}
    if form.kind == "service":
        question = _ask_where_served(form)
    elif form.place:
        rough = _("“%(place)s” còn rộng: ở phố, ngõ hay gần số nhà nào ạ, hoặc anh/chị chia sẻ vị trí?")
        question = rough % {"place": form.place}
    elif form.place_asked > 1:
        question = _("Anh/chị cho biết thêm tên phố, ngõ hoặc điểm gần đó, hoặc chia sẻ vị trí.")
    else:
        question = _("Chỗ đó ở đâu ạ? Ghi số nhà, ngõ, phố hoặc chia sẻ vị trí.")
    return f"{noted}\n{question}", (edit(_("Đổi loại"), Step.CATEGORY),)


def _ask_where_served(form: ReportForm) -> str:
    """A ward that was named is not asked for again: the counter and the day are still open."""
    if not form.ward_name:
        return _("Việc xảy ra ở quầy, cơ quan nào và hôm nào ạ?")
    return _("Việc xảy ra ở quầy nào của %(ward)s và hôm nào ạ?") % {"ward": form.ward_name}


def _ask_ward(form: ReportForm) -> tuple[str, tuple[Choice, ...]]:
    """A split ward and a position are asked about, never decided; who does not know need not."""
    if form.former_ward:
        asked = _("%(former)s cũ nay thuộc nhiều phường, xã. Chỗ đó nay thuộc nơi nào ạ?")
        question = asked % {"former": form.former_ward}
    else:
        question = _("Vị trí này có thể thuộc một trong các nơi dưới đây. Chỗ đó thuộc nơi nào ạ?")
    wards = (Choice(label=ward.name, payload=choices.report("ward", ward.code)) for ward in form.ward_choices)
    return question, (*wards, Choice(label=_("Không rõ"), payload=choices.report("ward", "unclear")))


def _ask_similar(form: ReportForm) -> tuple[str, tuple[Choice, ...]]:
    """Only what is public of it is told."""
    one = len(form.similar) == 1
    lines = [
        _("Gần đây đã có phản ánh có thể cùng việc, đang được xử lý:"),
        *map(_similar_line, form.similar),
        _("Có phải cùng việc của anh/chị không? Nếu phải, anh/chị theo dõi để biết kết quả, khỏi gửi thêm."),
    ]
    label = _("Đúng, theo dõi phản ánh này") if one else _("Đúng, theo dõi %(code)s")
    joined = (
        Choice(label=label % {"code": report.code}, payload=choices.report("join", report.code))
        for report in form.similar
    )
    apart = Choice(label=_("Không, gửi riêng"), payload=choices.report("join", "none"))
    return "\n".join(lines), (*joined, apart)


def _similar_line(report: SimilarReport) -> str:
    far = _(", cách khoảng %(metres)d m") % {"metres": report.metres} if report.metres is not None else ""
    where = f" ({report.place}{far})" if report.place else far
    return f"• {report.code}{where}: {report.text}"


def _ask_contact(_form: ReportForm) -> tuple[str, tuple[Choice, ...]]:
    asked = _("Anh/chị nhắn họ tên và số điện thoại trong một tin, ví dụ: Nguyễn Thị Mai 0912 345 678.")
    return f"{asked}\n{CONTACT_CONSENT}", ()


def _ask_photo(form: ReportForm) -> tuple[str, tuple[Choice, ...]]:
    """With all that will be sent, so that who has no photo is done with one word.

    An exact position needs a yes of its own: then the review comes first.
    """
    none = Choice(label=_("Không có ảnh"), payload=choices.report("photo", "none"))
    if form.position:
        noted = _("Tôi ghi nhận loại: %(category)s. Anh/chị gửi ảnh hiện trường nếu có.")
        return noted % {"category": category_of(form)}, (none,)
    lines = [
        _("Tôi đã ghi, anh/chị xem lại giúp:"),
        *so_far(form)[:-1],
        *([_more_of_the_place()] if form.is_roughly_placed else []),
        *before_sending(form),
        _("Anh/chị gửi ảnh hiện trường nếu có; không có thì gõ “gửi” là tôi gửi đi."),
    ]
    return "\n".join(lines), (none, *ways_to_send(form))


def _ask_review(form: ReportForm) -> tuple[str, tuple[Choice, ...]]:
    lines = [
        _("Anh/chị xem lại trước khi gửi:"),
        *so_far(form),
        *before_sending(form),
    ]
    other = Choice(label=_("Không phải thủ tục này"), payload=choices.report("procedure", "none"))
    return "\n".join(lines), (
        *ways_to_send(form),
        *([other] if form.procedure else []),
        edit(_("Sửa nội dung"), Step.TEXT),
        edit(_("Đổi loại"), Step.CATEGORY),
        *([] if form.kind == "regulation" else [edit(_("Sửa nơi"), Step.PLACE)]),
    )


def _more_of_the_place() -> str:
    return _("Biết thêm phố, ngõ hay số nhà gần đó thì anh/chị nhắn luôn, tôi ghi vào nơi.")
