"""A citizen follows a published report of the same thing instead of sending one more."""

from __future__ import annotations

from django.db import transaction

from casework import follows
from casework.errors import NothingToJoin
from casework.models import Report, ReportStep
from casework.public_reports import published
from casework.report_life import OPEN
from casework.reports import enter
from conversations.models import Conversation
from nlu.entities import mask_personal


@transaction.atomic
def join(code: str, conversation: Conversation, *, text: str) -> Report:
    """Follow it from now on; what was told here, masked, becomes a line of its register for the unit.

    Again changes nothing. Raises NothingToJoin when it is not published, or done meanwhile.
    """
    shown = published().filter(report__code=code, report__state__in=OPEN)
    publication = shown.select_related("report__unit").first()
    if publication is None:
        raise NothingToJoin
    report = publication.report
    if follows.follow(report, conversation) and text:
        enter(report, ReportStep.Act.NOTED, by_citizen=True, note=f"Người theo dõi kể: {mask_personal(text)}")
    return report
