"""Every button the product makes fits the narrowest messenger: 64 bytes on Telegram."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest

import starter
from bot import choices
from bot.commands import COMMANDS
from bot.report_form import Step
from casework.categories import CATEGORY_NAMES
from casework.notices import SCORES
from conversations.messages import LONGEST_PAYLOAD, Choice
from knowledge_base.article import ARTICLE_CODE
from knowledge_base.content import PartName
from knowledge_base.deciding_facts import FACT_OF_KEY, UNCLEAR
from knowledge_base.sources import articles
from office.entrances import KEY_BYTES

#: A code as the city's own system writes it, the longest in use: national code, two variants, the city.
CODE = "1.001193.000.00.00.H26"
ARTICLE = ARTICLE_CODE + "x" * articles._LONGEST_SLUG
SECTION = "x" * articles._LONGEST_KEY
NUMBER = "HT-2026-000001"


def about_procedures() -> Iterator[str]:
    for part in PartName:
        yield choices.part(CODE, part.value)
        yield choices.full(CODE, part.value)
        yield f"{choices.procedure(CODE)}:{part.value}"
    yield from (choices.papers(CODE), choices.procedure(CODE), choices.whole(ARTICLE))
    yield from (choices.part(ARTICLE, SECTION), choices.full(ARTICLE, SECTION))


def about_facts() -> Iterator[str]:
    for fact in FACT_OF_KEY.values():
        yield choices.fact(fact.key, UNCLEAR)
        for side in fact.sides:
            yield from (choices.fact(fact.key, side.key, CODE, part.value) for part in PartName)


def about_places() -> Iterator[str]:
    with starter.UNITS.open(encoding="utf-8", newline="") as rows:
        yield from (choices.ward(row["code"]) for row in csv.DictReader(rows))


def about_reports() -> Iterator[str]:
    yield from (choices.report("category", category) for category in CATEGORY_NAMES)
    yield from (choices.report("edit", step.value) for step in Step)
    yield from (choices.report(*one) for one in (("send", "yes"), ("send", "bare"), ("photo", "none")))
    yield from (choices.rate(NUMBER, score) for score in SCORES)


def on_their_own() -> Iterator[str]:
    yield from (command.payload for command in COMMANDS)
    yield from (value for name, value in vars(choices).items() if name.isupper() and isinstance(value, str))
    yield choices.start("x" * (KEY_BYTES * 4 // 3))


@pytest.mark.parametrize(
    "made",
    [about_procedures, about_facts, about_places, about_reports, on_their_own],
    ids=lambda it: it.__name__,
)
def test_every_payload_fits_and_is_understood_when_it_comes_back(made) -> None:
    payloads = list(made())
    assert payloads
    for payload in payloads:
        assert Choice(label="nút", payload=payload).payload == payload
        assert len(payload.encode()) <= LONGEST_PAYLOAD
        assert choices.parse(payload), payload
