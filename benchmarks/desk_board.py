"""How long the supervisor's board takes with 2,000 open cases in 127 units, 100 officials and 200,000 turns.

usage: MOTCUA_HOME=FOLDER python -m benchmarks.desk_board [--cases 2000] [--officials 100] [--turns 200000]
       MOTCUA_HOME=FOLDER python -m tests.postgres python -m benchmarks.desk_board   (the same on PostgreSQL)

FOLDER is a scratch home that is still empty. The page is asked for through the whole of Django in this
process by a supervisor of the central team, each list of it and the part that refreshes itself; once
unmeasured and then `--times` times. The goal is a p95 of 300 ms.
"""

from __future__ import annotations

import argparse
import os
import random
from datetime import timedelta
from typing import Any

from benchmarks.reports import Ask, measured, printed

HOST = "127.0.0.1"


def main() -> None:
    """Make the rows, measure, print."""
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    import django  # noqa: PLC0415 -- the settings are named just above

    django.setup()
    _make(options)
    printed([measured(name, ask, options.times) for name, ask in _asked().items()], options.times)


def _make(options: argparse.Namespace) -> None:
    from django.db import connection  # noqa: PLC0415 -- Django must be set up first

    from benchmarks import report_rows, talk_rows  # noqa: PLC0415
    from benchmarks.desk_rows import made_desk  # noqa: PLC0415
    from conversations.models import Turn  # noqa: PLC0415

    made_desk(officials=options.officials, conversations=options.cases, seed=3)
    _owe()
    report_rows.prepare()
    for made in talk_rows.fill(max(0, options.turns - Turn.objects.count())):
        print(f"made {made:,} turns", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def _owe() -> None:
    """Two of three cases owe a reply; some nearly late, some late, some told of further up.

    Half of those nobody has lie in the wards, in two of three of them.
    """
    from django.utils import timezone  # noqa: PLC0415

    from casework.models import Case  # noqa: PLC0415
    from office.models import Unit  # noqa: PLC0415

    chance, now = random.Random(5), timezone.now()
    cases = list(Case.objects.exclude(state=Case.State.CLOSED))
    wards = list(Unit.objects.filter(kind__in=[Unit.Kind.WARD, Unit.Kind.COMMUNE]))[::3]
    wards += list(Unit.objects.filter(kind__in=[Unit.Kind.WARD, Unit.Kind.COMMUNE]))[1::3]
    for case in cases:
        if case.claimed_by_id is None and chance.random() < 0.5:
            case.unit = chance.choice(wards)
        if chance.random() < 0.66:
            case.owed_since = now - timedelta(minutes=chance.randint(1, 900))
            case.due_at = now + timedelta(minutes=chance.randint(-300, 900))
            case.warn_at = case.due_at - timedelta(minutes=60)
            case.escalation_step = 2 if chance.random() < 0.05 else 0
    Case.objects.bulk_update(
        cases, ["unit", "owed_since", "due_at", "warn_at", "escalation_step"], batch_size=500
    )


def _asked() -> dict[str, Ask]:
    from django.test import Client  # noqa: PLC0415

    from casework.board_numbers import LISTS  # noqa: PLC0415
    from office.models import Staff  # noqa: PLC0415
    from office.units import contact_team  # noqa: PLC0415

    lan, _ = Staff.objects.get_or_create(username="board", defaults={"role": Staff.Role.SUPERVISOR})
    lan.units.set([contact_team()])
    desk = Client(headers={"host": HOST})
    desk.force_login(lan)
    lists = {one.name: _opens(desk, f"show={key}") for key, one in LISTS.items()}
    return {**lists, "refreshed": _opens(desk, "show=longest", live=True)}


def _opens(desk: Any, asked: str, *, live: bool = False) -> Ask:
    headers = {"HX-Request": "true"} if live else {}

    def ask(_: random.Random) -> None:
        response = desk.get(f"/desk/board/?{asked}", headers=headers)
        assert response.status_code == 200, response.status_code

    return ask


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=2_000)
    parser.add_argument("--officials", type=int, default=100)
    parser.add_argument("--turns", type=int, default=200_000)
    parser.add_argument("--times", type=int, default=20)
    return parser.parse_args()


if __name__ == "__main__":
    main()
