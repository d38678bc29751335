"""The register of who did what: every act of an official that changes something leaves one line."""

from __future__ import annotations

from office.models import AuditEntry, Staff


def note(action: str, subject: str, actor: Staff | None, **detail: str | int | None) -> AuditEntry:
    """Add one line, inside the caller's transaction: the act and its line stand or fall together.

    action: a word with a family, "case.claimed"; subject: what it was done to, "HT-2026-000045";
    actor: None when a citizen or the assistant acted. detail holds facts, never a citizen's words.
    """
    return AuditEntry.objects.create(action=action, subject=subject, actor=actor, detail=detail)
