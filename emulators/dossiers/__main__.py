"""`python -m emulators.dossiers`: run the emulated dossier system for a try by hand."""

from __future__ import annotations

import argparse
import sys

import uvicorn

from emulators.dossiers.server import TOKEN, World, application


def main() -> None:
    parser = argparse.ArgumentParser(prog="emulators.dossiers", description=__doc__)
    parser.add_argument("--port", type=int, default=8082)
    parser.add_argument("--token", default=TOKEN)
    chosen = parser.parse_args()
    world = World(token=chosen.token)
    sys.stdout.write(
        f"MOTCUA_DOSSIER_URL=http://127.0.0.1:{chosen.port}\nMOTCUA_DOSSIER_TOKEN={chosen.token}\n"
    )
    sys.stdout.writelines(f"{code}: {dossier['proof']}\n" for code, dossier in world.dossiers.items())
    sys.stdout.flush()
    uvicorn.run(application(world), port=chosen.port, log_level="warning")


if __name__ == "__main__":
    main()
