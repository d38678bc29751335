"""What is known and not held: ranked with the rest, never in the place of what is held."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import starter
from knowledge_base.catalogue import FieldCoverage, coverage, without_namesakes
from knowledge_base.content import CATALOGUE, ProcedureContent
from knowledge_base.content_json import from_json, to_json
from knowledge_base.importing import import_contents, read_sources
from knowledge_base.library import Library
from knowledge_base.parts import present_parts
from knowledge_base.passages import passages
from knowledge_base.planning import Outcome
from knowledge_base.probes import ProbeKind, probes, short_title
from knowledge_base.publishing import live_contents
from knowledge_base.sources.catalogue import read
from knowledge_base.sources.records import BrokenRecord, Record
from nlu.text import fold
from office.links import safe_url
from tests.knowledge_base.contents import OFFICIAL, known_only, procedure
from tests.knowledge_base.real_data import PORTAL, needs_portal
from tests.knowledge_base.search_base import CONTENTS, ENCODER, build_here


def ours() -> list[ProcedureContent]:
    found = list(read(starter.CATALOGUE))
    assert not [record for record in found if isinstance(record, BrokenRecord)]
    return [record.content for record in found if isinstance(record, Record)]


def test_our_catalogue_knows_three_hundred_procedures_by_what_people_call_them():
    entries = ours()
    assert len(entries) >= 300
    assert len({entry.code for entry in entries}) == len(entries)
    assert {entry.title for entry in without_namesakes(entries)} == {entry.title for entry in entries}
    for entry in entries:
        assert 2 <= len(entry.aliases) <= 4, entry.code
        assert entry.field
        assert entry.agencies, entry.code


def test_nobody_has_reviewed_our_catalogue_and_every_link_is_a_state_body_s():
    for entry in ours():
        assert not entry.provenance[CATALOGUE].reviewed, entry.code
        assert safe_url(entry.url) or (entry.signpost and entry.signpost.is_service), entry.code


@needs_portal
def test_no_entry_of_ours_has_the_name_of_a_held_procedure():
    with PORTAL.open(encoding="utf-8") as lines:
        held = {fold(short_title(json.loads(line)["ten_thu_tuc"])) for line in lines}
    assert not {entry.title for entry in ours() if fold(short_title(entry.title)) in held}


def test_an_entry_has_titles_and_aliases_to_be_found_by_and_nothing_to_quote():
    entry = known_only()
    assert [probe.kind for probe in probes(entry, ())] == [ProbeKind.TITLE, ProbeKind.ALIAS, ProbeKind.ALIAS]
    assert present_parts(entry) == ()
    assert passages(entry) == ()
    assert from_json(to_json(entry)) == entry


def test_contents_written_before_there_was_a_catalogue_still_read():
    plain = to_json(procedure())
    del plain["signpost"]
    assert from_json(plain) == procedure()


def test_what_is_held_hides_the_entry_of_its_name_whichever_came_first():
    held = procedure(title="Thủ tục Cấp giấy phép đủ điều kiện kinh doanh dịch vụ karaoke")
    assert without_namesakes([known_only(), held]) == [held]
    assert without_namesakes([held, known_only()]) == [held]


def test_of_two_entries_of_one_name_the_one_that_people_s_words_lead_to_stays():
    listed = known_only(code="1.000903", aliases=())
    assert without_namesakes([listed, known_only()]) == [known_only()]


def test_coverage_counts_by_field_what_is_held_and_what_is_only_known():
    contents = [procedure(), procedure(code="1.1"), known_only(), known_only(code="cat-2", field="Cư trú")]
    assert coverage(contents) == (
        FieldCoverage(field="Cư trú", held=2, catalogue_only=1),
        FieldCoverage(field="Văn hóa cơ sở", held=0, catalogue_only=1),
    )


@pytest.mark.parametrize("first", ["entry", "held"])
@pytest.mark.django_db
def test_content_takes_the_place_of_its_entry_and_never_the_other_way_round(first: str):
    entry, held = known_only(OFFICIAL, code="1.004222"), procedure()
    contents = [entry, held] if first == "entry" else [held, entry]
    outcomes = [
        import_contents([Record(place="dòng 1", content=content)]).lines[0].outcome for content in contents
    ]
    (live,) = live_contents()
    assert present_parts(live) == present_parts(held)
    if first == "entry":
        assert outcomes == [Outcome.NEW, Outcome.CHANGED]
        assert live.aliases == entry.aliases
    else:
        assert outcomes == [Outcome.NEW, Outcome.ALREADY_HELD]


@pytest.mark.django_db
def test_our_catalogue_goes_in_once():
    assert import_contents(read_sources(starter.CATALOGUE)).count(Outcome.NEW) >= 300
    again = import_contents(read_sources(starter.CATALOGUE))
    assert again.count(Outcome.UNCHANGED) == len(again.lines)


def test_an_entry_is_found_and_says_that_it_is_not_held(tmp_path: Path):
    build_here(tmp_path, contents=(*CONTENTS, known_only()))
    library = Library.open(tmp_path / "first", ENCODER)
    hits = library.search("mở quán karaoke cần giấy phép gì").hits
    assert (hits[0].code, hits[0].is_held) == ("cat-karaoke-01", False)
    assert all(hit.is_held for hit in hits[1:])
    library.close()


def test_with_equal_evidence_what_is_held_comes_first(tmp_path: Path):
    bare = {"documents": (), "steps": "", "audience": (), "levels": ()}
    held = procedure(code="9.1", title="Đăng ký nuôi cá vàng", field="Cá", **bare)
    entry = known_only(code="1.1", title="Đăng ký nuôi cá xanh", field="Cá", aliases=())
    build_here(tmp_path, contents=(*CONTENTS, held, entry))
    library = Library.open(tmp_path / "first", ENCODER)
    first, second = library.search("nuôi cá").hits[:2]
    assert {first.code, second.code} == {"9.1", "1.1"}
    if abs(first.score - second.score) < 1e-4:
        assert first.is_held
    library.close()


def test_a_broken_catalogue_names_the_field(tmp_path: Path):
    path = tmp_path / "catalogue.yaml"
    path.write_text("source: x\ndate: '2026'\ngroups:\n  - field: Y tế\n    where: Bộ Y tế\n    fee: 5\n")
    (broken,) = read(path)
    assert isinstance(broken, BrokenRecord)
    assert "fee" in broken.reason


def test_an_entry_without_signpost_is_no_entry():
    assert not replace(known_only(), signpost=None).is_catalogue_entry
