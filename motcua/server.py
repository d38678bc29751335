"""The web server of this program, in one process or several."""

from __future__ import annotations

import uvicorn

#: Seconds an idle connection stays open: longer than a proxy in front keeps it (nginx: 60), or it would send
#: a request into one that is just being closed.
KEPT_ALIVE = 75
#: Seconds open requests may still take after the signal to stop.
GRACE = 3


def serve(host: str, port: int, *, processes: int = 1) -> None:
    """Serve the pages until told to stop. Of several processes, one that dies is started again."""
    uvicorn.run(
        "motcua.asgi:application",
        http="motcua.asgi:Connection",  # a name, since each process imports its own
        host=host,
        port=port,
        workers=processes,
        log_config=None,  # its lines go through ours, where they are masked
        log_level="warning",
        lifespan="on",
        timeout_keep_alive=KEPT_ALIVE,
        timeout_graceful_shutdown=GRACE,
    )
