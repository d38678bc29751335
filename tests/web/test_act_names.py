"""Every act that is entered in the register has words for officials."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from web.desk.act_names import ACT_NAMES

ROOT = Path(__file__).parents[2]
ROOMS = ("motcua", "web", "bot", "casework", "conversations", "knowledge_base", "office")
FAMILIES = {name.split(".")[0] for name in ACT_NAMES}
ACT = re.compile(r"[a-z_]+\.[a-z_]+(\.[a-z_]+)?")
FILE = re.compile(r".*\.(html|jsonl?|py)")
NOTES = {"note", "note_all", "register", "_register"}


def nodes() -> Iterator[ast.AST]:
    for room in ROOMS:
        for module in (ROOT / room).rglob("*.py"):
            if "migrations" not in module.parts:
                yield from ast.walk(ast.parse(module.read_text(encoding="utf-8")))


def named(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def is_act(word: str) -> bool:
    of_family = ACT.fullmatch(word) and word.split(".", maxsplit=1)[0] in FAMILIES
    return bool(of_family) and not FILE.fullmatch(word)


def settings() -> set[str]:
    """Names of live settings, which look like acts."""
    calls = (node for node in nodes() if isinstance(node, ast.Call) and named(node) == "declare")
    given = (one.value for call in calls for one in call.keywords if one.arg == "name")
    return {str(one.value) for one in given if isinstance(one, ast.Constant)}


def acts() -> set[str]:
    """What looks like an act: a word of a known family, or the first argument of what enters a line."""
    found = set()
    for node in nodes():
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and is_act(node.value):
            found.add(node.value)
        if isinstance(node, ast.Call) and named(node) in NOTES:
            given = [one.value for one in node.args if isinstance(one, ast.Constant)]
            found |= {one for one in given if isinstance(one, str) and ACT.fullmatch(one)}
    return found - settings()


def beginnings() -> set[str]:
    """Of acts that are put together: what stands before the part that varies."""
    calls = (node for node in nodes() if isinstance(node, ast.Call) and named(node) in NOTES and node.args)
    firsts = (call.args[0] for call in calls if isinstance(call.args[0], ast.JoinedStr))
    return {str(first.values[0].value) for first in firsts if isinstance(first.values[0], ast.Constant)}


def test_every_act_that_is_entered_has_words() -> None:
    found = acts()
    assert {"case.claimed", "channel.off", "revision.published"} <= found
    assert sorted(found - set(ACT_NAMES)) == []


@pytest.mark.parametrize("beginning", sorted(beginnings()))
def test_acts_that_are_put_together_have_words(beginning: str) -> None:
    assert [name for name in ACT_NAMES if name.startswith(beginning)] != []
