"""City-wide notes shown beside the national text, never in its place: our words, a decision's figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from knowledge_base.content import PartName, ProcedureContent
from knowledge_base.errors import StarterProblem
from knowledge_base.flags import fee_sentences, is_plainly_free
from nlu.text import clean

_FILE = "local_notes.yaml"


@dataclass(frozen=True, kw_only=True)
class LocalNote:
    """A rule of Hà Nội that changes how a part is read.

    when: "always", or "fee_is_charged" for a procedure in which some method is not plainly free.
    levels: shown only for procedures of one of these levels; empty for all. effective_from: ISO date.
    """

    part: PartName
    when: str
    text: str
    decision: str
    url: str
    effective_from: str
    levels: tuple[str, ...]

    def concerns(self, content: ProcedureContent, part: PartName) -> bool:
        if part is not self.part or (self.levels and not set(self.levels) & set(content.levels)):
            return False
        return self.when == "always" or _charges(content)

    @property
    def sentence(self) -> str:
        return f"{self.text} (Nguồn: {self.decision}; cần kiểm tra với cán bộ.)"


@cache
def local_notes() -> tuple[LocalNote, ...]:
    """The notes of starter/local_notes.yaml, read once a process. Raises StarterProblem naming the entry."""
    text = resources.files("starter").joinpath(_FILE).read_text(encoding="utf-8")
    return tuple(_note(number, entry) for number, entry in enumerate(yaml.safe_load(text) or [], start=1))


def _note(number: int, entry: Mapping[str, Any]) -> LocalNote:
    try:
        return LocalNote(
            part=PartName(entry["part"]),
            when=str(entry["when"]),
            text=clean(entry["text"]),
            decision=str(entry["decision"]),
            url=str(entry["url"]),
            effective_from=str(entry["effective_from"]),
            levels=tuple(entry.get("levels", ())),
        )
    except (KeyError, TypeError, ValueError) as problem:
        raise StarterProblem(f"{_FILE}: mục {number} thiếu hoặc sai {problem}; sửa rồi chạy lại") from problem


def _charges(content: ProcedureContent) -> bool:
    return any(
        fee_sentences(method) or any(not is_plainly_free(fee) for fee in method.fees)
        for method in content.methods
    )
