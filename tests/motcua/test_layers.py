"""Foreign keys obey the layers of the house, as imports do (import-linter checks those)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

ROOT = Path(__file__).resolve().parents[2]


def _layers() -> list[frozenset[str]]:
    """The rooms of the house from the top down; rooms of one layer know nothing of each other."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [frozenset(layer.split(" | ")) for layer in layers]


def _depth(room: str) -> int | None:
    """How far down a room lies; None for Django's own apps, which everyone may know."""
    return next((depth for depth, layer in enumerate(_layers()) if room in layer), None)


def _points_down(room: str, other: str) -> bool:
    here, there = _depth(room), _depth(other)
    return there is None or room == other or (here is not None and here < there)


def _breaches(those: Iterable[type[models.Model]]) -> list[str]:
    """The relations that point up or sideways, as "casework.Report.conversation -> conversations"."""
    return [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.app_label}"
        for model in those
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and not _points_down(model._meta.app_label, field.related_model._meta.app_label)
    ]


def test_foreign_keys_point_down_through_the_house() -> None:
    ours = [model for model in apps.get_models() if _depth(model._meta.app_label) is not None]
    assert {model._meta.app_label for model in ours} >= {
        "office",
        "conversations",
        "knowledge_base",
        "casework",
    }
    assert _breaches(ours) == []


@isolate_apps("office", "conversations", "knowledge_base", "casework")
@pytest.mark.parametrize(
    ("room", "other"),
    [
        ("office", "casework.Report"),
        ("conversations", "casework.Case"),
        ("conversations", "knowledge_base.Release"),
    ],
)
def test_a_foreign_key_that_points_up_or_sideways_is_found(room: str, other: str) -> None:
    planted = type(
        "Planted",
        (models.Model,),
        {
            "__module__": f"{room}.models",
            "Meta": type("Meta", (), {"app_label": room}),
            "to": models.ForeignKey(apps.get_model(other), on_delete=models.CASCADE, related_name="+"),
        },
    )
    assert _breaches([planted]) == [f"{room}.Planted.to -> {apps.get_model(other)._meta.app_label}"]
