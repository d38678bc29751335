"""Pictures of identity papers: what shows one is not kept, nor what came together with it."""

from __future__ import annotations

from datetime import timedelta
from itertools import takewhile

from conversations.bursts import is_same_album, is_version_of
from conversations.erasure import drop_pictures
from conversations.messages import MessageKind
from conversations.models import Attachment, Turn
from conversations.transcript import said_in
from office.lookups import Lookup, number

MAY_SHOW = frozenset({MessageKind.PHOTO, MessageKind.FILE, MessageKind.VIDEO})
#: How long after a picture words alone still speak of it ("căn cước của tôi đấy").
SPEAKS_OF_IT = timedelta(minutes=5)
#: Turns looked at for such pictures: an album has ten.
LOOKED_AT = 10


def drop_pictures_of_paper(turn: Turn, *, shown: bool) -> frozenset[str]:
    """Where this message shows an identity paper, or one that it belongs to does, none of them keeps its
    pictures. shown: this one's words say so. Returns the references that are gone.
    """
    together = [*_belonging_to(turn, shown=shown), turn]
    is_shown = shown or any(one.payload.get("shows_paper") for one in together)
    if not (is_shown and any(one.kind in MAY_SHOW for one in together)):
        return frozenset()
    gone = frozenset(medium["reference"] for one in together for medium in one.payload.get("media", ()))
    for one in together:
        one.payload |= {"media": [], "shows_paper": True}
        one.save(update_fields=["payload"])
    kept_here = Attachment.objects.filter(conversation=turn.conversation_id, public_id__in=gone)
    drop_pictures(kept_here.filter(is_filed=False))
    return gone


def _belonging_to(turn: Turn, *, shown: bool) -> list[Turn]:
    """The rest of its album, its earlier versions, and the pictures that its words speak of."""
    if not (shown or turn.payload.get("group") or turn.external_id):
        return []
    earlier = _EARLIER.all(conversation=turn.conversation_id, before=turn.pk)
    spoken_of = _just_before(turn, earlier) if shown else []
    return [
        one for one in earlier if is_same_album(one, turn) or is_version_of(one, turn) or one in spoken_of
    ]


_EARLIER = Lookup(
    lambda: said_in(number("conversation"), before=number("before")).order_by("-id")[:LOOKED_AT]
)


def _just_before(turn: Turn, earlier: list[Turn]) -> list[Turn]:
    """The pictures sent directly before words alone. earlier: newest first."""
    since = turn.created_at - SPEAKS_OF_IT
    if turn.kind != MessageKind.TEXT:
        return []
    return list(takewhile(lambda one: one.kind == MessageKind.PHOTO and one.created_at > since, earlier))
