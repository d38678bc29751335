"""What the public sees of a report: proposed with personal data masked, approved by a person, then frozen.

Contact fields are never looked at here. See docs/decisions/0012-public-reports.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from casework import follows, notices, public_photos, reports
from casework.categories import CATEGORY_NAMES
from casework.errors import NamesAPerson, NoReasonNotToShow, NotForThePublic, NothingToShow, ReportMovedOn
from casework.models import Publication, Report, ReportStep
from casework.public_photos import ChosenPhoto
from conversations.changes import DESK, publish
from conversations.erasure import drop_pictures
from conversations.models import Attachment
from nlu import text as texts
from nlu.entities import mask_for_public, mask_personal
from nlu.guards.named_person import names_a_known_person
from nlu.word_rules import Said
from office import audit
from office.models import Staff

State = Report.State
Act = ReportStep.Act

#: A report is shown once the office has looked at it; one that was refused or merged later stays shown.
SHOWN_FROM = (State.TAKEN_IN, State.CLASSIFIED, State.WITH_UNIT, State.IN_PROGRESS, State.ANSWERED)
#: In these a citizen complains of people or of rules: no person is to be known by them.
WITHOUT_NAMES = (Report.Kind.REGULATION, Report.Kind.SERVICE)
#: Decimals of a degree: the third is 111 m from south to north, and 103 m from west to east in Hà Nội.
ABOUT_100_M = 3


class Precision(StrEnum):
    """How exactly the public sees where it is."""

    NONE = "none"
    ABOUT = "about"
    EXACT = "exact"


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What could be shown, personal data masked. A person reads it before anything is."""

    text: str
    place: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class Approval:
    """What an official decided to show. answer: "" to show none (yet)."""

    text: str
    place: str = ""
    answer: str = ""
    precision: Precision = Precision.NONE
    photos: tuple[ChosenPhoto, ...] = ()


def propose(report: Report) -> Proposal:
    answer = report.answer if report.state == State.ANSWERED else ""
    return Proposal(
        text=mask_for_public(report.text),
        place=mask_for_public(report.place),
        answer=mask_for_public(answer),
    )


def personal_data_in(*shown: str) -> tuple[str, ...]:
    """The words of these texts that masking would still take out: an office's number, or an oversight."""
    words = (word for text in shown for word in set(_words(text)) - set(_words(mask_personal(text))))
    return tuple(sorted(words))


def names_somebody(*shown: str) -> bool:
    """Whether a person may be known by one of these texts."""
    return any(names_a_known_person(Said.of(text), text) for text in shown)


def approve(report: Report, staff: Staff, approval: Approval, *, seen: int) -> Publication:
    """Show this from now on, in place of what was shown before; with its line in the register.

    Its author is told once, not of each correction.

    seen: the report's version the official looked at. Raises NotForThePublic, NothingToShow, NamesAPerson,
    PhotoGone, or ReportMovedOn; then nothing has changed.
    """
    if report.state not in SHOWN_FROM and not _is_shown(report):
        raise NotForThePublic
    approval = _cleaned(report, approval)
    copies = public_photos.draw(report, approval.photos)
    is_news = not _is_shown(report)
    with transaction.atomic():
        _decide(report, seen)
        publication = _publication(report, staff, approval)
        _replace_photos(publication, public_photos.keep(copies))
        _enter(report, Act.PUBLISHED, staff, _told(approval))
        if is_news:
            follows.tell_author(report, notices.report_published(report))
    return publication


def keep_back(report: Report, staff: Staff, *, because: str, seen: int) -> Publication:
    """Decide that the public sees nothing of it, and stop showing what it sees; with a reason.

    Raises NoReasonNotToShow or ReportMovedOn; then nothing has changed.
    """
    reason = texts.clean(because)[:300]
    if not reason:
        raise NoReasonNotToShow
    act = Act.WITHDRAWN if _is_shown(report) else Act.KEPT_BACK
    with transaction.atomic():
        _decide(report, seen)
        publication = _hidden(report, staff, reason)
        _replace_photos(publication, ())
        _enter(report, act, staff, reason)
    return publication


