"""Albums that a bot sends: two to ten pictures, or as many files, in one request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from emulators.telegram import refusals
from emulators.telegram.documents import document_of
from emulators.telegram.methods import Method, Parameters, below, photo_of, photo_sizes
from emulators.telegram.refusals import bad_request
from emulators.telegram.world import Json, World

FEWEST, MOST = 2, 10


async def send_media_group(world: World, given: Parameters) -> list[Json]:
    chat = world.chat(given.chat_id())
    media = given.array("media") or []
    if not FEWEST <= len(media) <= MOST:
        raise bad_request("wrong number of messages in the album: it must have 2-10 items")
    if len({str(each.get("type")) for each in media if isinstance(each, dict)}) > 1:
        raise bad_request("documents can't be mixed with other media types")
    parts = [await _part(world, given, each) for each in media]
    group = {"media_group_id": str(world.next_id()), **below(world, chat, given)}
    return [
        world.record_sent("sendMediaGroup", world.new_message(chat, world.bot, group | part))
        for part in parts
    ]


async def _part(world: World, given: Parameters, media: Any) -> Json:
    if not isinstance(media, dict) or media.get("type") not in ("photo", "document"):
        raise bad_request("can't parse InputMedia: type must be photo or document (others are not emulated)")
    if media["type"] == "photo":
        content: Json = {"photo": photo_sizes(world, await photo_of(world, given, media.get("media")))}
    else:
        content = {"document": await document_of(world, given, media.get("media"))}
    caption = refusals.check_caption(str(media.get("caption") or ""), str(media.get("parse_mode") or ""))
    return content | ({"caption": caption} if caption else {})


ALBUM_METHODS: Mapping[str, Method] = {"sendmediagroup": send_media_group}
