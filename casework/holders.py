"""Who of a unit has a report in hand.

A report keeps its one unit in charge, whatever its holder: the holder only says whose list it stands in. So
nobody has to take a report before he may work on it, and colleagues still see that somebody does.
"""

from __future__ import annotations

from casework.models import ReportStep
from office.models import Staff

Act = ReportStep.Act

#: Who does one of these has it in hand from then on.
_TAKES_IN_HAND = frozenset({Act.TAKEN_IN, Act.CLASSIFIED, Act.STARTED, Act.ANSWERED, Act.REFUSED})


def holder_after(act: str, staff: Staff | None) -> dict[str, Staff | None]:
    """The field of the report that this act fills; {} where whoever has it keeps it.

    One that is passed on waits for somebody there. Reopened, it comes back to who answered it.
    """
    if act == Act.FORWARDED:
        return {"holder": None}
    return {"holder": staff} if staff and act in _TAKES_IN_HAND else {}
