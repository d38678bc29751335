"""Figures and choices the office sets while everything runs, each with the source it comes from.

The module that uses one declares it, and reads it where it is used:

    INTAKE_HOURS = live_settings.declare(name="terms.intake_hours", …)
    INTAKE_HOURS.current()

and is named in the `ready` of its room's apps.py, so that the page and the command know it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone

from office import audit
from office.errors import DeclaredTwice, NoSuchSetting, SettingMovedOn, SourceMissing, WrongSettingValue
from office.lookups import Lookup, word
from office.models import LiveSetting, Staff
from office.setting_kinds import Kind

T = TypeVar("T")

log = structlog.get_logger(__name__)

LONGEST_SOURCE = 300

_declared: dict[str, Setting[Any]] = {}

_KEPT = Lookup(lambda: LiveSetting.objects.filter(name=word("name")).values_list("value", flat=True))


@dataclass(frozen=True, kw_only=True)
class Setting(Generic[T]):
    """name: "terms.intake_hours". group, title, hint: what an administrator reads.

    source: where the default comes from. is_undecided: no rule names the figure, so the city must decide.
    """

    name: str
    group: str
    title: str
    kind: Kind[T]
    default: T
    source: str
    hint: str = ""
    is_undecided: bool = False

    def current(self) -> T:
        """The value in force. One query."""
        kept = _KEPT.first(name=self.name)
        return self.default if kept is None else self.value_of(kept)

    def value_of(self, kept: str) -> T:
        """What a row holds; the default for one from before the check became stricter."""
        try:
            return self.kind.read(kept)
        except WrongSettingValue:
            log.warning("live_setting_not_readable", name=self.name)
            return self.default


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A setting as it stands. set_by, set_at: None while the default holds; set_by also for an operator."""

    setting: Setting[Any]
    value: Any
    source: str
    set_by: Staff | None = None
    set_at: datetime | None = None

    @property
    def typed(self) -> str:
        written: str = self.setting.kind.write(self.value)
        return written

    @property
    def words(self) -> str:
        said: str = self.setting.kind.words(self.value)
        return said

    @property
    def default_words(self) -> str:
        said: str = self.setting.kind.words(self.setting.default)
        return said

    @property
    def is_undecided(self) -> bool:
        return self.set_at is None and self.setting.is_undecided


def declare(  # noqa: PLR0913 -- the facts of a setting, each by its name
    *,
    name: str,
    group: str,
    title: str,
    kind: Kind[T],
    default: T,
    source: str,
    hint: str = "",
    is_undecided: bool = False,
) -> Setting[T]:
    """A setting the office knows from now on. Raises DeclaredTwice, or WrongSettingValue for its default."""
    if name in _declared:
        raise DeclaredTwice(f"{name} is declared already: import it from where it is.")
    kind.read(kind.write(default))
    setting = Setting(
        name=name,
        group=group,
        title=title,
        kind=kind,
        default=default,
        source=source,
        hint=hint,
        is_undecided=is_undecided,
    )
    _declared[name] = setting
    return setting


def named(name: str) -> Setting[Any]:
    """Raises NoSuchSetting."""
    if name not in _declared:
        raise NoSuchSetting(f"Không có cài đặt {name}. Xem tên bằng lệnh motcua settings list.")
    return _declared[name]


def currents(*settings: Setting[T]) -> tuple[T, ...]:
    """The values in force of several. One query."""
    rows = dict(
        LiveSetting.objects.filter(name__in=[one.name for one in settings]).values_list("name", "value")
    )
    return tuple(one.value_of(rows[one.name]) if one.name in rows else one.default for one in settings)


def standing(setting: Setting[T]) -> Standing:
    """How one stands. One query."""
    rows = LiveSetting.objects.filter(name=setting.name).select_related("set_by")
    return _standing(setting, rows.first())


def standings() -> Sequence[Standing]:
    """How all stand, by group and in the order of their declaration. One query."""
    rows = {row.name: row for row in LiveSetting.objects.select_related("set_by")}
    groups = list(dict.fromkeys(setting.group for setting in _declared.values()))
    ordered = sorted(_declared.values(), key=lambda setting: groups.index(setting.group))
    return [_standing(setting, rows.get(setting.name)) for setting in ordered]


def _standing(setting: Setting[T], row: LiveSetting | None) -> Standing:
    if row is None:
        return Standing(setting=setting, value=setting.default, source=setting.source)
    value = setting.value_of(row.value)
    return Standing(setting=setting, value=value, source=row.source, set_by=row.set_by, set_at=row.set_at)


def put(  # noqa: PLR0913 -- what is set, and who says so
    name: str, typed: str, *, source: str, by: Staff | None, seen: str | None = None, operator: str = ""
) -> Standing:
    """Set a value in force, with a line in the register. Returns how the setting stands then.

    seen: the value as typed that the person was looking at, None not to ask. by: None with `operator`, who
    acts on the machine. Raises NoSuchSetting, WrongSettingValue, SourceMissing or SettingMovedOn; then
    nothing has changed.
    """
    setting = named(name)
    if not source.strip():
        raise SourceMissing
    wanted = setting.kind.write(setting.kind.read(typed))
    with transaction.atomic():
        before = standing(setting)
        if seen is not None and before.typed != seen:
            raise SettingMovedOn
        _keep(before, wanted, source=source.strip()[:LONGEST_SOURCE], by=by)
        detail = {"value": wanted, "before": before.typed, "source": source.strip(), "operator": operator}
        audit.note("setting.put", subject_of(name), by, **{key: word for key, word in detail.items() if word})
    return standing(setting)


def subject_of(name: str) -> str:
    """What the register calls it."""
    return f"setting:{name}"


def _keep(before: Standing, wanted: str, *, source: str, by: Staff | None) -> None:
    """Only on top of what was read: whoever was first is not overwritten unseen."""
    kept = {"value": wanted, "source": source, "set_by": by, "set_at": timezone.now()}
    rows = LiveSetting.objects.filter(name=before.setting.name)
    if before.set_at is not None:
        if not rows.filter(set_at=before.set_at).update(**kept):
            raise SettingMovedOn
        return
    try:
        with transaction.atomic():
            LiveSetting.objects.create(name=before.setting.name, **kept)
    except IntegrityError as problem:
        raise SettingMovedOn from problem
