"""Example questions: messages as people type them, known to be about a procedure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from knowledge_base.models import ExampleQuestion, Procedure
from nlu.text import clean

_LONGEST = 500
_BATCH = 500


@dataclass(frozen=True, kw_only=True)
class ExampleReport:
    """What came of a file of examples. not_held: codes of no procedure here; broken: lines and why."""

    added: int
    already_held: int
    not_held: tuple[str, ...]
    broken: tuple[str, ...]
    dry_run: bool


@dataclass(frozen=True, kw_only=True)
class _Entry:
    code: str
    questions: tuple[str, ...]


def holds_examples(path: Path) -> bool:
    """Whether the file is one of examples ({"code", "questions"} a line), not of procedures."""
    if path.suffix != ".jsonl" or not path.is_file():
        return False
    with path.open("rb") as file:
        first = next((line for line in file if line.strip()), b"")
    return not isinstance(_entry(first), str)


def import_examples(
    path: Path, *, source: str = "", reviewed: bool = True, dry_run: bool = False
) -> ExampleReport:
    """Add the questions of the file to the procedures held here, each text once.

    source: kept with each question, the file's name when not given. Does not build a release.
    """
    entries: list[_Entry] = []
    broken: list[str] = []
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            entry = _entry(line) if line.strip() else None
            if isinstance(entry, str):
                broken.append(f"{path.name}, dòng {number}: {entry}")
            elif entry:
                entries.append(entry)
    with transaction.atomic():
        return _take_in(
            entries, tuple(broken), source=source or path.name, reviewed=reviewed, dry_run=dry_run
        )


def _entry(line: bytes) -> _Entry | str:
    """The entry of one line, or what is wrong with it."""
    try:
        plain = json.loads(line.decode())
    except ValueError as problem:
        return f"không phải JSON ({problem})"
    if not isinstance(plain, dict) or not isinstance(plain.get("code"), str):
        return "thiếu “code”"
    questions = plain.get("questions")
    if not isinstance(questions, list) or not all(isinstance(question, str) for question in questions):
        return "“questions” phải là danh sách chữ"
    texts = (clean(question)[:_LONGEST] for question in questions)
    return _Entry(code=plain["code"].strip(), questions=tuple(text for text in texts if text))


def _take_in(
    entries: list[_Entry], broken: tuple[str, ...], *, source: str, reviewed: bool, dry_run: bool
) -> ExampleReport:
    procedures = dict(Procedure.objects.values_list("code", "pk"))
    held = set(ExampleQuestion.objects.values_list("procedure_id", "text"))
    wanted = list(dict.fromkeys(_wanted(entries, procedures)))
    new = [pair for pair in wanted if pair not in held]
    if not dry_run:
        ExampleQuestion.objects.bulk_create(
            [
                ExampleQuestion(procedure_id=procedure, text=text, reviewed=reviewed, source=source[:60])
                for procedure, text in new
            ],
            batch_size=_BATCH,
        )
    not_held = (entry.code for entry in entries if entry.code not in procedures)
    return ExampleReport(
        added=len(new),
        already_held=len(wanted) - len(new),
        not_held=tuple(dict.fromkeys(not_held)),
        broken=broken,
        dry_run=dry_run,
    )


def _wanted(entries: list[_Entry], procedures: dict[str, int]) -> Iterator[tuple[int, str]]:
    for entry in entries:
        if entry.code in procedures:
            yield from ((procedures[entry.code], question) for question in entry.questions)
