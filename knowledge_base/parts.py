"""Which parts a content has, and all the words of one part: what an answer about it may quote."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256

from knowledge_base.content import OnlineLevel, PartName, ProcedureContent
from knowledge_base.flags import fee_sentences
from nlu.text import syllables

PART_LABELS: dict[PartName, str] = {
    PartName.DOCUMENTS: "Giấy tờ cần nộp",
    PartName.FEE: "Phí, lệ phí",
    PartName.TIME: "Thời hạn giải quyết",
    PartName.WHERE: "Nơi nộp",
    PartName.HOW: "Cách nộp",
    PartName.STEPS: "Trình tự thực hiện",
    PartName.CONDITIONS: "Điều kiện",
    PartName.RESULT: "Kết quả",
    PartName.FORMS: "Mẫu đơn, tờ khai",
    PartName.LEGAL_BASIS: "Căn cứ pháp lý",
}

ONLINE_LEVEL_LABELS = {OnlineLevel.FULL: "toàn trình", OnlineLevel.PARTIAL: "một phần"}


def present_parts(content: ProcedureContent) -> tuple[PartName, ...]:
    """The parts about which the content says something, in the order in which they are offered.

    A catalogue entry has none: its agency and address are where to look, not something to quote.
    """
    if content.is_catalogue_entry:
        return ()
    return tuple(part for part in PartName if any(text.strip() for text in part_texts(content, part)))


def part_texts(content: ProcedureContent, part: PartName) -> tuple[str, ...]:
    """Every text and figure of the part as the content holds it: what its numbers are checked against."""
    return tuple(_TEXTS[part](content))


def part_digest(content: ProcedureContent, part: PartName) -> str:
    """16 hexadecimal digits that change with the words of the part, not with how they are sorted or typed."""
    words = sorted(word for text in part_texts(content, part) for word in syllables(text))
    return sha256(" ".join(words).encode()).hexdigest()[:16]


def _documents(content: ProcedureContent) -> Iterator[str]:
    for group in content.documents:
        yield group.heading
        for paper in group.documents:
            yield from (paper.text, paper.condition, paper.form)
            yield from (str(count) for count in (paper.originals, paper.copies) if count is not None)


def _fee(content: ProcedureContent) -> Iterator[str]:
    for method in content.methods:
        for fee in method.fees:
            yield from (fee.kind, fee.text, fee.note)
            if fee.amount is not None:
                yield str(fee.amount)
        yield from fee_sentences(method)


def _time(content: ProcedureContent) -> Iterator[str]:
    for method in content.methods:
        yield method.time.text
        if method.time.value is not None:
            yield str(method.time.value)


def _how(content: ProcedureContent) -> Iterator[str]:
    if content.online_level:
        yield ONLINE_LEVEL_LABELS[content.online_level]
    for method in content.methods:
        yield from (method.kind.value, method.note)


_TEXTS: dict[PartName, Callable[[ProcedureContent], Iterator[str] | tuple[str, ...]]] = {
    PartName.DOCUMENTS: _documents,
    PartName.FEE: _fee,
    PartName.TIME: _time,
    PartName.WHERE: lambda content: (content.receiving_address, *content.agencies),
    PartName.HOW: _how,
    PartName.STEPS: lambda content: (content.steps,),
    PartName.CONDITIONS: lambda content: (content.conditions,),
    PartName.RESULT: lambda content: (content.result,),
    PartName.FORMS: lambda content: content.forms,
    PartName.LEGAL_BASIS: lambda content: tuple(
        text for law in content.legal_basis for text in (law.title, law.number)
    ),
}
