"""What a move says: the reply it makes from the release and our own words, before anything is acted on."""

from __future__ import annotations

from dataclasses import dataclass

from bot import (
    case_replies,
    draft_replies,
    moves,
    phrases,
    reopening_replies,
    repair_replies,
    replies,
    report_replies,
)
from bot.article_replies import article_quotation
from bot.moves import Phrase
from bot.signposts import shown
from conversations.messages import OutboundMessage
from knowledge_base.article import ArticleContent
from knowledge_base.content import PartName
from knowledge_base.here import here_and_now
from knowledge_base.library import Library
from knowledge_base.namesakes import namesakes


@dataclass(frozen=True, kw_only=True)
class Around:
    """What a reply needs beside its move.

    ward: code of the one the citizen named. asked: the words typed. reminder: of what is still open, a line
    below; "" for none.
    """

    library: Library
    ward: str = ""
    asked: str = ""
    reminder: str = ""


def said_by(move: moves.Move, around: Around) -> OutboundMessage | None:
    """The reply of a move; None for one that speaks only of what it changed (bot/acts.py)."""
    return _from_release(move, around) or _in_our_words(move, around)


def _from_release(move: moves.Move, around: Around) -> OutboundMessage | None:
    match move:
        case moves.Answer():
            return _quotation(move, around)
        case moves.ListPapers(code=code):
            return _papers_list(code, around)
        case moves.Clarify() | moves.AskFact() | moves.ListNeeds():
            return _question_back(move, around)
        case moves.AskAgain():
            return repair_replies.ask_again(move, around.library.titles())
    return None


def _in_our_words(move: moves.Move, around: Around) -> OutboundMessage | None:
    match move:
        case moves.OfferHelp():
            return repair_replies.offer_help(move)
        case moves.AskWard():
            return replies.which_ward(move)
        case moves.FillReport(form=form, summed_up=summed_up):
            return report_replies.form_question(form, summed_up=summed_up)
        case moves.TakeAsFeedback(form=form):
            return report_replies.form_question(form)
        case moves.OfferDraft() | moves.TellDropped():
            return draft_replies.told(move)
        case moves.AskWhyReopen(code=code):
            return reopening_replies.why(code)
        case moves.Signpost() | moves.AskIfAccusation():
            return shown(move, reminder=around.reminder)
        case moves.AskForAppeal():
            return phrases.phrase(Phrase.APPEAL_FIRST)
        case moves.Say() | moves.Welcome():
            return phrases.said(move, reminder=around.reminder)
    return None


def _question_back(move: moves.Clarify | moves.AskFact | moves.ListNeeds, around: Around) -> OutboundMessage:
    contents = [around.library.content(code) for code in move.codes]
    titles = {content.code: content.title for content in contents}
    match move:
        case moves.AskFact():
            return case_replies.which_case(move, titles, reminder=around.reminder)
        case moves.ListNeeds():
            return case_replies.needs_of(move, titles, reminder=around.reminder)
        case moves.Clarify():
            return replies.which_one(move, titles, apart=namesakes(contents), reminder=around.reminder)


def _quotation(move: moves.Answer, around: Around) -> OutboundMessage:
    library, reminder = around.library, around.reminder
    asks_where = move.part is PartName.WHERE
    here = here_and_now(values=library.local_values, ward=around.ward, asks_where=asks_where)
    content = library.content(move.code)
    if isinstance(content, ArticleContent):
        return article_quotation(
            move, content, asked=around.asked, titles=library.titles(), here=here, reminder=reminder
        )
    said = replies.quotation(move, content, here=here, reminder=reminder)
    return case_replies.with_additions(said, move, library.titles()) if move.event else said


def _papers_list(code: str, around: Around) -> OutboundMessage:
    content = around.library.content(code)
    if isinstance(content, ArticleContent):
        return phrases.phrase(Phrase.BUTTON_OUT_OF_DATE)
    return replies.papers_list(content, here=here_and_now(asks_where=False), reminder=around.reminder)
