"""What is set of one person's duty: hours by weekday, topics, capacity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from casework import topics
from knowledge_base.errors import ReleaseProblem
from knowledge_base.releases import pinned_library
from office import duties
from office.errors import WrongSettingValue
from office.models import Staff
from office.moment_words import WEEKDAYS
from office.opening_hours import read_hours, write_hours

_HOW_MANY = f"Ghi một số từ 1 đến {duties.LARGEST_CAPACITY}."


def weekday_name(day: int) -> str:
    """The field of the hours on this day of the week."""
    return f"hours_{day}"


class DutyForm(forms.Form):
    """Capacity is for overseers to set: who may not, leaves it as it is."""

    capacity = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=duties.LARGEST_CAPACITY,
        label="Số cuộc trò chuyện cùng lúc",
        error_messages=dict.fromkeys(("min_value", "max_value", "invalid"), _HOW_MANY),
    )
    categories = forms.MultipleChoiceField(
        required=False, label="Loại phản ánh", widget=forms.CheckboxSelectMultiple
    )
    fields_known = forms.MultipleChoiceField(
        required=False, label="Lĩnh vực thủ tục", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, staff: Staff, by: Staff, typed: Mapping[str, Any] | None = None) -> None:
        self.staff, self.duty = staff, duties.duty_of(staff)
        super().__init__(typed, initial=self._as_it_is())
        self.fields["categories"].choices = list(topics.CATEGORIES.items())  # type: ignore[attr-defined]
        self.fields["fields_known"].choices = _fields(self.duty.topics)  # type: ignore[attr-defined]
        if not by.may_oversee:
            self.fields["capacity"].disabled = True
        for day, name in enumerate(WEEKDAYS):
            self.fields[weekday_name(day)] = forms.CharField(
                required=False, max_length=60, label=name[0].upper() + name[1:]
            )

    def _as_it_is(self) -> dict[str, Any]:
        week = duties.week_of(list(self.staff.shifts.all()))
        hours = {weekday_name(day): write_hours(spans) for day, spans in week.items()}
        known = {"categories": self.duty.topics, "fields_known": self.duty.topics}
        return {"capacity": self.duty.capacity, **known, **hours}

    def days(self) -> Iterator[forms.BoundField]:
        """The fields of the week, Monday first."""
        return (self[weekday_name(day)] for day in range(len(WEEKDAYS)))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for day in range(len(WEEKDAYS)):
            typed = given.get(weekday_name(day), "")
            try:
                given[weekday_name(day)] = write_hours(read_hours(typed)) if typed.strip() else ""
            except WrongSettingValue as problem:
                self.add_error(weekday_name(day), str(problem))
        return given

    def keep(self, *, by: Staff) -> None:
        """Save what was typed; valid before."""
        given = self.cleaned_data
        duties.set_part(
            self.staff,
            capacity=given["capacity"],
            topics=[*given["categories"], *given["fields_known"]],
            hours={day: given[weekday_name(day)] for day in range(len(WEEKDAYS))},
            by=by,
        )


def _fields(known: list[str]) -> list[tuple[str, str]]:
    """The fields of the procedures held now, and those named before that are held no more."""
    try:
        with pinned_library() as library:
            held = [topics.of_field(entry.field) for entry in library.listing() if entry.field]
    except ReleaseProblem:
        held = []
    gone = [topic for topic in known if topic not in topics.CATEGORIES]
    return [(topic, topic) for topic in dict.fromkeys([*held, *gone])]
