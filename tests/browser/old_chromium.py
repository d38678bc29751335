"""Look at a page in a real Chromium 65, the one in Qt 5.11: for the eye after larger changes, not for CI.

    python3.11 -m venv /tmp/qt && /tmp/qt/bin/pip install --no-deps PyQt5==5.11.3 PyQt5-sip
    export QTWEBENGINE_DISABLE_SANDBOX=1
    xvfb-run /tmp/qt/bin/python tests/browser/old_chromium.py URL PICTURE.png 360 740 [SCRIPT…]

Runs each SCRIPT in the page, two seconds apart, prints what it gives and what the console says, and takes the
picture.
"""

from __future__ import annotations

import sys

from PyQt5.QtCore import QTimer, QUrl
from PyQt5.QtWebEngineWidgets import QWebEnginePage, QWebEngineView
from PyQt5.QtWidgets import QApplication

PAUSE = 2000
LONGEST = 60_000


class Page(QWebEnginePage):
    """Tells on standard output what the page's console says."""

    def javaScriptConsoleMessage(self, level: int, message: str, line: int, source: str) -> None:  # noqa: N802
        sys.stdout.write(f"console {level}: {message} ({source}:{line})\n")


def main(address: str, picture: str, width: str, height: str, *scripts: str) -> None:
    application = QApplication(["old_chromium"])
    view = QWebEngineView()
    page = Page(view)
    view.setPage(page)
    view.resize(int(width), int(height))
    view.show()

    def step(number: int = 0) -> None:
        if number == len(scripts):
            view.grab().save(picture)
            application.quit()
        else:
            page.runJavaScript(scripts[number], lambda given: sys.stdout.write(f"{given}\n"))
            QTimer.singleShot(PAUSE, lambda: step(number + 1))

    page.loadFinished.connect(lambda _ok: QTimer.singleShot(PAUSE, step))
    page.load(QUrl(address))
    QTimer.singleShot(LONGEST, application.quit)
    application.exec_()


if __name__ == "__main__":
    main(*sys.argv[1:])
