"""`motcua run`, real in everything, but held at one point until the file HOME/go appears.

usage: python -m tests.journeys.stalled understanding|delivery run …
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from motcua.environment import read

POINTS = {
    "understanding": "bot.responder.understand",
    "delivery": "bot.delivery.claim_next",
}


def held(function: Callable[..., Any], home: Path) -> Callable[..., Any]:
    """The function, which waits for HOME/go before each call that has something to do."""

    def waits(*arguments: Any, **named: Any) -> Any:
        (home / "stalled").touch()
        while not (home / "go").exists():
            time.sleep(0.01)
        return function(*arguments, **named)

    return waits


def main() -> None:
    point = POINTS[sys.argv.pop(1)]
    from motcua.cli import main as motcua  # noqa: PLC0415
    from motcua.cli import set_up  # noqa: PLC0415 -- Django must be set up before the point is imported

    set_up()
    module, name = point.rsplit(".", 1)
    __import__(module)
    function = getattr(sys.modules[module], name)
    with patch(point, held(function, read().home)):
        motcua()


if __name__ == "__main__":
    main()
