"""What the office's templates say about staff, waiting and counts."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils import timezone

from bot.channels.switches import CHANNELS
from casework import desk_notices, external_entries, visibility
from casework.categories import CATEGORY_NAMES
from casework.models import Report
from office import duties
from office.models import Staff
from office.moment_words import hours_words
from web.desk import guide, setup
from web.desk.act_names import ACT_NAMES
from web.desk.choices import options
from web.desk.counts import Counts, counts_for
from web.desk.devices import device_words as words_of_device

CHANNEL_NAMES = {**CHANNELS, "terminal": "Dòng lệnh", "practice": "Luyện tập"}

register = template.Library()
register.filter(hours_words)
register.simple_tag(options)


@register.simple_tag(takes_context=True)
def guide_of_page(context: template.Context) -> str:
    """Where the guide speaks of the page that is shown."""
    page = context["request"].resolver_match
    return guide.address_about(page.url_name or "" if page else "")


@register.simple_tag(takes_context=True)
def desk_counts(context: template.Context) -> Counts:
    """The figures beside the rooms' names: each is the length of its list. Counted once a page."""
    counted = context.get("counts")
    return counted if isinstance(counted, Counts) else counts_for(context["user"])


@register.simple_tag(takes_context=True)
def is_on_duty(context: template.Context) -> bool:
    """Whether who looks at the page is on duty."""
    return duties.is_on(duties.duty_of(context["user"]), timezone.now())


@register.simple_tag(takes_context=True)
def told_now(context: template.Context) -> list[str]:
    """What this member of staff has not been told yet; it is told by being shown."""
    return desk_notices.told_now(context["user"])


@register.filter
def unit_name(staff: Staff) -> str:
    """The unit a member of staff speaks for, "" when bound to none."""
    unit = visibility.speaks_for(staff)
    return unit.name if unit else ""


@register.filter
def waited(since: datetime) -> str:
    """How long ago, in words a queue is read by: "chưa đầy 1 phút", "12 phút", "3 giờ 05 phút", "2 ngày"."""
    minutes = max(0, int((timezone.now() - since).total_seconds() // 60))
    if minutes < 1:
        return "chưa đầy 1 phút"
    if minutes < 60:
        return f"{minutes} phút"
    if minutes < 24 * 60:
        return f"{minutes // 60} giờ {minutes % 60:02} phút"
    return f"{minutes // (24 * 60)} ngày"


@register.filter
def channel_name(channel: str) -> str:
    return CHANNEL_NAMES.get(channel, channel)


@register.filter
def is_set_up(room: str) -> bool:
    """Whether this page is one of those behind "Thiết lập"."""
    return room in setup.KEYS


@register.filter
def category_name(category: str) -> str:
    return CATEGORY_NAMES.get(category, category)


@register.filter
def map_link(report: Report) -> str:
    """Opens the position in the map of whatever device the official uses (RFC 5870)."""
    return f"geo:{report.latitude},{report.longitude}"


@register.filter
def act_name(action: str) -> str:
    return ACT_NAMES.get(action, action)


@register.filter
def device_words(user_agent: str) -> str:
    return words_of_device(user_agent)


@register.filter
def is_web_link(address: str) -> bool:
    return address.startswith(("https://", "http://"))


@register.simple_tag
def known_systems() -> list[str]:
    """The names of other systems in which reports were entered."""
    return external_entries.known_systems()
