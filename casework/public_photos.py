"""The public's copies of photos: drawn anew, parts covered; the original stays as it was sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from casework.errors import PhotoGone
from casework.models import Report
from conversations.models import Attachment, new_public_id

#: Wide enough for a phone and a desk, and light on mobile data.
LONGEST_SIDE = 1_280
QUALITY = 80
#: Opaque: what was blurred can sometimes be read back.
COVER = (96, 96, 96)
MOST_COVERS = 12


@dataclass(frozen=True, kw_only=True)
class Rectangle:
    """A part of a picture, in percent of its width and height, from the left and the top."""

    left: float
    top: float
    width: float
    height: float

    def points(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, top, right, bottom in points of a picture of this size; a part of a point counts whole."""
        right, bottom = self.left + self.width, self.top + self.height
        return (
            int(self.left * width / 100),
            int(self.top * height / 100),
            -int(-right * width // 100),
            -int(-bottom * height // 100),
        )


@dataclass(frozen=True, kw_only=True)
class ChosenPhoto:
    """A photo of a report, by its public id, that may be shown with these parts covered."""

    public_id: str
    covers: tuple[Rectangle, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A copy not kept yet."""

    original: Attachment
    name: str
    jpeg: bytes


def covers_in(given: str) -> tuple[Rectangle, ...]:
    """Rectangles as a form sends them, "left,top,width,height" with spaces between; the rest is left out."""
    found = (_rectangle(part) for part in given.split()[:MOST_COVERS])
    return tuple(rectangle for rectangle in found if rectangle)


def _rectangle(given: str) -> Rectangle | None:
    try:
        left, top, width, height = (float(number) for number in given.split(","))
    except ValueError:
        return None
    if not (0 <= left < 100 and 0 <= top < 100 and 0 < width <= 100 and 0 < height <= 100):
        return None
    return Rectangle(left=left, top=top, width=min(width, 100 - left), height=min(height, 100 - top))


def covered(original: Attachment, covers: Sequence[Rectangle]) -> bytes:
    """The picture as the public would see it, a JPEG. Raises PhotoGone when its file is not there."""
    try:
        with original.file.open("rb") as file, Image.open(file) as stored:
            picture = stored.convert("RGB")
    except OSError as problem:
        raise PhotoGone from problem
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    pen = ImageDraw.Draw(picture)
    for cover in covers:
        pen.rectangle(cover.points(picture.width, picture.height), fill=COVER)
    target = BytesIO()
    picture.save(target, format="JPEG", quality=QUALITY)
    return target.getvalue()


def draw(report: Report, chosen: Sequence[ChosenPhoto]) -> tuple[Drawn, ...]:
    """The copies of these photos. Raises PhotoGone for one that the report does not have."""
    photos = {photo.public_id: photo for photo in report.photos.all()}
    if not all(photo.public_id in photos for photo in chosen):
        raise PhotoGone
    return tuple(
        Drawn(
            original=photos[photo.public_id],
            name=f"{report.code}-{number}.jpg",
            jpeg=covered(photos[photo.public_id], photo.covers),
        )
        for number, photo in enumerate(chosen, 1)
    )


def keep(copies: Iterable[Drawn]) -> list[Attachment]:
    """Store them as the office's own files, apart from the citizen's."""
    return [_kept(copy) for copy in copies]


def _kept(copy: Drawn) -> Attachment:
    kept = Attachment(
        conversation=copy.original.conversation,
        media_type="image/jpeg",
        size=len(copy.jpeg),
        is_filed=True,
        name=copy.name,
    )
    kept.file.save(f"{new_public_id()}.jpg", ContentFile(copy.jpeg), save=False)
    kept.save()
    return kept
