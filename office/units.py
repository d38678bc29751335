"""The unit that must always exist: the central contact team, which answers first."""

from __future__ import annotations

from office.models import Unit

CONTACT_TEAM_CODE = "to-tiep-nhan-trung-tam"


def contact_team() -> Unit:
    """The central contact team; made if the list of units was never loaded: people must be reachable."""
    named = {"name": "Tổ tiếp nhận trung tâm", "kind": Unit.Kind.CONTACT_TEAM}
    return Unit.objects.get_or_create(code=CONTACT_TEAM_CODE, defaults=named)[0]
