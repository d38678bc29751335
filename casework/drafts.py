"""What an official has written and not sent: kept by case and person, through every change of hands.

In a closed case it stays some days, for its writer to find; nothing more can be sent there.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from casework.errors import DraftGone
from casework.models import Case, Draft
from conversations import outbox
from conversations.messages import QuotedPart
from conversations.models import Conversation, Turn
from office import audit, live_settings
from office.lookups import Change, Lookup, json_value, moment, number, word
from office.models import Staff
from office.setting_kinds import WholeNumber

KEPT_DAYS = live_settings.declare(
    name="cases.drafts_kept_days",
    group="Hồ sơ trò chuyện",
    title="Lời soạn chưa gửi và ghi chú chưa lưu còn lại ở hồ sơ đã đóng",
    hint="Để người viết còn lấy lại. Người dân xoá dữ liệu thì mất ngay.",
    kind=WholeNumber(lowest=0, highest=90, unit="ngày"),
    default=7,
    source="Lựa chọn của phần mềm; cơ quan đổi được",
)

#: Longer than a reply may be: nothing typed is cut before it is sent.
LONGEST = 10_000


def of(case: Case, staff: Staff) -> Draft | None:
    return _OF.first(case=case.pk, staff=staff.pk)


def _drafts() -> QuerySet[Draft]:
    return Draft.objects.filter(case=number("case"), staff=number("staff"))


_OF = Lookup(_drafts)


def of_all(case: Any) -> QuerySet[Draft]:
    """What anybody began to write here, newest first. case: or what stands for it in a lookup."""
    return Draft.objects.filter(case=case).select_related("staff").order_by("-updated_at")


def of_others(case: Any, staff: Any) -> QuerySet[Draft]:
    """What colleagues began to write here, newest first. case, staff: or what stands for them in a lookup."""
    return of_all(case).exclude(staff=staff)


def begun_beside(case: Case, staff: Staff) -> list[Draft]:
    """As `of_others`, read for a page."""
    return _OF_OTHERS.all(case=case.pk, staff=staff.pk)


_OF_OTHERS = Lookup(lambda: of_others(number("case"), number("staff")))


def save(case: Case, staff: Staff, text: str, *, quoted: dict[str, Any] | None = None) -> None:
    """Keep what stands in the composer; an empty one is no draft. quoted: None leaves what is kept."""
    kept = of(case, staff) or Draft(case=case, staff=staff)
    before = kept.text, kept.quoted
    kept.text, kept.quoted = text[:LONGEST], kept.quoted if quoted is None else quoted
    if (kept.text, kept.quoted) == before:
        return
    if not (kept.text.strip() or kept.quoted or kept.files):
        drop(case, staff)
    elif not _SAVE.make(case=case.pk, staff=staff.pk, text=kept.text, quoted=kept.quoted, at=timezone.now()):
        Draft.objects.bulk_create([kept], ignore_conflicts=True)


_SAVE = Change(_drafts, text=word("text"), quoted=json_value("quoted"), updated_at=moment("at"))


def drop(case: Case, staff: Staff) -> None:
    """It was sent, or is not wanted any more."""
    Draft.objects.filter(case=case, staff=staff).delete()


def named(quoted: QuotedPart | None) -> dict[str, Any]:
    """The part of a quotation that a draft keeps; its words are read anew."""
    return {"code": quoted.code, "part": quoted.part} if quoted else {}


def put_back(case: Case, staff: Staff, turn: Turn) -> Draft:
    """A reply that was taken back, as this person's draft; what was begun since stands below it."""
    said = outbox.message_of(turn)
    return _join(
        case, staff, said.own_words, quoted=named(said.quoted), files=[asdict(file) for file in said.files]
    )


@transaction.atomic
def take(case: Case, staff: Staff, draft_id: int) -> Draft:
    """Go on with a colleague's draft: its words become this person's. Raises DraftGone if it is no more."""
    begun = of_others(case, staff).select_for_update(of=("self",), no_key=True).filter(pk=draft_id).first()
    if begun is None or not of_others(case, staff).filter(pk=draft_id).delete()[0]:
        raise DraftGone
    audit.note("case.draft_taken", case.number, staff, written_by=begun.staff.username)
    return _join(case, staff, begun.text, quoted=begun.quoted, files=begun.files)


def prune(now: datetime) -> int:
    """Drop what lies unsent in cases closed long enough ago; how many."""
    long_ago = now - timedelta(days=KEPT_DAYS.current())
    return Draft.objects.filter(case__closed_at__lt=long_ago, updated_at__lt=long_ago).delete()[0]


def erase(conversation: Conversation) -> None:
    """They speak of the citizen whose data is erased."""
    Draft.objects.filter(case__conversation=conversation).delete()


def _join(case: Case, staff: Staff, text: str, *, quoted: Any, files: list[Any]) -> Draft:
    kept = of(case, staff) or Draft(case=case, staff=staff)
    is_there = kept.text.strip() == text.strip()
    kept.text = text if is_there else "\n\n".join(part for part in (text, kept.text) if part.strip())
    kept.quoted = quoted or kept.quoted
    kept.files = [*files, *kept.files]
    kept.save()
    return kept
