"""The forms of a page, and what a person would put into one: so a new field breaks no simulation."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(kw_only=True)
class Form:
    """given: sent as it stands. offered: values to choose from, by name. typed, dated: fields to fill."""

    action: str
    given: dict[str, str] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)
    dated: dict[str, str] = field(default_factory=dict)

    def filled(self, words: str, chance: random.Random) -> dict[str, str]:
        """Everything a browser would send: one of each choice, tomorrow at nine, and the words."""
        chosen = {name: chance.choice(values) for name, values in self.offered.items() if values}
        written = dict.fromkeys(self.typed, words)
        tomorrow = (datetime.now(HANOI) + timedelta(days=1)).replace(hour=9, minute=0)
        dates = {name: tomorrow.strftime(shape) for name, shape in self.dated.items()}
        return {**self.given, **chosen, **written, **dates}


def forms_of(page: str) -> dict[str, Form]:
    """The forms that post, by the path they post to; of several acts in one, each (data-act) by itself."""
    reader = _Reader()
    reader.feed(page)
    return {form.action: form for form in reader.forms}


_DATES = {"datetime-local": "%Y-%m-%dT%H:%M", "date": "%Y-%m-%d", "time": "%H:%M"}
_TYPED = {"text", "search", "tel", ""}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._divisions: list[Form | None] = []  # those open, with the form each was in before its part began
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form" and said.get("method", "").lower() == "post":
            self._form = Form(action=said.get("action", ""))
            self.forms.append(self._form)
        elif self._form is None:
            return
        elif tag == "div":
            self._divisions.append(self._form if "data-act" in said else None)
            if "data-act" in said:
                self._form = Form(action="", given=dict(self._form.given))
        elif tag == "button" and "formaction" in said:
            self._end_part(said)
        elif tag == "option":
            self._offer(self._select, said.get("value"))
        elif name := said.get("name", ""):
            self._note(tag, name, said)

    def handle_data(self, data: str) -> None:
        """An option without a value is sent as its words."""
        if (
            self._form
            and self._select
            and (values := self._form.offered.get(self._select))
            and not values[-1]
        ):
            values[-1] = data.strip()

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form, self._divisions = None, []
        elif tag == "div" and self._divisions:
            self._form = self._divisions.pop() or self._form
        elif tag == "select":
            self._end_choice()

    def _end_part(self, button: dict[str, str]) -> None:
        """What was read of the part so far is what its button sends, with its own value."""
        assert self._form
        own = {button["name"]: button.get("value", "")} if "name" in button else {}
        self.forms.append(replace(self._form, action=button["formaction"], given={**self._form.given, **own}))

    def _note(self, tag: str, name: str, said: dict[str, str]) -> None:
        assert self._form
        kind = said.get("type", "").lower()
        if tag == "select":
            self._select = name
            self._form.offered[name] = []
        elif tag == "textarea" or (tag == "input" and kind in _TYPED):
            self._form.typed.append(name)
        elif kind in _DATES:
            self._form.dated[name] = _DATES[kind]
        elif kind == "radio":
            self._form.offered.setdefault(name, []).append(said.get("value", "on"))
        elif kind == "hidden" and name != "csrfmiddlewaretoken":
            self._form.given[name] = said.get("value", "")

    def _offer(self, name: str, value: str | None) -> None:
        if self._form and name and value != "":
            self._form.offered[name].append(value or "")

    def _end_choice(self) -> None:
        if self._form and self._select:
            values = self._form.offered[self._select]
            self._form.offered[self._select] = [value for value in values if value and value[0] != "–"]
        self._select = ""
