"""`python -m emulators.telegram`: run the emulated Bot API server, and chat through it in a browser."""

from __future__ import annotations

import argparse
import sys

from emulators.commands import parser_of, start
from emulators.telegram.acts import ACTS
from emulators.telegram.client import TOKEN
from emulators.telegram.server import ALL_METHODS, application
from emulators.telegram.world import World


def main() -> None:
    chosen = parser().parse_args()
    world = World(token=chosen.token)
    world.sender.courier.ways.update(chosen.leads)
    sys.stdout.write(f"MOTCUA_TELEGRAM_BASE_URL=http://127.0.0.1:{chosen.port}\n")
    sys.stdout.write(f"MOTCUA_TELEGRAM_TOKEN={chosen.token}\n")
    start(application(world), port=chosen.port)


def parser() -> argparse.ArgumentParser:
    made = parser_of("telegram", __doc__, port=8081, acts=ACTS, calls=sorted(ALL_METHODS))
    made.add_argument("--token", default=TOKEN, help="of the bot (default: %(default)s)")
    return made


if __name__ == "__main__":
    main()
