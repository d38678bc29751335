"""Which procedures are taken for which: siblings, of one field or of nearly one name, or something else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from knowledge_base.article import Content
from knowledge_base.probes import short_title
from nlu.text import fold, syllables

# Share of the words of two titles that both have.
_NEAR = 0.5
_SHOWN = 40


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """A question whose first hit is another procedure than any accepted one; meant: the best accepted."""

    question: str
    meant: str
    taken: str


def confusion(mistakes: Iterable[Mistake], content: Callable[[str], Content | None]) -> Mapping[str, Any]:
    """Counts by relation, and the pairs, the most frequent first. questions: the ids, never their text.

    content: of a code, None when it is not held.
    """
    pairs: dict[tuple[str, str], list[str]] = {}
    for mistake in mistakes:
        pairs.setdefault((mistake.meant, mistake.taken), []).append(mistake.question)
    rows = [_row(content(meant), content(taken), meant, taken, ids) for (meant, taken), ids in pairs.items()]
    rows.sort(key=lambda row: (-row["n"], row["meant"], row["taken"]))
    relations: Counter[str] = Counter()
    for row in rows:
        relations[row["relation"]] += row["n"]
    return {"n": relations.total(), **dict(relations.most_common()), "pairs": rows[:_SHOWN]}


def _row(
    meant: Content | None,
    taken: Content | None,
    meant_code: str,
    taken_code: str,
    ids: list[str],
) -> dict[str, Any]:
    return {
        "meant": meant_code,
        "meant_title": meant.title if meant else "",
        "taken": taken_code,
        "taken_title": taken.title if taken else "",
        "relation": relation(meant, taken),
        "n": len(ids),
        "questions": ids,
    }


def relation(meant: Content | None, taken: Content | None) -> str:
    """near_title, else same_field, else elsewhere; not_held when the meant one is not in the release."""
    if meant is None or taken is None:
        return "not_held"
    mine, theirs = _words(meant), _words(taken)
    if len(mine & theirs) >= _NEAR * len(mine | theirs):
        return "near_title"
    return "same_field" if meant.field == taken.field else "elsewhere"


def _words(content: Content) -> set[str]:
    return set(syllables(fold(short_title(content.title))))
