"""What is found in transcripts, cases, reports and people, by whom, and what is found no more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework import case_notes, cases, newest, reports, search
from casework.models import Case, Report, ReportStep
from casework.search import Search
from conversations import erasure, redaction, retention
from conversations.models import Conversation, Turn
from conversations.retention import KeepFor
from office.models import Staff, Unit
from office.word_index import Keys, Words
from tests.casework.people import citizen, city, official, ward

pytestmark = pytest.mark.django_db


def said(here: Conversation, text: str, *, by: Staff | None = None) -> Turn:
    kept = {"direction": "out", "author": "official", "staff": by} if by else {"direction": "in"}
    return Turn.objects.create(
        **{"conversation": here, "status": "answered", "author": "citizen", "text": text, **kept}
    )


def opened(summary: str = "", *, here: Conversation | None = None, unit: Unit | None = None) -> Case:
    case = cases.open_case(here or citizen(), reason=Case.Reason.ASKED, summary=summary)
    if unit:
        Case.objects.filter(pk=case.pk).update(unit=unit)
        case.refresh_from_db()
    return case


def filed(text: str, *, unit: Unit | None = None, **more: object) -> Report:
    told = {"kind": Report.Kind.FIELD, "category": "chieu_sang", "conversation": citizen(), **more}
    return reports.file_report(text=text, ward=unit, **told).report  # type: ignore[arg-type]


def asked(reader: Staff, typed: str, **more: object) -> Search:
    return Search(reader=reader, words=Words.of(typed), **more)  # type: ignore[arg-type]


def test_a_case_is_found_by_what_it_is_about_by_its_outcome_and_by_its_number() -> None:
    ha, case, _other = official("ha"), opened("Hỏi lệ phí khai sinh"), opened("Hỏi thường trú")
    for typed in ("khai sinh le", "lệ phí", case.number, case.number.rsplit("-", 1)[1]):
        assert list(search.CASES.found(asked(ha, typed))) == [case]


def test_a_turn_is_found_with_the_case_in_which_it_is_read() -> None:
    ha, here = official("ha"), citizen()
    turn, case = said(here, "Nhà tôi mất sổ đỏ"), opened(here=here)
    (found,) = search.TURNS.found(asked(ha, "mat so do"))
    assert (found, found.case_number) == (turn, case.number)


def test_a_talk_with_the_assistant_alone_is_not_searched() -> None:
    said(citizen(), "Tôi muốn hỏi riêng")
    assert not search.TURNS.found(asked(official("ha", role=Staff.Role.ADMINISTRATOR), "hoi rieng"))


def test_nothing_of_another_wards_case_is_found() -> None:
    here = citizen("Nguyễn Thị Bình")
    said(here, "Nhà tôi mất sổ đỏ")
    opened("Mất sổ đỏ", here=here, unit=ward("Phường Tây Hồ"))
    other = official("phuong", ward())
    for kind in (search.CASES, search.TURNS, search.CITIZENS):
        assert not kind.found(asked(other, "so do" if kind is not search.CITIZENS else "binh"))


def test_a_report_is_found_by_text_place_answer_sender_and_telephone() -> None:
    ba_dinh = ward(parent=city())
    reader, report = official("phuong", ba_dinh), filed("Đèn đường tắt", unit=ba_dinh)
    Report.objects.filter(pk=report.pk).update(
        place="Ngõ 20 phố Huế",
        contact_name="Trần Văn Bảy",
        contact_phone="0912 345 678",
        answer="Đã thay bóng",
    )
    for typed in ("den tat", "pho hue", "tran bay", "0912 345 678", "0912345678", "thay bong", report.code):
        assert list(search.REPORTS.found(asked(reader, typed))) == [report]
    assert not search.REPORTS.found(asked(official("tay-ho", ward("Phường Tây Hồ")), "den tat"))


def test_who_is_complained_of_does_not_find_the_complaint() -> None:
    ba_dinh = ward(parent=city())
    complaint = filed("Cán bộ nói nặng lời", kind=Report.Kind.SERVICE, named_unit=ba_dinh)
    for role in (Staff.Role.SUPERVISOR, Staff.Role.ADMINISTRATOR):
        assert not search.REPORTS.found(
            asked(official(f"ca-hai-{role}", ba_dinh, city(), role=role), "nang loi")
        )
    assert list(search.REPORTS.found(asked(official("ubnd", city()), "nang loi"))) == [complaint]


def test_a_private_note_is_found_where_the_case_is_and_goes_with_the_citizens_words() -> None:
    ha, here = official("ha"), citizen()
    case = opened(here=here)
    case_notes.add_note(case, ha, "Bà con gần nhà, gọi lại sau 17 giờ")
    (found,) = search.NOTES.found(asked(ha, "goi lai 17"))
    assert found.case == case
    Case.objects.filter(pk=case.pk).update(unit=ward("Phường Tây Hồ"))
    assert not search.NOTES.found(asked(official("phuong", ward()), "goi lai 17"))
    case_notes.forget(here)
    assert not search.NOTES.found(asked(official("quantri", role=Staff.Role.ADMINISTRATOR), "goi lai 17"))


def test_what_officials_note_of_a_report_is_found_where_the_report_is() -> None:
    ba_dinh, other = ward(parent=city()), ward("Phường Tây Hồ")
    reader, report = official("phuong", ba_dinh), filed("Đèn tắt", unit=ba_dinh)
    ReportStep.objects.create(
        report=report, act="noted", actor=reader, state=report.state, note="Tổ dân phố 7 hẹn thứ Sáu"
    )
    (found,) = search.REPORT_NOTES.found(asked(reader, "to dan pho hen"))
    assert found.report == report
    assert not search.REPORT_NOTES.found(asked(official("tay-ho", other), "to dan pho hen"))


def test_a_citizen_is_found_by_name_with_the_case_and_the_report() -> None:
    ha, here = official("ha"), citizen("Nguyễn Thị Bình")
    case = opened(here=here)
    (found,) = search.CITIZENS.found(asked(ha, "binh nguyen"))
    assert (found.case_number, found.report_code) == (case.number, None)


def test_a_colleague_is_found_unless_the_search_is_about_a_time_or_a_channel() -> None:
    ha = official("ha")
    Staff.objects.filter(pk=ha.pk).update(last_name="Đỗ Thu", first_name="Hà")
    assert list(search.staff(asked(ha, "do thu ha"))) == [ha]
    assert not search.staff(asked(ha, "do thu ha", channel="zalo"))


def test_a_search_is_narrowed_by_unit_channel_state_time_and_official() -> None:
    ha, linh = official("ha"), official("linh")
    mine, open_one = opened("Khai sinh"), opened("Khai sinh")
    assert cases.claim(mine, ha)
    cases.close(mine, ha, "Xong")
    now = timezone.now()
    narrowed = {
        "closed": {"is_open": False},
        "open": {"is_open": True},
        "mine": {"handled_by": ha},
        "colleague": {"handled_by": linh},
        "zalo": {"channel": "zalo"},
        "later": {"since": now + timedelta(hours=1)},
        "before": {"until": now + timedelta(hours=1)},
        "elsewhere": {"unit": ward()},
    }
    found = {name: set(search.CASES.found(asked(ha, "khai sinh", **how))) for name, how in narrowed.items()}
    nothing: set[Case] = set()
    assert found == {
        **dict.fromkeys(("colleague", "zalo", "later", "elsewhere"), nothing),
        "closed": {mine},
        "mine": {mine},
        "open": {open_one},
        "before": {mine, open_one},
    }


def test_the_newest_comes_first() -> None:
    made = [opened("Khai sinh") for _ in range(3)]
    assert list(search.CASES.found(asked(official("ha"), "khai sinh"))) == made[::-1]


def test_pages_follow_each_other_whatever_part_of_the_table_they_are_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(newest, "NEWEST_PART", 3)
    ha, made = official("ha"), [opened("Khai sinh" if number % 3 else "Sổ đỏ") for number in range(10)]
    other = opened("Khai sinh", unit=ward())
    wanted = asked(official("phuong", ward("Phường Tây Hồ")), "khai sinh")
    theirs = [case for case in made[::-1] if case.summary == "Khai sinh"]
    for reader in (asked(ha, "khai sinh"), wanted):
        pages = [search.CASES.page(reader, first=first, count=4) for first in (0, 4, 8)]
        assert [case for page in pages for case in page if case != other] == theirs


@given(
    lists=st.lists(st.integers(min_value=1, max_value=4), min_size=1, max_size=12),
    part=st.integers(min_value=1, max_value=12),
    few_days=st.booleans(),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_lists_that_go_on_below_a_key_show_each_row_once(
    ten_of_one_day: list[Case], monkeypatch: pytest.MonkeyPatch, lists: list[int], part: int, few_days: bool
) -> None:
    monkeypatch.setattr(newest, "NEWEST_PART", part)
    now, day = timezone.now(), timedelta(days=1)
    days = {"since": now - day, "until": now + day} if few_days else {}
    wanted = asked(Staff.objects.get(username="ha"), "khai sinh", **days)
    seen: list[Case] = []
    for count in lists:
        below = seen[-1].pk if seen else None
        seen += search.CASES.page(wanted, first=0, count=count, below=below)
    assert seen == ten_of_one_day[: sum(lists)]


@pytest.fixture
def ten_of_one_day() -> list[Case]:
    """Newest first, with others between them that are not found."""
    official("ha")
    made = [opened("Khai sinh" if number % 3 else "Sổ đỏ") for number in range(14)]
    return [case for case in made[::-1] if case.summary == "Khai sinh"]


def test_a_day_is_searched_where_its_rows_lie_even_if_their_keys_are_in_no_order() -> None:
    ha, made = official("ha"), [opened("Khai sinh") for _ in range(4)]
    long_ago = timezone.now() - timedelta(days=300)
    for case in (made[0], made[3]):
        Case.objects.filter(pk=case.pk).update(opened_at=long_ago)
    day = timedelta(days=1)
    that_day = asked(ha, "khai sinh", since=long_ago - day, until=long_ago + day)
    assert search.CASES.page(that_day, first=0, count=9) == [made[3], made[0]]
    before = asked(ha, "khai sinh", since=long_ago - 2 * day, until=long_ago - day)
    assert search.CASES.page(before, first=0, count=9) == []
    whole_year = asked(ha, "khai sinh", since=long_ago - day, until=timezone.now() + day)
    assert search.CASES.page(whole_year, first=0, count=9) == made[::-1]


def test_every_row_is_in_one_part_of_a_table() -> None:
    part = newest.NEWEST_PART
    for span in (Keys(last=None), Keys(after=7, last=7)):
        assert list(newest.parts(span)) == []
    assert list(newest.parts(Keys(last=part))) == [Keys(after=0, last=part)]
    assert list(newest.parts(Keys(after=5, last=part + 9))) == [
        Keys(after=9, last=part + 9),
        Keys(after=5, last=9),
    ]


# What must not be found any more


def test_what_is_said_of_ones_own_office_is_not_found_through_an_old_case_of_ones_own() -> None:
    mine, here = ward(), citizen("Nguyễn Thị Bình")
    phuong, case = official("phuong", mine), opened(here=here)
    cases.claim(case, phuong)
    cases.close(case, phuong, "Xong")
    said(here, "Cán bộ nói nặng lời")
    assert search.TURNS.found(asked(phuong, "nang loi"))
    filed("Cán bộ nói nặng lời", unit=mine, kind=Report.Kind.SERVICE, conversation=here, named_unit=mine)
    for kind, typed in ((search.TURNS, "nang loi"), (search.CITIZENS, "binh"), (search.CASES, case.number)):
        assert not kind.found(asked(phuong, typed))


def test_what_was_redacted_is_found_no_more() -> None:
    ha, here = official("ha"), citizen()
    turn, _case = said(here, "Tố cáo ông Nguyễn Văn Ba nhận tiền"), opened(here=here)
    redaction.redact(turn, kind="accusation", text="[không lưu]")
    assert not search.TURNS.found(asked(ha, "nguyen van ba"))


def test_what_was_erased_is_found_no_more_neither_by_words_nor_by_name() -> None:
    ha, here = official("ha"), citizen("Nguyễn Thị Bình")
    said(here, "Nhà tôi mất sổ đỏ")
    opened(here=here)
    erasure.erase_words(here)
    assert not search.TURNS.found(asked(ha, "so do"))
    assert not search.CITIZENS.found(asked(ha, "binh"))


def test_what_was_kept_long_enough_is_found_no_more() -> None:
    ha, here = official("ha"), citizen("Nguyễn Thị Bình")
    turn, case = said(here, "Nhà tôi mất sổ đỏ"), opened(here=here)
    cases.claim(case, ha)
    cases.close(case, ha, "Xong")
    assert search.TURNS.found(asked(ha, "so do"))
    old = timezone.now() - timedelta(days=900)
    Turn.objects.update(created_at=old)
    Conversation.objects.update(created_at=old)
    keep = KeepFor(transcripts=timedelta(days=365), photos=timedelta(days=30), redacted=timedelta(days=30))
    now = timezone.now()
    retention.apply(retention.due(now, keep), now, keep)
    assert not Turn.objects.filter(pk=turn.pk).exists()
    assert not search.TURNS.found(asked(ha, "so do"))
    assert not search.CITIZENS.found(asked(ha, "binh"))
