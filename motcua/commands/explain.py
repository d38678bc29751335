"""`motcua kb explain`: why a past turn was answered as it was."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click
from django.utils.timezone import localtime

if TYPE_CHECKING:
    from bot.explanation import Explanation
    from conversations.models import Turn
    from knowledge_base.tracing import TracedHit

_DIFFERENCES = {"outcome": "quyết định", "offered": "thủ tục đưa ra", "hits": "thứ tự các thủ tục"}
_OUTCOMES = {"Answerable": "trả lời", "Ambiguous": "hỏi lại", "NotFound": "không tìm thấy"}
_COSTS = {"answer": "trả lời", "ask": "hỏi lại", "refuse": "từ chối"}


@click.command()
@click.argument("turn")
def explain(turn: str) -> None:
    """Giải thích một lượt đã qua: bản phát hành, đoạn đã trích, điểm và quyết định.

    TURN là số của lượt (của người dân hoặc câu trả lời), hoặc mã công khai của hội thoại: lượt hỏi gần nhất.
    """
    from bot import explanation  # noqa: PLC0415 -- the models are ready by then

    try:
        found = explanation.find_turn(turn)
    except explanation.NoSuchTurn:
        click.echo(
            f"Không có lượt nào là {turn!r}: nêu số của lượt hoặc mã công khai của hội thoại.", err=True
        )
        sys.exit(2)
    click.echo("\n".join(_lines(explanation.explain(found))))


def _lines(explained: Explanation) -> Iterator[str]:
    turn = explained.turn
    yield f"Lượt {turn.pk}, {localtime(turn.created_at):%d/%m/%Y %H:%M:%S}, kênh {turn.channel}"
    yield _release_line(explained)
    yield f"Hỏi: {turn.text}"
    if explained.trace is None:
        yield "Lượt này không dẫn tới việc tìm kiếm (bấm nút, có rào chắn), hoặc có trước khi có ghi chép."
    else:
        yield from _search_lines(explained)
        yield from _again_lines(explained)
    for reply in explained.replies:
        yield from _reply_lines(reply)


def _release_line(explained: Explanation) -> str:
    release = explained.release
    if release is None:
        return f"Bản phát hành: {explained.turn.release or 'không dùng'}"
    gone = f", đã xoá khỏi đĩa ngày {localtime(release.pruned_at):%d/%m/%Y}" if release.pruned_at else ""
    return f"Bản phát hành: {release.name}, dựng {localtime(release.built_at):%d/%m/%Y %H:%M}{gone}"


def _search_lines(explained: Explanation) -> Iterator[str]:
    trace = explained.trace
    assert trace is not None  # noqa: S101 -- the caller looked
    yield f"Hiểu là: {trace.asked}"
    yield f"Quyết định: {_OUTCOMES.get(trace.outcome, trace.outcome)}, xác suất {trace.probability:.2f}"
    if explained.costs:
        yield "Cái giá dự tính: " + ", ".join(
            f"{_COSTS[n]} {cost:.2f}" for n, cost in explained.costs.items()
        )
    yield "Dấu hiệu: " + _named(trace.signs)
    yield "Thời gian (ms): " + _named(trace.timings)
    yield from _hit_lines("Đã thấy", trace.hits, trace.offered)
    yield from _hit_lines("Đã loại", trace.rejected, ())


def _hit_lines(title: str, hits: Sequence[TracedHit], offered: Sequence[str]) -> Iterator[str]:
    yield f"{title}:"
    for hit in hits:
        mark = "*" if hit.code in offered else " "
        scores = f"{hit.score:8.3f} {hit.share:6.1%}"
        yield f" {mark} {scores}  {hit.code}  {hit.title[:70]}  [{_named(hit.features)}]"


def _named(values: object) -> str:
    return " ".join(f"{name}={value:.2f}" for name, value in dict(values).items())  # type: ignore[call-overload]


def _again_lines(explained: Explanation) -> Iterator[str]:
    if explained.again is None:
        yield f"Không tìm lại được trên bản đó, trên đây là điều đã ghi: {explained.not_again}"
    elif explained.differences:
        names = ", ".join(_DIFFERENCES[name] for name in explained.differences)
        yield f"Tìm lại trên bản đó cho kết quả KHÁC: {names}. Chương trình đã đổi từ đó."
        yield from _hit_lines("Nay thấy", explained.again.hits, explained.again.offered)
    else:
        yield "Tìm lại trên bản đó cho cùng kết quả."


def _reply_lines(reply: Turn) -> Iterator[str]:
    yield f"Đã trả lời (lượt {reply.pk}):"
    yield from (f"  {line}" for line in reply.text.splitlines())
    if source := reply.payload.get("citation"):
        detail = reply.payload.get("detail", {})
        place = f"{source['code'] or 'danh mục'}, phần {detail.get('part') or 'tóm tắt'}"
        yield f"  Trích từ {place}: {source['title']}, {source['decision']}"
