"""The widget's addresses: who may frame them, and a visitor who brings a token instead of a cookie."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from conversations.models import Conversation, Turn
from tests.web.browsers import Browser, answer, photograph

pytestmark = pytest.mark.django_db

TOKEN = "X-Chat-Token"


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


class Frame:
    """The script in the widget's frame: a token of its own, CSRF checked as in production."""

    def __init__(self, token: str = "") -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.headers = {TOKEN: token or secrets.token_urlsafe(16), "Accept": "application/json"}

    def get(self, address: str) -> Any:
        return self.client.get(address, headers=self.headers)

    def post(self, address: str, fields: dict[str, Any] | None = None, **options: Any) -> Any:
        return self.client.post(address, fields or {}, headers=self.headers, **options)

    def say(self, text: str) -> Any:
        fields = {"event_id": secrets.token_hex(16), "text": text}
        return self.post("/chat/messages", fields, content_type="application/json")

    def texts(self, query: str = "") -> list[str]:
        return [turn["text"] for turn in self.get(f"/chat/turns{query}").json()["turns"]]


def test_who_brings_a_token_talks_without_a_cookie_and_is_given_none() -> None:
    frame = Frame()
    response = frame.say("khai sinh")
    assert response.status_code == 200
    assert frame.texts() == ["khai sinh"]
    assert not frame.client.cookies


def test_a_token_opens_its_own_conversation_only() -> None:
    Frame().say("chuyện riêng")
    Browser().say("chuyện của trang")
    assert Frame().texts() == []


def test_a_cookie_beside_a_token_counts_for_nothing() -> None:
    """Or another site's form, which sends the cookie, could pass without a CSRF token."""
    browser = Browser()
    browser.say("của trang")
    frame = Frame()
    frame.client.cookies = browser.client.cookies
    assert frame.texts() == []
    frame.say("của khung")
    assert [turn["text"] for turn in browser.turns()] == ["của trang"]


@pytest.mark.parametrize("token", ["short", "x" * 23, "<script>alert(1)</scr>"])
@pytest.mark.parametrize(
    "address", ["/chat/messages", "/chat/photos", "/du-lieu-cua-toi/tai", "/chat/ket-thuc"]
)
def test_what_is_no_token_passes_no_csrf_check(address: str, token: str) -> None:
    assert Frame(token).post(address).status_code == 400
    assert not Conversation.objects.exists()


@pytest.mark.parametrize(
    "address", ["/chat/messages", "/chat/photos", "/du-lieu-cua-toi/tai", "/chat/ket-thuc"]
)
def test_without_a_token_the_csrf_check_holds(address: str) -> None:
    assert Client(enforce_csrf_checks=True).post(address).status_code == 403


@pytest.mark.parametrize("address", ["/chat/messages", "/chat/turns", "/chat/stream", "/widget"])
def test_no_other_site_is_allowed_to_ask_in_a_citizens_name(address: str) -> None:
    """CORS stays shut: a browser asks first whether the header may be sent, and hears nothing."""
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Headers": TOKEN}
    response = Client().options(address, headers=asked)
    assert not [name for name in response.headers if name.lower().startswith("access-control")]


def test_the_newest_turns_come_first_and_older_ones_page_by_page() -> None:
    frame = Frame()
    conversation = Turn.objects.get(pk=frame.say("tin đầu").json()["turn"]["id"]).conversation
    for number in range(40):
        answer(conversation, f"trả lời {number}")
    newest = frame.get("/chat/turns").json()
    assert newest["older"] is True
    assert len(newest["turns"]) == 30
    oldest = newest["turns"][0]["id"]
    before = frame.get(f"/chat/turns?before={oldest}").json()
    assert [turn["text"] for turn in before["turns"]] == ["tin đầu", *(f"trả lời {n}" for n in range(10))]
    assert before["older"] is False


def test_a_picture_is_shown_to_who_brings_the_token_and_kept_from_others_caches() -> None:
    frame = Frame()
    form = {"event_id": secrets.token_hex(16), "photo": SimpleUploadedFile("a.jpg", photograph())}
    (picture,) = frame.post("/chat/photos", form).json()["turn"]["photos"]
    shown = frame.get(picture)
    assert shown["Content-Type"] == "image/jpeg"
    assert TOKEN in shown["Vary"]
    assert Frame().get(picture).status_code == 404
    assert Client().get(picture).status_code == 404


def test_a_stream_opens_for_the_token() -> None:
    frame = Frame()
    assert frame.get("/chat/stream").status_code == 204
    frame.say("chào")
    assert frame.get("/chat/stream")["Content-Type"] == "text/event-stream"


def test_the_end_erases_and_tells_the_codes_before() -> None:
    frame = Frame()
    frame.say("chuyện riêng")
    asked = frame.get("/chat/ket-thuc")
    assert "không lấy lại được" in asked.content.decode()
    assert "<html" not in asked.content.decode()
    assert frame.post("/chat/ket-thuc").status_code == 204
    assert not Turn.objects.exists()


def test_a_copy_is_fetched_once_by_the_same_token() -> None:
    frame = Frame()
    frame.say("khai sinh")
    address = frame.post("/du-lieu-cua-toi/tai").json()["address"]
    assert Frame().post(address).status_code == 404
    assert frame.post(address)["Content-Type"] == "application/zip"
    assert frame.post(address).status_code == 404


def test_only_named_sites_may_show_the_frame_and_none_the_page(settings: Any) -> None:
    settings.WIDGET_ORIGINS = ("https://phuong.example.vn", "https://*.hanoi.gov.vn")
    frame, page = Client().get("/widget"), Client().get("/")
    allowed = "frame-ancestors 'self' https://phuong.example.vn https://*.hanoi.gov.vn"
    assert frame["Content-Security-Policy"].endswith(allowed)
    assert "X-Frame-Options" not in frame
    assert page["Content-Security-Policy"].endswith("frame-ancestors 'none'")
    assert page["X-Frame-Options"] == "DENY"


def test_with_no_site_named_only_our_own_pages_may_show_the_frame(settings: Any) -> None:
    settings.WIDGET_ORIGINS = ()
    assert Client().get("/widget")["Content-Security-Policy"].endswith("frame-ancestors 'self'")


def test_the_frame_and_the_script_set_no_cookie_and_hold_nothing_of_anybody() -> None:
    browser = Browser()
    browser.say("chuyện riêng")
    for address in ("/widget", "/widget.js", "/nhung"):
        response = browser.client.get(address)
        assert not response.cookies, address
        assert "chuyện riêng" not in response.content.decode()
        assert "csrfmiddlewaretoken" not in response.content.decode()


def test_the_script_is_kept_for_an_hour_and_asked_for_again_by_its_digest() -> None:
    first = Client().get("/widget.js")
    assert first["Content-Type"] == "text/javascript; charset=utf-8"
    assert first["Cache-Control"] == "public, max-age=3600"
    again = Client().get("/widget.js", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_the_line_to_copy_names_the_public_address_and_the_sites(settings: Any) -> None:
    settings.PUBLIC_URL = "https://motcua.example.vn"
    settings.WIDGET_ORIGINS = ("https://*.hanoi.gov.vn",)
    page = Client().get("/nhung").content.decode()
    assert "&lt;script src=&quot;https://motcua.example.vn/widget.js&quot; async" in page
    assert "https://*.hanoi.gov.vn" in page
