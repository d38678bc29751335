from __future__ import annotations

from knowledge_base.content import PartName
from knowledge_base.local_notes import local_notes


def test_each_note_names_its_decision_and_the_day_from_which_it_holds():
    for note in local_notes():
        assert note.decision in note.sentence
        assert note.effective_from[:4].isdigit()
        assert note.url.startswith("https://")


def test_the_citys_fee_rule_is_among_them():
    assert any(note.part is PartName.FEE for note in local_notes())
