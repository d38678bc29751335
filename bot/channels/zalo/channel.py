"""Our Official Account as a channel: replies out, pictures in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from django.utils import timezone

from bot.channels import Concerns, Delivered, DeliveryProblem, OutOfWindow, Unreachable, plain
from bot.channels.kept_files import content_of
from bot.channels.limits import ZALO
from bot.channels.pieces import SentPieces
from bot.channels.rendering import message_of, render
from bot.channels.zalo import pictures
from bot.channels.zalo.account import ZaloAccount
from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.errors import (
    ACCOUNT_WIDE,
    PERMANENT,
    Meaning,
    PictureRefused,
    ZaloError,
    ZaloRefusal,
    wait_asked,
)
from bot.channels.zalo.messages import contact_request, file, image, message
from bot.channels.zalo.updates import CHANNEL
from bot.channels.zalo.values import Json
from conversations.messages import SentFile
from conversations.models import Turn

#: Zalo shows a picture on the card that asks for a telephone number. It has to reach ours for that.
CARD_PICTURE = "/static/office-icon.png"


class ZaloChannel:
    """The channel of one Official Account; `account` is its id. `close()` ends its connections."""

    name = CHANNEL

    def __init__(self, account: ZaloAccount) -> None:
        self.account = account.oa_id
        self._zalo = account
        self._client = ZaloClient(account)
        self._sent = SentPieces()

    def deliver(self, turn: Turn) -> Delivered:
        """Send a reply, in pieces when it is long. Raises DeliveryProblem."""
        try:
            return self._sent.send_rest(turn, self._pieces(turn))
        except ZaloError as error:
            raise _delivery_problem(error) from error

    def _pieces(self, turn: Turn) -> Sequence[Callable[[], str]]:
        """What sends each message."""
        chat = turn.conversation.chat
        return tuple(partial(self._send, chat, make) for make in self._messages(turn))

    def _send(self, chat: str, make: Callable[[], Json]) -> str:
        return self._client.send(chat, make())

    def _messages(self, turn: Turn) -> Sequence[Callable[[], Json]]:
        """What makes each message; a file is uploaded when its turn comes."""
        said = message_of(turn)
        card = plain.address(CARD_PICTURE) if said.asks_number else ""
        return (
            *(partial(message, bubble) for bubble in render(said, who=plain.label(turn), limits=ZALO)),
            *(partial(self._uploaded, turn, sent_file) for sent_file in said.files),
            *((partial(contact_request, card),) if card else ()),
        )

    def _uploaded(self, turn: Turn, sent_file: SentFile) -> Json:
        """The file at Zalo, as a message: a picture with who speaks under it; a file takes no words."""
        content = content_of(turn, sent_file.reference)
        if sent_file.media_type.startswith("image/"):
            uploaded = self._client.upload_image(sent_file.name, pictures.fitted(content))
            return image(uploaded, plain.label(turn))
        return file(self._client.upload_file(sent_file.name, content))

    def deliver_template(self, turn: Turn, *, template_id: str, values: Mapping[str, str]) -> Delivered:
        """Send a paid template; Zalo gets the turn's number with it. Raises DeliveryProblem."""
        chat, tracking = turn.conversation.chat, str(turn.pk)
        try:
            message_id = self._client.send_template(chat, template_id, values, tracking=tracking)
        except ZaloError as error:
            raise _delivery_problem(error) from error
        return Delivered(external_id=message_id)

    def fetch(self, reference: str) -> bytes:
        """The picture at the address that Zalo gave; at most 8 MB. Raises DeliveryProblem."""
        try:
            return pictures.fetch(self._zalo, reference)
        except ZaloError as error:
            raise _delivery_problem(error) from error

    def close(self) -> None:
        self._client.close()


def _delivery_problem(error: ZaloError) -> DeliveryProblem:
    """What staff read on the desk, and whether and when trying again can help."""
    if isinstance(error, ZaloRefusal):
        if error.meaning is Meaning.WINDOW:
            return OutOfWindow(str(error))
        if error.meaning is Meaning.LEFT_US:
            return Unreachable(str(error))
        wait = wait_asked(error.meaning, now=timezone.now())
        concerns = Concerns.ACCOUNT if error.meaning in ACCOUNT_WIDE else Concerns.MESSAGE
        permanent = error.meaning in PERMANENT
        return DeliveryProblem(str(error), permanent=permanent, retry_after=wait, concerns=concerns)
    if isinstance(error, PictureRefused):
        return DeliveryProblem(str(error), permanent=True)
    return DeliveryProblem(str(error), concerns=Concerns.ACCOUNT)
