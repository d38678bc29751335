"""What a correction does to a content: the words, their source, the flags; and how two contents differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.content import Fee, Origin, PartName, TimeLimit, TimeUnit
from knowledge_base.flags import flags_of
from tests.web.editors import starter_content
from web.editor.corrections import Source, corrected
from web.editor.differences import Kind, differences
from web.editor.sections import changed_parts

SOURCE = Source(decision="77/2025/NQ-HĐND", date=date(2026, 1, 1))


def _with_fee(fee: Fee):
    content = starter_content()
    methods = tuple(replace(method, fees=(fee,)) for method in content.methods)
    return content, corrected(content, {"methods": methods}, SOURCE)


def test_only_the_part_that_changed_takes_the_new_source() -> None:
    before, after = _with_fee(Fee(text="15.000 đồng", amount=15000))
    assert changed_parts(before, after) == (PartName.FEE,)
    assert after.provenance["fee"].decision == "77/2025/NQ-HĐND"
    assert after.provenance["fee"].origin is Origin.EDITOR
    assert after.provenance["fee"].reviewed
    assert after.provenance["time"] == before.provenance["time"]
    assert after.provenance["documents"] == before.provenance["documents"]


def test_a_flag_goes_when_the_words_no_longer_earn_it_and_comes_when_they_do() -> None:
    before, after = _with_fee(Fee(text="15.000 đồng", amount=15000))
    assert "fee_note_contradicts" in before.flags
    assert "fee_note_contradicts" not in after.flags
    _, contradicting = _with_fee(Fee(text="Miễn phí", amount=0, note="Bản sao: 8.000 đồng một bản"))
    assert "fee_note_contradicts" in contradicting.flags


def test_a_flag_of_the_import_stays_until_its_own_part_is_corrected() -> None:
    content = replace(starter_content(), flags=(*starter_content().flags, "documents_without_table"))
    steps = corrected(content, {"steps": "Nộp hồ sơ."}, SOURCE)
    papers = corrected(content, {"documents": content.documents[:1]}, SOURCE)
    assert "documents_without_table" in steps.flags
    assert "documents_without_table" not in papers.flags
    assert set(flags_of(papers)) <= set(papers.flags)


def test_a_part_that_was_emptied_keeps_no_source() -> None:
    content = replace(starter_content(), conditions="Từ đủ 18 tuổi.")
    filled = corrected(content, {"conditions": "Từ đủ 20 tuổi."}, SOURCE)
    emptied = corrected(filled, {"conditions": ""}, SOURCE)
    assert replace(filled.provenance["conditions"], part_digest="") == SOURCE.provenance
    assert "conditions" not in emptied.provenance


def test_the_difference_names_the_old_and_the_new_words_and_source() -> None:
    before, after = _with_fee(Fee(text="15.000 đồng", amount=15000))
    (section,) = differences(before, after)
    pieces = [piece for line in section.lines for piece in line]
    assert section.label == "Cách nộp, thời hạn, phí và lệ phí"
    assert any(piece.kind is Kind.NEW and "15.000" in piece.text for piece in pieces)
    assert any(piece.kind is Kind.GONE and "Miễn" in piece.text for piece in pieces)
    assert any(piece.kind is Kind.NEW and "77/2025/NQ-HĐND" in piece.text for piece in pieces)


def test_equal_contents_do_not_differ() -> None:
    assert differences(starter_content(), starter_content()) == ()


def test_a_new_time_limit_is_a_change_of_time_alone() -> None:
    content = starter_content()
    time = TimeLimit(text="1 ngày làm việc", value=1, unit=TimeUnit.WORKING_DAY)
    methods = tuple(replace(method, time=time) for method in content.methods)
    assert changed_parts(content, replace(content, methods=methods)) == (PartName.TIME,)


WORDS = st.lists(st.sampled_from(["nộp", "hồ", "sơ", "tại", "quầy", "ba", "ngày"]), min_size=1, max_size=6)
LINES = st.lists(WORDS.map(" ".join), max_size=5)


BARE = replace(starter_content("2.000635"), provenance={})


@given(old=LINES, new=LINES)
def test_the_pieces_of_a_difference_are_the_lines_of_both_that_are_not_the_same(
    old: list[str], new: list[str]
) -> None:
    before, after = replace(BARE, steps="\n".join(old)), replace(BARE, steps="\n".join(new))
    lines = [line for section in differences(before, after) for line in section.lines]
    assert (not lines) == (old == new)
    assert all("".join(p.text for p in line if p.kind is not Kind.NEW) in ["", *old] for line in lines)
    assert all("".join(p.text for p in line if p.kind is not Kind.GONE) in ["", *new] for line in lines)
