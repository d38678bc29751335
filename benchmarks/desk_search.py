"""How long the search of the desk takes among 200,000 turns and 100,000 reports.

usage: MOTCUA_HOME=FOLDER python -m benchmarks.desk_search [--turns 200000] [--reports 100000] [--times 20]
           [--only "ward:"]
       MOTCUA_HOME=FOLDER python -m tests.postgres python -m benchmarks.desk_search   (the same on PostgreSQL)

FOLDER is a scratch home; what it lacks is made first. The page is asked for through the whole of Django in
this process, all kinds at once, by an administrator, a member of the central team, and an agent and a
supervisor of a ward: once unmeasured and then `--times` times, with other words each time.
The goal is a p95 of 300 ms.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Callable
from urllib.parse import urlencode

from benchmarks.reports import Ask, measured, printed

HOST = "127.0.0.1"
COMMON = ("ho so", "duong", "nha", "ngay nay", "ngo pho", "le phi")
RARE = ("bóng đèn nhấp nháy", "chó thả rông", "trụ nước chữa cháy", "ghế đá vườn hoa")
#: A rare one and one that stands nearly everywhere; two that are common and never meet.
MIXED = ("duong rọ mõm", "ngo bôi bẩn", "thường trú ổ gà", "khai sinh lòng đường")


def main() -> None:
    """Make what is lacking, measure, print."""
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    import django  # noqa: PLC0415 -- the settings are named just above

    django.setup()
    _make(options.turns, options.reports)
    found = [
        measured(f"{reader}: {name}", ask, options.times)
        for reader, desk in _readers().items()
        for name, ask in _asked(desk).items()
        if f"{reader}: {name}".startswith(options.only)
    ]
    printed(found, options.times)


def _make(turns: int, reports: int) -> None:
    from django.db import connection  # noqa: PLC0415 -- Django must be set up first

    from benchmarks import report_rows, talk_rows  # noqa: PLC0415
    from casework.models import Report  # noqa: PLC0415
    from conversations.models import Turn  # noqa: PLC0415

    report_rows.prepare()
    for kind, wanted, model, fill in (
        ("reports", reports, Report, report_rows.fill),
        ("turns", turns, Turn, talk_rows.fill),
    ):
        lacking = wanted - model.objects.count()
        for made in fill(lacking) if lacking > 0 else ():
            print(f"made {made:,} of {lacking:,} {kind}", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _readers() -> dict[str, object]:
    """Clients, each signed in as one kind of reader."""
    from django.test import Client  # noqa: PLC0415

    from office.models import Staff, Unit  # noqa: PLC0415
    from office.units import contact_team  # noqa: PLC0415

    ward = Unit.objects.filter(kind=Unit.Kind.WARD).earliest("code")
    clients: dict[str, object] = {}
    for name, role, unit in (
        ("administrator", Staff.Role.ADMINISTRATOR, contact_team()),
        ("central team", Staff.Role.AGENT, contact_team()),
        ("ward", Staff.Role.AGENT, ward),
        ("ward's supervisor", Staff.Role.SUPERVISOR, ward),
    ):
        person, _ = Staff.objects.get_or_create(username=f"made-{name}"[:40], defaults={"role": role})
        person.units.set([unit])
        clients[name] = client = Client(headers={"host": HOST})
        client.force_login(person)
    return clients


def _asked(desk: object) -> dict[str, Ask]:
    """By what is looked for."""
    return {
        "common words": _opens(desk, lambda chance: chance.choice(COMMON)),
        "rare words": _opens(desk, lambda chance: chance.choice(RARE)),
        "rare with common words": _opens(desk, lambda chance: chance.choice(MIXED)),
        "two letters": _opens(desk, lambda chance: chance.choice(("th", "ng", "nh"))),
        "a place": _opens(desk, lambda chance: f"so {chance.randint(1, 320)} ngo {chance.randint(2, 480)}"),
        "a code": _opens(desk, lambda chance: f"PA-2026-{chance.randint(1, 40_000):06}"),
        "a name": _opens(desk, lambda chance: chance.choice(("nguyen van an", "do thi chi", "bui ha"))),
        "nothing": _opens(desk, lambda _chance: "khong dau co chu nay"),
        "turns, page 20": _opens(desk, lambda _chance: "duong", kind="turns", page="20"),
        "turns, page 50": _opens(desk, lambda _chance: "duong", kind="turns", page="50"),
        "reports, page 50": _opens(desk, lambda _chance: "duong", kind="reports", page="50"),
        "registers, page 50": _opens(desk, lambda _chance: "xu ly", kind="report-notes", page="50"),
        "one unit, common words": _opens(desk, lambda chance: chance.choice(COMMON), unit=_a_ward()),
        "one day, common words": _opens(
            desk, lambda chance: chance.choice(COMMON), since="2025-06-03", until="2025-06-03"
        ),
        "until a day, common words": _opens(desk, lambda chance: chance.choice(COMMON), until="2025-06-03"),
        "closed, common words": _opens(desk, lambda chance: chance.choice(COMMON), state="done"),
        "one official, common words": _opens(
            desk, lambda chance: chance.choice(COMMON), staff="made-official"
        ),
    }


def _a_ward() -> str:
    from office.models import Unit  # noqa: PLC0415

    return Unit.objects.filter(kind=Unit.Kind.WARD).latest("code").code


def _opens(desk: object, words: Callable[[random.Random], str], **narrowed: str) -> Ask:
    def ask(chance: random.Random) -> None:
        response = desk.get(f"/desk/search?{urlencode({'q': words(chance), **narrowed})}")  # type: ignore[attr-defined]
        assert response.status_code == 200, response.status_code

    return ask


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--turns", type=int, default=200_000)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--only", default="", help="those whose name begins so")
    return parser.parse_args()


if __name__ == "__main__":
    main()
