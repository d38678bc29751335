"""How long the queues of the desk take with 2,000 open cases, 200,000 turns and 100,000 reports.

usage: MOTCUA_HOME=FOLDER python -m benchmarks.desk_queues [--cases 2000] [--turns 200000] [--reports 100000]
       MOTCUA_HOME=FOLDER python -m tests.postgres python -m benchmarks.desk_queues  (the same on PostgreSQL)

FOLDER is a scratch home; what it lacks is made first. The page is asked for through the whole of Django in
this process by each kind of person who works at the desk, in the queue that holds most for them and narrowed;
"bar" is what the counts in the bar cost any page. Once unmeasured and then `--times` times. The goals: a p95
of 300 ms a page, and 30 ms for the bar. With --explain, how the database finds the bar's counts.
"""

from __future__ import annotations

import argparse
import os
import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from benchmarks.reports import Ask, measured, printed

if TYPE_CHECKING:
    from office.models import Staff

HOST = "127.0.0.1"


def main() -> None:
    """Make what is lacking, measure, print."""
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    import django  # noqa: PLC0415 -- the settings are named just above

    django.setup()
    _make(options)
    people = _people()
    if options.explain:
        _explain(people)
        return
    found = [
        measured(f"{name}: {what}", ask, options.times)
        for name, staff in people.items()
        for what, ask in _asked(staff).items()
    ]
    printed(found, options.times)


def _make(options: argparse.Namespace) -> None:
    from django.db import connection  # noqa: PLC0415 -- Django must be set up first

    from benchmarks import report_rows, talk_rows  # noqa: PLC0415
    from casework.models import Report  # noqa: PLC0415
    from conversations.models import Turn  # noqa: PLC0415

    report_rows.prepare()
    for kind, wanted, model, fill in (
        ("reports", options.reports, Report, report_rows.fill),
        ("turns", options.turns, Turn, talk_rows.fill),
    ):
        lacking = wanted - model.objects.count()
        for made in fill(lacking) if lacking > 0 else ():
            print(f"made {made:,} of {lacking:,} {kind}", flush=True)
    _open_cases(options.cases)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def _open_cases(count: int) -> None:
    """Cases in every open state, in talks that have none."""
    from casework.models import Case  # noqa: PLC0415
    from conversations.models import Conversation, Turn  # noqa: PLC0415
    from office.units import contact_team  # noqa: PLC0415

    chance, team = random.Random(9), contact_team()
    lacking = count - Case.objects.exclude(state="closed").count()
    free = Conversation.objects.filter(cases=None, pk__in=Turn.objects.values("conversation"))[
        : max(0, lacking)
    ]
    people = list(_people().values())
    Case.objects.bulk_create(
        Case(
            conversation=talk,
            unit=team,
            reason="asked",
            number=f"HT-2025-{talk.pk:06}",
            **_life(chance, people),
        )
        for talk in free
    )


def _life(chance: random.Random, people: list[Staff]) -> dict[str, Any]:
    from django.utils import timezone  # noqa: PLC0415

    now = timezone.now()
    state = chance.choice(("queued", "claimed", "claimed", "waiting", "snoozed"))
    return {
        "state": state,
        "priority": "urgent" if chance.random() < 0.05 else "normal",
        "claimed_by": None if state == "queued" else chance.choice(people),
        "claimed_at": None if state == "queued" else now,
        "snoozed_until": now + timedelta(hours=5) if state == "snoozed" else None,
        "owed_since": now - timedelta(minutes=chance.randint(1, 900)),
        "due_at": None if state == "waiting" else now + timedelta(minutes=chance.randint(-300, 900)),
    }


def _people() -> dict[str, Staff]:
    """One of each kind, by what he or she is."""
    from office.models import Staff, Unit  # noqa: PLC0415
    from office.units import contact_team  # noqa: PLC0415

    ward = Unit.objects.filter(kind=Unit.Kind.WARD).earliest("code")
    city = Unit.objects.filter(kind=Unit.Kind.DEPARTMENT, parent=None).earliest("pk")
    people = {}
    for name, role, unit in (
        ("administrator", Staff.Role.ADMINISTRATOR, contact_team()),
        ("central team", Staff.Role.AGENT, contact_team()),
        ("ward", Staff.Role.AGENT, ward),
        ("city's supervisor", Staff.Role.SUPERVISOR, city),
    ):
        username = f"queues-{name.replace(' ', '-')}"
        people[name], _ = Staff.objects.get_or_create(username=username, defaults={"role": role})
        people[name].units.set([unit])
    return people


def _asked(staff: Staff) -> dict[str, Ask]:
    from django.test import Client  # noqa: PLC0415

    from web.desk.counts import counts_for  # noqa: PLC0415

    desk = Client(headers={"host": HOST})
    desk.force_login(staff)
    return {
        "bar": lambda _: counts_for(staff) and None,
        "mine": _opens(desk, "queue=mine"),
        "unassigned": _opens(desk, "queue=unassigned"),
        "overdue": _opens(desk, "queue=overdue"),
        "all": _opens(desk, "queue=all"),
        "all, page 20": _opens(desk, "queue=all&page=20"),
        "all, one category": _opens(desk, "queue=all&topic=cay_xanh"),
        "all, one channel": _opens(desk, "queue=all&channel=webchat"),
        "all, refreshed": _opens(desk, "queue=all", live=True),
    }


def _opens(desk: Any, asked: str, *, live: bool = False) -> Ask:
    headers = {"HX-Request": "true"} if live else {}

    def ask(_: random.Random) -> None:
        response = desk.get(f"/desk/?{asked}", headers=headers)
        assert response.status_code == 200, response.status_code

    return ask


def _explain(people: dict[str, Staff]) -> None:
    """Every query of the bar with its plan."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from web.desk.counts import counts_for  # noqa: PLC0415

    how = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN (ANALYZE, BUFFERS)"
    for name, staff in people.items():
        with CaptureQueriesContext(connection) as asked:
            counts_for(staff)
        for query in asked.captured_queries:
            print(f"\n## {name}: {query['time']} s\n{query['sql']}")
            with connection.cursor() as cursor:
                cursor.execute(f"{how} {query['sql']}")
                print(*(row[-1] for row in cursor.fetchall()), sep="\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=2_000)
    parser.add_argument("--turns", type=int, default=200_000)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--explain", action="store_true", help="show how the bar is counted")
    return parser.parse_args()


if __name__ == "__main__":
    main()
