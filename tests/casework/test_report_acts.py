"""What officials and authors do with a report, what is entered, and what citizens are told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from casework import follows, report_acts
from casework.errors import (
    NoSuchStep,
    NotOffered,
    NotToWhomItIsAbout,
    ReasonMissing,
    RegisterIsAppendOnly,
    ReopenedTooOften,
    ReportMovedOn,
    TooLateToReopen,
    UnitTakesNoReports,
)
from casework.models import Report, ReportStep
from casework.report_acts import Classification
from conversations.models import Conversation, Turn
from office import live_settings
from office.models import Unit
from tests.casework.lives import NORMAL, answered, refused, taken_in
from tests.casework.people import citizen, city, official, ward
from tests.casework.test_reports import file

pytestmark = pytest.mark.django_db


def filed(conversation: Conversation | None = None, **fields: object) -> Report:
    return file(conversation, **fields).report


def complaint(about: Unit) -> Report:
    return filed(kind=Report.Kind.SERVICE, named_unit=about, ward=about)


def told(conversation: Conversation | None) -> list[str]:
    assert conversation is not None
    return [turn.text for turn in conversation.turns.filter(direction=Turn.Direction.OUT).order_by("id")]


def lines(report: Report) -> list[tuple[str, str]]:
    return list(report.steps.values_list("act", "state"))


# Taking in


def test_taking_in_tells_the_author_in_the_same_chat_and_enters_the_register() -> None:
    report, ha = filed(), official("ha")
    report_acts.take_in(report, ha, seen=1)
    (said,) = told(report.conversation)
    assert said.startswith(f"Phản ánh {report.code} đã được {report.unit.name} tiếp nhận. Hạn trả lời: ")
    assert [(step.act, step.state, step.actor) for step in report.steps.all()] == [
        ("filed", "new", None),
        ("taken_in", "taken_in", ha),
    ]
    assert (report.version, report.taken_in_at is not None) == (2, True)
    assert report.first_response_minutes is not None


def test_one_step_takes_in_classifies_and_passes_on_with_a_line_for_each_and_one_notice() -> None:
    report, ba_dinh = filed(), ward()
    team = report.unit
    urgent = Classification(level="urgent", category="cay_xanh")
    report_acts.take_in_and_assign(report, official(), seen=1, as_=urgent, to=ba_dinh)
    assert lines(report) == [
        ("filed", "new"),
        ("taken_in", "taken_in"),
        ("classified", "classified"),
        ("forwarded", "with_unit"),
    ]
    assert (report.unit, report.level, report.category) == (ba_dinh, "urgent", "cay_xanh")
    assert report.classified_at is not None
    (said,) = told(report.conversation)
    assert team.name in said
    assert ba_dinh.name in said


def test_taken_in_where_it_lies_it_is_classified_and_stays() -> None:
    report = taken_in(filed(), official())
    assert report.state == "classified"
    assert len(told(report.conversation)) == 1


def test_nothing_but_a_level_and_a_category_of_the_list_is_taken() -> None:
    for wrong in ({"level": "khẩn"}, {"level": "normal", "category": "ufo"}, {"level": ""}):
        with pytest.raises(NotOffered):
            Classification(**wrong)


# Passing on


def test_a_forwarded_report_is_in_the_new_units_charge_and_its_author_is_told_why() -> None:
    report, ha, ba_dinh = filed(), official("ha"), ward()
    report_acts.forward(report, ha, seen=1, to=ba_dinh, reason="Ngõ này thuộc Ba Đình")
    assert (report.unit, report.state) == (ba_dinh, "new")
    assert told(report.conversation)[-1].endswith("Lý do: Ngõ này thuộc Ba Đình")
    last = report.steps.last()
    assert last is not None
    assert (last.note, last.unit) == (f"Chuyển đến {ba_dinh.name}: Ngõ này thuộc Ba Đình", ba_dinh)


def test_nothing_is_forwarded_without_a_reason() -> None:
    report = filed()
    with pytest.raises(ReasonMissing):
        report_acts.forward(report, official(), seen=1, to=ward(), reason="  ")


def test_a_report_on_service_gets_neither_to_the_unit_it_is_about_nor_to_one_below_it() -> None:
    ba_dinh = ward(parent=city())
    below = ward("Tổ dân phố 5", parent=ba_dinh)
    report = complaint(ba_dinh)
    for to in (ba_dinh, below):
        with pytest.raises(NotToWhomItIsAbout):
            report_acts.forward(report, official(f"ha-{to.pk}"), seen=1, to=to, reason="Đúng địa bàn")
        with pytest.raises(NotToWhomItIsAbout):
            report_acts.take_in_and_assign(report, official(f"le-{to.pk}"), seen=1, as_=NORMAL, to=to)
        assert to not in report_acts.units_for(report)
    report.refresh_from_db()
    assert (report.unit, report.state, report.steps.count()) == (city(), "new", 1)


def test_the_database_itself_keeps_a_complaint_from_whom_it_is_about() -> None:
    ba_dinh = ward(parent=city())
    report = complaint(ba_dinh)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(unit=ba_dinh)


def test_a_unit_that_only_points_elsewhere_gets_no_report() -> None:
    report, power = filed(), ward("Điện lực")
    Unit.objects.filter(pk=power.pk).update(is_signpost_only=True, signpost="Gọi 19001288")
    power.refresh_from_db()
    with pytest.raises(UnitTakesNoReports):
        report_acts.forward(report, official(), seen=1, to=power, reason="Việc của điện lực")


def test_an_answered_report_is_not_forwarded() -> None:
    report = answered(filed(), official())
    with pytest.raises(NoSuchStep):
        report_acts.forward(report, official("hai"), seen=report.version, to=ward(), reason="Nhầm")


# Working on it


def test_the_start_of_work_is_no_news_on_the_day_it_was_taken_in_and_is_on_a_later_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ha = official()
    same_day, later = taken_in(filed(), ha), taken_in(filed(), ha)
    report_acts.start(same_day, ha, seen=same_day.version)
    assert len(told(same_day.conversation)) == 1
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    report_acts.start(later, ha, seen=later.version)
    assert "đang được" in told(later.conversation)[-1]


def test_an_answer_reaches_the_author_word_for_word_with_what_became_of_it() -> None:
    report, ha = taken_in(filed(), official("ha")), official("hai")
    report_acts.answer(
        report, ha, seen=report.version, outcome="planned", words="Sẽ thay đèn trong tháng 12."
    )
    message = report.conversation.turns.latest("id")
    assert "Kết quả: đã có kế hoạch, chưa làm." in message.text
    assert "Sẽ thay đèn trong tháng 12." in message.text
    assert "đề nghị xem lại" in message.text
    assert (message.author, message.staff) == ("official", ha)
    assert [choice["label"] for choice in message.payload["choices"]] == ["Hài lòng", "Chưa hài lòng"]
    assert (report.state, report.outcome, report.answered_at is not None) == ("answered", "planned", True)
    assert report.handling_minutes is not None


@pytest.mark.parametrize(("outcome", "words", "problem"), [
    ("fixed", "  ", ReasonMissing), ("", "Xong", NotOffered), ("closed", "Xong", NotOffered),
])  # fmt: skip
def test_an_answer_names_its_outcome_and_has_words(
    outcome: str, words: str, problem: type[Exception]
) -> None:
    report = taken_in(filed(), official())
    with pytest.raises(problem):
        report_acts.answer(report, official("hai"), seen=report.version, outcome=outcome, words=words)
    report.refresh_from_db()
    assert report.state == "classified"


def test_a_long_answer_stands_whole_in_the_register() -> None:
    words = "Đã thay bóng đèn. " * 100
    report = answered(filed(), official(), words)
    last = report.steps.last()
    assert last is not None
    assert last.note == words.strip()


# Refusing


def test_a_refusal_tells_the_reason_the_words_and_where_to_turn() -> None:
    report = filed()
    report_acts.refuse(report, official(), seen=1, reason="complaint", words="")
    (said,) = told(report.conversation)
    assert "khiếu nại" in said
    assert "tiếp công dân" in said
    assert (report.state, report.refusal) == ("refused", "complaint")


def test_another_authority_is_named_or_the_refusal_is_not_taken() -> None:
    report = filed()
    with pytest.raises(ReasonMissing):
        report_acts.refuse(report, official(), seen=1, reason="not_ours", words=" ")
    with pytest.raises(NotOffered):
        report_acts.refuse(report, official("hai"), seen=1, reason="because", words="Vì")


def test_the_address_of_a_unit_that_only_points_elsewhere_is_told_with_the_refusal() -> None:
    report, power = filed(), ward("Điện lực Hà Nội")
    Unit.objects.filter(pk=power.pk).update(is_signpost_only=True, signpost="Gọi 19001288")
    power.refresh_from_db()
    report_acts.refuse(report, official(), seen=1, reason="not_ours", signpost=power)
    assert "Điện lực Hà Nội: Gọi 19001288" in told(report.conversation)[0]


# Reopening


def test_the_author_reopens_an_answered_report_and_the_unit_looks_again() -> None:
    report = answered(filed(), official())
    unit = report.unit
    report_acts.reopen(report, reason="Đèn lại tắt", asked_in=report.conversation)
    assert (report.state, report.unit, report.reopenings) == ("in_progress", unit, 1)
    assert (report.answer, report.outcome, report.answered_at) == ("", "", None)
    last = report.steps.last()
    assert last is not None
    assert (last.act, last.note, last.by_citizen) == ("reopened", "Đèn lại tắt", True)
    assert "Đã xong." in report.steps.get(act="answered").note


def test_the_term_of_a_reopened_report_runs_from_then_on_whatever_its_level_becomes() -> None:
    report, ha = filed(), official("ha")
    answered(taken_in(report, ha), ha)
    long_ago = timezone.now() - timedelta(days=60)
    Report.objects.update(taken_in_at=long_ago, term_from=long_ago, due_at=long_ago)
    report.refresh_from_db()
    report_acts.reopen(report, reason="Vẫn chưa xong")
    as_ = Classification(level=Report.Level.COMPLEX)
    report_acts.classify(report, ha, seen=report.version, as_=as_)
    assert report.term_from > long_ago
    assert report.due_at > timezone.now()


def test_an_author_who_reopens_elsewhere_is_told_in_the_chat_of_the_report() -> None:
    report = refused(filed(), official())
    report_acts.reopen(report, reason="Ở số 5 ngõ 12", asked_in=citizen())
    assert "xem lại" in told(report.conversation)[-1]


def test_reopening_has_its_limits_as_settings() -> None:
    ha = official()
    live_settings.put("reopening.times", "1", source="Thử", by=ha)
    report = answered(filed(), ha)
    report_acts.reopen(report, reason="Chưa xong")
    answered(report, ha)
    with pytest.raises(ReopenedTooOften):
        report_acts.reopen(report, reason="Vẫn chưa")


def test_after_its_days_a_report_is_not_reopened_and_nobody_is_invited_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    report = answered(filed(), official())
    later = timezone.now() + timedelta(days=16)
    monkeypatch.setattr(timezone, "now", lambda: later)
    with pytest.raises(TooLateToReopen):
        report_acts.reopen(report, reason="Đèn lại tắt")


# Followers


def test_followers_are_told_how_far_it_is_and_not_what_was_said_to_the_author() -> None:
    report, neighbour = filed(), citizen()
    assert follows.follow(report, neighbour)
    assert not follows.follow(report, neighbour)
    answered(report, official(), "Chào chị Mai, đã thay đèn trước nhà chị.")
    assert "Kết quả: đã khắc phục" in told(neighbour)[-1]
    assert not any("Mai" in said for said in told(neighbour))
    assert [step.act for step in report.steps.all()].count("joined") == 1


def test_an_official_may_let_followers_read_the_answer() -> None:
    report, neighbour = taken_in(filed(), official()), citizen()
    follows.follow(report, neighbour)
    report_acts.answer(
        report,
        official("hai"),
        seen=report.version,
        outcome="fixed",
        words="Đã thay cả dãy đèn.",
        for_followers=True,
    )
    assert "Đã thay cả dãy đèn." in told(neighbour)[-1]


def test_the_author_is_no_follower_and_nobody_follows_what_is_done() -> None:
    report = filed()
    assert report.conversation is not None
    assert not follows.follow(report, report.conversation)
    refused(report, official())
    with pytest.raises(NoSuchStep):
        follows.follow(report, citizen())


def test_a_follower_may_ask_how_far_it_is_and_a_stranger_may_not() -> None:
    report, neighbour = filed(), citizen()
    follows.follow(report, neighbour)
    assert follows.followed(report.code.lower(), neighbour) == report
    assert follows.followed(report.code, citizen()) is None


# Two at once


def test_who_decides_on_an_old_view_of_a_report_overwrites_nothing() -> None:
    report, ha, minh = filed(), official("ha"), official("minh")
    seen_by_minh = Report.objects.get(pk=report.pk)
    taken_in(report, ha)
    before = told(report.conversation)
    with pytest.raises(ReportMovedOn):
        refused(seen_by_minh, minh)
    report.refresh_from_db()
    assert (report.state, report.answer) == ("classified", "")
    assert told(report.conversation) == before


def test_a_form_of_an_older_version_is_refused_even_where_the_state_is_the_same() -> None:
    report, ha = taken_in(filed(), official("ha")), official("hai")
    seen = report.version
    report_acts.classify(report, ha, seen=seen, as_=Classification(level="complex"))
    with pytest.raises(ReportMovedOn):
        report_acts.classify(report, ha, seen=seen, as_=Classification(level="urgent"))
    report.refresh_from_db()
    assert report.level == "complex"


@pytest.mark.django_db(transaction=True)
def test_of_officials_who_act_in_the_same_moment_one_acts_and_the_others_are_told() -> None:
    report = filed()
    units = [ward(f"Phường {number}") for number in range(4)]
    staff = [official(f"ha-{number}") for number in range(4)]
    together = Barrier(4)

    def forward(number: int) -> str:
        try:
            mine = Report.objects.select_related("unit", "conversation").get(pk=report.pk)
            together.wait()
            report_acts.forward(mine, staff[number], seen=1, to=units[number], reason="Đúng địa bàn")
        except ReportMovedOn:
            return "told"
        finally:
            connection.close()
        return units[number].name

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(forward, range(4)))
    report.refresh_from_db()
    assert results.count("told") == 3
    assert report.unit.name in results
    assert (report.version, len(told(report.conversation)), report.steps.count()) == (2, 1, 2)


# The register


def test_the_register_of_a_report_cannot_be_changed_or_shortened() -> None:
    step = filed().steps.get()
    step.note = "khác"
    with pytest.raises(RegisterIsAppendOnly):
        step.save()
    with pytest.raises(RegisterIsAppendOnly):
        step.delete()


def test_the_database_refuses_to_change_a_line_of_the_register() -> None:
    step = filed().steps.get()
    for changed in ({"note": "khác"}, {"at": timezone.now()}, {"actor": official()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReportStep.objects.filter(pk=step.pk).update(**changed)
    step.refresh_from_db()
    assert step.note == ""
