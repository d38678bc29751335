"""`python -m emulators.…`: what the commands have in common."""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Iterable

from starlette.applications import Starlette

from emulators.faults import CALL_FAULTS, UPDATE_FAULTS
from emulators.loopback import serve
from emulators.webhooks import is_loopback


def parser_of(
    name: str, about: str | None, *, port: int, acts: Iterable[str], calls: Iterable[str]
) -> argparse.ArgumentParser:
    """The options every emulator has, and a help that says what can be ordered."""
    made = argparse.ArgumentParser(
        prog=f"python -m emulators.{name}",
        description=about,
        epilog=_what_to_order(acts, calls),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--port", type=int, default=port, help="on 127.0.0.1 (default: %(default)s)")
    made.add_argument(
        "--leads",
        action="append",
        default=[],
        type=_way,
        metavar="PUBLIC=HERE",
        help="a webhook at this public address is called here, as in https://a.vn=http://127.0.0.1:8000",
    )
    return made


def _what_to_order(acts: Iterable[str], calls: Iterable[str]) -> str:
    parts = {
        "In a browser": "open the printed address: a chat as a citizen sees it.",
        "POST /control/updates": 'act as a citizen, as in {"act": "text", "user": "1001", "chat": 1001, '
        f'"text": "làm khai sinh"}}. Acts: {", ".join(sorted(acts))}.',
        "POST /control/faults": 'let something go wrong, as in {"call": "*", "kind": "drop", "times": 3, '
        f'"probability": 0.5, "seed": 7}}. Kinds: {", ".join(sorted(CALL_FAULTS))}; of the call "updates": '
        f"{', '.join(sorted(UPDATE_FAULTS))}. DELETE forgets them. Calls: {', '.join(calls)}.",
        "POST /control/reset": "forget everything.",
        "GET /control/state": "what has happened.",
        "More": "docs/developers/emulators.md.",
    }
    told = [
        textwrap.fill(f"{name}: {text}", width=100, subsequent_indent="  ") for name, text in parts.items()
    ]
    return "\n".join(told)


def _way(given: str) -> tuple[str, str]:
    public, _, here = given.rpartition("=")
    if not public or not is_loopback(here):
        raise argparse.ArgumentTypeError("give PUBLIC=HERE, as in https://a.vn=http://127.0.0.1:8000")
    return public, here


def start(application: Starlette, *, port: int) -> None:
    """Say where the page is, and answer until the program is stopped."""
    sys.stdout.write(f"http://127.0.0.1:{port}/\n")
    sys.stdout.flush()
    serve(application, port=port)
