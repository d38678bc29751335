"""A part of a procedure as spans that quote it in full: its words and figures, our labels around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from knowledge_base.answers import Fixed, Quoted, Span
from knowledge_base.content import (
    Document,
    DocumentGroup,
    Fee,
    Method,
    MethodKind,
    Origin,
    PartName,
    ProcedureContent,
    Provenance,
    TimeLimit,
    TimeUnit,
)
from knowledge_base.flags import (
    contradicts,
    declares_a_tax,
    fee_sentences,
    is_plainly_free,
    left_to_council,
    only_left_to_council,
    time_lost_its_unit,
    unclear,
)
from knowledge_base.parts import ONLINE_LEVEL_LABELS
from knowledge_base.receivers import receiver_of

KIND_LABELS = {
    MethodKind.ONLINE: "Trực tuyến",
    MethodKind.COUNTER: "Tại quầy",
    MethodKind.POST: "Qua bưu chính",
}
UNIT_LABELS = {
    TimeUnit.WORKING_DAY: "ngày làm việc",
    TimeUnit.DAY: "ngày",
    TimeUnit.WORKING_HOUR: "giờ làm việc",
    TimeUnit.HOUR: "giờ",
    TimeUnit.MONTH: "tháng",
}

UNIT_IS_LOST = "nguồn không ghi rõ là giờ hay ngày, anh/chị hỏi tại quầy"
FEE_IS_UNCLEAR = "Nguồn ghi phí chưa thống nhất, anh/chị hỏi cán bộ mức phải nộp trước khi đóng tiền."
FEE_IS_NOT_THE_TAX = (
    "“Miễn phí” là phí làm thủ tục; khoản thuế, phí phải khai (nếu có) nộp riêng theo quy định."
)
FEE_IS_LOCAL = "Mức phải nộp, anh/chị hỏi tại quầy trước khi đóng tiền."
NO_ADDRESS = "Nguồn chưa ghi địa chỉ tiếp nhận cụ thể."
NOT_EDITED = "(chưa biên tập)"
MAY_NOT_CONCERN = "Danh sách theo nguồn, chưa biên tập: có giấy tờ chỉ cần trong một số trường hợp."

_PLAIN_AMOUNT = re.compile(r"[\d.,]+ ?(?:Việt Nam Đồng|VNĐ|VND|đồng|đ)", re.IGNORECASE)
_PLAIN_TIME = re.compile(r"\d+ (?:ngày làm việc|ngày|giờ làm việc|giờ|tháng)", re.IGNORECASE)
_TIME_IN_PROSE = re.compile(r"\d+\s*(?:\([^)]*\)\s*)?(?:ngày|giờ|tháng)", re.IGNORECASE)
_BULLET = re.compile(r"^[-+*•–\s]+(?=\S)")


def quote(content: ProcedureContent, part: PartName) -> tuple[Span, ...]:
    """The whole part in reading order; () when the content says nothing about it."""
    return tuple(_QUOTES[part](content))


def quoted(content: ProcedureContent, part: PartName, text: str) -> Quoted:
    return Quoted(text=text, part=part, provenance=source_of(content, part))


def source_of(content: ProcedureContent, part: PartName) -> Provenance:
    """The provenance of a part; the content's own decision when an old revision lacks the entry."""
    return content.provenance.get(part.value) or Provenance(
        origin=Origin.OFFICIAL,
        decision=content.decision,
        url=content.url,
        date=content.updated,
        reviewed=False,
    )


def papers(content: ProcedureContent) -> tuple[Document, ...]:
    """Every paper, those that everyone hands in first."""
    every = [document for group in content.documents for document in group.documents]
    return tuple(sorted(every, key=lambda document: bool(document.condition)))


def papers_for_all(content: ProcedureContent) -> tuple[Document, ...]:
    """What everyone hands in: papers without a condition, in a group whose heading is no special case."""
    return tuple(
        document
        for group in content.documents
        if is_for_all(content, group)
        for document in group.documents
        if not document.condition
    )


def is_for_all(content: ProcedureContent, group: DocumentGroup) -> bool:
    """Whether the list as a whole is no special case's: the only one, or under no heading of a case."""
    plain = len(content.documents) == 1 or not group.heading or group.heading.lower().startswith("ai cũng")
    return plain and not group.condition


def paper_line(document: Document) -> str:
    """ "- Tờ khai (1 bản chính; mẫu: to-khai.docx)"; a conditional paper begins with its condition."""
    line = paper_words(document)
    return f"- {capitalised(document.condition)}: {line}" if document.condition else f"- {line}"


