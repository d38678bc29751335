"""Hotlines and local notes: each with what it is for and where it comes from."""

from __future__ import annotations

import re

import yaml

import starter
from knowledge_base.content import PartName
from knowledge_base.local_notes import local_notes


def test_every_hotline_says_what_it_is_for_and_where_its_number_comes_from() -> None:
    hotlines = yaml.safe_load(starter.HOTLINES.read_text(encoding="utf-8"))["hotlines"]
    numbers = [hotline["number"] for hotline in hotlines]
    assert {"113", "114", "115", "112", "111", "024.1022", "19001009"} == set(numbers)
    for hotline in hotlines:
        assert set(hotline) == {"id", "number", "name", "for", "urgent", "source", "checked"}
        assert all((hotline["for"], hotline["source"]))
        assert re.fullmatch(r"[\d.]+", hotline["number"])


def test_local_notes_are_unreviewed_until_an_official_checks_them() -> None:
    entries = yaml.safe_load(starter.LOCAL_NOTES.read_text(encoding="utf-8"))
    assert len({entry["id"] for entry in entries}) == len(entries)
    assert [entry["reviewed"] for entry in entries] == [False] * len(entries)


def test_the_notes_are_read_for_fees_and_results_with_source_and_date() -> None:
    assert {note.part for note in local_notes()} == {PartName.FEE, PartName.RESULT}
    for note in local_notes():
        assert note.decision in note.sentence
        assert note.effective_from == "2026-01-01"


def test_the_fee_note_keeps_online_and_counter_apart() -> None:
    fee = next(note for note in local_notes() if note.part is PartName.FEE)
    assert "trực tuyến" in fee.text
    assert "tại quầy" in fee.text
    assert "trừ phí thẩm định" in fee.text
