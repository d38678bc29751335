"""What the knowledge base says to a question about one procedure: the asked part, or a short overview.

A figure is only ever quoted from its part; what the source does not say is said to be missing. Nothing is
read or written but a line in the log, when the number guard stops an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import structlog

from knowledge_base.answers import UNREVIEWED, Answer, Computed, Fixed, Quoted, Span
from knowledge_base.checklist import checklist_spans
from knowledge_base.content import Lead, Origin, PartName, ProcedureContent
from knowledge_base.due_dates import due_dates
from knowledge_base.errors import UnsafeAnswer
from knowledge_base.fitting import CHAT_LIMIT, LINE_LIMIT, clipped, fitted
from knowledge_base.here import NOWHERE, Here
from knowledge_base.local_answers import spans_above, spans_below
from knowledge_base.number_guard import check, numbers
from knowledge_base.parts import PART_LABELS, present_parts
from knowledge_base.quoting import (
    NOT_EDITED,
    fee_cautions,
    fee_lines,
    paper_line,
    papers,
    papers_for_all,
    place_lines,
    quote,
    quoted,
    source_of,
    time_lines,
)
from knowledge_base.receivers import receiver_of
from knowledge_base.signposts import show_the_way
from knowledge_base.validity import is_over, notices, withdrawn

__all__ = ["PART_LABELS", "answer", "checklist", "full_part"]

log = structlog.get_logger(__name__)

_PAPERS_LIMIT = 330
#: Days on which a result may be expected, each with its way of handing in, before "Xem đầy đủ".
DAYS_AT_ONCE = 2

MORE_PAPERS = "Còn giấy tờ khác, anh/chị bấm “Giấy tờ cần nộp” để xem đủ."
PAPERS_DEPEND = "Giấy tờ tùy từng trường hợp, anh/chị bấm “Giấy tờ cần nộp” để xem."
FOR_ALL = "Ai cũng phải nộp:"
NOT_READ_SURELY = (
    "Tôi chưa có thông tin đọc được chắc chắn từ nguồn cho câu hỏi này. "
    "Anh/chị mở nguồn chính thức bên dưới, hoặc gặp cán bộ để được trả lời."
)
MORE_TO_READ = "Nguồn còn ghi thêm, anh/chị bấm “{part}”."
FEE_DIFFERS_HERE = "Hà Nội có quy định riêng khi nộp trực tuyến, anh/chị bấm “Phí, lệ phí” để xem."
FEE_DIFFERS_AND_MORE = (
    "Nguồn còn ghi thêm, Hà Nội có quy định riêng khi nộp trực tuyến: anh/chị bấm “Phí, lệ phí” để xem."
)
NOTHING_KNOWN = "Nguồn chính thức chưa có nội dung chi tiết. Anh/chị nhắn “gặp cán bộ” để được trả lời."
LEAD_IS_OURS = "(lời tóm tắt của Một Cửa, {state})"


def answer(content: ProcedureContent, part: PartName | None, here: Here = NOWHERE) -> Answer:
    """At most about 900 characters about the part, or an overview when part is None.

    complete is False when the source is silent about the part or only its beginning is shown. A catalogue
    entry is answered by its signpost, whatever is asked. here: the day and the place, for what is computed
    and for the city's own rules and counters; NOWHERE has neither. An answer that the number guard stops is
    replaced by a safe one.
    """
    if is_over(content, here.day):
        return withdrawn(content)
    if content.signpost:
        return show_the_way(content, content.signpost)
    if part is None:
        return _guarded(content, _overview(content, here), here)
    if part not in present_parts(content):
        return _nothing(content, part, here)
    body, closing = _split(_spans(content, part, here))
    closing, has_all_days = _first_days(closing)
    room = CHAT_LIMIT - _length(closing) - len(UNREVIEWED)
    shown, is_whole = fitted(body, room)
    complete = is_whole and has_all_days
    return _guarded(content, _answer(content, part, (*shown, *closing), complete=complete), here)


def full_part(content: ProcedureContent, part: PartName, here: Here = NOWHERE) -> Answer:
    """The whole part, however long; guarded as `answer` is."""
    if is_over(content, here.day):
        return withdrawn(content)
    if content.signpost:
        return show_the_way(content, content.signpost)
    if part not in present_parts(content):
        return _nothing(content, part, here)
    return _guarded(content, _answer(content, part, _spans(content, part, here), complete=True), here)


def checklist(content: ProcedureContent, here: Here = NOWHERE) -> Answer:
    """Every paper on a line of its own with a box before it; guarded as `answer` is."""
    if is_over(content, here.day):
        return withdrawn(content)
    if content.signpost:
        return show_the_way(content, content.signpost)
    if PartName.DOCUMENTS not in present_parts(content):
        return _nothing(content, PartName.DOCUMENTS, here)
    spans = tuple(checklist_spans(content))
    return _guarded(content, _answer(content, PartName.DOCUMENTS, spans, complete=True), here)


def _guarded(content: ProcedureContent, said: Answer, here: Here) -> Answer:
    """The answer with what changes soon, or a safe one when it says a figure its source does not hold."""
    said = replace(said, spans=(*said.spans, *notices(content, here.day)))
    try:
        check(content, said)
    except UnsafeAnswer as problem:
        log.exception("answer_unsafe", code=content.code, part=said.part, problem=str(problem))
        return _answer(content, said.part, (Fixed(text=NOT_READ_SURELY, is_missing=True),), complete=False)
    return said


def _spans(content: ProcedureContent, part: PartName, here: Here) -> tuple[Span, ...]:
    computed = due_dates(content, here) if part is PartName.TIME else ()
    return (
        *spans_above(content, part, here),
        *quote(content, part),
        *computed,
        *spans_below(content, part, here),
    )


def _nothing(content: ProcedureContent, part: PartName, here: Here) -> Answer:
    sentence = (
        f"Về “{PART_LABELS[part]}”, nguồn chính thức chưa có thông tin. "
        "Anh/chị nhắn “gặp cán bộ” để được trả lời."
    )
    known_here = (*spans_above(content, part, here), *spans_below(content, part, here))
    said = (Fixed(text=sentence, is_missing=True), *known_here)
    return _guarded(content, _answer(content, part, said, complete=False), here)


def _overview(content: ProcedureContent, here: Here) -> Answer:
    """The lead, the papers that everyone hands in, time, fee and place, as far as the source says them."""
    lead, facts = _lead(content), _facts(content, here)
    around = len(UNREVIEWED) + len(FOR_ALL) + len(MORE_PAPERS) + 3
    room = CHAT_LIMIT - _length(lead) - _length(facts) - around
    spans = [*lead, *_short_papers(content, room=min(_PAPERS_LIMIT, room)), *facts]
    shown, _ = fitted(spans or [Fixed(text=NOTHING_KNOWN, is_missing=True)], CHAT_LIMIT - len(UNREVIEWED))
    return _answer(content, None, tuple(shown), complete=bool(present_parts(content)))


def _facts(content: ProcedureContent, here: Here) -> list[Span]:
    spans = _short(PartName.TIME, time_lines(content), content)
    spans += _short_fees(content, here)
    spans += _short(PartName.WHERE, place_lines(content), content)
    receiver = receiver_of(content)
    return [*spans, Fixed(text=receiver.sentence)] if receiver and receiver.sentence else spans


def _short_fees(content: ProcedureContent, here: Here) -> list[Span]:
    """The fees, and one sentence on where the rest stands."""
    spans = _short(PartName.FEE, [*fee_lines(content), *fee_cautions(content)], content)
    if not any(_is_local(span) for span in spans_below(content, PartName.FEE, here)):
        return spans
    if spans and spans[-1] == _more(PartName.FEE):
        return [*spans[:-1], Fixed(text=FEE_DIFFERS_AND_MORE)]
    return [*spans, Fixed(text=FEE_DIFFERS_HERE)]


def _more(part: PartName) -> Fixed:
    return Fixed(text=MORE_TO_READ.format(part=PART_LABELS[part]))


def _length(spans: Iterable[Span]) -> int:
    return sum(len(span.text) + 1 for span in spans)


def _lead(content: ProcedureContent) -> list[Span]:
    # A lead is no source of figures: one that an import brought with a figure is left out.
    if content.lead is None or numbers(content.lead.text):
        return []
    return [Fixed(text=lead_words(content.lead))]


def lead_words(lead: Lead) -> str:
    """Our words, said to be ours, and whether anyone has approved them."""
    state = "đã duyệt" if lead.provenance.reviewed else "chưa duyệt"
    return f"{lead.text} {LEAD_IS_OURS.format(state=state)}"


def _short_papers(content: ProcedureContent, *, room: int) -> list[Span]:
    every = papers(content)
    if not every:
        return []
    is_sorted = all(group.is_sorted for group in content.documents)
    for_all = papers_for_all(content) if is_sorted else every
    lines: list[Span] = [quoted(content, PartName.DOCUMENTS, paper_line(paper)) for paper in for_all]
    shown, is_whole = fitted(lines, room)
    if room < LINE_LIMIT or not shown or (not is_sorted and not is_whole):
        # The beginning of an unsorted list misleads: khai sinh opens with abandoned children.
        return [Fixed(text=PAPERS_DEPEND)]
    heading = FOR_ALL if is_sorted else f"Giấy tờ {NOT_EDITED}:"
    tail = [] if is_whole and len(shown) == len(every) else [Fixed(text=MORE_PAPERS)]
    return [Fixed(text=heading), *shown, *tail]


def _short(part: PartName, lines: Iterable[Span], content: ProcedureContent) -> list[Span]:
    if part not in present_parts(content):
        return []
    whole = list(lines)
    shown = [clipped(line, LINE_LIMIT) for line in whole]
    rest = [] if shown == whole else [_more(part)]
    return [Fixed(text=f"{PART_LABELS[part]}:"), *shown, *rest]


def _split(spans: Sequence[Span]) -> tuple[list[Span], list[Span]]:
    """The quoted body, and what is ours or the city's at its end, which is never cut off."""
    cut = len(spans)
    while cut and (not isinstance(spans[cut - 1], Quoted) or _is_local(spans[cut - 1])):
        cut -= 1
    return (list(spans[:cut]), list(spans[cut:])) if cut else (list(spans), [])


