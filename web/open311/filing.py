"""POST /requests: a report sent by another system, checked, filed once, and told under which number."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from bot.channels.pace import Pace
from bot.moves import Signposted
from bot.signposts import signpost
from casework import sending
from casework.contacts import Contact
from casework.errors import NoUnitInCharge
from casework.not_taken import why_not_taken
from casework.sending import ReportToSend, Sent
from conversations.messages import Position
from nlu.guards import GuardKind
from office import api_keys
from office.models import ApiKey, Unit
from office.places import Found, find_ward
from web.open311.attributes import Given, given_attributes
from web.open311.doors import form_of, refuse_other_jurisdictions
from web.open311.errors import Invalid, NoKey, NotTaken, TooFast
from web.open311.request_form import RequestForm
from web.open311.services import known
from web.open311.shapes import FILED, Document, FiledRequest
from web.webhooks.edge import Door

#: What one key may send, in each process: a city's app on a stormy night, not a program gone wild.
PACE = Pace(every=timedelta(seconds=1), burst=60)
_door = Door(PACE)

NOT_DESCRIBED = "(Người gửi không mô tả.)"
#: Everything else that is sent may hold what somebody said.
_NOT_WORDS = frozenset({"api_key", "jurisdiction_id", "service_code", "lat", "long", "address_id"})
_SIGNPOSTS = {
    GuardKind.EMERGENCY: Signposted.EMERGENCY,
    GuardKind.SELF_HARM: Signposted.SELF_HARM,
    GuardKind.STATE_SECRET: Signposted.STATE_SECRET,
    GuardKind.SCAM: Signposted.SCAM,
    GuardKind.ACCUSATION: Signposted.ACCUSATION,
    GuardKind.PERHAPS_ACCUSATION: Signposted.ACCUSATION,
}
RUDE = "Nội dung có lời xúc phạm nên không được nhận. Anh/chị viết lại việc đã xảy ra, ở đâu, lúc nào."
_NOBODY_OVERSEES = "Cơ quan này chưa có cơ quan cấp trên ở đây; anh/chị gọi tổng đài của thành phố."


def post(request: HttpRequest) -> Document:
    """Raises NoKey, TooFast, Invalid, NotFound for another service or jurisdiction, or NotTaken."""
    sent = form_of(request)
    key = _key(sent)
    refuse_other_jurisdictions(sent)
    _refuse_what_is_no_report(sent)
    service = known(sent.get("service_code", ""))
    form, given = _read(sent, service)
    try:
        filed = sending.file_sent(_report(form, given, service), key=key, now=timezone.now())
    except NoUnitInCharge as problem:
        raise Invalid(_NOBODY_OVERSEES) from problem
    return Document(kind=FILED, entries=(_told(filed, account=form.said("account_id")),))


def _key(sent: QueryDict) -> ApiKey:
    now = timezone.now()
    key = api_keys.known_by(sent.get("api_key", ""), now=now)
    if key is None:
        raise NoKey
    if not _door.lets_in(str(key.pk), now=now):
        raise TooFast
    return key


def _read(sent: QueryDict, service: str) -> tuple[RequestForm, Given]:
    """What was sent, checked. Raises Invalid with everything that is wrong with it."""
    form = RequestForm(sent)
    given = given_attributes(sent, service)
    problems = (*form.problems(), *given.problems)
    if problems:
        raise Invalid(*problems)
    return form, given


def _refuse_what_is_no_report(sent: QueryDict) -> None:
    """What the guards of the chat would not take is neither filed nor kept; the answer says where to turn.

    Before everything else of it is looked at: who is in danger is not told of a missing address.
    """
    said = (words for name in sent if name not in _NOT_WORDS for words in sent.getlist(name))
    kind = why_not_taken(*said, category=sent.get("service_code", ""))
    if kind is not None:
        where = _SIGNPOSTS.get(kind)
        raise NotTaken(signpost(where).text if where else RUDE)


def _report(form: RequestForm, given: Given, service: str) -> ReportToSend:
    return ReportToSend(
        category=service,
        text=form.said("description") or NOT_DESCRIBED,
        place=form.said("address_string"),
        position=_position(form),
        ward=_ward(form),
        named_unit=given.unit,
        contact=_contact(form),
        sender=" ".join((form.said("device_id"), form.said("account_id"))).strip(),
        media=form.said("media_url"),
        facts=given.facts,
    )


def _position(form: RequestForm) -> Position | None:
    latitude, longitude = form.cleaned_data["lat"], form.cleaned_data["long"]
    return None if latitude is None else Position(latitude=latitude, longitude=longitude)


def _ward(form: RequestForm) -> Unit | None:
    """As it was named; of a name that several wards go by, an official decides and not we."""
    named: Unit | None = form.cleaned_data["address_id"]
    if named:
        return named
    found = find_ward(form.said("address_string"))
    return found.unit if isinstance(found, Found) else None


def _contact(form: RequestForm) -> Contact:
    name = f"{form.said('last_name')} {form.said('first_name')}".strip()
    return Contact(name=name, phone=form.said("phone"), email=form.said("email"))


def _told(filed: Sent, *, account: str) -> FiledRequest:
    code = filed.report.code
    notice = (
        f"Mã {code}, mã bí mật {filed.secret}. Gửi cả hai cho người phản ánh: "
        "nhắn hai mã cho trợ lý ảo là xem được trả lời. Mã bí mật không hiện lại."
        if filed.secret
        else f"Phản ánh này đã được nhận trước đó ít phút, mã {code}."
    )
    return FiledRequest(service_request_id=code, service_notice=notice, account_id=account or None)
