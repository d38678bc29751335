"""The ASGI application that uvicorn serves."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
django.setup(set_prefix=False)

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol  # noqa: E402 -- after Django is set up

from conversations import changes  # noqa: E402
from motcua import logs  # noqa: E402
from web.asgi import OneThread, limit_bodies, living, share_a_thread  # noqa: E402
from web.live import end_streams  # noqa: E402
from web.webhooks import edge  # noqa: E402

#: Seconds a thread computes before another may: a page asks the database twenty times, and while another page
#: was being written each answer waited so long (5 ms as Python comes).
TURN = 0.0005
#: The largest photo and the form around it.
LARGEST_BODY = 8_500_000


class Connection(HttpToolsProtocol):
    """uvicorn's, which would otherwise wait for live streams that never end by themselves."""

    def shutdown(self) -> None:
        end_streams()
        super().shutdown()


@contextmanager
def life() -> Iterator[None]:
    """What a process does as long as it serves."""
    logs.set_up()
    with changes.heeding_others():
        yield


sys.setswitchinterval(TURN)
sharing = share_a_thread(OneThread(), "/chat/stream", "/desk/live")
limited = limit_bodies(limit_bodies(sharing, most=edge.LARGEST_BODY, below="/webhooks/"), most=LARGEST_BODY)
application = living(limited, life)
