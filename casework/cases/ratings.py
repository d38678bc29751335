"""How satisfied the citizen of a case was."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from casework import notices
from casework.cases.holding import State
from casework.errors import AlreadyRated, NoSuchScore, NotYourCase
from casework.models import Case, Rating
from conversations.models import Conversation
from office import audit


@transaction.atomic
def rate(case_number: str, score: int, conversation: Conversation) -> Rating:
    """Keep how satisfied the citizen of a case was: once, from that conversation, after a person closed it.

    Raises NoSuchScore, NotYourCase or AlreadyRated.
    """
    if score not in notices.SCORES:
        raise NoSuchScore
    closed_by_person = Case.objects.filter(state=State.CLOSED, claimed_by__isnull=False)
    case = closed_by_person.filter(number=case_number, conversation=conversation).first()
    if case is None:
        raise NotYourCase
    try:
        with transaction.atomic():
            rating = Rating.objects.create(case=case, score=score)
    except IntegrityError as problem:
        raise AlreadyRated from problem
    audit.note("case.rated", case.number, None, score=score)
    return rating
