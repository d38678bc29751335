"""What is said of a procedure that is known and not held: who settles it and where to look, nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge_base.answers import UNREVIEWED, Answer, Fixed
from knowledge_base.content import CATALOGUE, Origin, ProcedureContent, Signpost

NOT_HELD = (
    "Thủ tục này có thật nhưng kho chưa có nội dung, nên tôi không trả lời được về giấy tờ, phí hay thời hạn."
)
A_SERVICE = "Việc này là dịch vụ của nhà cung cấp, không phải thủ tục hành chính, nên kho không có nội dung."


def show_the_way(content: ProcedureContent, signpost: Signpost) -> Answer:
    """The signpost as an answer: Fixed spans only, no part, nothing to quote; never complete."""
    source = content.provenance[CATALOGUE]
    reviewed = source.reviewed or source.origin is Origin.OFFICIAL
    listed = source.decision or source.url or signpost.place
    said = [Fixed(text=sentence, source=listed) for sentence in _sentences(content, signpost)]
    return Answer(
        code=content.code,
        title=content.title,
        decision=content.decision or source.decision,
        url=content.url,
        updated=content.updated,
        part=None,
        spans=(*said, *(() if reviewed else (Fixed(text=UNREVIEWED),))),
        other_parts=(),
        complete=False,
        reviewed=reviewed,
    )


def _sentences(content: ProcedureContent, signpost: Signpost) -> Iterator[str]:
    yield A_SERVICE if signpost.is_service else NOT_HELD
    if content.agencies:
        who = "Nơi giải quyết" if signpost.is_service else "Cơ quan giải quyết"
        yield f"{who}: {', '.join(content.agencies)}."
    if signpost.place:
        yield f"Xem tại: {signpost.place}."
    if signpost.hotline:
        yield f"Điện thoại: {signpost.hotline}."
    if signpost.online:
        yield f"Dịch vụ công trực tuyến: {signpost.online.lower()}."
