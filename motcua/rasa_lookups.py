"""The lookup tables and synonyms of the Rasa project, made from what the product itself reads.

A lookup says which words name a ward, a category or a procedure; a synonym which one they mean. Words that
mean several (a ward that was split, an alias of two procedures) are found and not resolved: nobody chooses
for the citizen.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import starter
from knowledge_base.sources.records import Record
from knowledge_base.sources.starter import read
from nlu.categories import words_that_name
from nlu.text import clean, fold
from nlu.word_rules import tone_placed
from office.place_names import everyday_names

HEAD = "# Made by `motcua rasa lookups` from {source}. Do not edit: change the source and run it again.\n"
_START = 'version: "3.1"\nnlu:\n'
_SHORT_KINDS = {"Phường": "P.", "Xã": "X.", "Thị trấn": "TT."}
#: What a text says, and what it may mean.
Meanings = Mapping[str, frozenset[str]]


def files() -> dict[str, str]:
    """The generated files of nlu/rasa/data by name, with their content."""
    tables = {
        "ward": (_wards(), "starter/units.csv and former_wards.csv"),
        "category": (_categories(), "nlu/data/report_categories.yml"),
        "procedure": (_procedures(), "the aliases in starter/procedures"),
    }
    lookups = {f"lookup_{name}.yml": _lookup(name, found, source) for name, (found, source) in tables.items()}
    synonyms = _synonyms(meanings for meanings, _ in tables.values())
    return {**lookups, "synonyms.yml": synonyms}


def _wards() -> Meanings:
    """Names of today lead to themselves, and outweigh former ones, which lead to what they went to."""
    units = {row["code"]: row["name"] for row in _rows(starter.UNITS) if row["kind"] in {"ward", "commune"}}
    today = _gathered((form, name) for name in units.values() for form in _forms_of_ward(name))
    former = _gathered(
        (form, units[row["unit"]])
        for row in _rows(starter.FORMER_WARDS)
        for form in _forms_of_ward(row["name"])
    )
    return {**former, **today}


def _forms_of_ward(name: str) -> Iterator[str]:
    """ "Phường Ba Đình", "P. Ba Đình", and "Ba Đình" alone where it says nothing else in everyday speech."""
    kind = next(kind for kind in _SHORT_KINDS if name.startswith(f"{kind} "))
    bare = name.removeprefix(f"{kind} ")
    yield from (name, f"{_SHORT_KINDS[kind]} {bare}")
    if " " in bare and fold(bare) not in everyday_names():
        yield bare


def _categories() -> Meanings:
    return _gathered((word, name) for name, words in words_that_name().items() for word in words)


def _procedures() -> Meanings:
    contents = [found.content for found in read(starter.PROCEDURES) if isinstance(found, Record)]
    return _gathered((alias, content.code) for content in contents for alias in content.aliases)


def _gathered(pairs: Iterable[tuple[str, str]]) -> Meanings:
    """By the words as typed: small, the tone on either vowel, from two syllables on also without marks."""
    found: dict[str, set[str]] = {}
    for said, meant in pairs:
        marked = clean(said).lower()
        bare = {fold(marked)} if " " in marked else set()
        for form in {marked, tone_placed(marked), *bare}:
            found.setdefault(form, set()).add(meant)
    return {form: frozenset(meant) for form, meant in sorted(found.items())}


def _lookup(name: str, meanings: Meanings, source: str) -> str:
    # Longest first: Rasa takes the first alternative that fits.
    words = sorted(meanings, key=lambda said: (-len(said), said))
    return f"{HEAD.format(source=source)}{_START}  - lookup: {name}\n{_examples(words)}"


def _synonyms(tables: Iterable[Meanings]) -> str:
    said_of: dict[str, list[str]] = {}
    for meanings in tables:
        for said, meant in meanings.items():
            if len(meant) == 1:
                said_of.setdefault(next(iter(meant)), []).append(said)
    blocks = (f'  - synonym: "{meant}"\n{_examples(words)}' for meant, words in sorted(said_of.items()))
    return f"{HEAD.format(source='the sources of the lookup tables')}{_START}{''.join(blocks)}"


def _examples(lines: Iterable[str]) -> str:
    return "    examples: |\n" + "".join(f"      - {line}\n" for line in lines)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
