"""What the assistant says: words for everything it can decide, short enough for every messenger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

import starter
from bot import moves, phrases, replies, report_replies
from bot.moves import Phrase, Signposted
from bot.report_form import ReportForm, Step
from casework.categories import CATEGORY_NAMES
from casework.models import Case, Report
from conversations.messages import MediaReference, OutboundMessage
from knowledge_base.answers import UNREVIEWED
from knowledge_base.content import PartName, ProcedureContent
from knowledge_base.importing import read_sources
from office.hotlines import urgent_hotlines
from office.models import Unit

#: Characters one Zalo text message may hold; Telegram takes 4,096.
LONGEST_REPLY = 2_000


def starter_contents() -> Iterator[ProcedureContent]:
    for record in read_sources(starter.PROCEDURES):
        assert hasattr(record, "content"), record
        yield record.content


def fixed_replies() -> Iterator[OutboundMessage]:
    yield from map(phrases.phrase, Phrase)
    yield from map(phrases.signpost, Signposted)
    yield from (replies.ask_again(), replies.forwarded(), replies.queue_left(), replies.failed())
    yield from (replies.rated(), replies.not_rated(), report_replies.try_later())
    yield report_replies.report_state(None)


def forms() -> Iterator[ReportForm]:
    long = ReportForm(
        text="rác " * 2_000, place="ngõ 5 " * 50, urgent=True, media=(MediaReference(reference="1"),)
    )
    for step in Step:
        for category in CATEGORY_NAMES:
            yield replace(long, step=step, category=category, categories=("khac", "cay_xanh"))


@pytest.mark.parametrize("said", list(fixed_replies()), ids=lambda said: str(said.detail))
def test_our_own_sentences_are_short_and_say_what_they_are(said: OutboundMessage) -> None:
    assert 20 < len(said.text) <= 700
    assert "  " not in said.text
    assert said.detail["move"]


def test_danger_names_every_number_to_call_and_calls_the_first() -> None:
    said = phrases.signpost(Signposted.EMERGENCY)
    assert all(line.number in said.text for line in urgent_hotlines())
    assert [choice.url for choice in said.choices] == [line.url for line in urgent_hotlines()[:3]]


@pytest.mark.parametrize("said", list(fixed_replies()), ids=lambda said: str(said.detail))
def test_nothing_of_ours_asks_for_secrets_money_or_papers(said: OutboundMessage) -> None:
    for word in ("OTP", "mật khẩu", "tiền", "giấy tờ tuỳ thân"):
        if word in said.text:
            assert any(no in said.text for no in ("không bao giờ hỏi", "không hỏi", "đừng gửi"))


def test_every_answer_from_the_starter_fits_into_one_message() -> None:
    for content in starter_contents():
        for part in (None, *PartName):
            said = replies.quotation(moves.Answer(code=content.code, part=part), content)
            assert len(f"{said.heading}\n{said.text}") <= LONGEST_REPLY, (content.code, part)
            assert said.heading.startswith(content.title[:200])
            assert said.citation is not None
            assert said.citation.code == content.code


def test_a_whole_part_may_be_longer_but_its_beginning_offers_it() -> None:
    """Only what "Xem đầy đủ" asked for exceeds one message; channels then send it in pieces."""
    for content in starter_contents():
        for part in PartName:
            short = replies.quotation(moves.Answer(code=content.code, part=part), content)
            whole = replies.quotation(moves.Answer(code=content.code, part=part, in_full=True), content)
            if len(whole.text) > LONGEST_REPLY:
                assert "Xem đầy đủ" in [choice.label for choice in short.choices]
            assert "Xem đầy đủ" not in [choice.label for choice in whole.choices]


def test_every_step_of_the_form_asks_one_thing_and_can_be_left() -> None:
    for form in forms():
        said = report_replies.form_question(form)
        assert len(said.text) <= LONGEST_REPLY
        assert said.choices[-1].payload == "report:cancel:yes"
        assert CATEGORY_NAMES[form.category] in said.text or form.step in {Step.TEXT, Step.CATEGORY}


def test_whoever_may_be_in_danger_reads_the_numbers_first() -> None:
    form = ReportForm(text="dây điện đứt", category="dien_vien_thong", urgent=True, step=Step.PLACE)
    first_line = report_replies.form_question(form).text.splitlines()[0]
    assert all(line.number in first_line for line in urgent_hotlines())


def test_which_one_lists_and_offers_the_same_titles_and_a_way_out() -> None:
    titles = {f"1.00000{n}": f"Thủ tục số {n} " + "dài " * 60 for n in range(4)}
    said = replies.which_one(moves.Clarify(codes=tuple(titles), part=PartName.FEE), titles)
    assert len(said.text) <= LONGEST_REPLY
    assert [choice.payload for choice in said.choices[:-1]] == [f"procedure:{code}:fee" for code in titles]
    assert said.choices[-1].payload == "none"


def test_a_title_of_a_thousand_characters_is_cut_among_the_choices() -> None:
    said = replies.which_one(
        moves.Clarify(codes=("1", "2")), {"1": "quyền sử dụng đất " * 60, "2": "Tách hộ"}
    )
    assert all(len(line) <= replies.LONGEST_TITLE for line in said.text.splitlines())


def test_that_nobody_approved_it_is_said_once_and_not_again_beside_its_source() -> None:
    content = next(starter_contents())
    for part in (None, PartName.DOCUMENTS):
        said = replies.quotation(moves.Answer(code=content.code, part=part), content)
        assert said.citation is not None
        assert UNREVIEWED in said.text
        assert said.citation.note == ""


def test_titles_that_every_button_shows_in_full_are_not_said_twice() -> None:
    short = {"1": "Đăng ký tạm trú", "2": "Gia hạn tạm trú"}
    said = replies.which_one(moves.Clarify(codes=("1", "2")), short)
    assert "tạm trú" not in said.text
    assert [choice.label for choice in said.choices[:2]] == ["1. Đăng ký tạm trú", "2. Gia hạn tạm trú"]
    long = {**short, "2": "Gia hạn tạm trú cho người đang ở nhờ, ở thuê, ở ký túc xá"}
    assert all(
        title in replies.which_one(moves.Clarify(codes=("1", "2")), long).text for title in long.values()
    )


def test_a_filed_report_tells_code_secret_unit_and_lost_photos() -> None:
    unit = Unit(code="u", name="Phường Láng")
    said = report_replies.filed(Report(code="PA-2026-000001", unit=unit), "ACDE3467", lost_photos=2)
    for told in ("PA-2026-000001", "ACDE3467", "Phường Láng", "2 ảnh"):
        assert told in said.text


def test_an_answer_of_an_official_is_passed_on_in_full() -> None:
    unit = Unit(code="u", name="Phường Láng")
    report = Report(code="PA-2026-000001", unit=unit, state=Report.State.ANSWERED, answer="Đã dọn. " * 400)
    assert report.answer.strip() in report_replies.report_state(report).text


@pytest.mark.parametrize(("ahead", "told"), [(0, "người tiếp theo"), (3, "còn 3 người")])
def test_whoever_waits_knows_the_number_and_the_place_in_the_queue(ahead: int, told: str) -> None:
    said = replies.handed_over(Case(number="HT-2026-000001"), ahead=ahead)
    assert "HT-2026-000001" in said.text
    assert told in said.text
    assert said.choices[0].payload == "back"


def test_a_cut_message_keeps_its_reply() -> None:
    said = replies.ask_again()
    told = replies.only_beginning_read(said)
    assert told.text.endswith(said.text)
    assert told.choices == said.choices
