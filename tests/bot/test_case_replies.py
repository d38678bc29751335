"""The deciding fact through the responder, on a release of two variants; and the words of its question."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

import starter
from bot import choices, moves
from bot.case_replies import READ_AT_ONCE, needs_of, which_case, with_additions
from bot.channels.limits import TELEGRAM
from bot.channels.rendering import Bubble, render
from bot.responder import Responder
from conversations.messages import OutboundMessage
from knowledge_base import releases
from knowledge_base.content import PartName
from knowledge_base.deciding_facts import FACTS
from knowledge_base.holdings import Live
from knowledge_base.importing import read_sources
from knowledge_base.life_events import life_events
from knowledge_base.models import ActiveRelease, Release
from knowledge_base.release import build
from nlu.intents import IntentClassifier
from nlu.report_classifier import ReportClassifier
from tests.bot.office import BIRTH, MARRIAGE, RESIDENCE, Talk, move_of

ABROAD = "2.000806"
TITLES = {MARRIAGE: "Thủ tục đăng ký kết hôn", ABROAD: "Thủ tục đăng ký kết hôn có yếu tố nước ngoài"}


@pytest.fixture
def talk_of_variants(
    tmp_path: Path,
    classifier: IntentClassifier,
    report_classifier: ReportClassifier,
    transactional_db: None,
    settings: Any,
) -> Talk:
    """A conversation on a release of a procedure, its variant and two others, with so high a price of a wrong
    answer that it asks back whenever it is in the least doubt.
    """
    codes = (MARRIAGE, ABROAD, BIRTH, RESIDENCE)
    records = [next(iter(read_sources(starter.PROCEDURES / f"{code}.yaml"))) for code in codes]
    manifest = build(
        Live.of([record.content for record in records], {}),  # type: ignore[union-attr]  # fails here
        encoder=releases.encoder(),
        folder=tmp_path / "variants",
        previous=None,
    )
    cautious = manifest.as_json()
    cautious["calibration"]["costs"]["wrong_answer"] = 1_000_000.0
    (tmp_path / "variants" / "manifest.json").write_text(json.dumps(cautious), encoding="utf-8")
    settings.RELEASES_ROOT = tmp_path
    release = Release.objects.create(name="variants", manifest=cautious, built_at=timezone.now())
    ActiveRelease.objects.create(pk=1, release=release)
    return Talk(responder=Responder(classifier=classifier, reports=report_classifier, channels={}))


@pytest.mark.django_db(transaction=True)
def test_the_fact_is_asked_once_and_the_tap_leads_to_the_part_of_the_right_variant(
    talk_of_variants: Talk,
) -> None:
    talk = talk_of_variants
    (question,) = talk.say("hồ sơ kết hôn với người yêu cần giấy tờ gì")
    assert move_of(question) == "ask_fact"
    assert "người nước ngoài" in question.text
    labels = [choice["label"] for choice in question.payload["choices"]]
    assert labels == ["Có", "Không", "Tôi không rõ", "Không phải việc này"]
    (answer,) = talk.tap(question.payload["choices"][0]["payload"], "Có")
    assert answer.payload["citation"]["code"] == ABROAD
    assert answer.payload["detail"]["part"] == PartName.DOCUMENTS
    (again,) = talk.say("hồ sơ kết hôn với người yêu mất bao nhiêu tiền")
    assert again.payload["citation"]["code"] == ABROAD


def labels_of(sent: Bubble) -> list[str]:
    return [button.label for row in sent.rows for button in row]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.key)
def test_every_question_is_one_short_line_whose_buttons_fit_a_phone(fact: Any) -> None:
    sides = tuple(side.key for side in fact.sides)
    move = moves.AskFact(
        fact=fact.key, sides=sides, codes=("1.000894",) * len(sides), part=PartName.LEGAL_BASIS
    )
    said = which_case(move, TITLES)
    assert said.heading == "Đăng ký kết hôn"
    assert said.text.endswith("?")
    assert "\n" not in said.text
    assert len(said.text) <= 100
    assert len(said.choices) == len(sides) + 2
    (sent,) = render(said, who="Trợ lý ảo", limits=TELEGRAM)
    assert all(f"{n}. {choice.label}" in labels_of(sent) for n, choice in enumerate(said.choices, start=1))


@pytest.mark.parametrize("event", life_events(), ids=lambda event: event.key)
def test_the_needs_of_an_event_are_numbered_with_why_and_read_at_once(event: Any) -> None:
    codes = tuple(need.code for need in event.needs[:5])
    titles = dict.fromkeys(codes, "Thủ tục " + "cấp giấy rất dài " * 12)
    said = needs_of(moves.ListNeeds(event=event.key, codes=codes), titles)
    (sent,) = render(said, who="Trợ lý ảo", limits=TELEGRAM)
    assert len(sent.text) <= READ_AT_ONCE
    for number, need in enumerate(event.needs[:5], start=1):
        assert f"\n{number}. Cấp giấy rất dài" in sent.text
        assert need.reason in sent.text
    assert labels_of(sent) == [str(number) for number in range(1, len(codes) + 2)]
    assert [choice.payload for choice in said.choices] == [*map(choices.procedure, codes), choices.NONE]


def test_additions_are_left_out_where_the_answer_leaves_no_room() -> None:
    move = moves.Answer(code=BIRTH, event="birth")
    titles = {BIRTH: "Đăng ký khai sinh", RESIDENCE: "Đăng ký thường trú"}
    long = OutboundMessage(text="x" * READ_AT_ONCE)
    assert with_additions(long, move, titles) == long
    short = with_additions(OutboundMessage(text="Trích."), move, titles)
    assert "Đăng ký thường trú" in short.text
    assert "Đăng ký khai sinh" not in short.text


def test_whoever_lost_somebody_is_met_with_one_line_of_sympathy_first() -> None:
    sympathy = "Xin chia buồn"
    death = next(event for event in life_events() if event.key == "death")
    codes = tuple(need.code for need in death.needs)
    titles = dict.fromkeys(codes, "Đăng ký khai tử")
    assert needs_of(moves.ListNeeds(event="death", codes=codes), titles).text.startswith(sympathy)
    answer = with_additions(OutboundMessage(text="Ba ngày."), moves.Answer(code="x", event="death"), {})
    assert answer.text.startswith(sympathy)
    assert sympathy not in needs_of(moves.ListNeeds(event="birth", codes=()), {}).text
