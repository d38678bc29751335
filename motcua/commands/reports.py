"""`motcua reports`: how well reports are read, on labelled ones."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from django.conf import settings

import starter
from bot.place_words import place_phrase
from casework import report_evaluation as evaluation
from casework.report_evaluation import LabelledReport, ReadReport
from casework.report_wards import FormerWardListed, Verdict, WardLists, verdict
from motcua.commands.gates import bounds_of, judge
from motcua.commands.report_sheets import export, import_
from motcua.problems import TellingGroup
from nlu.categories import is_urgent, rank_categories
from nlu.entities import hidden_from_public
from nlu.report_classifier import ReportClassifier, load_or_train
from office.place_names import spelling
from office.places import Found, Split, find_ward

_SHARES = {
    "category_top1": "loại việc đứng đầu",
    "category_top3": "loại việc trong ba",
    "place": "nơi xảy ra",
    "place_excess": "chữ thừa ở nơi xảy ra",
    "masking_recall": "che dữ liệu cá nhân",
    "overmasking": "che thừa",
    "urgent_recall": "thấy việc khẩn",
    "urgent_precision": "báo khẩn đúng",
}


@click.group(cls=TellingGroup)
def reports() -> None:
    """Phản ánh: đo việc đọc hiểu; bảng tính cho hệ thống khác."""


reports.add_command(export)
reports.add_command(import_)


@reports.command()
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@click.option("--json", "as_json", is_flag=True, help="In JSON thay vì bảng.")
@click.option("--at-least", multiple=True, metavar="SỐ=GIÁ_TRỊ", help="Ví dụ category_top3=.95.")
@click.option("--at-most", multiple=True, metavar="SỐ=GIÁ_TRỊ", help="Ví dụ overmasking=.02.")
def test(path: Path, *, as_json: bool, at_least: Sequence[str], at_most: Sequence[str]) -> None:
    """Đo trên các phản ánh có nhãn của PATH (reports.jsonl, hay thư mục chứa tệp ấy).

    Chỉ in số liệu và mã của phản ánh đọc sai, không in lời. Mã thoát 1 khi có mức --at-least hay --at-most
    không đạt, 2 khi mức hoặc tệp viết sai.
    """
    bounds = bounds_of(at_least, at_most)
    labelled = evaluation.read_labelled(path)
    found = {**evaluation.figures(_all_read(labelled)), "word_lists": _by_word_lists(labelled)}
    click.echo(json.dumps(found, ensure_ascii=False, indent=1) if as_json else "\n".join(_lines(found)))
    judge(found, bounds)


def _all_read(labelled: Sequence[LabelledReport]) -> list[ReadReport]:
    """Every report read as the assistant reads a first message, over the places of the starter content."""
    from motcua.throw_away import throw_away_places  # noqa: PLC0415 -- the models are ready by then

    lists, classifier = _ward_lists(), load_or_train(settings.MOTCUA_HOME / "nlu")
    with throw_away_places():
        return [_read(report, lists, classifier) for report in labelled]


def _read(report: LabelledReport, lists: WardLists, classifier: ReportClassifier) -> ReadReport:
    meant = (
        lists.units_meant(text=report.text, ward=report.ward, old_ward=report.old_ward)
        if report.ward or report.old_ward
        else frozenset()
    )
    return ReadReport(
        label=report,
        categories=classifier.categories(report.text),
        place=place_phrase(report.text),
        ward=verdict(meant, _units_read(report.text)),
        urgent=classifier.is_urgent(report.text),
        hidden=[(each.start, each.end) for each in hidden_from_public(report.text)],
    )


def _units_read(text: str) -> list[str]:
    match find_ward(text):
        case Found(unit=unit):
            return [unit.code]
        case Split(candidates=candidates):
            return [unit.code for unit in candidates]
    return []


def _by_word_lists(labelled: Sequence[LabelledReport]) -> dict[str, Any]:
    """What the lists of words alone come to, to compare with."""
    return {
        **evaluation.category_figures([(each.category, rank_categories(each.text)) for each in labelled]),
        **evaluation.urgency_figures([(each.urgent, is_urgent(each.text)) for each in labelled]),
    }


def _ward_lists() -> WardLists:
    units: dict[tuple[str, str], set[str]] = {}
    for row in _rows(starter.FORMER_WARDS):
        units.setdefault((row["name"], row["district"]), set()).add(row["unit"])
    return WardLists(
        today={spelling(row["name"]): row["code"] for row in _rows(starter.UNITS)},
        former=[
            FormerWardListed(name=name, district=district, units=frozenset(codes))
            for (name, district), codes in units.items()
        ],
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _lines(found: Mapping[str, Any]) -> Iterator[str]:
    yield f"{found['n']} phản ánh"
    yield from _share_lines(found, _SHARES)
    wards = found["wards"]
    yield from _share_lines({**wards, "right": wards["right"]}, {"right": "phường đúng hoặc hỏi đúng"})
    yield f"  {', '.join(f'{name} {wards[name]}' for name in map(str, Verdict) if wards[name])}"
    yield "Chỉ theo danh sách từ:"
    yield from _share_lines(found["word_lists"], _SHARES)
    for title, groups in (("Theo loại việc:", found["by_category"]), ("Theo nhóm:", found["by_class"])):
        yield title
        for name, row in groups.items():
            yield f"  {name:<24} n={row['n']:<4} {row['category_top1']:.3f} {row['category_top3']:.3f}"
    for name, ids in found["wrong"].items():
        yield f"Sai, {name}: {', '.join(ids) or 'không'}"


def _share_lines(found: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    for key, title in names.items():
        if found.get(key) is not None:
            low, high = found[f"{key}_95"]
            yield f"{title:<28} {found[key]:.3f} ({low:.3f}–{high:.3f}) n={found[f'{key}_n']}"
