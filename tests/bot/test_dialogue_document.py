"""docs/developers/dialogue.md lists the rules as they are tried."""

from __future__ import annotations

import re
from pathlib import Path

from bot.policy import RULES

DOCUMENT = Path(__file__).resolve().parents[2] / "docs/developers/dialogue.md"
ROW = re.compile(r"^\| (\d+) \| `(\w+)` \| ([\w/]+)\.py \|", re.MULTILINE)


def test_the_table_of_rules_is_the_list_in_its_order() -> None:
    told = ROW.findall(DOCUMENT.read_text(encoding="utf-8"))
    assert [(int(number), name, module) for number, name, module in told] == [
        (number, rule.__name__, rule.__module__.removeprefix("bot.").replace(".", "/"))
        for number, rule in enumerate(RULES, start=1)
    ]
