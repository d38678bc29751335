"""How satisfied an author is with the answer to a report: two taps, once an answer, and why not.

QĐ 766/QĐ-TTg of 23/6/2022 counts whoever is not satisfied, and lateness by itself.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction

from casework.errors import AlreadyRated, NotYourReport
from casework.models import Report, ReportRating, ReportStep
from casework.reports import enter
from conversations.changes import DESK, publish
from conversations.messages import Choice
from conversations.models import Conversation

Reason = ReportRating.Reason

SATISFIED = "Hài lòng"
NOT_SATISFIED = "Chưa hài lòng"
#: Characters of a comment that are kept.
LONGEST_COMMENT = 500


def choices_to_rate(report: Report) -> tuple[Choice, ...]:
    """The two buttons below an answer; what they do is bot/answer_rating.py's."""
    return (
        Choice(label=SATISFIED, payload=f"satisfied:{report.code}:yes"),
        Choice(label=NOT_SATISFIED, payload=f"satisfied:{report.code}:no"),
    )


@transaction.atomic
def rate(code: str, conversation: Conversation, *, is_satisfied: bool) -> ReportRating:
    """Keep what the author thinks of the answer that stands, from the conversation it was filed in.

    Raises NotYourReport or AlreadyRated; then nothing has changed.
    """
    answer = _answer_to(code, conversation)
    try:
        with transaction.atomic():
            rating = ReportRating.objects.create(report=answer.report, step=answer, is_satisfied=is_satisfied)
    except IntegrityError as problem:
        raise AlreadyRated from problem
    enter(
        answer.report,
        ReportStep.Act.RATED,
        by_citizen=True,
        note=SATISFIED if is_satisfied else NOT_SATISFIED,
    )
    publish(DESK)
    return rating


def explain(code: str, conversation: Conversation, reason: Reason) -> None:
    """Keep why the author is not satisfied: once. Raises NotYourReport or AlreadyRated."""
    _add(code, conversation, "reason", reason.value, note=f"Lý do chưa hài lòng: {reason.label}")


def comment(code: str, conversation: Conversation, words: str) -> None:
    """Keep the author's own words beside the reason: once. Raises NotYourReport or AlreadyRated.

    They stand in no line of the register, which could not let them go when their author asks for it.
    """
    _add(code, conversation, "comment", words[:LONGEST_COMMENT], note="Viết thêm ý kiến về trả lời")


@transaction.atomic
def _add(code: str, conversation: Conversation, field: str, value: str, *, note: str) -> None:
    answer = _answer_to(code, conversation)
    unsaid = ReportRating.objects.filter(step=answer, is_satisfied=False, **{field: ""})
    if not unsaid.update(**{field: value}):
        raise AlreadyRated
    enter(answer.report, ReportStep.Act.NOTED, by_citizen=True, note=note)
    publish(DESK)


def is_unrated(report: Report) -> bool:
    """True when it has an answer that its author has said nothing of."""
    answer = _last_answer(report)
    return answer is not None and not ReportRating.objects.filter(step=answer).exists()


def _answer_to(code: str, conversation: Conversation) -> ReportStep:
    report = Report.objects.select_related("unit").filter(code=code, conversation=conversation).first()
    answer = _last_answer(report) if report else None
    if answer is None:
        raise NotYourReport
    return answer


def _last_answer(report: Report) -> ReportStep | None:
    if report.state != Report.State.ANSWERED:
        return None
    answers = report.steps.filter(act=ReportStep.Act.ANSWERED).select_related("report__unit")
    return answers.order_by("-id").first()
