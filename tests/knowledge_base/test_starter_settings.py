"""Hotlines: each with what it is for and where it comes from."""

from __future__ import annotations

import re

import yaml

import starter


def test_every_hotline_says_what_it_is_for_and_where_its_number_comes_from() -> None:
    hotlines = yaml.safe_load(starter.HOTLINES.read_text(encoding="utf-8"))["hotlines"]
    numbers = [hotline["number"] for hotline in hotlines]
    assert {"113", "114", "115", "112", "111", "024.1022", "19001009", "096.306.1414", "156"} == set(numbers)
    for hotline in hotlines:
        assert set(hotline) - {"situations"} == {"id", "number", "name", "for", "urgent", "source", "checked"}
        assert all((hotline["for"], hotline["source"]))
        assert re.fullmatch(r"[\d.]+", hotline["number"])