def paper_words(document: Document) -> str:
    """ "Tờ khai (1 bản chính; mẫu: to-khai.docx)", without its condition."""
    text = _BULLET.sub("", document.text)
    details = [
        f"{count} {name}"
        for count, name in ((document.originals, "bản chính"), (document.copies, "bản sao"))
        if count
    ]
    if document.form:
        details.append(f"mẫu: {document.form}")
    return f"{text} ({'; '.join(details)})" if details else text


def fee_lines(content: ProcedureContent) -> Iterator[Span]:
    """One line for each different fee with the methods it holds for; the amount only as published."""
    for label, method in alike(content.methods, key=lambda method: (method.fees, fee_sentences(method))):
        is_told = bool(fee_sentences(method))
        every = (_named(fee, _fee_words(fee, content, is_told=is_told)) for fee in method.fees)
        words = "; ".join(fee for fee in every if fee)
        told = " ".join(_BULLET.sub("", sentence) for sentence in fee_sentences(method))
        if words or told:
            yield quoted(content, PartName.FEE, f"- {label}: {_with_description(words, told)}")
        else:
            yield Fixed(text=f"- {label}: chưa có thông tin về phí", is_missing=True)


def _with_description(words: str, told: str) -> str:
    if not told:
        return words
    return f"{words}; mô tả của nguồn: {told}" if words else f"theo mô tả của nguồn: {told}"


def fee_cautions(content: ProcedureContent) -> Iterator[Fixed]:
    """What a citizen must know before paying when the source is not clear."""
    fees = [fee for method in content.methods for fee in method.fees]
    is_unclear = any(_is_unclear(fee, content) for fee in fees)
    if is_unclear or any(_free_but_told(method) for method in content.methods):
        yield Fixed(text=FEE_IS_UNCLEAR, is_missing=True)
    elif "fee_left_to_council" in content.flags or any(left_to_council(fee) for fee in fees):
        yield Fixed(text=FEE_IS_LOCAL, is_missing=True)
    if declares_a_tax(content) and any(is_plainly_free(fee) for fee in fees):
        yield Fixed(text=FEE_IS_NOT_THE_TAX)


def _is_unclear(fee: Fee, content: ProcedureContent) -> bool:
    """Whether the source speaks against itself; a fee it leaves to the council is only not given."""
    conflicts = contradicts(fee) and not only_left_to_council(fee)
    return conflicts or unclear(fee) or _is_doubtful(fee, content)


def _free_but_told(method: Method) -> bool:
    return bool(fee_sentences(method)) and any(is_plainly_free(fee) for fee in method.fees)


def time_lines(content: ProcedureContent) -> Iterator[Span]:
    """One line for each different time limit; a bare number without its unit is never read as days."""
    for label, method in alike(content.methods, key=lambda method: method.time):
        if time_lost_its_unit(method.time.text):
            yield Fixed(text=f"- {label}: {UNIT_IS_LOST}", is_missing=True)
        elif method.time.text:
            yield quoted(content, PartName.TIME, f"- {label}: {time_words(method.time)}")
        else:
            yield Fixed(text=f"- {label}: chưa có thông tin về thời hạn", is_missing=True)


def place_lines(content: ProcedureContent) -> Iterator[Span]:
    if content.receiving_address:
        yield quoted(content, PartName.WHERE, f"Địa chỉ tiếp nhận: {content.receiving_address}")
    if content.agencies:
        yield quoted(content, PartName.WHERE, "Cơ quan: " + "; ".join(content.agencies))


def alike(methods: Sequence[Method], *, key: Callable[[Method], object]) -> Iterator[tuple[str, Method]]:
    """The methods that say the same, once, under all their names."""
    groups: dict[object, list[Method]] = {}
    for method in methods:
        groups.setdefault(key(method), []).append(method)
    for group in groups.values():
        names = ", ".join(dict.fromkeys(KIND_LABELS[method.kind] for method in group))
        yield names.capitalize(), group[0]


def _fee_words(fee: Fee, content: ProcedureContent, *, is_told: bool = False) -> str:
    if is_told and is_plainly_free(fee):
        return ""
    if contradicts(fee):
        return f"theo ghi chú của nguồn: {fee.note}"
    if unclear(fee):
        return f"nguồn ghi “{fee.text}” kèm ghi chú: {fee.note}"
    if _is_doubtful(fee, content):
        return _beside(f"nguồn ghi “{fee.text}”, chưa rõ mức", fee.note)
    if fee.amount is not None and (not fee.text or _PLAIN_AMOUNT.fullmatch(fee.text)):
        return _beside(dong(fee.amount), fee.note)
    return _beside(fee.text, fee.note)


def _named(fee: Fee, words: str) -> str:
    """ "Lệ phí: 8.000 đồng"; a code of the source ("FEE") names nothing to a citizen."""
    is_word = any(letter.islower() for letter in fee.kind)
    return f"{fee.kind}: {words}" if words and is_word else words


