"""Labels: words under which an office gathers cases. Supervisors name them, all who see a case use them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from casework.errors import LabelTaken, NoLabelName, NoSuchLabel, NotALabeller
from casework.models import Case, CaseLabel, Label
from conversations.changes import DESK, conversation_topic, publish
from nlu.text import clean
from office import audit
from office.lookups import Lookup, number
from office.models import Staff

LONGEST = 40


def offered() -> QuerySet[Label]:
    """Those that may be put on a case, by name."""
    return Label.objects.filter(retired_at=None)


def on(case: Case) -> list[CaseLabel]:
    """Those on a case, by name."""
    return _ON.all(case=case.pk)


_ON = Lookup(lambda: CaseLabel.objects.filter(case=number("case")).select_related("label"))


def offered_for(case: Case) -> list[Label]:
    """Those that may be put on this case and are not on it yet, by name."""
    return _OFFERED_FOR.all(case=case.pk)


_OFFERED_FOR = Lookup(lambda: offered().exclude(uses__case=number("case")))


def with_uses() -> QuerySet[Label]:
    """Every label, those in use first, each with `open_cases`: how many open cases have it."""
    is_open = ~Q(uses__case__state=Case.State.CLOSED)
    counted = Label.objects.annotate(open_cases=Count("uses", filter=is_open))
    return counted.order_by("retired_at", "name")


def make(name: str, staff: Staff) -> Label:
    """A new label. Raises NoLabelName, LabelTaken or NotALabeller."""
    words = _name(name, staff)
    with _one_of_a_name():
        label = Label.objects.create(name=words)
        audit.note("label.made", _subject(label), staff, name=words)
    return label


def rename(label: Label, name: str, staff: Staff) -> None:
    """Cases keep it under its new name. Raises as `make`."""
    words = _name(name, staff)
    with _one_of_a_name():
        Label.objects.filter(pk=label.pk).update(name=words)
        audit.note("label.renamed", _subject(label), staff, before=label.name, name=words)


@transaction.atomic
def retire(label: Label, staff: Staff, *, retired: bool = True) -> None:
    """Put it on no more cases, or again; those that have it keep it. Raises NotALabeller."""
    _check(staff)
    Label.objects.filter(pk=label.pk).update(retired_at=timezone.now() if retired else None)
    audit.note("label.retired" if retired else "label.offered", _subject(label), staff, name=label.name)


@transaction.atomic
def put_on(case: Case, label_id: int, staff: Staff) -> bool:
    """False when the case has it already. Raises NoSuchLabel for one that is not offered."""
    label = offered().filter(pk=label_id).first()
    if label is None:
        raise NoSuchLabel
    _made, is_new = CaseLabel.objects.get_or_create(case=case, label=label, defaults={"staff": staff})
    if is_new:
        audit.note("case.labelled", case.number, staff, label=label.name)
        publish(DESK, conversation_topic(case.conversation.public_id))
    return is_new


@transaction.atomic
def take_off(case: Case, label_id: int, staff: Staff) -> bool:
    """False when the case does not have it (any more)."""
    put = CaseLabel.objects.filter(case=case, label=label_id).select_related("label").first()
    if put is None or not CaseLabel.objects.filter(pk=put.pk).delete()[0]:
        return False
    audit.note("case.unlabelled", case.number, staff, label=put.label.name)
    publish(DESK, conversation_topic(case.conversation.public_id))
    return True


def _name(name: str, staff: Staff) -> str:
    _check(staff)
    words = " ".join(clean(name).split())[:LONGEST]
    if not words:
        raise NoLabelName
    return words


def _check(staff: Staff) -> None:
    if not staff.may_oversee:
        raise NotALabeller


def _subject(label: Label) -> str:
    return f"label:{label.pk}"


@contextmanager
def _one_of_a_name() -> Iterator[None]:
    """Two who name a label alike at once: the second is told."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as problem:
        raise LabelTaken from problem
