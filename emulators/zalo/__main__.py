"""`python -m emulators.zalo`: run the emulated Zalo, and chat through it in a browser."""

from __future__ import annotations

import argparse
import sys

from emulators.commands import parser_of, start
from emulators.faults import WrongOrder
from emulators.zalo.acts import ACTS
from emulators.zalo.calls import ENDPOINTS
from emulators.zalo.server import application
from emulators.zalo.world import World


def main() -> None:
    options = parser()
    chosen = options.parse_args()
    world = World()
    world.sender.courier.ways.update(chosen.leads)
    world.sender.scale = chosen.scale
    try:
        world.sender.set(chosen.webhook)
    except WrongOrder as problem:
        options.error(str(problem))
    known, pair = world.credentials, world.keys.pair()
    settings = {
        "BASE_URL": f"http://127.0.0.1:{chosen.port}",
        "MEDIA_HOSTS": "127.0.0.1",
        "APP_ID": known.app_id,
        "APP_SECRET": known.app_secret,
        "OA_ID": known.oa_id,
        "OA_SECRET_KEY": known.oa_secret_key,
        "REFRESH_TOKEN": pair["refresh_token"],
    }
    sys.stdout.writelines(f"MOTCUA_ZALO_{name}={value}\n" for name, value in settings.items())
    start(application(world), port=chosen.port)


def parser() -> argparse.ArgumentParser:
    made = parser_of("zalo", __doc__, port=8083, acts=ACTS, calls=[each.name for each in ENDPOINTS])
    made.add_argument(
        "--webhook", default="", metavar="URL", help="where events are sent, as in the app's console"
    )
    made.add_argument(
        "--scale",
        type=float,
        default=1.0,
        help="of the waits before an event is sent again (default 1: 30 s … 1 h)",
    )
    return made


if __name__ == "__main__":
    main()
