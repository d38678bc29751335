"""`motcua nlu`: train the intent classifier, measure it, try it out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import click
from django.conf import settings

from motcua.problems import TellingGroup
from nlu import entities, evaluation, guards
from nlu.asked_part import asked_part
from nlu.categories import is_urgent, rank_categories
from nlu.intents import IntentClassifier, load_or_train, read_intent
from nlu.training_data import NLU_YML

_FOLDER = click.Path(path_type=Path)


@click.group(cls=TellingGroup)
def nlu() -> None:
    """Hiểu câu chữ: huấn luyện, đo, thử."""


@nlu.command()
def train() -> None:
    """Huấn luyện bộ phân loại ý định từ nlu/rasa/data/nlu.yml (bản đã có thì dùng lại)."""
    start = perf_counter()
    classifier = _classifier()
    click.echo(f"{classifier.name}: sẵn sàng sau {perf_counter() - start:.1f} giây.")


@nlu.command()
@click.argument("path", type=_FOLDER, required=False)
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
@click.option("--errors", "show_errors", is_flag=True, help="In từng câu đoán sai.")
def test(path: Path | None, *, as_json: bool, show_errors: bool) -> None:
    """Đo trên PATH/intents.jsonl; không có PATH thì kiểm tra chéo trên dữ liệu của chính mình."""
    readings, name = _measured(path)
    figures = evaluation.summary(readings, classifier=name)
    click.echo(json.dumps(figures, ensure_ascii=False, indent=2) if as_json else _table(figures))
    if show_errors:
        click.echo("\n".join(_wrong(readings)))


@nlu.command()
def shell() -> None:
    """Gõ câu, xem máy hiểu gì. Kết thúc bằng Ctrl-D."""
    classifier = _classifier()
    while True:
        try:
            text = input("> ")
        except EOFError:
            return
        click.echo(_seen(text, classifier))


def _classifier() -> IntentClassifier:
    return load_or_train(NLU_YML, settings.MOTCUA_HOME / "nlu")


def _measured(path: Path | None) -> tuple[tuple[evaluation.Reading, ...], str]:
    if path is None:
        return evaluation.cross_validated(NLU_YML), "cross-validated classifier, no guards"
    classifier = _classifier()
    readings = evaluation.read_all(path, lambda text: read_intent(text, classifier))
    return readings, f"guards, then {classifier.name}"


def _table(figures: dict[str, Any]) -> str:
    low, high = figures["accuracy_95"]
    times = figures["latency_ms"]
    head = f"{figures['classifier']}: đúng {figures['accuracy']:.3f} ({low}–{high}) trên {figures['n']} câu"
    lines = [f"{head}, p50 {times['p50']} ms, p95 {times['p95']} ms"]
    for name, row in figures["by_intent"].items():
        lines.append(f"  {name:28} n={row['n']:<4} recall {row['recall']:<6} precision {row['precision']}")
    return "\n".join(lines)


def _wrong(readings: Sequence[evaluation.Reading]) -> Iterator[str]:
    for reading in readings:
        if not reading.is_right:
            yield f"{reading.expected} → {reading.got} ({reading.confidence:.2f}): {reading.text}"


def _seen(text: str, classifier: IntentClassifier) -> str:
    finding = guards.look(text)
    likely = ", ".join(f"{i.name} {i.confidence:.2f}" for i in classifier.ranking(text)[:3])
    return "\n".join(
        [
            f"  ý định     {likely}",
            f"  chốt chặn  {finding.kind if finding else '–'}",
            f"  phần hỏi   {asked_part(text) or '–'}",
            f"  loại việc  {', '.join(rank_categories(text)[:3])}{' (gấp)' if is_urgent(text) else ''}",
            f"  mã         {entities.report_code(text) or '–'}",
            f"  đã che     {entities.mask_personal(text)}",
        ]
    )
