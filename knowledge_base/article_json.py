"""Article content as plain JSON and back, without loss; content_json chooses between this and procedures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from knowledge_base.article import ArticleContent, Link, Section
from knowledge_base.content import Lead, Origin, PartName, Provenance, Validity

#: The value of "kind" in the JSON of an article; that of a procedure has no "kind".
KIND = "article"
_TEXTS = ("code", "title", "field", "valid_from", "valid_to", "updated")
_LISTS_OF_TEXT = ("levels", "audience", "aliases", "related", "flags")


def article_to_json(content: ArticleContent) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(asdict(content)))
    return {"kind": KIND, **plain}


def article_from_json(plain: Mapping[str, Any]) -> ArticleContent:
    """What `article_to_json` wrote. Raises KeyError, TypeError or ValueError where a field does not fit."""
    words: dict[str, Any] = {name: str(plain[name]) for name in _TEXTS}
    words |= {name: tuple(plain[name]) for name in _LISTS_OF_TEXT}
    lead = plain["lead"]
    return ArticleContent(
        **words,
        lead=Lead(text=lead["text"], provenance=_provenance(lead["provenance"])) if lead else None,
        sections=tuple(_section(section) for section in plain["sections"]),
        validity=Validity(**plain["validity"]) if plain.get("validity") else None,
        links=tuple(Link(**link) for link in plain["links"]),
        provenance={key: _provenance(source) for key, source in plain["provenance"].items()},
    )


def _section(plain: Mapping[str, Any]) -> Section:
    about = plain["about"]
    return Section(
        **{
            **plain,
            "aliases": tuple(plain["aliases"]),
            "about": None if about is None else PartName(about),
        }
    )


def _provenance(plain: Mapping[str, Any]) -> Provenance:
    return Provenance(**{**plain, "origin": Origin(plain["origin"])})
