"""A citizen's browser for tests of the web chat, and what officials and the assistant say to it."""

from __future__ import annotations

import secrets
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from conversations import outbox
from conversations.messages import Author, Choice, Citation, OutboundMessage
from conversations.models import Conversation, Turn
from office.models import Staff


class Browser:
    """Keeps its cookies, as a browser does."""

    def __init__(self) -> None:
        self.client = Client()
        self.client.get("/")

    def post(self, **fields: Any) -> Any:
        return self.client.post(
            "/chat/messages", {"event_id": secrets.token_hex(16), **fields}, content_type="application/json"
        )

    def say(self, text: str) -> Conversation:
        """Say something; the conversation it was taken into."""
        return self.conversation_of(self.post(text=text))

    def send_photo(self, data: bytes, **fields: str) -> Any:
        form = {"event_id": secrets.token_hex(16), "photo": SimpleUploadedFile("anh.jpg", data), **fields}
        return self.client.post("/chat/photos", form, headers={"Accept": "application/json"})

    def turns(self, after: int = 0) -> list[dict[str, Any]]:
        turns: list[dict[str, Any]] = self.client.get("/chat/turns", {"after": after}).json()["turns"]
        return turns

    def page(self) -> str:
        return self.client.get("/").content.decode()

    @staticmethod
    def conversation_of(response: Any) -> Conversation:
        assert response.status_code == 200, response.content
        return Turn.objects.get(pk=response.json()["turn"]["id"]).conversation


def photograph(*, size: tuple[int, int] = (64, 48), kind: str = "JPEG", **options: Any) -> bytes:
    target = BytesIO()
    Image.new("RGB", size, "teal").save(target, format=kind, **options)
    return target.getvalue()


def answer(conversation: Conversation, text: str, *choices: Choice, citation: Citation | None = None) -> Turn:
    return outbox.queue(conversation, OutboundMessage(text=text, choices=choices, citation=citation))


def official_answer(conversation: Conversation, text: str, staff: Staff) -> Turn:
    return outbox.queue(conversation, OutboundMessage(text=text, author=Author.OFFICIAL), staff=staff)


def citation(**changes: str) -> Citation:
    source = {
        "code": "1.001193",
        "title": "Thủ tục đăng ký khai sinh",
        "decision": "QĐ 3606/QĐ-BTP",
        "url": "https://dichvucong.gov.vn/thu-tuc/1",
        "updated": "12/06/2026",
    }
    return Citation(**{**source, **changes})
