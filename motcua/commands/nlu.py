"""`motcua nlu`: train the intent classifier, measure it, try it out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import click
from django.conf import settings
from django.utils import timezone

from knowledge_base.variations import told
from motcua import confusion_picture
from motcua.problems import TellingGroup
from nlu import entities, evaluation, guards
from nlu.asked_part import asked_part
from nlu.intents import IntentClassifier, read_intent
from nlu.local_classifier import load_or_train
from nlu.report_classifier import ReportClassifier
from nlu.report_classifier import load_or_train as load_reports
from nlu.training_data import NLU_YML

_FOLDER = click.Path(path_type=Path)


@click.group(cls=TellingGroup)
def nlu() -> None:
    """Hiểu câu chữ: huấn luyện, đo, thử."""


@nlu.command()
def train() -> None:
    """Huấn luyện bộ phân loại ý định và bộ đọc phản ánh (bản đã có thì dùng lại)."""
    start = perf_counter()
    classifier = _classifier()
    load_reports(settings.MOTCUA_HOME / "nlu")
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
@click.argument("out", type=_FOLDER)
@click.argument("path", type=_FOLDER, required=False)
def confusion(out: Path, path: Path | None) -> None:
    """Vẽ vào OUT.svg những ý định hay bị hiểu nhầm, đo như lệnh test."""
    readings, _ = _measured(path)
    right = sum(reading.is_right for reading in readings) / len(readings)
    how = f"{path.name}, sau các chốt chặn" if path else "kiểm tra chéo, không có chốt chặn"
    title = f"Hiểu đúng ý định {right:.1%} trên {len(readings)} câu ({how})".replace(".", ",")
    out.write_text(confusion_picture.draw(evaluation.confusions(readings), title=title), encoding="utf-8")
    click.echo(f"Đã ghi {out}.")


@nlu.command()
def shell() -> None:
    """Gõ câu, xem máy hiểu gì. Kết thúc bằng Ctrl-D."""
    classifier, reports = _classifier(), load_reports(settings.MOTCUA_HOME / "nlu")
    while True:
        try:
            text = input("> ")
        except EOFError:
            return
        click.echo(_seen(text, classifier, reports))


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
    lines.append("  tin cậy từ    số câu  tin cậy trung bình  đúng")
    lines += [
        f"  {band['from']:<12} {band['n']:>7} {band['confidence']:>19} {band['right']:>5}"
        for band in figures["reliability"]
    ]
    return "\n".join(lines)


def _wrong(readings: Sequence[evaluation.Reading]) -> Iterator[str]:
    for reading in readings:
        if not reading.is_right:
            yield f"{reading.expected} → {reading.got} ({reading.confidence:.2f}): {reading.text}"


def _report_read(text: str, reports: ReportClassifier) -> str:
    likely = ", ".join(reports.categories(text)[:3])
    return f"{likely} (gấp, {reports.danger(text):.2f})" if reports.is_urgent(text) else likely


def _named(text: str) -> str:
    """What the text names, each with its words and what they come to."""
    found = entities.entities(text, today=timezone.localdate())
    return "; ".join(f"{entity.kind} “{entity.text}”{_meaning(entity)}" for entity in found) or "–"


def _meaning(entity: entities.Entity) -> str:
    differs = entity.value not in {"", entity.text}
    return (f" = {entity.value}" if differs else "") + (" (âm lịch)" if entity.is_lunar else "")


def _seen(text: str, classifier: IntentClassifier, reports: ReportClassifier) -> str:
    finding = guards.look(text)
    likely = ", ".join(f"{i.name} {i.confidence:.2f}" for i in classifier.ranking(text)[:3])
    return "\n".join(
        [
            f"  ý định     {likely}",
            f"  chốt chặn  {finding.kind if finding else '–'}",
            f"  phần hỏi   {asked_part(text) or '–'}",
            f"  loại việc  {_report_read(text, reports)}",
            f"  thực thể   {_named(text)}",
            f"  đã rõ      {', '.join(f'{key}={side}' for key, side in told(text).items()) or '–'}",
            f"  đã che     {entities.mask_personal(text)}",
        ]
    )
