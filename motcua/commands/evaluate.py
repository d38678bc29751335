"""`motcua evaluate`: how well the release in force finds, decides and refuses on labelled questions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from django.conf import settings

from knowledge_base.errors import EvaluationProblem
from motcua import evaluation_report
from motcua.commands.gates import bounds_of, judge, stop
from motcua.setup import migrate
from nlu.local_classifier import load_or_train
from nlu.training_data import NLU_YML


@click.command()
@click.argument("path", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--json", "as_json", is_flag=True, help="In JSON thay vì bảng.")
@click.option("--report", type=click.Path(path_type=Path, file_okay=False), help="Ghi báo cáo vào thư mục.")
@click.option("--at-least", multiple=True, metavar="SỐ=GIÁ_TRỊ", help="Ví dụ citizen.r1=.90.")
@click.option("--at-most", multiple=True, metavar="SỐ=GIÁ_TRỊ", help="Ví dụ decisions.citizen.wrong=.03.")
def evaluate(
    path: Path,
    *,
    as_json: bool,
    report: Path | None,
    at_least: Sequence[str],
    at_most: Sequence[str],
) -> None:
    """Đo bản phát hành đang dùng trên các câu hỏi có nhãn của thư mục PATH.

    Mã thoát 1 khi có mức --at-least hay --at-most không đạt, 2 khi mức viết sai.
    """
    from knowledge_base import evaluation  # noqa: PLC0415 -- loads the encoder
    from knowledge_base.baselines import has_bm25  # noqa: PLC0415
    from knowledge_base.releases import pinned_library  # noqa: PLC0415

    bounds = bounds_of(at_least, at_most)
    migrate()
    with pinned_library() as library:
        classifier = load_or_train(NLU_YML, settings.MOTCUA_HOME / "nlu")
        found = evaluation.evaluate(path, library=library, classifier=classifier)
    if not has_bm25():
        click.echo("Không so được với BM25: cài thêm phần `evaluation` (bm25s, matplotlib).", err=True)
    click.echo(json.dumps(found, ensure_ascii=False, indent=1) if as_json else "\n".join(_lines(found)))
    if report:
        _write(found, report)
    judge(found, bounds)


def _write(found: Mapping[str, Any], folder: Path) -> None:
    try:
        evaluation_report.write(found, folder)
    except ModuleNotFoundError as problem:
        stop(
            EvaluationProblem(
                f"The report needs the library {problem.name}: install Một Cửa with the extra `evaluation`."
            )
        )
    click.echo(f"Đã ghi {folder / 'report.html'}", err=True)


def _lines(report: Mapping[str, Any]) -> Iterator[str]:
    release = report["release"]
    yield f"Bản phát hành {release['name']}: {release['procedures']} thủ tục, {release['probes']} câu dò"
    yield f"Bộ mã hoá {release['encoder']}"
    latency = report["latency_ms"]
    yield f"Mỗi lần tìm: p50 {latency['p50']} ms, p95 {latency['p95']} ms"
    for step, times in latency["steps"].items():
        yield f"  {step}: p50 {times['p50']} ms, p95 {times['p95']} ms"
    yield from _ranking_lines("Xếp hạng", report["questions"])
    for method, groups in report["baselines"].items():
        yield from _ranking_lines(f"So sánh: {method}", groups)
    yield from _count_lines("Quyết định", report["decisions"])
    yield from _count_lines("Phải từ chối", report["must_refuse"])
    for name, found in report["confusion"].items():
        relations = ", ".join(f"{key} {n}" for key, n in found.items() if key not in {"n", "pairs"})
        yield f"\nNhầm thủ tục đứng đầu ({name}): {found['n']} – {relations or 'không'}"


def _ranking_lines(title: str, groups: Mapping[str, Any]) -> Iterator[str]:
    yield f"\n{title:<24}{'n':>5}{'R@1':>7}{'(95 %)':>14}{'R@4':>7}{'(95 %)':>14}{'MRR@10':>8}"
    for name, row in groups.items():
        r1, r4 = (f"{low:.2f}–{high:.2f}" for low, high in (row["r1_interval"], row["r4_interval"]))
        yield f"{name:<24}{row['n']:>5}{row['r1']:>7.3f}{r1:>14}{row['r4']:>7.3f}{r4:>14}{row['mrr10']:>8.3f}"


def _count_lines(title: str, groups: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    if not groups:
        return
    columns = list(next(iter(groups.values())))
    yield f"\n{title:<24}" + "".join(f"{column:>17}" for column in columns)
    for name, row in groups.items():
        yield f"{name:<24}" + "".join(f"{row[column]:>17}" for column in columns)
