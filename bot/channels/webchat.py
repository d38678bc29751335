"""The web chat: the page at `/` reads the rows itself, so delivering is telling it to look."""

from __future__ import annotations

from bot.channels import Delivered, DeliveryProblem
from conversations.changes import conversation_topic, publish
from conversations.models import Attachment, Turn


class WebChat:
    """Our own page. There is one account: the city's."""

    name = "webchat"
    account = "main"

    def deliver(self, turn: Turn) -> Delivered:
        """Wake the pages that show this conversation; a page opened later reads the row all the same."""
        publish(conversation_topic(turn.conversation.public_id))
        return Delivered(external_id=str(turn.pk))

    def fetch(self, reference: str) -> bytes:
        """The stored JPEG. Raises DeliveryProblem, permanent, when the row or its file is gone."""
        attachment = Attachment.objects.filter(
            public_id=reference, conversation__channel=self.name, conversation__account=self.account
        ).first()
        if attachment is None:
            raise DeliveryProblem(f"no attachment {reference!r} in the web chat", permanent=True)
        try:
            with attachment.file.open("rb") as file:
                data: bytes = file.read()
        except FileNotFoundError as problem:
            raise DeliveryProblem(
                f"the file of attachment {reference!r} is gone", permanent=True
            ) from problem
        return data
