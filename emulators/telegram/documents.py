"""Files that a bot sends: uploaded with the request, or known by their id; as large as the real one takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import UploadFile

from emulators.telegram import refusals
from emulators.telegram.methods import Method, Parameters, below
from emulators.telegram.refusals import Refusal, bad_request
from emulators.telegram.world import Json, World

DOCUMENT_BYTES = 50_000_000


async def send_document(world: World, given: Parameters) -> Json:
    chat = world.chat(given.chat_id())
    content: Json = {"document": await document_of(world, given, given.values.get("document"))}
    caption = refusals.check_caption(given.text("caption"), given.text("parse_mode"))
    if caption:
        content["caption"] = caption
    return world.record_sent(
        "sendDocument", world.new_message(chat, world.bot, content | below(world, chat, given))
    )


async def document_of(world: World, given: Parameters, sent: Any) -> Json:
    """The file a parameter means: one of the request, or one the server knows by its id."""
    if isinstance(sent, str) and sent.startswith("attach://"):
        sent = given.values.get(sent.removeprefix("attach://"))
    if isinstance(sent, UploadFile):
        return _kept(world, await sent.read(), sent.filename or "file", sent.content_type or "")
    if isinstance(sent, str) and sent in world.files:
        return _described(sent, "file", "", len(world.files[sent]))
    raise bad_request(
        "there is no document in the request" if not sent else "wrong file identifier specified"
    )


def _kept(world: World, content: bytes, name: str, media_type: str) -> Json:
    if not content:
        raise bad_request("file must be non-empty")
    if len(content) > DOCUMENT_BYTES:
        raise Refusal(413, "Request Entity Too Large")
    return _described(world.keep_file(content), name, media_type, len(content))


def _described(file_id: str, name: str, media_type: str, size: int) -> Json:
    return {
        "file_id": file_id,
        "file_unique_id": f"U{file_id}",
        "file_name": name,
        "mime_type": media_type,
        "file_size": size,
    }


DOCUMENT_METHODS: Mapping[str, Method] = {"senddocument": send_document}
