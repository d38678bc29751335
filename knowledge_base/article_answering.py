"""What an article says to a question: the section asked for, quoted, with its source and its date.

What an article says of a fee is a rule, never the fee of a procedure: the answer says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import structlog

from knowledge_base.answering import NOT_READ_SURELY
from knowledge_base.answers import UNREVIEWED, ArticleAnswer, Fixed, Quoted, Span
from knowledge_base.article import ArticleContent, Section
from knowledge_base.content import Origin, PartName
from knowledge_base.errors import UnsafeAnswer
from knowledge_base.fitting import CHAT_LIMIT, fitted
from knowledge_base.here import NOWHERE, Here
from knowledge_base.number_guard import check
from knowledge_base.parts import PART_LABELS
from knowledge_base.validity import change_notice
from knowledge_base.words import WordIndex
from nlu.abbreviations import expand
from nlu.text import clean, fold, syllables

log = structlog.get_logger(__name__)

A_RULE_NOT_A_FEE = (
    "Đây là quy định chung, không phải mức phí của một thủ tục. "
    "Anh/chị nhắn tên thủ tục để xem phí của thủ tục đó."
)
# Of the words asked, by rarity: below this share a section only happens to hold some of them.
_FEWEST_WORDS = 0.15
_OF_THE_PART = 0.15
#: Parts whose absence is said: another section would be read as how much or how long.
MUST_BE_SAID = frozenset({PartName.FEE, PartName.TIME})


def answer_article(
    article: ArticleContent, *, asked: str = "", part: PartName | None = None, here: Here = NOWHERE
) -> ArticleAnswer:
    """At most about 900 characters: the section that the words or the part ask for, else the first.

    A fee or a time limit that no section is about is said to be missing. Past the last day of an
    article nothing is quoted any more.
    """
    found = section_asked(article, asked, part=part)
    is_missing = part in MUST_BE_SAID and (found is None or found.about is not part)
    missing = [_not_said(part)] if part and is_missing else []
    return _section_answer(article, found or article.sections[0], here, missing=missing)


def answer_section(
    article: ArticleContent, key: str, *, in_full: bool = False, here: Here = NOWHERE
) -> ArticleAnswer:
    """The section of this key, the first where there is none; in_full: however long."""
    return _section_answer(article, article.section(key) or article.sections[0], here, in_full=in_full)


def whole_article(article: ArticleContent, here: Here = NOWHERE) -> ArticleAnswer:
    """Every section under its heading, however long."""
    if _is_over(article, here):
        return _answer(article, None, [_over(article)], complete=False)
    spans = [
        span
        for section in article.sections
        for span in (_quoted(article, section, section.heading), *_lines(article, section))
    ]
    said = (*_not_yet(article, here), *spans, *_closing(article, article.sections, here))
    return _guarded(article, _answer(article, None, said, complete=True))


def section_asked(article: ArticleContent, asked: str, *, part: PartName | None = None) -> Section | None:
    """The section that covers most of the question's words, None where none covers enough.

    To be about the part asked for counts like so many words; for a fee or a time limit it decides alone.
    """
    about = [section for section in article.sections if part and section.about is part]
    if about and part in MUST_BE_SAID:
        return about[0]
    words = syllables(fold(expand(clean(asked))))
    index = WordIndex.build([_words(section) for section in article.sections])
    scored = zip(article.sections, index.scores(words).tolist(), strict=True)
    scores = [(score + _OF_THE_PART * (section in about), section) for section, score in scored]
    score, best = max(scores, key=lambda pair: pair[0])
    return best if score >= _FEWEST_WORDS else None


def _words(section: Section) -> list[str]:
    return syllables(fold("\n".join((section.heading, *section.aliases, section.text))))


def _not_said(part: PartName) -> Fixed:
    return Fixed(text=f"Bài này không nói về “{PART_LABELS[part]}”.", is_missing=True)


def _section_answer(
    article: ArticleContent,
    section: Section,
    here: Here,
    *,
    missing: Sequence[Fixed] = (),
    in_full: bool = False,
) -> ArticleAnswer:
    if _is_over(article, here):
        return _answer(article, section, [_over(article)], complete=False)
    before, after = (*missing, *_not_yet(article, here)), tuple(_closing(article, [section], here))
    lines = _lines(article, section)
    room = CHAT_LIMIT - sum(len(span.text) + 1 for span in (*before, *after)) - len(UNREVIEWED)
    shown, is_whole = (lines, True) if in_full else fitted(lines, room)
    said = _answer(article, section, (*before, *shown, *after), complete=is_whole and not missing)
    return _guarded(article, replace(said, is_cut=not is_whole))


def _lines(article: ArticleContent, section: Section) -> list[Span]:
    return [_quoted(article, section, line) for line in section.text.splitlines() if line.strip()]


def _quoted(article: ArticleContent, section: Section, text: str) -> Quoted:
    return Quoted(text=text, part=section.key, provenance=article.provenance[section.key])


def _closing(article: ArticleContent, sections: Iterable[Section], here: Here) -> Iterator[Fixed]:
    if any(section.about is PartName.FEE for section in sections):
        yield Fixed(text=A_RULE_NOT_A_FEE)
    if article.validity and article.validity.changes_on:
        yield change_notice(article.validity, here.day)


def _is_over(article: ArticleContent, here: Here) -> bool:
    return bool(article.last_day) and here.day.isoformat() > article.last_day


def _over(article: ArticleContent) -> Fixed:
    sentence = (
        f"Bài này chỉ đúng đến hết ngày {_day(article.last_day)} nên tôi không trích nữa. "
        "Anh/chị nhắn “gặp cán bộ” để được trả lời."
    )
    return Fixed(text=sentence, source=article.last_day, is_missing=True)


def _not_yet(article: ArticleContent, here: Here) -> Iterator[Fixed]:
    if here is not NOWHERE and article.valid_from > here.day.isoformat():
        yield Fixed(text=f"Từ ngày {_day(article.valid_from)} mới áp dụng:", source=article.valid_from)


def _day(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))


def _guarded(article: ArticleContent, said: ArticleAnswer) -> ArticleAnswer:
    """The answer, or a safe one when it says a figure that its section does not hold."""
    try:
        check(article, said)
    except UnsafeAnswer as problem:
        log.exception("answer_unsafe", code=article.code, problem=str(problem))
        spans = [Fixed(text=NOT_READ_SURELY, is_missing=True)]
        return _answer(article, said.section, spans, complete=False)
    return said


def _answer(
    article: ArticleContent, section: Section | None, spans: Sequence[Span], *, complete: bool
) -> ArticleAnswer:
    sources = dict.fromkeys(span.provenance for span in spans if isinstance(span, Quoted))
    first = next(iter(sources), article.provenance[article.sections[0].key])
    reviewed = all(source.reviewed or source.origin is Origin.OFFICIAL for source in sources)
    return ArticleAnswer(
        code=article.code,
        title=article.title,
        decision="; ".join(dict.fromkeys(source.decision for source in sources)) or first.decision,
        url=first.url,
        updated=min((source.date for source in sources), default=article.updated),
        spans=(*spans, *(() if reviewed else (Fixed(text=UNREVIEWED),))),
        complete=complete,
        reviewed=reviewed,
        section=section,
        others=tuple(other for other in article.sections if other is not section) if section else (),
    )
