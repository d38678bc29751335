"""Content of a procedure or an article as plain JSON and back, without loss; its digest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from knowledge_base.article import ArticleContent, Content
from knowledge_base.article_json import KIND, article_from_json, article_to_json
from knowledge_base.content import (
    Attachment,
    Document,
    DocumentGroup,
    Fee,
    Lead,
    LegalBasis,
    Method,
    MethodKind,
    OnlineLevel,
    Origin,
    ProcedureContent,
    Provenance,
    Remark,
    Signpost,
    TimeLimit,
    TimeUnit,
    Validity,
)
from knowledge_base.errors import ContentProblem

_TEXTS = (
    "code", "title", "field", "decision", "url", "receiving_address", "steps", "conditions", "result",
    "updated",
)  # fmt: skip
_LISTS_OF_TEXT = ("levels", "audience", "aliases", "agencies", "forms", "flags")


def to_json(content: Content) -> dict[str, Any]:
    """The content as JSON values only: objects, lists, texts, whole numbers, booleans and null."""
    if isinstance(content, ArticleContent):
        return article_to_json(content)
    plain: dict[str, Any] = json.loads(json.dumps(asdict(content)))
    return plain


def from_json(plain: Mapping[str, Any]) -> Content:
    """The content written by `to_json`. Raises ContentProblem naming the code when a part does not fit."""
    try:
        return article_from_json(plain) if plain.get("kind") == KIND else _procedure(plain)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        code = plain.get("code", "?")
        raise ContentProblem(
            f"The content of {code} does not read as a procedure or an article ({problem!r}). "
            "Import or edit it again."
        ) from problem


def procedure_from_json(plain: Mapping[str, Any]) -> ProcedureContent:
    """The same where only a procedure will do. Raises ContentProblem for an article, too."""
    content = from_json(plain)
    if isinstance(content, ArticleContent):
        raise ContentProblem(f"{content.code} is an article, not a procedure: open it as an article.")
    return content


def digest(content: Content) -> str:
    """SHA-256 of the canonical JSON, 64 hexadecimal digits; equal contents have equal digests."""
    canonical = json.dumps(to_json(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def _procedure(plain: Mapping[str, Any]) -> ProcedureContent:
    words: dict[str, Any] = {name: str(plain[name]) for name in _TEXTS}
    words |= {name: tuple(plain.get(name, ())) for name in _LISTS_OF_TEXT}
    return ProcedureContent(
        **words,
        lead=_lead(plain["lead"]),
        methods=tuple(_method(method) for method in plain["methods"]),
        documents=tuple(_group(group) for group in plain["documents"]),
        legal_basis=tuple(LegalBasis(**basis) for basis in plain["legal_basis"]),
        provenance={part: _provenance(source) for part, source in plain["provenance"].items()},
        remarks=tuple(Remark(**remark) for remark in plain.get("remarks", ())),
        signpost=Signpost(**plain["signpost"]) if plain.get("signpost") else None,
        validity=Validity(**plain["validity"]) if plain.get("validity") else None,
        online_level=OnlineLevel(plain["online_level"]) if plain.get("online_level") else None,
        attachments=tuple(Attachment(**file) for file in plain.get("attachments", ())),
    )


def _lead(plain: Mapping[str, Any] | None) -> Lead | None:
    return Lead(text=plain["text"], provenance=_provenance(plain["provenance"])) if plain else None


def _provenance(plain: Mapping[str, Any]) -> Provenance:
    return Provenance(**{**plain, "origin": Origin(plain["origin"])})


def _method(plain: Mapping[str, Any]) -> Method:
    return Method(
        kind=MethodKind(plain["kind"]),
        time=_time(plain["time"]),
        fees=tuple(Fee(**fee) for fee in plain["fees"]),
        note=plain["note"],
    )


def _time(plain: Mapping[str, Any]) -> TimeLimit:
    unit = plain["unit"]
    return TimeLimit(text=plain["text"], value=plain["value"], unit=None if unit is None else TimeUnit(unit))


def _group(plain: Mapping[str, Any]) -> DocumentGroup:
    return DocumentGroup(
        heading=plain["heading"],
        documents=tuple(Document(**document) for document in plain["documents"]),
        edited=plain["edited"],
        condition=plain.get("condition", ""),
        read=plain.get("read", False),
    )
