"""What the assistant says: words for everything it can decide, short enough for every messenger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

import starter
from bot import filed_replies, moves, phrases, queue_replies, repair_replies, replies, report_replies
from bot.channels.limits import TELEGRAM
from bot.channels.rendering import Bubble, render
from bot.moves import Phrase, Signposted
from bot.report_form import ReportForm, Step
from bot.report_standing import Standing
from bot.signposts import feedback_or_accusation, signpost
from casework.categories import CATEGORY_NAMES, SERVICE
from casework.forecast import Forecast, Staffed
from casework.models import Case, Report
from conversations.messages import MediaReference, OutboundMessage
from knowledge_base.answers import UNREVIEWED
from knowledge_base.content import PartName, ProcedureContent
from knowledge_base.importing import read_sources
from office.hotlines import urgent_hotlines
from office.models import Unit
from office.working_hours import ZONE

#: Characters one Zalo text message may hold; Telegram takes 4,096.
LONGEST_REPLY = 2_000


NEVER = ("không bao giờ hỏi", "không hỏi", "đừng gửi", "không nhận ảnh", "không phải của cơ quan nhà nước")


def starter_contents() -> Iterator[ProcedureContent]:
    for record in read_sources(starter.PROCEDURES):
        assert hasattr(record, "content"), record
        yield record.content


def fixed_replies() -> Iterator[OutboundMessage]:
    yield from map(phrases.phrase, Phrase)
    yield from map(signpost, Signposted)
    yield feedback_or_accusation()
    yield from (
        repair_replies.ask_again(moves.AskAgain(nearest=(), denied=denied), {}) for denied in (True, False)
    )
    yield from (repair_replies.offer_help(moves.OfferHelp(nearest=(), failures=n)) for n in (2, 3))
    yield from (queue_replies.forwarded(), queue_replies.left(), replies.failed())
    yield from (queue_replies.rated(), queue_replies.not_rated(), filed_replies.try_later())
    yield filed_replies.report_state(None)


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
    said = signpost(Signposted.EMERGENCY)
    assert all(line.number in said.text for line in urgent_hotlines())
    assert [choice.url for choice in said.choices] == [line.url for line in urgent_hotlines()[:3]]


@pytest.mark.parametrize("said", list(fixed_replies()), ids=lambda said: str(said.detail))
def test_nothing_of_ours_asks_for_secrets_money_or_papers(said: OutboundMessage) -> None:
    for word in ("OTP", "mật khẩu", "tiền", "giấy tờ tuỳ thân"):
        if word in said.text:
            assert any(no in said.text for no in NEVER)


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


#: Steps whose question says nothing of the category.
UNNAMED = frozenset({Step.TEXT, Step.CATEGORY, Step.WARD, Step.SIMILAR, Step.CONTACT})


def test_every_step_of_the_form_asks_one_thing_and_can_be_left() -> None:
    for form in forms():
        said = report_replies.form_question(form)
        assert len(said.text) <= LONGEST_REPLY
        assert said.choices[-1].payload == "report:cancel:yes"
        assert CATEGORY_NAMES[form.category] in said.text or form.step in UNNAMED


def test_whoever_may_be_in_danger_reads_the_numbers_first() -> None:
    form = ReportForm(text="dây điện đứt", category="dien_vien_thong", urgent=True, step=Step.PLACE)
    first_line = report_replies.form_question(form).text.splitlines()[0]
    assert all(line.number in first_line for line in urgent_hotlines())


def test_a_ward_that_was_named_is_not_asked_for_again() -> None:
    form = ReportForm(text="cán bộ quát dân", category=SERVICE, ward_name="Phường Hoàn Kiếm", step=Step.PLACE)
    assert "quầy nào của Phường Hoàn Kiếm" in report_replies.form_question(form).text
    unnamed = replace(form, ward_name="")
    assert "cơ quan nào" in report_replies.form_question(unnamed).text


def telegram(said: OutboundMessage) -> tuple[Bubble, ...]:
    return render(said, who="Trợ lý ảo", limits=TELEGRAM)


def labels(sent: Bubble) -> list[str]:
    return [button.label for row in sent.rows for button in row]


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
    assert all(len(choice.label) <= replies.LONGEST_CHOICE for choice in said.choices)


def test_that_nobody_approved_it_is_said_once_and_not_again_beside_its_source() -> None:
    content = next(starter_contents())
    for part in (None, PartName.DOCUMENTS):
        said = replies.quotation(moves.Answer(code=content.code, part=part), content)
        assert said.citation is not None
        assert UNREVIEWED in said.text
        assert said.citation.note == ""


def test_titles_that_every_button_shows_in_full_are_not_said_twice() -> None:
    short = {"1": "Đăng ký tạm trú", "2": "Gia hạn tạm trú"}
    (sent,) = telegram(replies.which_one(moves.Clarify(codes=("1", "2")), short))
    assert "tạm trú" not in sent.text
    assert labels(sent)[:2] == ["1. Đăng ký tạm trú", "2. Gia hạn tạm trú"]
    long = {**short, "2": "Gia hạn tạm trú cho người đang ở nhờ, ở thuê, ở ký túc xá"}
    (sent,) = telegram(replies.which_one(moves.Clarify(codes=("1", "2")), long))
    assert all(f"\n{n}. {title}" in sent.text for n, title in enumerate(long.values(), start=1))
    assert labels(sent) == ["1", "2", "3"]


def test_what_was_sent_unseen_stands_in_the_receipt_with_a_way_to_correct_it() -> None:
    report = Report(code="PA-2026-000001", unit=Unit(code="u", name="Phường Láng"))
    form = ReportForm(text="rác chất đống", category="rac_thai_ve_sinh", place="ngõ 5 phố Huế")
    said = filed_replies.filed(report, "ACDE3467", lost_photos=0, unseen=form)
    for told in ("• Nội dung: rác chất đống", "• Nơi: ngõ 5 phố Huế", "Gặp cán bộ"):
        assert told in said.text
    assert said.choices


def test_who_asks_on_after_a_report_is_told_its_unit_and_its_term() -> None:
    unit = Unit(code="u", name="Phường Láng")
    sent = timezone.now() - timedelta(days=4)
    report = Report(code="PA-2026-000001", unit=unit, created_at=sent)
    said = filed_replies.report_state(report, code=report.code, term="Hạn 16:30.", again=True)
    for told in ("Phường Láng", "đến nay 4 ngày", "Hạn 16:30."):
        assert told in said.text
    unknown = filed_replies.report_state(None, code="PA-2026-000999", again=True)
    assert "PA-2026-000999" in unknown.text
    assert unknown.detail["found"] is False


def test_a_filed_report_tells_code_secret_unit_and_lost_photos() -> None:
    unit = Unit(code="u", name="Phường Láng")
    said = filed_replies.filed(Report(code="PA-2026-000001", unit=unit), "ACDE3467", lost_photos=2)
    for told in ("PA-2026-000001", "ACDE3467", "Phường Láng", "2 ảnh"):
        assert told in said.text


def test_an_answer_of_an_official_is_passed_on_in_full() -> None:
    unit = Unit(code="u", name="Phường Láng")
    report = Report(code="PA-2026-000001", unit=unit, state=Report.State.ANSWERED, answer="Đã dọn. " * 400)
    standing = Standing(answer=report.answer)
    assert report.answer.strip() in filed_replies.report_state(report, standing).text


@pytest.mark.parametrize(("ahead", "told"), [(0, "người tiếp theo"), (3, "còn 3 người")])
def test_whoever_waits_knows_the_number_and_the_place_in_the_queue(ahead: int, told: str) -> None:
    now = datetime(2026, 11, 23, 9, tzinfo=ZONE)
    due = now + timedelta(hours=2)
    told_of = Forecast(staffed=Staffed.FREE, ahead=ahead, begins=now, takes=None, due=due)
    said = queue_replies.handed_over(Case(number="HT-2026-000001"), told_of, now=now)
    assert "HT-2026-000001" in said.text
    assert told in said.text
    assert "muộn nhất 11:00 thứ Hai 23/11" in said.text
    assert said.choices[0].payload == "back"
    assert not said.asks_number


def test_while_nobody_is_there_the_next_shift_is_told_and_a_number_may_be_left() -> None:
    now = datetime(2026, 11, 23, 20, tzinfo=ZONE)
    begins, due = (datetime(2026, 11, 25, hour, tzinfo=ZONE) for hour in (8, 10))
    told = Forecast(staffed=Staffed.SHIFT, ahead=0, begins=begins, takes=None, due=due)
    said = queue_replies.handed_over(Case(number="HT-2026-000001"), told, now=now)
    assert "ca trực tới bắt đầu 08:00 thứ Tư 25/11" in said.text
    assert "muộn nhất 10:00 thứ Tư 25/11" in said.text
    assert "số điện thoại" in said.text
    assert said.asks_number


def test_a_cut_message_keeps_its_reply() -> None:
    said = queue_replies.left()
    told = replies.noticed(said, ("(Tin rất dài, tôi chỉ đọc phần đầu.)",))
    assert told.text.endswith(said.text)
    assert told.choices == said.choices


def test_the_part_asked_for_is_remembered_in_the_question_which_procedure() -> None:
    titles = {"a": "Đăng ký kết hôn", "b": "Đăng ký lại kết hôn"}
    asked = replies.which_one(moves.Clarify(codes=("a", "b"), part=PartName.FEE), titles)
    assert "phí, lệ phí của thủ tục nào" in asked.text
