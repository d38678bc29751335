"""The portal's tables of papers, glued together: headings, papers, forms, numbers of originals and copies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge_base.content import Document, DocumentGroup
from nlu.text import clean

HEADER = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"

_COUNT = re.compile(r"(?P<originals>\d+) bản chính(?:,(?P<copies>\d+) bản sao)?")
# "ngày 24/7/20231 bản chính": a year has four digits, so the fifth is the number of originals.
_YEAR_THEN_COUNT = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<count>\d)")
_FILE = re.compile(r"\.(?:docx?|pdf|xlsx?|rar|zip)(?=\s*$|[A-ZĐ0-9][^.]*\.)", re.IGNORECASE)
_FORM_WORD = (
    r"(?:Mẫu|Mau|MẪU|MAU|Mus|Phụ lục|Phu luc|Phu lục|PHỤ LỤC|PHU LUC|PL|PHLC|Tờ khai|TỜ KHAI|To khai"
    r"|Đơn|ĐƠN|Don|Bieu|Biểu|BM|mẫu số|mau so|Mu(?=[A-Z]))"
)
# A point between digits ("1.002899") is no seam.
_AFTER_PUNCTUATION = re.compile(
    r"(?<=[;:)”\",])(?=[^\W_])|(?<=[^\W\d_]\.)(?=[^\W_])|(?<=[)\d]\.)(?=[^\W\d_])"
)
_AFTER_LETTER = re.compile(
    r"(?<=[a-zà-ỹđ0-9])(?=[A-ZĐÀ-Ỹ])|(?<=[A-ZĐ])(?=[A-ZĐ][a-zà-ỹđ])"
    r"|(?<=[a-zà-ỹđ])(?=\d)|(?<=[A-ZĐ])(?=(?:mẫu|mau|phụ lục) )"
)
_NAMED = re.compile(rf"(?:\d{{1,3}}[.\-] ?)?{_FORM_WORD}")
_LONGEST_FILE_NAME = 110


@dataclass(frozen=True, kw_only=True)
class DocumentTables:
    """The groups in the order of the source. flags: what could not be told apart and stays in the text."""

    groups: tuple[DocumentGroup, ...]
    flags: frozenset[str]


def read_documents(cell: str) -> DocumentTables:
    """The groups of `thanh_phan_ho_so`, unedited. No word is dropped; unsure counts stay in the text."""
    if HEADER not in cell:
        return _without_table(_heading(cell))
    flags: set[str] = set()
    groups = tuple(_groups(cell.split(HEADER), flags))
    return DocumentTables(groups=groups, flags=frozenset(flags))


def _without_table(text: str) -> DocumentTables:
    if not text:
        return DocumentTables(groups=(), flags=frozenset())
    group = DocumentGroup(heading="", documents=(Document(text=text),), edited=False)
    return DocumentTables(groups=(group,), flags=frozenset({"documents_without_table"}))


def _groups(pieces: list[str], flags: set[str]) -> Iterator[DocumentGroup]:
    heading = pieces[0]
    for number, piece in enumerate(pieces[1:], start=2):
        documents, tail = _papers(piece, flags)
        if number == len(pieces) and clean(tail):
            documents.append(Document(text=clean(tail)))
        name = _heading(heading)
        if name or documents:
            yield DocumentGroup(heading=name, documents=tuple(documents), edited=False)
        heading = tail


def _heading(text: str) -> str:
    cleaned = clean(text)
    return "" if cleaned.strip("- ") == "" else cleaned


def _papers(piece: str, flags: set[str]) -> tuple[list[Document], str]:
    """The papers of one table, and the text after its last count: the heading of the next table."""
    documents: list[Document] = []
    start = 0
    for match in _COUNT.finditer(piece):
        if not _is_cell(piece, match):
            continue
        documents.append(_paper(piece[start : match.start()], match, flags))
        start = match.end()
    return documents, piece[start:]


def _is_cell(piece: str, match: re.Match[str]) -> bool:
    """A count cell is glued to what stands before it; "gồm 01 bản chính" and "(1 bản chính)" are prose."""
    before, digits = piece[: match.start()][-1:], match["originals"]
    if before in {"(", "["} or (digits.startswith("0") and len(digits) > 1):
        return False
    return not _goes_on_as_prose(piece[match.end() :]) if before == " " else True


def _goes_on_as_prose(after: str) -> bool:
    return bool(re.match(r" ?[,.;:)]| [^\W\d_A-ZĐÀ-Ỹ]| (?=\w)", after))


def _paper(text: str, match: re.Match[str], flags: set[str]) -> Document:
    digits = match["originals"]
    copies = int(match["copies"]) if match["copies"] else None
    if len(digits) == 1:
        return _with_form(text, int(digits), copies, flags)
    year = _YEAR_THEN_COUNT.fullmatch(digits)
    if year:
        return _with_form(text + year["year"], int(year["count"]), copies, flags)
    flags.add("document_count_glued")
    return Document(text=clean(text + match[0]))


def _with_form(text: str, originals: int, copies: int | None, flags: set[str]) -> Document:
    text = clean(text)
    if not _FILE.search(text):
        return Document(text=text, originals=originals, copies=copies)
    cut = _form_start(text)
    if cut is None:
        flags.add("form_glued")
        return Document(text=text, originals=originals, copies=copies)
    return Document(text=clean(text[:cut]), originals=originals, copies=copies, form=clean(text[cut:]))


def _form_start(text: str) -> int | None:
    """Where the file name begins, or None when more than one place is as likely as another."""
    first_file = _FILE.search(text)
    if first_file is None:
        return None
    head = text[: first_file.start()]
    seams = [m.start() for m in _AFTER_PUNCTUATION.finditer(head)]
    seams += [m.start() for m in _AFTER_LETTER.finditer(head)]
    seams = [seam for seam in seams if seam > 0 and len(head) - seam <= _LONGEST_FILE_NAME]
    named = [seam for seam in seams if _NAMED.match(head, seam)]
    strong = [seam for seam in seams if _AFTER_PUNCTUATION.match(head, seam)]
    for candidates in (named, strong, seams):
        if len(candidates) == 1:
            return candidates[0]
    return None
