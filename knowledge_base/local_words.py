"""How a local value is written: the rule, the days it holds, its decision, and whether it was checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from knowledge_base.answers import Fixed, Quoted
from knowledge_base.content import Provenance
from knowledge_base.local_values import LocalValue

REVIEWED = "đã duyệt"
UNREVIEWED_RULE = "chưa duyệt, cần kiểm tra với cán bộ"


def told(
    label: str, values: Sequence[LocalValue], *, of: Callable[[LocalValue], str], bullet: str = "- "
) -> Iterator[Quoted]:
    """One line of the values that share a source: "- Trực tuyến: phí do Bộ Tài chính quy định: 0 đồng"."""
    by_source: dict[Provenance, list[LocalValue]] = {}
    for value in values:
        by_source.setdefault(value.provenance, []).append(value)
    for source, together in by_source.items():
        cases = "; ".join(_case(of(value), value.words) for value in together)
        yield Quoted(
            text=f"{bullet}{label}: {cases}",
            part=together[0].part,
            provenance=source,
            local=tuple(text for value in together for text in texts_of(value)),
        )


def _case(label: str, words: str) -> str:
    return f"{label}: {words}" if label else words


def source_lines(values: Iterable[LocalValue]) -> Iterator[Fixed]:
    """Under the values, once for each source and period: decision, days, state of review."""
    yield from dict.fromkeys(_source_line(value) for value in values)


def _source_line(value: LocalValue) -> Fixed:
    state = REVIEWED if value.reviewed_by else UNREVIEWED_RULE
    text = f"(Quy định của Hà Nội: {value.decision}, {period(value)}; {state}.)"
    return Fixed(text=text, source=value.decision)


def period(value: LocalValue) -> str:
    """ "từ 01/01/2026", "từ 01/01/2026 đến hết 31/12/2026"."""
    begin = f"từ {day_words(value.effective_from)}"
    return f"{begin} đến hết {day_words(value.effective_to)}" if value.effective_to else begin


def day_words(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def plain_spans(values: Sequence[LocalValue], day: date) -> Iterator[Quoted | Fixed]:
    """Rules in words about a part that is no fee: in force, or yet to come; each with its source."""
    for value in values:
        is_coming = day < value.effective_from
        if is_coming or value.is_in_force(day):
            begin = f"Từ ngày {day_words(value.effective_from)} thay đổi: " if is_coming else ""
            yield Quoted(
                text=begin + value.words, part=value.part, provenance=value.provenance, local=texts_of(value)
            )
            yield from source_lines((value,))


def texts_of(value: LocalValue) -> tuple[str, ...]:
    """What the numbers of its quotation are checked against: the rule and the days it holds."""
    return (value.words, period(value))
