"""What the file of a citizen's own data says about time."""

from __future__ import annotations

from datetime import datetime

from django import template

register = template.Library()


@register.filter
def written(iso: str) -> str:
    """ISO 8601 as people write it: "16:36, 22/11/2026"; "" for what has not happened."""
    return f"{datetime.fromisoformat(iso):%H:%M, %d/%m/%Y}" if iso else ""
