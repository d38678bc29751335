from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from knowledge_base.content import MethodKind, Origin, TimeUnit
from knowledge_base.errors import StarterProblem
from knowledge_base.sources import starter
from knowledge_base.sources.records import BrokenRecord, Record

WHOLE = """
    code: "1.001193"
    title: Đăng ký khai sinh
    aliases: [làm giấy khai sinh]
    field: Hộ tịch
    levels: [Cấp xã]
    lead: "Đăng ký khai sinh cho trẻ em mới sinh."
    source: {decision: "163/QĐ-BTP", url: "https://dichvucong.gov.vn/x", date: 2026-07-01}
    methods:
      - {kind: online, time: {text: "1", value: null, unit: null}, fees: [{text: "Miễn phí", amount: null}]}
      - {kind: counter, time: {text: "5 ngày làm việc", value: 5, unit: working_day}}
    documents:
      - heading: Ai cũng phải nộp
        edited: true
        documents:
          - {text: Tờ khai, originals: 1, copies: 0}
          - {text: Văn bản uỷ quyền, condition: "chỉ khi nhờ người khác"}
    steps: |
      1. Nộp hồ sơ.
      2. Nhận kết quả.
    legal_basis: [{title: Luật Hộ tịch, number: "60/2014/QH13"}]
"""


def write(folder: Path, text: str, name: str = "1.001193.yaml") -> Path:
    path = folder / name
    path.write_text(dedent(text), encoding="utf-8")
    return path


def test_a_file_reads_as_typed_facts_from_its_source_unreviewed(tmp_path):
    content = starter.read_file(write(tmp_path, WHOLE))
    online, counter = content.methods
    assert (online.kind, online.time.value) == (MethodKind.ONLINE, None)
    assert (counter.time.value, counter.time.unit) == (5, TimeUnit.WORKING_DAY)
    assert content.documents[0].documents[1].condition == "chỉ khi nhờ người khác"
    assert content.steps == "1. Nộp hồ sơ.\n2. Nhận kết quả."
    assert {source.origin for source in content.provenance.values()} == {Origin.STARTER}
    assert not any(source.reviewed for source in content.provenance.values())
    assert content.provenance["steps"].date == "2026-07-01"
    assert content.lead is not None
    assert not content.lead.provenance.reviewed


def test_a_time_without_unit_is_flagged_even_when_the_file_forgets_to(tmp_path):
    assert "time_without_unit" in starter.read_file(write(tmp_path, WHOLE)).flags


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        (
            'source: {decision: "163/QĐ-BTP", url: "https://dichvucong.gov.vn/x", date: 2026-07-01}',
            "",
            "source",
        ),
        ('decision: "163/QĐ-BTP", ', "", "source.decision"),
        ("title: Đăng ký khai sinh", "", "title"),
        ("kind: online", "kind: pigeon", r"methods\[0\].kind"),
        ("value: 5, unit: working_day", "value: 5", r"methods\[1\].time.value"),
        ("originals: 1", "originals: một", r"documents\[0\].documents\[0\].originals"),
        ("edited: true", "edited: maybe", r"documents\[0\].edited"),
        ("field: Hộ tịch", "fields: Hộ tịch", "fields"),
        ("aliases: [làm giấy khai sinh]", "aliases: làm giấy khai sinh", "aliases"),
        ('code: "1.001193"', "code: 1.001193", "code"),
    ],
)
def test_what_is_missing_or_wrong_is_named_with_file_and_field(tmp_path, old, new, field):
    assert old in WHOLE
    with pytest.raises(StarterProblem, match=rf"1\.001193\.yaml.*“{field}”"):
        starter.read_file(write(tmp_path, WHOLE.replace(old, new)))


@pytest.mark.parametrize("text", ["code: [", "- a", "", "\x00"])
def test_a_file_that_is_no_mapping_is_refused_by_name(tmp_path, text):
    with pytest.raises(StarterProblem, match=r"1\.001193\.yaml"):
        starter.read_file(write(tmp_path, text))


def test_one_bad_file_does_not_keep_the_others_out(tmp_path):
    write(tmp_path, WHOLE)
    write(tmp_path, "code: x", name="0-bad.yaml")
    write(tmp_path, WHOLE, name="again.yaml")
    bad, good, again = starter.read(tmp_path)
    assert isinstance(good, Record)
    assert isinstance(bad, BrokenRecord)
    assert bad.place == "0-bad.yaml"
    assert isinstance(again, BrokenRecord)
    assert "1.001193.yaml" in again.reason
