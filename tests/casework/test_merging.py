"""Two reports of one matter: merged with those who follow them, told so, and split off again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from casework import follows, merging
from casework.errors import NoSuchStep, NotTheSameMatter, OnlyOverseers, ReasonMissing, StepProblem
from casework.models import Report
from conversations.models import Conversation
from office.models import Staff, Unit
from tests.casework.lives import answered, taken_in
from tests.casework.people import citizen, city, official, ward
from tests.casework.test_report_acts import complaint, filed, told

pytestmark = pytest.mark.django_db


def merged(report: Report, into: Report, staff: Staff | None = None) -> Report:
    merging.merge(report, staff or official(), seen=report.version, into=into)
    return report


def split_off(report: Report, staff: Staff, reason: str = "Hai việc khác nhau") -> None:
    merging.split_off(report, staff, seen=report.version, reason=reason)


def who_follows(report: Report) -> set[Conversation]:
    return set(follows.followers(report))


def supervisor() -> Staff:
    return official("le", role=Staff.Role.SUPERVISOR)


def test_author_and_followers_of_a_duplicate_follow_the_other_from_then_on() -> None:
    duplicate, other, neighbour = filed(), filed(), citizen()
    follows.follow(duplicate, neighbour)
    merged(duplicate, other)
    assert (duplicate.state, duplicate.merged_into) == ("merged", other)
    assert who_follows(other) == {duplicate.conversation, neighbour}
    answered(other, official("hai"))
    for conversation in (duplicate.conversation, neighbour):
        assert f"{other.code} đã được" in told(conversation)[-1]


def test_of_the_other_report_only_its_code_and_how_far_it_is_are_told() -> None:
    duplicate = filed()
    other = taken_in(filed(text="Chị Lan ở số 9 kêu đèn tắt", place="Số 9 ngõ Huyện"), official())
    merged(duplicate, other, official("hai"))
    said = told(duplicate.conversation)[-1]
    assert other.code in said
    assert "đã phân loại" in said
    assert "Lan" not in said
    assert "ngõ Huyện" not in said


def test_who_reported_the_same_twice_is_told_once_of_what_becomes_of_it() -> None:
    author = citizen()
    duplicate, other = filed(author), filed(author)
    merged(duplicate, other)
    assert who_follows(other) == set()


def test_reports_of_two_kinds_or_about_two_units_are_not_merged() -> None:
    ba_dinh, tay_ho = ward(parent=city()), ward("Phường Tây Hồ", parent=city())
    about, about_another, field = complaint(ba_dinh), complaint(tay_ho), filed()
    for report, into in ((about, field), (field, about), (about, about_another), (field, field)):
        with pytest.raises(NotTheSameMatter):
            merging.merge(report, Staff.objects.first() or official(), seen=1, into=into)
    merged(complaint(ba_dinh), about, official("hai"))


def test_nothing_is_merged_into_what_is_done() -> None:
    done = answered(filed(), official())
    with pytest.raises(NotTheSameMatter):
        merged(filed(), done, official("hai"))


def test_a_merged_report_names_the_other_or_the_database_refuses_it() -> None:
    report = filed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(state="merged")


def test_followers_move_along_from_one_merging_to_the_next() -> None:
    first, second, third = filed(), filed(), filed()
    merged(first, second)
    second.refresh_from_db()
    merged(second, third, official("hai"))
    assert who_follows(third) == {first.conversation, second.conversation}
    assert follows.stands_for(first) == third


def test_whoever_joins_a_merged_report_follows_the_one_that_goes_on() -> None:
    duplicate, other, neighbour = filed(), filed(), citizen()
    merged(duplicate, other)
    follows.follow(duplicate, neighbour)
    assert neighbour in who_follows(other)


def test_split_off_it_goes_on_where_it_was_and_takes_its_people_along() -> None:
    ha, le = official("ha"), supervisor()
    duplicate, other, neighbour, joined_before = taken_in(filed(), ha), filed(), citizen(), citizen()
    follows.follow(duplicate, neighbour)
    follows.follow(other, joined_before)
    merged(duplicate, other, ha)
    split_off(duplicate, le)
    assert (duplicate.state, duplicate.merged_into) == ("classified", None)
    assert who_follows(other) == {joined_before}
    assert who_follows(duplicate) == {neighbour}
    assert "được tách ra" in told(duplicate.conversation)[-1]
    last = duplicate.steps.last()
    assert last is not None
    assert (last.act, last.note, last.actor) == ("split_off", "Hai việc khác nhau", le)


def test_who_followed_the_other_before_still_does_after_the_splitting() -> None:
    duplicate, other, both = filed(), filed(), citizen()
    follows.follow(duplicate, both)
    follows.follow(other, both)
    merged(duplicate, other)
    split_off(duplicate, supervisor())
    assert who_follows(other) == {both}


def test_who_came_with_two_duplicates_stays_while_one_of_them_does() -> None:
    author = citizen()
    first, second, other = filed(author), filed(author), filed()
    merged(first, other)
    merged(second, other, official("hai"))
    split_off(first, supervisor())
    assert who_follows(other) == {author}


def test_splitting_off_is_for_who_oversees_has_a_reason_and_needs_a_merging() -> None:
    ha, le = official("ha"), supervisor()
    duplicate, other = filed(), filed()
    with pytest.raises(NoSuchStep):
        split_off(duplicate, le)
    merged(duplicate, other, ha)
    with pytest.raises(OnlyOverseers):
        split_off(duplicate, ha)
    with pytest.raises(ReasonMissing):
        split_off(duplicate, le, reason=" ")


@pytest.mark.django_db(transaction=True)
def test_two_reports_merged_into_each_other_at_once_end_as_one() -> None:
    pair = (filed(), filed())
    staff = (official("ha"), official("minh"))
    together = Barrier(2)

    def merge(number: int) -> bool:
        try:
            mine, other = (Report.objects.get(pk=pair[one].pk) for one in (number, 1 - number))
            together.wait()
            merging.merge(mine, staff[number], seen=1, into=other)
        except StepProblem:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(merge, range(2)))
    assert sorted(results) == [False, True]
    assert Report.objects.filter(state="merged").count() == 1


def test_a_complaint_merged_into_another_tells_its_author_nothing_of_that_one() -> None:
    ba_dinh: Unit = ward(parent=city())
    mine, theirs = complaint(ba_dinh), complaint(ba_dinh)
    Report.objects.filter(pk=theirs.pk).update(text="Ông Tuấn quát tôi", answer="")
    merged(mine, theirs)
    said = " ".join(told(mine.conversation))
    assert "Tuấn" not in said
    assert theirs.code in said
