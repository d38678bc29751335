"""Answers quoted from an article: the section asked for, its source, and buttons to the rest of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from bot import choices, moves, pages
from bot.buttons import to_staff
from bot.replies import as_people_write, review_note
from conversations.messages import Choice, Citation, OutboundMessage
from knowledge_base.answers import ArticleAnswer
from knowledge_base.article import ArticleContent
from knowledge_base.article_answering import answer_article, answer_section, whole_article
from knowledge_base.here import NOWHERE, Here
from knowledge_base.probes import short_title
from knowledge_base.siblings import in_words
from office.links import safe_url

SECTIONS_OFFERED = 4
RELATED_OFFERED = 2
LINKS_OFFERED = 2


def article_quotation(  # noqa: PLR0913 -- the move, its article, and what is known around them
    move: moves.Answer,
    article: ArticleContent,
    *,
    asked: str = "",
    titles: Mapping[str, str],
    here: Here = NOWHERE,
    reminder: str = "",
) -> OutboundMessage:
    """The section that a button names, else the one the words ask for. titles: of the release, by code."""
    said = _said(move, article, asked, here)
    return OutboundMessage(
        heading=f"{said.title} – {said.section.heading}" if said.section else said.title,
        text=f"{said.text}\n\n{reminder}" if reminder else said.text,
        choices=tuple(_choices(said, article, titles)),
        citation=cite(said, article),
        detail={
            "move": "answer",
            "code": said.code,
            "part": None,
            "section": said.section.key if said.section else None,
            "probability": move.probability,
            "spans": [type(span).__name__ for span in said.spans],
        },
    )


def _said(move: moves.Answer, article: ArticleContent, asked: str, here: Here) -> ArticleAnswer:
    if move.section:
        return answer_section(article, move.section, in_full=move.in_full, here=here)
    if move.in_full:
        return whole_article(article, here)
    return answer_article(article, asked=asked, part=move.part, here=here)


def cite(said: ArticleAnswer, article: ArticleContent) -> Citation:
    return Citation(
        code="",
        title=said.title,
        decision=said.decision,
        url=safe_url(said.url),
        page=pages.article(article.slug),
        updated=as_people_write(said.updated),
        note=review_note(said),
    )


def _choices(said: ArticleAnswer, article: ArticleContent, titles: Mapping[str, str]) -> Iterable[Choice]:
    if said.section and said.is_cut:
        yield Choice(label=_("Xem đầy đủ"), payload=choices.full(said.code, said.section.key))
    for section in said.others[:SECTIONS_OFFERED]:
        yield Choice(label=section.heading, payload=choices.part(said.code, section.key))
    if said.others:
        yield Choice(label=_("Xem cả bài"), payload=choices.whole(said.code))
    for code in [code for code in article.related if code in titles][:RELATED_OFFERED]:
        yield Choice(label=in_words(short_title(titles[code])), payload=choices.procedure(code))
    for link in article.links[:LINKS_OFFERED]:
        yield Choice(label=link.label, url=link.url)
    if said.needs_person:
        yield to_staff()
    yield Choice(label=_("Không đúng ý tôi"), payload=choices.NONE)
