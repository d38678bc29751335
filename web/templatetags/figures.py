"""How figures are written on pages."""

from __future__ import annotations

from django import template
from django.utils.formats import number_format

register = template.Library()

NOTHING = "–"


@register.filter
def percent(share: float | None) -> str:
    """A share between 0 and 1: "87,3 %", "–" of nothing."""
    return NOTHING if share is None else f"{number_format(100 * share, 1)} %"


@register.filter
def working_hours(minutes: float | None) -> str:
    """Minutes of working time in hours: "3,5 giờ", "–" where there is none."""
    return NOTHING if minutes is None else f"{number_format(minutes / 60, 1)} giờ"


@register.filter
def whole_number(number: int) -> str:
    """ "12.034": with a point at thousands."""
    return f"{number:,}".replace(",", ".")
