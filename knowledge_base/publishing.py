"""Drafts, and which revision of a procedure is live. A change is one transaction and one audit entry."""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.db import transaction
from django.utils import timezone

from knowledge_base.article import Content
from knowledge_base.content_json import digest, from_json, to_json
from knowledge_base.errors import NotADraft, PublishingProblem, StaleDraft
from knowledge_base.models import Procedure, Revision
from office.models import AuditEntry, Staff

_Status = Revision.Status
# SQLite takes 999 values in a query where it is old.
_MANY = 900


def rebuild() -> None:
    """Build and activate a release of what is live."""
    from knowledge_base.releases import build_release  # noqa: PLC0415 -- releases reads live_contents from here

    build_release()


def live_contents(codes: Collection[str] | None = None) -> list[Content]:
    """The contents of the live revisions of these codes, or of all, by code."""
    live = Revision.objects.filter(status=_Status.LIVE).order_by("procedure__code")
    if codes is not None and len(codes) < _MANY:
        live = live.filter(procedure__code__in=codes)
    contents = live.values_list("procedure__code", "content").iterator(chunk_size=500)
    return [from_json(content) for code, content in contents if codes is None or code in codes]


def live_digests() -> dict[str, str]:
    """The digest of each live content, by code."""
    live = Revision.objects.filter(status=_Status.LIVE).order_by("procedure__code")
    return dict(live.values_list("procedure__code", "digest"))


def live_revision(code: str) -> Revision | None:
    """The live revision of the procedure, or None."""
    return Revision.objects.filter(procedure__code=code, status=_Status.LIVE).first()


def save_draft(
    code: str,
    content: Content,
    author: Staff | None,
    note: str,
    *,
    based_on: Revision | None = None,
) -> Revision:
    """A new draft by an editor. based_on: the revision the editor saw; the live one when not given.

    Raises PublishingProblem when the content carries another code.
    """
    if content.code != code:
        raise PublishingProblem(f"The content is of {content.code}, not of {code}: open the right procedure.")
    with transaction.atomic():
        procedure, _ = Procedure.objects.select_for_update().get_or_create(code=code)
        draft = Revision.objects.create(
            procedure=procedure,
            number=_next_number(procedure),
            status=_Status.DRAFT,
            content=to_json(content),
            digest=digest(content),
            origin="editor",
            author=author,
            note=note[:300],
            based_on=based_on or live_revision(code),
        )
        register(author, "revision.drafted", draft)
    return draft


def publish(revision: Revision, by: Staff | None, *, then: Callable[[], None] = rebuild) -> None:
    """Make the draft live, supersede the former one, and then build and activate a release.

    Raises NotADraft, or StaleDraft when another revision went live since the draft was begun. When building
    the release fails the revision stays live: `motcua kb build` tries again.
    """
    with transaction.atomic():
        _check(revision)
        make_live(revision)
        register(by, "revision.published", revision)
    then()


def bring_back(revision: Revision, by: Staff | None, *, then: Callable[[], None] = rebuild) -> Revision:
    """A former content as a new live revision, then a release; history is never rewritten.

    Raises PublishingProblem when the revision was never live.
    """
    if revision.status not in {_Status.SUPERSEDED, _Status.WITHDRAWN}:
        raise PublishingProblem(
            "Only a former revision can be brought back: choose one that was live before."
        )
    with transaction.atomic():
        note = f"Dùng lại bản {revision.number}"
        content = from_json(revision.content)
        draft = save_draft(revision.procedure.code, content, by, note)
        make_live(draft)
        register(by, "revision.brought_back", draft, former=revision.number)
    then()
    return draft


def make_live(revision: Revision) -> None:
    """Put the revision in the place of the live one, inside the caller's transaction."""
    procedure = Procedure.objects.select_for_update().get(pk=revision.procedure_id)
    now = timezone.now()
    Revision.objects.filter(procedure=procedure, status=_Status.LIVE).update(
        status=_Status.SUPERSEDED, ended_at=now
    )
    revision.status = _Status.LIVE
    revision.published_at = now
    revision.save(update_fields=["status", "published_at"])


def _check(revision: Revision) -> None:
    """Raises NotADraft or StaleDraft."""
    Procedure.objects.select_for_update().get(pk=revision.procedure_id)
    revision.refresh_from_db()
    if revision.status != _Status.DRAFT:
        raise NotADraft
    live = Revision.objects.filter(procedure=revision.procedure, status=_Status.LIVE).first()
    if (live and live.pk) != revision.based_on_id:
        raise StaleDraft(_who_was_faster(live))


def _who_was_faster(live: Revision | None) -> str:
    if live is None:
        return "The revision this draft was made from was withdrawn: make a new draft."
    author = live.author.display_name if live.author else "an import"
    return (
        f"Revision {live.number} by {author} went live after this draft was begun: "
        "compare the two and make a new draft."
    )


def _next_number(procedure: Procedure) -> int:
    last = procedure.revisions.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def register(by: Staff | None, action: str, revision: Revision, **more: int | str) -> None:
    """One line of the register about a revision."""
    detail = {"number": revision.number, "digest": revision.digest, "note": revision.note, **more}
    AuditEntry.objects.create(
        actor=by, action=action, subject=f"procedure:{revision.procedure.code}", detail=detail
    )