def _first_days(closing: list[Span]) -> tuple[list[Span], bool]:
    """With the first computed days only, and whether those are all: one procedure has six."""
    days = [span for span in closing if isinstance(span, Computed)]
    rest = [span for span in closing if span not in days[DAYS_AT_ONCE:]]
    return rest, len(days) <= DAYS_AT_ONCE


def _is_local(span: Span) -> bool:
    """A rule or a counter of Hà Nội carries its own source and state of review."""
    return isinstance(span, Quoted) and bool(span.local)


def _answer(
    content: ProcedureContent, part: PartName | None, spans: tuple[Span, ...], *, complete: bool
) -> Answer:
    quotes = [span for span in spans if isinstance(span, Quoted) and not _is_local(span)]
    sources = [span.provenance for span in quotes]
    if any(source.origin is Origin.STARTER and not source.reviewed for source in sources):
        spans = (*spans, Fixed(text=UNREVIEWED))
    source = source_of(content, part) if part is not None else None
    return Answer(
        code=content.code,
        title=content.title,
        decision=(source and source.decision) or content.decision,
        url=(source and source.url) or content.url,
        updated=(source and source.date) or content.updated,
        part=part,
        spans=spans,
        other_parts=tuple(other for other in present_parts(content) if other is not part),
        complete=complete,
        replaced_by=content.validity.replaced_by if content.validity else "",
        reviewed=all(source.reviewed or source.origin is Origin.OFFICIAL for source in sources),
    )
