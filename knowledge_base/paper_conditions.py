"""Which papers everyone hands in and which only some: read from the source's own words, where certain. Pure.

A paper that everyone needs must never be shown as "only when". So a condition is read only where one phrase
stands for the whole of one paper ("Văn bản ủy quyền (nếu có)") or of one list ("Trường hợp cấp lại:");
phrases about how a paper is handed in, and what may belong to a part of the words, stay where they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge_base.content import Document, DocumentGroup
from nlu.text import fold

_BULLET = r"[-+*•–\s]*(?:\(?(?:\d{1,2}|[a-zđ]|[ivx]{1,4})[.)]\s*)?[-+*•–\s]*"
_AT_THE_END = re.compile(
    r"(?P<paper>[^()]+?)\s*"
    r"\((?P<condition>(?:chỉ )?(?:nếu|trường hợp|trong trường hợp|đối với)\s[^()]+)\)[.;,\s]*",
    re.IGNORECASE,
)
_BEFORE_THE_PAPER = re.compile(
    rf"{_BULLET}(?P<condition>(?:Nếu|Trường hợp|Trong trường hợp|Đối với)\s[^:;.()\n]+):\s*(?P<paper>[^:\n]+)"
)
_HEADING = re.compile(
    rf"{_BULLET}(?P<condition>(?:Nếu|Trường hợp|Trong trường hợp|Đối với)\s[^:;.()\n]+?)"
    r"(?:,? (?:thành phần )?hồ sơ (?:bao )?gồm(?: có)?)?[:.\s]*"
)
_NEUTRAL_HEADING = re.compile(
    r"[^a-zđ]*(?:(?:cac )?(?:thanh phan )?(?:ho so|giay to)(?: phai nop| nop| bao gom| gom)*"
    r"|thanh phan ho so(?: bao gom| gom)?|(?:bao )?gom(?: co)?)?[\W_]*"
)

# The words of a paper that may be two papers, or hold a part of their own to which the phrase belongs.
_MORE_THAN_ONE = re.compile(
    r"[;:,/\n]|\b(?:và|hoặc|kèm|cùng|gồm|theo|mẫu|về|có|trừ|khi|yêu cầu|một trong|sau đây|nếu|trường hợp"
    r"|đối với)\b",
    re.IGNORECASE,
)
# The paper that starts a procedure; "(nếu có)" after it belongs to something within it.
_APPLICATION = re.compile(
    rf"{_BULLET}(?:bản chính )?(?:đơn|tờ khai|giấy đề nghị|văn bản đề nghị|công văn|phiếu|tờ trình|hồ sơ)\b",
    re.IGNORECASE,
)
# How it is handed in and in which form: the paper itself is needed all the same.
_MANNER = re.compile(
    r"nộp|gửi|trực tiếp|trực tuyến|bưu chính|bưu điện|điện tử|qua mạng|bản sao|bản chính|bản chụp|bản giấy"
    r"|hồ sơ|xuất trình|đối chiếu|ngôn ngữ|tiếng nước ngoài|tiếng việt",
    re.IGNORECASE,
)
# A rule, an exception or a group that leaves nobody out is no condition.
_NO_CONDITION = re.compile(
    r"\b(?:thì|phải|không phải|có thể|trách nhiệm|trừ|ngoại trừ|mỗi|từng|tất cả|các trường hợp|cả|trên"
    r"|nêu trên|này|dưới đây|sau đây|sau|người (?:yêu cầu|nộp|đề nghị)|mọi|(?:bao )?gồm)\b"
    r"|, hồ sơ|thành phần hồ sơ|, bổ sung$|trường hợp (?:\d|[ivx]+\b|khác)",
    re.IGNORECASE,
)
_HINT = re.compile(
    r"\b(?:nếu|trường hợp|đối với|một trong|trừ|khi|tùy|tuỳ|thay cho|thay thế|không phải|bắt buộc|lưu ý"
    r"|ghi chú|ví dụ|sau đây|như sau|có thể|chưa|riêng|thì|số lượng|không (?:có|quy định))\b|:\s*$|\.\s+\S",
    re.IGNORECASE,
)
_IDENTITY = re.compile(r"hộ chiếu|căn cước|chứng minh (?:nhân dân|thư)|giấy tờ tùy thân", re.IGNORECASE)
_BULLET_AT_START = re.compile(_BULLET)
_SUB_ITEM = re.compile(r"\s*(?:\+|•|o |\*\*|--)")
_LONGEST_PAPER = 120  # characters; longer words hold clauses
_LONGEST_CONDITION = 140
_LONGEST_PLAIN = 260
_SAME_NAME = 18  # folded characters by which two lists name the same paper


def with_conditions(groups: Sequence[DocumentGroup]) -> tuple[DocumentGroup, ...]:
    """The groups with the conditions that are certain, and `read` where nothing is left to sort.

    Every word stays: those of a condition move from the paper to its condition. Edited groups are left alone.
    """
    candidates = tuple(group if group.edited else _with_candidates(group) for group in groups)
    has_contrast = len({phrase for phrase in map(str.lower, _phrases(candidates)) if _is_lonely(phrase)}) > 1
    certain = candidates if has_contrast else tuple(map(_without_lonely, candidates, groups))
    return tuple(
        group if group.edited else replace(group, read=_is_read(group, certain)) for group in certain
    )


def _with_candidates(group: DocumentGroup) -> DocumentGroup:
    found = _HEADING.fullmatch(group.heading)
    is_condition = found is not None and _is_condition(found["condition"])
    papers = tuple(_with_condition(paper) for paper in group.documents)
    if any(_SUB_ITEM.match(paper.text) for paper in group.documents):
        papers = group.documents
    return replace(group, condition=found["condition"] if found and is_condition else "", documents=papers)


def _with_condition(paper: Document) -> Document:
    if paper.condition:
        return paper
    bullet = _BULLET_AT_START.match(paper.text)
    start = bullet.end() if bullet else 0
    found = _AT_THE_END.fullmatch(paper.text, start) or _BEFORE_THE_PAPER.fullmatch(paper.text, start)
    if found is None or not _is_one_paper(found["paper"]) or not _is_condition_of_a_paper(found["condition"]):
        return paper
    return replace(paper, text=paper.text[:start] + found["paper"].strip(), condition=found["condition"])


def _is_one_paper(words: str) -> bool:
    return len(words) <= _LONGEST_PAPER and not _MORE_THAN_ONE.search(words) and not _APPLICATION.match(words)


def _is_condition_of_a_paper(words: str) -> bool:
    return _is_condition(words) and not _MANNER.search(words)


def _is_condition(words: str) -> bool:
    return len(words) <= _LONGEST_CONDITION and not _NO_CONDITION.search(words)


def _is_lonely(phrase: str) -> bool:
    """ "Đối với cá nhân" may be everybody this procedure is for, unless the record also names others."""
    return phrase.startswith("đối với") and not phrase.startswith("đối với trường hợp")


def _phrases(groups: Sequence[DocumentGroup]) -> Iterator[str]:
    for group in groups:
        yield group.condition
        yield from (paper.condition for paper in group.documents)


def _without_lonely(group: DocumentGroup, source: DocumentGroup) -> DocumentGroup:
    if group.edited:
        return group
    papers = (
        before if _is_lonely(paper.condition.lower()) else paper
        for paper, before in zip(group.documents, source.documents, strict=True)
    )
    condition = "" if _is_lonely(group.condition.lower()) else group.condition
    return replace(group, condition=condition, documents=tuple(papers))


def _is_read(group: DocumentGroup, groups: Sequence[DocumentGroup]) -> bool:
    """Whether each paper is either for everyone (of the list) or has its condition."""
    if any(_SUB_ITEM.match(paper.text) for paper in group.documents) or not group.documents:
        return False
    if not all(paper.condition or _is_plain(paper.text) for paper in group.documents):
        return False
    if sum(bool(_IDENTITY.search(paper.text)) for paper in group.documents) > 1:
        # Rows of papers of identity are often alternatives without a word that says so.
        return False
    return bool(group.condition) or (_is_neutral(group.heading) and _is_for_everyone(group, groups))


def _is_plain(words: str) -> bool:
    return len(words) <= _LONGEST_PLAIN and "\n" not in words and not _HINT.search(words)


def _is_neutral(heading: str) -> bool:
    return bool(_NEUTRAL_HEADING.fullmatch(fold(heading)))


def _is_for_everyone(group: DocumentGroup, groups: Sequence[DocumentGroup]) -> bool:
    """A list without a case beside cases that add papers; cases that name the same papers replace it."""
    others = [other for other in groups if other is not group]
    mine = set(map(_name, group.documents))
    return all(
        (other.condition and mine.isdisjoint(map(_name, other.documents))) or _is_neutral(other.heading)
        for other in others
    )


def _name(paper: Document) -> str:
    return fold(_BULLET_AT_START.sub("", paper.text, count=1))[:_SAME_NAME]
