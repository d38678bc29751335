"""What a browser says of itself, in words a person recognises: "Chrome trên Windows"."""

from __future__ import annotations

#: In this order: Edge and Cốc Cốc also call themselves Chrome, and Chrome also Safari.
BROWSERS = {
    "coc_coc_browser": "Cốc Cốc",
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Windows": "Windows",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Mac OS X": "máy Mac",
    "CrOS": "Chromebook",
    "Linux": "Linux",
}


def device_words(user_agent: str) -> str:
    """The browser and its system, as far as they are known."""
    browser = next((words for mark, words in BROWSERS.items() if mark in user_agent), "Trình duyệt lạ")
    system = next((words for mark, words in SYSTEMS.items() if mark in user_agent), "")
    return f"{browser} trên {system}" if system else browser
