"""Reply templates: kept by supervisors for their units or everywhere, offered while an official writes."""

from __future__ import annotations

from dataclasses import dataclass

import yaml
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

import starter
from casework import template_variables, topics
from casework.errors import NotYourTemplate, TemplateIncomplete, TemplateTaken
from casework.models import Case, ReplyTemplate
from nlu.text import clean, fold
from office import audit
from office.lookups import Lookup, number
from office.models import Staff, Unit

LONGEST_NAME = 80
LONGEST_TEXT = 2_000


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What a template is to say. unit: None for everywhere."""

    name: str
    text: str
    unit: Unit | None = None
    topic: str = ""


def offered(case: Case, staff: Staff) -> list[ReplyTemplate]:
    """Those for everywhere and for the person's units, those on the topic of the case first."""
    about = [one for one in _FOR_STAFF.all(staff=staff.pk) if one.topic in ("", case.topic)]
    return sorted(about, key=lambda one: (one.topic != case.topic, fold(one.name)))


def _for_staff() -> QuerySet[ReplyTemplate]:
    theirs = Unit.objects.filter(staff=number("staff"))
    return ReplyTemplate.objects.filter(Q(unit=None) | Q(unit__in=theirs), retired_at=None)


_FOR_STAFF = Lookup(_for_staff)


def offered_for(begun: str, case: Case, staff: Staff) -> list[ReplyTemplate]:
    """Of these the ones with a word that begins so, marks or not."""
    wanted = fold(begun)
    return [one for one in offered(case, staff) if _is_called(one.name, wanted)]


def _is_called(name: str, wanted: str) -> bool:
    folded = fold(name)
    return folded.startswith(wanted) or any(word.startswith(wanted) for word in folded.split())


def kept_by(staff: Staff) -> QuerySet[ReplyTemplate]:
    """Those this person may change: of one's own units, and for who decides for everywhere, all."""
    every = ReplyTemplate.objects.select_related("unit", "set_by").order_by("retired_at", "name")
    return every if may_keep_everywhere(staff) else every.filter(unit__in=staff.units.all())


def units_of(staff: Staff) -> QuerySet[Unit]:
    """For whom this person may keep templates."""
    return Unit.objects.all() if staff.may_administer else staff.units.all()


def may_keep_everywhere(staff: Staff) -> bool:
    """Administrators, and supervisors of the central contact team, which answers for everybody."""
    in_the_team = staff.units.filter(kind=Unit.Kind.CONTACT_TEAM)
    return staff.may_administer or (staff.may_oversee and in_the_team.exists())


def make(wording: Wording, staff: Staff) -> ReplyTemplate:
    """A new template. Raises TemplateIncomplete, UnknownVariable, TemplateTaken or NotYourTemplate."""
    said = _checked(wording, staff)
    try:
        with transaction.atomic():
            template = ReplyTemplate.objects.create(**said, set_by=staff, set_at=timezone.now())
            audit.note("reply_template.made", _subject(template), staff, name=template.name)
    except IntegrityError as problem:
        raise TemplateTaken from problem
    return template


def change(template: ReplyTemplate, wording: Wording, staff: Staff) -> None:
    """Replies sent before stay as they are. Raises as `make`."""
    if not kept_by(staff).filter(pk=template.pk).exists():
        raise NotYourTemplate
    said = _checked(wording, staff)
    try:
        with transaction.atomic():
            kept = ReplyTemplate.objects.filter(pk=template.pk)
            kept.update(**said, set_by=staff, set_at=timezone.now())
            audit.note("reply_template.changed", _subject(template), staff, name=wording.name)
    except IntegrityError as problem:
        raise TemplateTaken from problem


@transaction.atomic
def retire(template: ReplyTemplate, staff: Staff, *, retired: bool = True) -> None:
    """Offer it no more, or again. Raises NotYourTemplate."""
    at = timezone.now() if retired else None
    if not kept_by(staff).filter(pk=template.pk).update(retired_at=at):
        raise NotYourTemplate
    act = "retired" if retired else "offered"
    audit.note(f"reply_template.{act}", _subject(template), staff, name=template.name)


def load_starter() -> None:
    """The templates of the first run; none where there are any."""
    if ReplyTemplate.objects.exists():
        return
    entries = yaml.safe_load(starter.REPLY_TEMPLATES.read_text(encoding="utf-8"))["templates"]
    for entry in entries:
        template_variables.check(entry["text"])
        ReplyTemplate.objects.create(
            name=entry["name"], text=clean(entry["text"]), set_by=None, set_at=timezone.now()
        )


def _checked(wording: Wording, staff: Staff) -> dict[str, object]:
    name = " ".join(clean(wording.name).split())[:LONGEST_NAME]
    text = clean(wording.text)[:LONGEST_TEXT]
    if not (name and text):
        raise TemplateIncomplete
    template_variables.check(text)
    is_mine = (
        units_of(staff).filter(pk=wording.unit.pk).exists() if wording.unit else may_keep_everywhere(staff)
    )
    if not (staff.may_oversee and is_mine):
        raise NotYourTemplate
    return {"name": name, "text": text, "unit": wording.unit, "topic": wording.topic[: topics.LONGEST]}


def _subject(template: ReplyTemplate) -> str:
    return f"reply-template:{template.pk}"
