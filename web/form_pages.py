"""A page of forms, filled with what was posted from it before. Alone knows selectolax."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

#: The page's own are right: a token, what it shows besides. Passwords and files are never put back.
_LEFT_ALONE = frozenset({"hidden", "password", "file", "submit", "button", "image", "reset"})
#: Of when the form was read: put back, so that what somebody else changed since is noticed as ever.
_READ_AT = frozenset({"seen", "base", "appointment_seen", "last_sent"})
_TICKED = frozenset({"checkbox", "radio"})
_CONTROLS = "input[name], textarea[name], select[name]"


@dataclass(frozen=True, kw_only=True)
class Posted:
    """A form as a browser posted it.

    action: the path; fields: the values of each name, in their order; is_whole: a box that is not among them
    was not ticked.
    """

    action: str
    fields: Mapping[str, Sequence[str]]
    is_whole: bool = True


@dataclass(frozen=True, kw_only=True)
class Filled:
    """has_words: something typed or chosen stands in the page again. missing: words that found no field."""

    has_words: bool
    missing: tuple[str, ...] = ()


class FormPage:
    """path: where the page is, to which a form without an action posts."""

    def __init__(self, html: str, *, path: str) -> None:
        self._tree = LexborHTMLParser(html)
        self._path = path

    @property
    def html(self) -> str:
        return self._tree.html or ""

    def say(self, html: str) -> None:
        """Put one element above everything else in <main>."""
        main, said = self._tree.css_first("main"), LexborHTMLParser(html.strip()).body
        if main is None or main.child is None or said is None or said.child is None:
            return
        main.child.insert_before(said.child)

    def fill(self, posted: Posted) -> Filled:
        """Put back what was typed, chosen and ticked; folds around it open, the first text has the focus."""
        form = self._form(posted)
        if form is None:
            return Filled(has_words=False, missing=_words(posted))
        turn: Counter[str] = Counter()
        known: set[str] = set()
        changed: list[LexborNode] = []
        for control in self._controls(form):
            name = control.attrs.sget("name")
            known.add(name)
            if _put(control, posted, turn):
                changed.append(control)
        for control in changed:
            _open_folds(control)
        self._focus(changed)
        return Filled(has_words=bool(changed), missing=_words(posted, but=known))

    def _form(self, posted: Posted) -> LexborNode | None:
        """Of several that post there, the one whose hidden fields say the same."""
        found = [form for form in self._tree.css("form") if self._posts_to(form, posted.action)]
        return max(found, key=lambda form: _hidden_alike(form, posted), default=None)

    def _posts_to(self, form: LexborNode, action: str) -> bool:
        own = form.attrs.get("action") or self._path
        of_parts = (
            part.attrs.get(name) or ""
            for name in ("formaction", "hx-post")
            for part in (*form.css(f"[{name}]"), *self._outside(form, f"[{name}]"))
        )
        return action in {urlsplit(address).path for address in (own, *of_parts)}

    def _controls(self, form: LexborNode) -> Iterator[LexborNode]:
        yield from (control for control in form.css(_CONTROLS) if "form" not in control.attrs)
        yield from (control for control in self._outside(form, "[name]") if control.css_matches(_CONTROLS))

    def _outside(self, form: LexborNode, selector: str) -> list[LexborNode]:
        """What belongs to the form by its `form` attribute."""
        return self._tree.css(f'{selector}[form="{form.id}"]') if form.id else []

    def _focus(self, changed: Sequence[LexborNode]) -> None:
        first = next((control for control in changed if _kind(control) not in _TICKED), None)
        if first is None:
            return
        for other in self._tree.css("[autofocus]"):
            del other.attrs["autofocus"]
        first.attrs["autofocus"] = ""


def _put(control: LexborNode, posted: Posted, turn: Counter[str]) -> bool:
    """Whether the page says something else now. turn: how many texts of a name were put back already."""
    name, kind = control.attrs.sget("name"), _kind(control)
    values = posted.fields.get(name, ())
    if kind == "hidden" and name in _READ_AT and values:
        control.attrs["value"] = values[0]
    if kind in _LEFT_ALONE:
        return False
    if kind in _TICKED:
        return bool(values or (posted.is_whole and kind == "checkbox")) and _tick(control, values)
    if kind == "select":
        return _choose(control, values)
    if turn[name] >= len(values):
        return False
    turn[name] += 1
    return _write(control, values[turn[name] - 1])


def _tick(box: LexborNode, values: Sequence[str]) -> bool:
    wanted, was = box.attrs.sget("value", "on") in values, "checked" in box.attrs
    return _set(box, "checked", wanted) if wanted != was else False


def _choose(select: LexborNode, values: Sequence[str]) -> bool:
    """Only among what is offered."""
    options = select.css("option")
    wanted = [option for option in options if _value_of(option) in values]
    was = [option for option in options if "selected" in option.attrs] or options[:1]
    if not wanted or wanted == was:
        return False
    for option in options:
        _set(option, "selected", option in wanted)
    return True


def _write(field: LexborNode, text: str) -> bool:
    if field.tag != "textarea":
        was = field.attrs.sget("value")
        field.attrs["value"] = text
        return text != was
    was = field.text(deep=True).removeprefix("\n")
    # Browsers leave out a line break at the beginning.
    field.inner_html = "\n" + escape(text)
    return _lines(text) != _lines(was)


def _set(node: LexborNode, name: str, wanted: bool) -> bool:  # noqa: FBT001 -- of HTML
    if wanted:
        node.attrs[name] = ""
    elif name in node.attrs:
        del node.attrs[name]
    return True


def _open_folds(control: LexborNode) -> None:
    above = control.parent
    while above is not None:
        if above.tag == "details":
            above.attrs["open"] = ""
        above = above.parent


def _hidden_alike(form: LexborNode, posted: Posted) -> int:
    hidden = form.css('input[type="hidden"][name]')
    return sum(one.attrs.sget("value") in posted.fields.get(one.attrs.sget("name"), ()) for one in hidden)


def _words(posted: Posted, *, but: set[str] | frozenset[str] = frozenset()) -> tuple[str, ...]:
    """What somebody wrote, and no program: it has a space in it."""
    fields = posted.fields.items()
    return tuple(
        value for name, values in fields if name not in but for value in values if " " in value.strip()
    )


def _kind(control: LexborNode) -> str:
    return control.attrs.sget("type", "text").lower() if control.tag == "input" else (control.tag or "")


def _value_of(option: LexborNode) -> str:
    return option.attrs.sget("value") if "value" in option.attrs else option.text(deep=True).strip()


def _lines(text: str) -> list[str]:
    return text.splitlines()
