"""The ASGI application that uvicorn serves."""

from __future__ import annotations

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
django.setup(set_prefix=False)

from web.asgi import OneThread, limit_bodies, share_a_thread  # noqa: E402 -- after Django is set up
from web.webhooks import edge  # noqa: E402

#: Seconds a thread computes before another may: a page asks the database twenty times, and while another page
#: was being written each answer waited so long (5 ms as Python comes).
TURN = 0.0005
#: The largest photo and the form around it.
LARGEST_BODY = 8_500_000

sys.setswitchinterval(TURN)
sharing = share_a_thread(OneThread(), "/chat/stream", "/desk/live")
application = limit_bodies(
    limit_bodies(sharing, most=edge.LARGEST_BODY, below="/webhooks/"), most=LARGEST_BODY
)
