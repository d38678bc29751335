"""Who gets a waiting case: by tables, and by whatever hypothesis thinks of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.choosing import Candidate, Waiting, choose, in_order, pairs

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TEAM, WARD = 1, 2

CASE = Waiting(key=1, unit=TEAM, since=NOW, topic="Hộ tịch")
HA = Candidate(key=1, units=frozenset({TEAM}), is_ready=True, carried=0, capacity=3)
NAMES = {1: "ha", 2: "minh"}


def minh(**other: object) -> Candidate:
    return replace(HA, key=2, **other)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ha", "other", "chosen"),
    [
        (HA, minh(is_ready=False), "ha"),
        (HA, minh(units=frozenset({WARD})), "ha"),
        (replace(HA, carried=3), minh(carried=2), "minh"),
        (replace(HA, carried=1), minh(), "minh"),
        (replace(HA, last_assigned_at=NOW), minh(last_assigned_at=NOW - timedelta(hours=1)), "minh"),
        (replace(HA, last_assigned_at=NOW), minh(), "minh"),
        (replace(HA, topics=frozenset({"Hộ tịch"}), carried=2), minh(), "ha"),
        (replace(HA, topics=frozenset({"Đất đai"})), minh(carried=2), "minh"),
        (replace(HA, carried=3), minh(carried=5), None),
        (replace(HA, is_ready=False), minh(is_ready=False), None),
    ],
)
def test_who_gets_a_case(ha: Candidate, other: Candidate, chosen: str | None) -> None:
    found = choose(CASE, [ha, other])
    assert (NAMES[found.key] if found else None) == chosen


def test_who_gave_a_case_back_does_not_get_it_again() -> None:
    assert choose(replace(CASE, not_for=frozenset({1})), [HA]) is None


def test_who_waits_longest_is_first_but_for_what_is_urgent() -> None:
    new, old, urgent = (
        replace(CASE, key=1),
        replace(CASE, key=2, since=NOW - timedelta(hours=2)),
        replace(CASE, key=3, is_urgent=True),
    )
    assert [case.key for case in in_order([new, old, urgent])] == [3, 2, 1]


TOPICS = st.sampled_from(["Hộ tịch", "Đất đai", ""])
MOMENTS = st.integers(0, 600).map(lambda minutes: NOW - timedelta(minutes=minutes))
UNITS = st.sampled_from([TEAM, WARD])
WAITING = st.builds(
    Waiting,
    key=st.integers(1, 10**6),
    unit=UNITS,
    since=MOMENTS,
    topic=TOPICS,
    is_urgent=st.booleans(),
    not_for=st.frozensets(st.integers(1, 6), max_size=2),
)
CANDIDATES = st.builds(
    Candidate,
    key=st.integers(1, 6),
    units=st.frozensets(UNITS),
    is_ready=st.booleans(),
    carried=st.integers(0, 6),
    capacity=st.integers(1, 5),
    topics=st.frozensets(TOPICS.filter(bool), max_size=2),
    last_assigned_at=st.none() | MOMENTS,
)


def keyed_apart(things: list[Waiting]) -> list[Waiting]:
    return list({thing.key: thing for thing in things}.values())


ROUNDS = {
    "waiting": st.lists(WAITING, max_size=12).map(keyed_apart),
    "people": st.lists(CANDIDATES, max_size=6, unique_by=lambda candidate: candidate.key),
}


@given(**ROUNDS)
def test_nobody_gets_more_than_the_capacity_or_what_is_not_for_him(
    waiting: list[Waiting], people: list[Candidate]
) -> None:
    given_to = list(pairs(waiting, people, NOW))
    for person in people:
        got = [pair.case for pair in given_to if pair.candidate.key == person.key]
        assert len(got) <= person.free
        assert all(person.is_ready and case.unit in person.units for case in got)
        assert all(person.key not in case.not_for for case in got)
    assert len({pair.case.key for pair in given_to}) == len(given_to)


@given(case=WAITING, people=ROUNDS["people"])
def test_nobody_without_the_skill_gets_it_while_somebody_with_it_could(
    case: Waiting, people: list[Candidate]
) -> None:
    chosen = choose(case, people)
    skilled = [person for person in people if person.may_take(case) and case.topic in person.topics]
    assert chosen in skilled if skilled else chosen is None or case.topic not in chosen.topics
    assert (chosen is None) == (not any(person.may_take(case) for person in people))


@given(**ROUNDS)
def test_who_is_passed_over_could_be_taken_by_nobody_when_the_turn_came(
    waiting: list[Waiting], people: list[Candidate]
) -> None:
    standing, given_to = {person.key: person for person in people}, {}
    for pair in pairs(waiting, people, NOW):
        given_to[pair.case.key] = pair.candidate.key
    for case in in_order(waiting):
        if key := given_to.get(case.key):
            standing[key] = replace(standing[key], carried=standing[key].carried + 1)
        else:
            assert not any(person.may_take(case) for person in standing.values())
