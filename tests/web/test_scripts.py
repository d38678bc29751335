"""Browsers of Android 8 run the scripts and read the styles: Chrome 62 of October 2017, without translation.

Checked by parsing. By hand, after larger changes, in a real Chromium 65: docs/developers/webchat.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import esprima
import pytest
import tinycss2

STATIC = Path(__file__).parents[2] / "web" / "static"
SCRIPTS = (STATIC / "widget.js", STATIC / "report-map.js", *sorted((STATIC / "chat").glob("*.js")))
STYLES = tuple(STATIC / name for name in ("colours.css", "chat.css", "chat-frame.css", "reports.css"))
#: Of browsers newer than Chrome 62, by MDN's tables; what one is most tempted to write.
NEWER_NAMES = frozenset(
    [
        *("replaceAll", "replaceChildren", "flat", "flatMap", "fromEntries", "matchAll", "allSettled", "any"),
        *(
            "structuredClone",
            "queueMicrotask",
            "randomUUID",
            "hasOwn",
            "requestSubmit",
            "trimStart",
            "trimEnd",
        ),
        *(
            "AbortController",
            "ResizeObserver",
            "globalThis",
            "finally",
            "toggleAttribute",
            "findLast",
            "toSorted",
        ),
        *(
            "WeakRef",
            "getAnimations",
            "showPopover",
            "requestIdleCallback",
            "userActivation",
            "checkVisibility",
        ),
    ]
)
#: Newer, and asked for before it is used.
ASKED_FOR = {"locks": "navigator.locks", "BroadcastChannel": "window.BroadcastChannel"}
#: Properties that an old browser leaves out and the page does without.
HARMLESS = frozenset(["text-underline-offset", "scroll-margin"])
NEWER_PROPERTIES = frozenset(
    [
        "gap",
        "row-gap",
        "column-gap",
        "inset",
        "aspect-ratio",
        "accent-color",
        "color-scheme",
        "content-visibility",
    ]
)
NEWER_VALUES = frozenset(["anywhere", "break-spaces", "fit-content", "clip", "revert"])
NEWER_FUNCTIONS = frozenset(["min", "max", "clamp", "env", "color-mix", "oklch", "light-dark"])
NEWER_UNITS = frozenset(["dvh", "svh", "lvh", "cqw", "lh"])
NEWER_SELECTORS = (":is(", ":where(", ":has(", "&", "::part")


def nodes(tree: Any) -> Iterator[Any]:
    if isinstance(tree, list):
        for part in tree:
            yield from nodes(part)
    elif hasattr(tree, "type"):
        yield tree
        for name, part in vars(tree).items():
            if name not in {"loc", "range"}:
                yield from nodes(part)


def names_used(source: str) -> set[str]:
    return {node.name for node in nodes(esprima.parseScript(source)) if node.type == "Identifier"}


@pytest.mark.parametrize("newer", ["a?.b", "a ?? b", "try {} catch {}", "class A { #b = 1 }"])
def test_the_parser_refuses_what_is_newer_than_2017(newer: str) -> None:
    with pytest.raises(esprima.Error):
        esprima.parseScript(newer)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_needs_no_newer_language_and_no_newer_names(script: Path) -> None:
    source = script.read_text(encoding="utf-8")
    used = names_used(source)
    assert used & NEWER_NAMES == set()
    assert [name for name, question in ASKED_FOR.items() if name in used and question not in source] == []


def declarations(style: Path) -> Iterator[tuple[str, list[Any]]]:
    """Each block's selector with its declarations."""
    rules = tinycss2.parse_stylesheet(
        style.read_text(encoding="utf-8"), skip_comments=True, skip_whitespace=True
    )
    while rules:
        rule = rules.pop()
        if rule.type == "at-rule" and rule.content is not None:
            rules += tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        elif rule.type == "qualified-rule":
            found = tinycss2.parse_declaration_list(rule.content, skip_comments=True, skip_whitespace=True)
            yield tinycss2.serialize(rule.prelude).strip(), found


def is_newer(value: Any) -> bool:
    match value.type:
        case "ident":
            return value.lower_value in NEWER_VALUES
        case "function":
            return value.lower_name in NEWER_FUNCTIONS
        case "dimension":
            return value.lower_unit in NEWER_UNITS
    return False


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_a_style_that_is_newer_stands_after_one_that_is_not(style: Path) -> None:
    without = []
    for selector, block in declarations(style):
        said: set[str] = set()
        assert not [mark for mark in NEWER_SELECTORS if mark in selector], selector
        for declaration in block:
            name = declaration.lower_name
            newer = any(map(is_newer, declaration.value))
            if name in NEWER_PROPERTIES or (newer and name not in said and name not in HARMLESS):
                without.append(f"{selector}: {name}")
            said.add(name)
    assert without == []
