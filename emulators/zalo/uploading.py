"""The calls that upload what messages then name."""

from __future__ import annotations

from starlette.datastructures import UploadFile
from starlette.requests import Request

from emulators.zalo import refusals
from emulators.zalo.refusals import invalid, too_much
from emulators.zalo.world import Json, World


async def upload_image(world: World, request: Request) -> Json:
    content, _ = await _uploaded(request, refusals.IMAGE_BYTES)
    if not content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        raise invalid("file")
    return {"attachment_id": world.keep_upload("image", content)}


async def upload_gif(world: World, request: Request) -> Json:
    content, _ = await _uploaded(request, refusals.FILE_BYTES)
    if not content.startswith((b"GIF87a", b"GIF89a")):
        raise invalid("file")
    return {"attachment_id": world.keep_upload("gif", content)}


async def upload_file(world: World, request: Request) -> Json:
    content, name = await _uploaded(request, refusals.FILE_BYTES)
    begins = FILE_BEGINNINGS.get(name.lower().rpartition(".")[2])
    if begins is None or not content.startswith(begins):
        raise invalid("file")
    return {"token": world.keep_upload("file", content)}


#: What a file of this ending begins with. A text of commas may begin with anything.
FILE_BEGINNINGS = {"pdf": b"%PDF", "docx": b"PK\x03\x04", "doc": b"\xd0\xcf\x11\xe0", "csv": b""}


async def _uploaded(request: Request, most: int) -> tuple[bytes, str]:
    """The content and name of the form's `file`."""
    given = (await request.form()).get("file")
    if not isinstance(given, UploadFile):
        raise invalid("file")
    content = await given.read()
    if not content:
        raise invalid("file")
    if len(content) > most:
        raise too_much()
    return content, given.filename or ""
