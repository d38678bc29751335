"""The city's rules as editors keep them: each change registered, no one's overwritten, kept in releases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import starter
from knowledge_base.content import MethodKind, PartName
from knowledge_base.errors import OverrideChanged, PublishingProblem, StarterProblem
from knowledge_base.fee_kinds import FeeKind, FeeSetter
from knowledge_base.local_overrides import (
    Outcome,
    add,
    change,
    import_local_values,
    local_values,
    read_file,
)
from knowledge_base.local_values import from_json, read_values, to_json, write_values
from knowledge_base.models import LocalOverride
from office.models import AuditEntry
from tests.knowledge_base.local_rules import STARTER_VALUES, value

built: list[str] = []


def build() -> None:
    built.append("a release")


VALUES = st.builds(
    value,
    part=st.sampled_from(PartName),
    method=st.none() | st.sampled_from(MethodKind),
    kind=st.none() | st.sampled_from(FeeKind),
    setter=st.none() | st.sampled_from(FeeSetter),
    amount=st.none() | st.integers(min_value=0, max_value=10**12),
    levels=st.lists(st.text(max_size=9), max_size=2).map(tuple),
    effective_to=st.none() | st.dates(),
    read_on=st.none() | st.dates(),
)


@given(VALUES)
def test_a_value_is_the_same_after_its_json(rule):
    assert from_json(to_json(rule)) == rule


def test_a_release_carries_the_values_of_its_day(tmp_path):
    write_values(tmp_path, STARTER_VALUES)
    assert read_values(tmp_path) == STARTER_VALUES


def test_a_release_of_before_has_none(tmp_path):
    assert read_values(tmp_path) == ()


@pytest.mark.django_db
def test_the_starter_values_are_taken_in_once_and_never_over_an_editors():
    first = import_local_values()
    assert {line.outcome for line in first} == {Outcome.NEW}
    assert sorted(local_values(), key=lambda rule: rule.key) == sorted(
        STARTER_VALUES, key=lambda rule: rule.key
    )
    changed = replace(STARTER_VALUES[0], text="1 đồng")
    change(changed, None, seen=1, then=build)
    outcomes = [line.outcome for line in import_local_values()]
    assert outcomes.count(Outcome.KEPT) == 1
    assert outcomes.count(Outcome.UNCHANGED) == len(first) - 1
    assert changed in local_values()


@pytest.mark.django_db
def test_a_dry_run_says_what_is_new_and_keeps_nothing():
    assert {line.outcome for line in import_local_values(dry_run=True)} == {Outcome.NEW}
    assert local_values() == ()


@pytest.mark.django_db
def test_adding_changing_and_ending_are_registered_and_each_builds_a_release():
    built.clear()
    add(value(), None, then=build)
    change(value(text="5.000 đồng"), None, seen=1, then=build)
    ended = value(text="5.000 đồng", effective_to=date(2026, 6, 30))
    change(ended, None, seen=2, then=build)
    assert local_values() == (ended,)
    acts = AuditEntry.objects.filter(subject="local-value:a-rule").order_by("pk")
    assert [entry.action for entry in acts] == [
        "local_value.added",
        "local_value.changed",
        "local_value.ended",
    ]
    assert acts[1].detail["was_value"] == "0 đồng"
    assert acts[1].detail["value"] == "5.000 đồng"
    assert len(built) == 3


@pytest.mark.django_db
def test_two_editors_do_not_overwrite_one_another():
    add(value(), None, then=build)
    change(value(text="5.000 đồng"), None, seen=1, then=build)
    with pytest.raises(OverrideChanged):
        change(value(text="6.000 đồng"), None, seen=1, then=build)
    with pytest.raises(PublishingProblem):
        add(value(), None, then=build)
    assert LocalOverride.objects.get().text == "5.000 đồng"


@pytest.mark.parametrize(
    "text",
    ["- key: x\n", "- {key: x, part: nowhere, text: a, decision: b, url: '', effective_from: '2026-01-01'}"],
)
def test_a_file_that_does_not_read_names_its_entry(tmp_path, text):
    file = tmp_path / "values.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(StarterProblem, match="mục 1"):
        list(read_file(file))


def test_every_starter_value_names_its_decision_its_source_and_its_first_day_and_nobody_has_checked_it():
    assert len({rule.key for rule in STARTER_VALUES}) == len(STARTER_VALUES)
    for rule in read_file(starter.LOCAL_VALUES):
        assert rule.decision
        assert rule.url.startswith("https://")
        assert not rule.reviewed_by
        assert rule.city_managed
