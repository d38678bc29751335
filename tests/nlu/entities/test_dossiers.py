"""A dossier's code is read in the national forms and behind its label; nothing else is taken for one."""

from __future__ import annotations

import pytest

from nlu.entities import Kind, dossier_code, mask_personal, procedure_code, report_code
from tests.nlu.entities.reads import read


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("H26.12-251103-0012", "H26.12-251103-0012"),
        ("hồ sơ h26.12-251103-0012 đến đâu rồi", "H26.12-251103-0012"),
        ("ma ho so H26.12 251103 0012 a", "H26.12-251103-0012"),
        ("H26.12 – 251103 – 0012", "H26.12-251103-0012"),
        ("000.00.12.G01-260102-0003.", "000.00.12.G01-260102-0003"),
        ("mã 000.00.19.H26-260714-00451?", "000.00.19.H26-260714-00451"),
        ("G01.899.108.000-260715-0001", "G01.899.108.000-260715-0001"),
        ("H26-260102-0099", "H26-260102-0099"),
        ("mã hồ sơ: 2026/MC-00451", "2026/MC-00451"),
        ("so bien nhan la BN260714.0045", "BN260714.0045"),
        ("giấy hẹn số TN-260714-22", "TN-260714-22"),
    ],
)
def test_a_dossiers_code_is_read_however_it_is_typed(text: str, code: str) -> None:
    assert dossier_code(text) == code
    assert (report_code(text), procedure_code(text)) == (None, None)
    assert mask_personal(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PA-2026-000123",
        "mã hồ sơ PA-2026-000123",
        "1.001193",
        "thủ tục 1.001193.000.00.00.H26",
        "mã hồ sơ thủ tục 1.001193",
        "gọi 0912345678",
        "mã hồ sơ 0912345678",
        "cccd 001089012345",
        "số hồ sơ 001089012345",
        "1207/QĐ-UBND",
        "hồ sơ số 1207/QĐ-UBND",
        "H26.12",
        "H26.12-251399-0012",
        "xe 29-H1 123.45",
        "hồ sơ số lượng 02 bộ",
        "mã hồ sơ ở đâu",
        "số hồ sơ 12",
        "ngày 12-05-2026",
        "chung cư H2-1203",
    ],
)
def test_what_looks_alike_is_no_dossier(text: str) -> None:
    assert dossier_code(text) is None


def test_a_dossier_and_a_report_in_one_message_are_both_read() -> None:
    found = read("hồ sơ H26.12-251103-0012 và phản ánh PA-2026-000123", Kind.DOSSIER_CODE, Kind.REPORT_CODE)
    assert [entity.value for entity in found] == ["H26.12-251103-0012", "PA-2026-000123"]
