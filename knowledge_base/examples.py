"""Example questions: messages as people type them, known to be about a procedure.

A file of them is JSON Lines: {"code": "1.001193", "questions": ["làm khai sinh…"], "reviewed": true}. Without
"reviewed" nobody has read the questions against their procedure yet.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from django.db import transaction

from knowledge_base.models import ExampleQuestion, Procedure
from nlu.text import clean

_LONGEST = 500
_BATCH = 500


@dataclass(frozen=True, kw_only=True)
class ExampleReport:
    """What came of a file of examples.

    marked: held questions that the file now says are reviewed; not_held: codes of no procedure here;
    broken: lines and why.
    """

    added: int
    already_held: int
    marked: int
    not_held: tuple[str, ...]
    broken: tuple[str, ...]
    dry_run: bool


@dataclass(frozen=True, kw_only=True)
class _Entry:
    code: str
    questions: tuple[str, ...]
    reviewed: bool


def holds_examples(path: Path) -> bool:
    """Whether the file is one of examples ({"code", "questions"} a line), not of procedures."""
    if path.suffix != ".jsonl" or not path.is_file():
        return False
    with path.open("rb") as file:
        first = next((line for line in file if line.strip()), b"")
    return not isinstance(_entry(first), str)


def import_examples(
    path: Path, *, source: str = "", reviewed: bool | None = None, dry_run: bool = False
) -> ExampleReport:
    """Add the questions of the file to the procedures held here, each text once.

    source: kept with each question, the file's name when not given. reviewed: said of all of them, in place
    of what their lines say; a question once reviewed stays so. Does not build a release.
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
    if reviewed is not None:
        entries = [replace(entry, reviewed=reviewed) for entry in entries]
    with transaction.atomic():
        return _take_in(entries, tuple(broken), source=source or path.name, dry_run=dry_run)


def export_examples(path: Path) -> int:
    """Write every question held to a file that `import_examples` reads, sorted by code, and return how many.

    A code whose questions are only partly reviewed gets two lines, the reviewed ones first.
    """
    rows = ExampleQuestion.objects.order_by("procedure__code", "-reviewed", "pk")
    count = 0
    with path.open("w", encoding="utf-8") as file:
        found = rows.values_list("procedure__code", "reviewed", "text").iterator()
        for (code, reviewed), group in groupby(found, key=lambda row: row[:2]):
            questions = [text for _, _, text in group]
            count += len(questions)
            file.write(_line(code, questions, reviewed=reviewed))
    return count


def _line(code: str, questions: list[str], *, reviewed: bool) -> str:
    plain = {"code": code, "questions": questions} | ({"reviewed": True} if reviewed else {})
    return json.dumps(plain, ensure_ascii=False) + "\n"


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
    reviewed = plain.get("reviewed", False)
    if not isinstance(reviewed, bool):
        return "“reviewed” phải là true hoặc false"
    texts = (clean(question)[:_LONGEST] for question in questions)
    return _Entry(
        code=plain["code"].strip(), questions=tuple(text for text in texts if text), reviewed=reviewed
    )


def _take_in(entries: list[_Entry], broken: tuple[str, ...], *, source: str, dry_run: bool) -> ExampleReport:
    procedures = dict(Procedure.objects.values_list("code", "pk"))
    wanted = _wanted(entries, procedures)
    held = {
        (example.procedure_id, example.text): example
        for example in ExampleQuestion.objects.only("procedure_id", "text", "reviewed")
    }
    new = [pair for pair in wanted if pair not in held]
    to_mark = [held[pair] for pair in wanted if pair in held and wanted[pair] and not held[pair].reviewed]
    if not dry_run:
        ExampleQuestion.objects.bulk_create(
            [
                ExampleQuestion(
                    procedure_id=procedure, text=text, reviewed=wanted[procedure, text], source=source[:60]
                )
                for procedure, text in new
            ],
            batch_size=_BATCH,
        )
        for example in to_mark:
            example.reviewed = True
        ExampleQuestion.objects.bulk_update(to_mark, ["reviewed"], batch_size=_BATCH)
    not_held = (entry.code for entry in entries if entry.code not in procedures)
    return ExampleReport(
        added=len(new),
        already_held=len(wanted) - len(new),
        marked=len(to_mark),
        not_held=tuple(dict.fromkeys(not_held)),
        broken=broken,
        dry_run=dry_run,
    )


def _wanted(entries: Iterable[_Entry], procedures: Mapping[str, int]) -> dict[tuple[int, str], bool]:
    """Procedure and text of each question to hold, in the file's order, and whether it is reviewed."""
    wanted: dict[tuple[int, str], bool] = {}
    for entry in entries:
        if entry.code in procedures:
            for question in entry.questions:
                key = (procedures[entry.code], question)
                wanted[key] = wanted.get(key, False) or entry.reviewed
    return wanted
