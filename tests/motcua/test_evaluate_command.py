"""`motcua evaluate` as a person and as a gate use it, on a small release."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from knowledge_base import releases
from knowledge_base.library import Library
from motcua.cli import main
from tests.knowledge_base.search_base import BIRTH, ENCODER, RESIDENCE, build_here

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _small_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    build_here(tmp_path)
    library = Library.open(tmp_path / "first", ENCODER)
    shelf = releases._Shelf()
    shelf.put(library)
    monkeypatch.setattr(releases, "_shelf", shelf)
    monkeypatch.setattr(releases, "_active_name", lambda: "first")
    yield
    library.close()


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    folder = tmp_path / "labelled"
    folder.mkdir()
    questions = [
        ("a", "Thủ tục đăng ký khai sinh", BIRTH.code),
        ("b", "nhập khẩu về nhà chồng", RESIDENCE.code),
    ]
    lines = [json.dumps({"id": i, "text": t, "kind": "plain", "codes": [c]}) for i, t, c in questions]
    (folder / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")
    refused = {"id": "r", "text": "Giá vàng hôm nay?", "kind": "plain", "class": "nonsense_or_other_domain"}
    (folder / "must_refuse.jsonl").write_text(json.dumps(refused), encoding="utf-8")
    return folder


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["evaluate", *arguments])


def test_a_gate_that_is_kept_passes(labelled: Path) -> None:
    result = _run(str(labelled), "--at-least", "citizen.r1=.9", "--at-most", "decisions.citizen.wrong=0")
    assert (result.exit_code, result.stderr) == (0, "")


def test_each_missed_bound_has_its_line_and_the_exit_code_is_1(labelled: Path) -> None:
    result = _run(str(labelled), "--at-least", "citizen.r1=1.1", "--at-most", "citizen.n=1")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "KHÔNG ĐẠT: citizen.r1 is 1, at least 1.1 is asked for",
        "KHÔNG ĐẠT: citizen.n is 2, at most 1 is asked for",
    ]


def test_a_bound_that_names_nothing_is_an_error_of_the_caller(labelled: Path) -> None:
    assert _run(str(labelled), "--at-least", "citizen.r9=1").exit_code == 2
    assert _run(str(labelled), "--at-least", "much").exit_code == 2


def test_the_report_is_a_folder_that_stands_alone(labelled: Path, tmp_path: Path) -> None:
    result = _run(str(labelled), "--report", str(tmp_path / "report"))
    assert result.exit_code == 0, result.output
    with Image.open(tmp_path / "report" / "coverage.png") as picture:
        assert picture.width > 600
    page = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    assert "data:image/png;base64," in page
    assert "bm25_folded" in page
    assert "http" not in page
    assert json.loads((tmp_path / "report" / "report.json").read_text())["questions"]["citizen"]["n"] == 2


def test_the_json_has_every_figure(labelled: Path) -> None:
    result = _run(str(labelled), "--json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert {
        "questions",
        "decisions",
        "must_refuse",
        "baselines",
        "coverage",
        "confusion",
        "latency_ms",
        "release",
    } == set(report)
    assert set(report["latency_ms"]["steps"]) == {"wording", "encoding", "ranking"}
    assert report["confusion"]["citizen"]["n"] == 0
    assert report["coverage"]["citizen"][0]["answered"] == 1
