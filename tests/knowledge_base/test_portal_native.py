"""The portal's native shape: every field typed or kept, nothing lost. Made by hand from its description."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base.answering import full_part
from knowledge_base.content import (
    Attachment,
    Document,
    Fee,
    LegalBasis,
    MethodKind,
    OnlineLevel,
    PartName,
    ProcedureContent,
    TimeLimit,
    TimeUnit,
)
from knowledge_base.content_json import from_json, to_json
from knowledge_base.sources import portal
from knowledge_base.sources.portal_native import NOT_REQUIRED, OTHER_FIELDS
from knowledge_base.sources.records import BrokenRecord, Record

RECORD: dict[str, Any] = {
    "id": "019d2bf7-4fc1",
    "code": "1.001193",
    "name": "Thủ tục đăng ký khai sinh",
    "decisionNo": "163/QĐ-BTP",
    "executionSteps": [
        {"name": "Bước 1: Nộp hồ sơ", "description": "Nộp tại phường."},
        {"name": "Bước 2", "description": "Nhận kết quả."},
    ],
    "executionMethods": [
        {
            "submissionMethod": "ONLINE",
            "processingTime": 3,
            "processingTimeUnit": "WORKING_DAY",
            "description": "Nộp trên Cổng.",
            "fees": [
                {"type": "Lệ phí", "value": 8000, "currencyName": "VNĐ", "description": "mỗi bản"},
                {"type": "Phí", "value": 0, "currencyName": "VNĐ", "description": None},
            ],
        },
        {"submissionMethod": "DIRECT", "processingTime": 1, "processingTimeUnit": None, "fees": []},
    ],
    "executionCases": [
        {
            "name": "Trường hợp đăng ký lần đầu",
            "profileComponents": [
                {
                    "name": "Tờ khai",
                    "code": "TP-01",
                    "originalQty": 1,
                    "copyQty": 0,
                    "required": True,
                    "hasElectronicForm": True,
                    "attachments": [
                        {"fileName": "to-khai.docx", "filePath": "https://dichvucong.gov.vn/f/to-khai.docx"}
                    ],
                },
                {"name": "Giấy ủy quyền", "originalQty": "1", "required": False, "attachments": None},
            ],
        }
    ],
    "isWard": True,
    "isProvince": False,
    "isMinistry": False,
    "isFullProcess": True,
    "isVertical": False,
    "state": "PUBLISHED",
    "category": {"name": "Hộ tịch", "code": "HT"},
    "departmentsExecuting": [{"name": "Ủy ban nhân dân cấp xã", "code": "UBX"}],
    "departmentsAuthority": [{"name": "Ủy ban nhân dân cấp xã"}],
    "departmentsCoordinating": [{"name": "Công an cấp xã"}],
    "legalBasisesDetails": [{"name": "Luật Hộ tịch", "code": "60/2014/QH13"}],
    "resultsDetails": [{"name": "Giấy khai sinh", "code": "KQ.G15.000031"}],
    "subjectTypesDetails": [{"name": "Công dân Việt Nam"}],
    "requirementsAndConditions": "Không có thông tin",
    "procedureProposal": {
        "decisionNumber": "163/QĐ-BTP",
        "decisionDate": "2026-02-01",
        "agency": "Bộ Tư pháp",
    },
    "createdAt": "2025-01-02T03:04:05Z",
    "updatedAt": "2026-06-30T08:00:00Z",
}


def records(path: Path, text: str) -> list[Record | BrokenRecord]:
    path.write_text(text, encoding="utf-8")
    return list(portal.read(path))


@pytest.fixture
def content_of(tmp_path: Path):
    def content(**changes: Any) -> ProcedureContent:
        (record,) = records(tmp_path / "portal.json", json.dumps(RECORD | changes))
        assert isinstance(record, Record), record
        return record.content

    return content


def with_method(**changes: Any) -> dict[str, Any]:
    method = {"submissionMethod": "DIRECT", "processingTime": 3, "processingTimeUnit": "DAY"}
    return {"executionMethods": [method | changes]}


def test_methods_times_and_fees_are_typed(content_of):
    online, counter = content_of().methods
    assert (online.kind, counter.kind) == (MethodKind.ONLINE, MethodKind.COUNTER)
    assert online.time == TimeLimit(text="3 Ngày làm việc", value=3, unit=TimeUnit.WORKING_DAY)
    assert online.fees == (
        Fee(text="8,000 VNĐ", amount=8000, note="mỗi bản", kind="Lệ phí"),
        Fee(text="Miễn phí", kind="Phí"),
    )
    assert counter.time == TimeLimit(text="1")
    assert "time_without_unit" in content_of().flags


def test_cases_become_groups_of_papers_and_attachments_their_forms(content_of):
    content = content_of()
    (group,) = content.documents
    assert group.heading == "Trường hợp đăng ký lần đầu"
    assert group.documents == (
        Document(text="Tờ khai", originals=1, copies=0, form="to-khai.docx"),
        Document(text="Giấy ủy quyền", originals=1),
    )
    assert content.forms == ("to-khai.docx",)
    assert content.attachments == (
        Attachment(name="to-khai.docx", path="https://dichvucong.gov.vn/f/to-khai.docx"),
    )


def test_a_paper_marked_as_not_required_is_told_to_editors_and_never_becomes_a_condition(content_of):
    content = content_of()
    assert {remark.heading: remark.text for remark in content.remarks}[NOT_REQUIRED] == "Giấy ủy quyền"
    assert not any(paper.condition for group in content.documents for paper in group.documents)


def test_the_level_of_online_service_is_typed_and_shown(content_of):
    assert content_of().online_level is OnlineLevel.FULL
    assert content_of(isFullProcess=False).online_level is OnlineLevel.PARTIAL
    assert content_of(isFullProcess=None).online_level is None
    assert "trực tuyến: toàn trình" in full_part(content_of(), PartName.HOW).text
    assert "trực tuyến: một phần" in full_part(content_of(isFullProcess=False), PartName.HOW).text


def test_the_other_parts_find_their_places(content_of):
    content = content_of()
    assert content.steps == "Bước 1: Nộp hồ sơ\nNộp tại phường.\nBước 2\nNhận kết quả."
    assert content.agencies == ("Ủy ban nhân dân cấp xã", "Cơ quan phối hợp: Công an cấp xã")
    assert (content.levels, content.audience, content.field) == (
        ("Cấp xã",),
        ("Công dân Việt Nam",),
        "Hộ tịch",
    )
    assert content.legal_basis == (LegalBasis(title="Luật Hộ tịch", number="60/2014/QH13"),)
    assert content.result == "Giấy khai sinh (Mã: KQ.G15.000031)"
    assert content.conditions == ""
    assert content.provenance["steps"].date == "2026-06-30"
    assert content.provenance["steps"].decision == "163/QĐ-BTP"


def test_what_has_no_typed_place_is_kept_with_its_path(content_of):
    rest = {remark.heading: remark.text for remark in content_of(soThuTu={"a": [1, "hai"]}).remarks}[
        OTHER_FIELDS
    ]
    for line in (
        "executionCases[0].profileComponents[0].code: TP-01",
        "procedureProposal.decisionDate: 2026-02-01",
        "isVertical: không",
        "state: PUBLISHED",
        "soThuTu.a[1]: hai",
    ):
        assert line in rest.splitlines()


@pytest.mark.parametrize(
    ("changes", "text", "flag"),
    [
        ({"processingTimeUnit": "FORTNIGHT"}, "3 FORTNIGHT", "time_unit_unknown"),
        ({"processingTime": "1", "processingTimeUnit": ""}, "1", "time_without_unit"),
        ({"processingTime": 1.5}, "1.5 Ngày", ""),
        ({"processingTime": "theo quy định"}, "theo quy định Ngày", ""),
    ],
)
def test_a_time_that_is_not_certain_keeps_its_words_and_no_value(content_of, changes, text, flag):
    content = content_of(**with_method(**changes))
    assert content.methods[0].time == TimeLimit(text=text)
    assert flag in {"", *content.flags}


@pytest.mark.parametrize(
    ("fee", "flag"),
    [
        ({"value": 20, "currencyName": "VNĐ", "description": "20.000 đồng/tờ"}, "fee_amount_doubtful"),
        ({"value": 20000}, "fee_amount_doubtful"),
        ({"value": "từ 5 đến 10", "currencyName": "VNĐ"}, "fee_amount_doubtful"),
        ({"value": 0, "description": "- Dưới 5 tấn: 50.000 đồng/giấy"}, "fee_note_contradicts"),
        ({"value": 0, "description": "Do Hội đồng nhân dân tỉnh quyết định"}, "fee_left_to_council"),
        ({"value": 145, "currencyName": "USD"}, ""),
    ],
)
def test_a_fee_that_is_not_certain_has_no_amount_and_its_note_stays_beside_it(content_of, fee, flag):
    content = content_of(**with_method(fees=[fee]))
    (read,) = content.methods[0].fees
    assert read.amount is None
    assert read.note == fee.get("description", "")
    assert flag in {"", *content.flags}


def test_an_unknown_way_of_handing_in_is_kept_unread_and_flagged(content_of):
    content = content_of(**with_method(submissionMethod="PIGEON"))
    assert content.methods == ()
    assert "methods_unread" in content.flags
    assert "executionMethods[0].submissionMethod: PIGEON" in content.remarks[-1].text


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda one, two: json.dumps([one, two]),
        lambda one, two: json.dumps({"data": {"page": 1, "content": [one, two]}}, indent=2),
        lambda one, two: "\ufeff" + json.dumps({"items": [one, two], "total": 2}),
        lambda one, two: f"{json.dumps(one)}\n\n{json.dumps(two)}\n",
    ],
)
@pytest.mark.parametrize("suffix", ["json", "jsonl"])
def test_a_list_an_envelope_and_lines_are_all_read(tmp_path, wrapped, suffix):
    text = wrapped(RECORD, RECORD | {"code": "1.000002"})
    read = records(tmp_path / f"portal-2026-08.{suffix}", text)
    assert [record.content.code for record in read if isinstance(record, Record)] == ["1.001193", "1.000002"]


def test_one_object_is_a_file_too_however_it_is_printed(tmp_path):
    for indent in (None, 2):
        (record,) = records(tmp_path / "one.json", json.dumps(RECORD, indent=indent))
        assert isinstance(record, Record)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (json.dumps([RECORD, 3]), "đối tượng"),
        (json.dumps([RECORD, {"name": "Không mã"}]), "code"),
        (json.dumps([RECORD, {"code": "1.1"}]), "name"),
        (json.dumps(RECORD) + "\n{oops", "JSON"),
        ("{\n\n oops", "JSON"),
        ("[" * 100_000, ""),
        (json.dumps(RECORD | {"deep": json.loads("[" * 400 + "]" * 400)}) + "\n" + "[" * 100_000, ""),
        (json.dumps({"message": "không có quyền"}), "code"),
    ],
)
def test_what_is_no_record_is_named_with_its_place_and_the_rest_goes_in(tmp_path, text, reason):
    *_, broken = records(tmp_path / "portal.json", text)
    assert isinstance(broken, BrokenRecord)
    assert broken.place.startswith("portal.json")
    assert reason in broken.reason


words = st.text(alphabet=st.sampled_from(list("aăđếXYZ 0159.,:()\n<>\u200b")), max_size=30)
scalars = st.none() | st.booleans() | st.integers(0, 10**9) | words
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)


def wild(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """An object with these fields, some missing, some of another kind, some more."""
    shaped = st.fixed_dictionaries({}, optional={name: values | anything for name, values in fields.items()})
    return st.builds(lambda more, known: more | known, st.dictionaries(words, scalars, max_size=2), shaped)


named = st.lists(wild(name=words, code=words), max_size=3)
native = wild(
    id=words,
    decisionNo=words,
    executionSteps=st.lists(wild(name=words, description=words), max_size=3),
    executionMethods=st.lists(
        wild(
            submissionMethod=st.sampled_from(["ONLINE", "DIRECT", "POSTAL", "FAX"]),
            processingTime=st.integers(0, 400) | words,
            processingTimeUnit=st.sampled_from(["WORKING_DAY", "DAY", "HOUR", "MONTH", "AGE"]),
            description=words,
            fees=st.lists(
                wild(
                    type=words,
                    value=st.integers(0, 10**7) | words,
                    currencyName=st.sampled_from(["VNĐ", "USD", "Việt Nam Đồng"]),
                    description=words,
                ),
                max_size=2,
            ),
        ),
        max_size=3,
    ),
    executionCases=st.lists(
        wild(
            name=words,
            profileComponents=st.lists(
                wild(
                    name=words,
                    originalQty=st.integers(0, 9) | words,
                    copyQty=st.integers(0, 9),
                    required=st.booleans(),
                    attachments=st.lists(wild(fileName=words, filePath=words), max_size=2),
                ),
                max_size=3,
            ),
        ),
        max_size=2,
    ),
    isWard=st.booleans(),
    isFullProcess=st.booleans(),
    category=words,
    departmentsExecuting=named,
    departmentsAuthority=named,
    legalBasisesDetails=named,
    resultsDetails=named,
    subjectTypesDetails=named,
    requirementsAndConditions=words,
)


@settings(max_examples=200)
@given(native)
def test_no_letter_or_digit_of_a_record_is_lost(tmp_path_factory, raw):
    raw = raw | {"code": "1.1", "name": "Tên"}
    (record,) = records(tmp_path_factory.mktemp("portal") / "portal.json", json.dumps(raw))
    assert isinstance(record, Record)
    assert _letters(_said(raw)) - _letters(_kept(record.content)) == Counter()
    assert from_json(to_json(record.content)) == record.content


KINDS = {"online": "ONLINE", "counter": "DIRECT", "post": "POSTAL"}
PRINTED_UNITS = {
    "Ngày làm việc": "WORKING_DAY",
    "Ngày": "DAY",
    "Giờ": "HOUR",
    "Tháng": "MONTH",
}


def _said(value: Any, name: str = "") -> str:
    """Every value of the record but true, false and null; a fee of 0 is printed as "Miễn phí"."""
    if isinstance(value, dict):
        return "\n".join(_said(inner, key) for key, inner in value.items())
    if isinstance(value, list):
        return "\n".join(_said(inner) for inner in value)
    if value is None or isinstance(value, bool) or (name == "value" and not str(value).strip("0 .\u200b\n")):
        return ""
    return str(value)


def _kept(content: ProcedureContent) -> str:
    """The words of the content, its types turned back into the words of the source."""
    plain = to_json(content)
    for name in ("provenance", "flags", "forms", "url"):
        del plain[name]
    kinds = [KINDS[method.kind.value] for method in content.methods]
    limits = [method.time.text for method in content.methods]
    units = [code for limit in limits for name, code in PRINTED_UNITS.items() if limit.endswith(name)]
    # An agency that carries out and decides is named once.
    once = content.agencies[:1] * 2
    return "\n".join([*kinds, *units, *once, *_texts(plain)])


def _texts(plain: Any) -> list[str]:
    if isinstance(plain, dict):
        said_twice = {"unit", "amount"} | ({"value"} if "unit" in plain else set())
        return [text for key, inner in plain.items() if key not in said_twice for text in _texts(inner)]
    if isinstance(plain, list):
        return [text for inner in plain for text in _texts(inner)]
    return [] if plain is None or isinstance(plain, bool) else [str(plain)]


def _letters(text: str) -> Counter[str]:
    return Counter(char for char in unicodedata.normalize("NFC", text) if char.isalnum())