def forget_position(report: Report) -> None:
    """The public does not see either what its author withdrew."""
    Publication.objects.filter(report=report).update(latitude=None, longitude=None)


def _words(text: str) -> list[str]:
    return texts.clean(text).split()


def _is_shown(report: Report) -> bool:
    return Publication.objects.filter(report=report, withdrawn_at=None).exists()


def _cleaned(report: Report, approval: Approval) -> Approval:
    text, place = texts.clean(approval.text), texts.clean(approval.place)[:300]
    answer = texts.clean(approval.answer)
    if not text:
        raise NothingToShow
    if report.kind in WITHOUT_NAMES and names_somebody(text, place, answer):
        raise NamesAPerson
    return Approval(
        text=text, place=place, answer=answer, precision=approval.precision, photos=approval.photos
    )


def _decide(report: Report, seen: int) -> None:
    """Only on what was seen: who comes second with another decision has to look again."""
    if not Report.objects.filter(pk=report.pk, version=seen).update(version=F("version") + 1):
        raise ReportMovedOn
    report.refresh_from_db()


def _publication(report: Report, staff: Staff, approval: Approval) -> Publication:
    latitude, longitude = position_shown(report, approval.precision)
    shown = {
        "category": report.category,
        "ward": report.ward,
        "text": approval.text,
        "place": approval.place,
        "latitude": latitude,
        "longitude": longitude,
        "answer": approval.answer,
        "answer_of": report.answered_at if report.state == State.ANSWERED else None,
        "search": search_words(report, approval.text, approval.place),
        "published_at": timezone.now(),
        "published_by": staff,
        "withdrawn_at": None,
        "withdrawn_because": "",
    }
    return Publication.objects.update_or_create(report=report, defaults=shown)[0]


def position_shown(report: Report, precision: Precision) -> tuple[float | None, float | None]:
    """Latitude and longitude, as exact as the public may see them; None, None for none."""
    if precision is Precision.NONE or report.latitude is None or report.longitude is None:
        return None, None
    if precision is Precision.EXACT:
        return report.latitude, report.longitude
    return round(report.latitude, ABOUT_100_M), round(report.longitude, ABOUT_100_M)


def precision_of(publication: Publication, report: Report) -> Precision:
    """How exactly a publication shows where it is."""
    if publication.latitude is None:
        return Precision.NONE
    return Precision.EXACT if publication.latitude == report.latitude else Precision.ABOUT


def search_words(report: Report, text: str, place: str) -> str:
    """What a search looks through, without marks: the code, what and where."""
    ward = report.ward.name if report.ward else ""
    category = CATEGORY_NAMES.get(report.category, "")
    return texts.fold(" ".join(f"{report.code} {text} {place} {ward} {category}".split()))


def _hidden(report: Report, staff: Staff, reason: str) -> Publication:
    """Nothing of the words stays in the row: what nobody is shown needs no second place."""
    hidden = {
        "category": report.category,
        "ward": report.ward,
        **dict.fromkeys(("text", "place", "answer", "search"), ""),
        **dict.fromkeys(("latitude", "longitude", "answer_of"), None),
        "published_by": staff,
        "withdrawn_at": timezone.now(),
        "withdrawn_because": reason,
    }
    return Publication.objects.update_or_create(report=report, defaults=hidden)[0]


def _replace_photos(publication: Publication, photos: Iterable[Attachment]) -> None:
    before = list(publication.photos.values_list("pk", flat=True))
    publication.photos.set(photos)
    drop_pictures(Attachment.objects.filter(pk__in=before))


def _told(approval: Approval) -> str:
    where = {Precision.NONE: "không vị trí", Precision.ABOUT: "vị trí khoảng 100 m"}
    answer = "kèm trả lời" if approval.answer else "chưa kèm trả lời"
    return f"{len(approval.photos)} ảnh, {where.get(approval.precision, 'vị trí chính xác')}, {answer}"


def _enter(report: Report, act: Act, staff: Staff, note: str) -> None:
    reports.enter(report, act, staff, note=note)
    audit.note(f"report.{act.value}", report.code, staff)
    publish(DESK)
