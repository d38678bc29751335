"""A ward's website for tests of the widget: another origin, on loopback."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

#: Hostile to what is put into it: rules for every button, and a policy that allows the widget alone.
PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>UBND phường Thử</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>button, span, div {{ color: red !important; text-transform: uppercase; letter-spacing: 9px }}
main {{ max-width: 60rem; margin: 0 auto; padding: 1rem; font: 18px sans-serif; min-height: 150vh }}</style>
</head><body><main><h1>UBND phường Thử</h1><p><a href="/khac">Trang khác</a></p>
<p>Lịch tiếp công dân, thông báo, thủ tục.</p></main>
<script src="{widget}/widget.js" async referrerpolicy="no-referrer" {attributes}></script></body></html>"""


@dataclass(kw_only=True)
class Website:
    """widget: where our product is. policy: the site's Content-Security-Policy, as a ward would set it."""

    widget: str
    attributes: str = ""
    policy: str = "default-src 'self'; style-src 'unsafe-inline'; script-src {widget}; frame-src {widget}"
    address: str = ""

    def page(self) -> bytes:
        return PAGE.format(widget=self.widget, attributes=self.attributes).encode()


class _Visit(BaseHTTPRequestHandler):
    def __init__(self, site: Website, *arguments: object) -> None:
        self.site = site
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", self.site.policy.format(widget=self.site.widget))
        self.end_headers()
        self.wfile.write(self.site.page())

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Quiet."""


@contextmanager
def website(widget: str, *, attributes: str = "") -> Iterator[Website]:
    """A site under `localhost`, which is another one than our 127.0.0.1 for cookies and storage, too."""
    site = Website(widget=widget, attributes=attributes)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Visit, site))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    site.address = f"http://localhost:{server.server_address[1]}"
    yield site
    server.shutdown()
    server.server_close()
    thread.join(5)
