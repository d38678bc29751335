"""The register of who did what: every act of an official that changes something leaves one line."""

from __future__ import annotations

from collections.abc import Mapping

from office.lookups import Lookup, word
from office.models import AuditEntry, Staff


def note(action: str, subject: str, actor: Staff | None, **detail: str | int | None) -> AuditEntry:
    """Add one line, inside the caller's transaction: the act and its line stand or fall together.

    action: a word with a family, "case.claimed"; subject: what it was done to, "HT-2026-000045";
    actor: None when a citizen or the assistant acted. detail holds facts, never a citizen's words.
    """
    return AuditEntry.objects.create(action=action, subject=subject, actor=actor, detail=detail)


def note_all(action: str, details: Mapping[str, Mapping[str, str]], actor: Staff | None) -> None:
    """As `note`, one line for each subject, all in a few statements. details: by subject."""
    lines = [
        AuditEntry(action=action, subject=subject, actor=actor, detail=dict(detail))
        for subject, detail in details.items()
    ]
    AuditEntry.objects.bulk_create(lines, batch_size=500)


def lines_on(subject: str) -> list[AuditEntry]:
    """What was done to it, oldest first, each with who did it."""
    return _LINES_ON.all(subject=subject)


_LINES_ON = Lookup(
    lambda: AuditEntry.objects.filter(subject=word("subject")).select_related("actor").order_by("id")
)


def subject_of(staff: Staff) -> str:
    """What the register calls an account."""
    return f"account:{staff.get_username()}"[:120]
