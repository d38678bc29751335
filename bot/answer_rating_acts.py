"""Keeps what an author thinks of an answer, inside the outcome's transaction."""

from __future__ import annotations

from bot import answer_rating_replies, moves
from bot.answer_rating import ENOUGH, MORE, NO, YES
from casework import report_ratings
from casework.errors import RatingRefused
from casework.models import ReportRating
from conversations.messages import OutboundMessage
from conversations.models import Conversation


def keep_opinion(
    move: moves.RateAnswer | moves.CommentOnAnswer, conversation: Conversation
) -> OutboundMessage:
    """Keep it and say what comes next; what was said before, or is not this citizen's, changes nothing."""
    try:
        return _kept(move, conversation)
    except RatingRefused:
        return answer_rating_replies.refused()


def _kept(move: moves.RateAnswer | moves.CommentOnAnswer, conversation: Conversation) -> OutboundMessage:
    match move:
        case moves.CommentOnAnswer(code=code, words=words):
            report_ratings.comment(code, conversation, words)
            return answer_rating_replies.commented()
        case moves.RateAnswer(code=code, said=said) if said == YES:
            report_ratings.rate(code, conversation, is_satisfied=True)
            return answer_rating_replies.satisfied()
        case moves.RateAnswer(code=code, said=said) if said == NO:
            report_ratings.rate(code, conversation, is_satisfied=False)
            return answer_rating_replies.why_not(code)
        case moves.RateAnswer(code=code, said=said) if said == MORE:
            return answer_rating_replies.your_words(code)
        case moves.RateAnswer(said=said) if said == ENOUGH:
            return answer_rating_replies.commented()
    reason = ReportRating.Reason(move.said)
    report_ratings.explain(move.code, conversation, reason)
    return answer_rating_replies.reason_kept(move.code, reason)
