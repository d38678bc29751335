"""Live settings: a value with a source, checked, registered, never overwritten unseen."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from casework.terms import INTAKE_HOURS, NORMAL_DAYS
from motcua.commands.settings import settings as command
from office import live_settings
from office.errors import DeclaredTwice, NoSuchSetting, SettingMovedOn, SourceMissing, WrongSettingValue
from office.models import AuditEntry, LiveSetting
from office.setting_kinds import OneOf, SomeOf, WholeNumber, Words, YesNo
from office.unit_codes import UnitCodes
from tests.casework.people import official, ward

HOURS = INTAKE_HOURS.name
FIELDS = SomeOf(choices={"name": "họ tên", "phone": "số điện thoại", "email": "thư điện tử"})


@pytest.mark.django_db
def test_the_default_holds_until_somebody_sets_a_value() -> None:
    assert INTAKE_HOURS.current() == 8
    by = official("minh")
    stands = live_settings.put(HOURS, " 6 ", source="QĐ 1", by=by)
    assert INTAKE_HOURS.current() == 6
    assert (stands.words, stands.source, stands.set_by) == ("6 giờ làm việc", "QĐ 1", by)
    line = AuditEntry.objects.get(subject=f"setting:{HOURS}")
    assert (line.actor, line.detail) == (by, {"value": "6", "before": "8", "source": "QĐ 1"})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "typed", "source", "refused"),
    [
        (HOURS, "0", "QĐ 1", WrongSettingValue),
        (HOURS, "tám", "QĐ 1", WrongSettingValue),
        (HOURS, "6", "  ", SourceMissing),
        ("terms.nothing", "6", "QĐ 1", NoSuchSetting),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_changes(name, typed, source, refused) -> None:
    with pytest.raises(refused):
        live_settings.put(name, typed, source=source, by=None)
    assert not LiveSetting.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
def test_who_looked_at_an_older_value_overwrites_nothing() -> None:
    live_settings.put(HOURS, "6", source="QĐ 1", by=None, seen="8")
    with pytest.raises(SettingMovedOn):
        live_settings.put(HOURS, "7", source="QĐ 2", by=None, seen="8")
    assert INTAKE_HOURS.current() == 6


@pytest.mark.django_db
def test_a_figure_without_a_source_says_that_the_city_must_decide_until_it_did() -> None:
    assert live_settings.standing(NORMAL_DAYS).is_undecided
    live_settings.put(NORMAL_DAYS.name, "7", source="QĐ 2", by=None)
    assert not live_settings.standing(NORMAL_DAYS).is_undecided


@pytest.mark.django_db
def test_a_row_that_a_stricter_check_no_longer_takes_counts_as_the_default() -> None:
    live_settings.put(HOURS, "6", source="QĐ 1", by=None)
    LiveSetting.objects.update(value="sáu")
    assert INTAKE_HOURS.current() == 8


def test_a_name_is_declared_once() -> None:
    with pytest.raises(DeclaredTwice):
        live_settings.declare(
            name=HOURS,
            group="",
            title="",
            kind=WholeNumber(lowest=1, highest=9, unit="giờ"),
            default=8,
            source="",
        )


def test_every_module_that_declares_a_setting_is_loaded_at_the_start() -> None:
    """The page lists what is declared: a module that nobody loaded would be missing from it."""
    root = Path(__file__).parents[2]
    rooms = {config.name for config in apps.get_app_configs()} & {
        path.parent.name for path in root.glob("*/apps.py")
    }
    declaring = {
        path.relative_to(root).with_suffix("").as_posix().replace("/", ".")
        for room in rooms
        for path in (root / room).rglob("*.py")
        if re.search(r"\blive_settings\.declare\(\n", path.read_text(encoding="utf-8"))
    } - {"office.live_settings"}
    assert declaring
    assert declaring - _loaded_at_the_start() == set()


def _loaded_at_the_start() -> set[str]:
    start = "import sys, django; django.setup(); print(*sys.modules)"
    settled = {**os.environ, "DJANGO_SETTINGS_MODULE": "motcua.settings"}
    program = subprocess.run(
        [sys.executable, "-c", start], capture_output=True, text=True, check=True, env=settled
    )
    return set(program.stdout.split())


@given(st.sets(st.sampled_from(sorted(FIELDS.choices))))
def test_several_choices_are_read_as_they_were_written(chosen) -> None:
    value = tuple(key for key in FIELDS.choices if key in chosen)
    assert FIELDS.read(FIELDS.write(value)) == value


@pytest.mark.parametrize(
    "kind", [WholeNumber(lowest=1, highest=9, unit="giờ"), YesNo(), FIELDS, Words(starts_with=("https://",))]
)
@given(st.text())
def test_whatever_is_typed_is_refused_or_read_the_same_again(kind, typed) -> None:
    try:
        value = kind.read(typed)
    except WrongSettingValue:
        return
    assert kind.read(kind.write(value)) == value


@pytest.mark.django_db
def test_units_are_said_by_name_and_a_code_that_no_unit_has_stands_as_it_is() -> None:
    there = ward("Phường Tây Hồ")
    assert UnitCodes().words((there.code, "khong-co")) == "Phường Tây Hồ, khong-co"
    assert UnitCodes().words(()) == "không đơn vị nào"


def test_one_of_takes_its_choices_only() -> None:
    kind = OneOf(choices={"all": "mọi người", "none": "không ai"})
    assert kind.words(kind.read("all")) == "mọi người"
    with pytest.raises(WrongSettingValue):
        kind.read("some")


@pytest.mark.django_db(transaction=True)
def test_the_command_lists_and_sets() -> None:
    done = CliRunner().invoke(command, ["set", HOURS, "6", "--source", "QĐ 3"])
    assert done.exit_code == 0
    listed = CliRunner().invoke(command, ["list"]).output
    assert f"{HOURS} = 6\n  Tiếp nhận: 6 giờ làm việc\n  Nguồn: QĐ 3" in listed
    assert "ngày làm việc · cần quyết định" in listed
    assert AuditEntry.objects.get(action="setting.put").detail["operator"]
    refused = CliRunner().invoke(command, ["set", HOURS, "0", "--source", "QĐ 3"])
    assert (refused.exit_code, INTAKE_HOURS.current()) == (2, 6)