def _beside(words: str, note: str) -> str:
    if note.startswith("/"):
        return f"{words}{note}"
    return f"{words} (ghi chú: {note})" if words and note else words or note


def dong(amount: int) -> str:
    """20000 → "20.000 đồng"."""
    return f"{amount:,} đồng".replace(",", ".")


def _is_doubtful(fee: Fee, content: ProcedureContent) -> bool:
    is_plain = bool(_PLAIN_AMOUNT.fullmatch(fee.text))
    return is_plain and fee.amount is None and "fee_amount_doubtful" in content.flags


def is_certain(time: TimeLimit) -> bool:
    """Whether value and unit are all that the source says: "7 Ngày làm việc" and nothing more."""
    return time.value is not None and time.unit is not None and bool(_PLAIN_TIME.fullmatch(time.text))


def time_words(time: TimeLimit) -> str:
    """ "7 Ngày làm việc" in plain words; what is not certain as published."""
    if is_certain(time) and time.unit is not None:
        return f"{time.value} {UNIT_LABELS[time.unit]}"
    return time.text


def speaks_of_time(note: str) -> bool:
    """Whether a description names a time of its own, beside the limit of the table."""
    return bool(_TIME_IN_PROSE.search(note))


def capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]


def group_heading(group: DocumentGroup) -> str:
    """The heading the source gives, else a plain one of ours."""
    return _BULLET.sub("", group.heading).rstrip(":") or (
        "Giấy tờ" if group.is_sorted else "Thành phần hồ sơ"
    )


def _documents(content: ProcedureContent) -> Iterator[Span]:
    for group in content.documents:
        yield from _group(content, group)
    if not all(group.is_sorted for group in content.documents):
        yield Fixed(text=MAY_NOT_CONCERN)


def _group(content: ProcedureContent, group: DocumentGroup) -> Iterator[Span]:
    heading = group_heading(group)
    yield quoted(content, PartName.DOCUMENTS, f"{heading}{'' if group.is_sorted else ' ' + NOT_EDITED}:")
    for document in sorted(group.documents, key=lambda document: bool(document.condition)):
        yield quoted(content, PartName.DOCUMENTS, paper_line(document))


def _fees(content: ProcedureContent) -> Iterator[Span]:
    yield from fee_lines(content)
    yield from fee_cautions(content)


def _times(content: ProcedureContent) -> Iterator[Span]:
    yield from time_lines(content)
    notes = dict.fromkeys(method.note for method in content.methods)
    for note in notes:
        # The table cell holds one number; what it counts from stands in the description.
        if speaks_of_time(note):
            yield quoted(content, PartName.HOW, note)


def _places(content: ProcedureContent) -> Iterator[Span]:
    yield from place_lines(content)
    if content.agencies and not content.receiving_address:
        yield Fixed(text=NO_ADDRESS, is_missing=True)
    receiver = receiver_of(content)
    if receiver and receiver.sentence:
        yield Fixed(text=receiver.sentence)


def _hows(content: ProcedureContent) -> Iterator[Span]:
    if content.online_level:
        level = ONLINE_LEVEL_LABELS[content.online_level]
        yield quoted(content, PartName.HOW, f"- Dịch vụ công trực tuyến: {level}")
    for label, method in alike(content.methods, key=lambda method: method.note):
        text = f"- {label}: {_BULLET.sub('', method.note)}" if method.note else f"- {label}"
        yield quoted(content, PartName.HOW, text)


def _paragraphs(part: PartName, text: str, content: ProcedureContent) -> Iterator[Span]:
    for paragraph in text.split("\n"):
        if paragraph.strip():
            yield quoted(content, part, paragraph)


def _list(part: PartName, items: Iterable[str], content: ProcedureContent) -> Iterator[Span]:
    for item in items:
        yield quoted(content, part, f"- {item}")


def _laws(content: ProcedureContent) -> Iterator[str]:
    for law in content.legal_basis:
        repeats = not law.number or law.number in law.title
        yield law.title if repeats else f"{law.title} ({law.number})".strip()


_QUOTES: dict[PartName, Callable[[ProcedureContent], Iterator[Span]]] = {
    PartName.DOCUMENTS: _documents,
    PartName.FEE: _fees,
    PartName.TIME: _times,
    PartName.WHERE: _places,
    PartName.HOW: _hows,
    PartName.STEPS: lambda content: _paragraphs(PartName.STEPS, content.steps, content),
    PartName.CONDITIONS: lambda content: _paragraphs(PartName.CONDITIONS, content.conditions, content),
    PartName.RESULT: lambda content: _paragraphs(PartName.RESULT, content.result, content),
    PartName.FORMS: lambda content: _list(PartName.FORMS, content.forms, content),
    PartName.LEGAL_BASIS: lambda content: _list(PartName.LEGAL_BASIS, _laws(content), content),
}
