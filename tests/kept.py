"""Everything the product keeps, as one text: every row of every table, every file of the attachments."""

from __future__ import annotations

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core import serializers


def everything_in_the_rows() -> str:
    """All tables, Django's own too, as JSON with its letters as they are."""
    return "\n".join(
        serializers.serialize("json", model._default_manager.all(), ensure_ascii=False)
        for model in apps.get_models()
    )


def files_on_disk() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
