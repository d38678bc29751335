"""The ASGI application that uvicorn serves."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
django_application = get_asgi_application()

from web.asgi import limit_bodies, share_a_thread  # noqa: E402 -- after Django is set up
from web.webhooks import edge  # noqa: E402

#: The largest photo and the form around it.
LARGEST_BODY = 8_500_000

sharing = share_a_thread(django_application, "/chat/stream", "/desk/live")
application = limit_bodies(
    limit_bodies(sharing, most=edge.LARGEST_BODY, below="/webhooks/"), most=LARGEST_BODY
)
