"""`python -m emulators.telegram`: run the emulated Bot API server for a try by hand."""

from __future__ import annotations

import argparse
import sys

import uvicorn

from emulators.telegram.client import TOKEN
from emulators.telegram.server import application
from emulators.telegram.world import World


def main() -> None:
    parser = argparse.ArgumentParser(prog="emulators.telegram", description=__doc__)
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default=TOKEN)
    chosen = parser.parse_args()
    sys.stdout.write(
        f"MOTCUA_TELEGRAM_BASE_URL=http://127.0.0.1:{chosen.port}\nMOTCUA_TELEGRAM_TOKEN={chosen.token}\n"
    )
    sys.stdout.flush()
    uvicorn.run(application(World(token=chosen.token)), port=chosen.port, log_level="warning")


if __name__ == "__main__":
    main()
