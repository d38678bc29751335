"""Carries out what a citizen wants of his or her own data, inside the outcome's transaction."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from bot import choices, notice_replies, own_data_replies, pages, paid_templates
from bot.channels.webchat import WebChat
from bot.moves import OwnDataAct, Phrase
from bot.phrases import phrase
from casework import blocks, cases, data_requests, own_data, privacy_notice
from casework.data_requests import LINK_MINUTES
from casework.models import DataRequest
from conversations import consents, outbox
from conversations.messages import OutboundMessage
from conversations.models import Consent, Conversation, Turn
from nlu.own_data import OwnDataAsked, own_data_asked
from office.models import Staff


def carry_out(wanted: OwnDataAct, conversation: Conversation) -> Sequence[OutboundMessage]:
    """Do it; the replies that tell of it, for the same conversation."""
    match wanted:
        case OwnDataAct.TELL:
            return [own_data_replies.told()]
        case OwnDataAct.ASK_BEFORE_ERASING:
            return [_before_erasing(conversation)]
        case OwnDataAct.KEEP:
            return [own_data_replies.not_erased()]
        case OwnDataAct.COPY:
            return [_copy(conversation)]
        case OwnDataAct.WITHDRAW_CONSENT:
            return [_withdraw_consents(conversation)]
        case OwnDataAct.AGREE_TO_NOTICES:
            return [_agree_to_notices(conversation)]
        case OwnDataAct.ERASE:
            _erase(conversation)
    return []


def _before_erasing(conversation: Conversation) -> OutboundMessage:
    return own_data_replies.before_erasing(
        reports=list(conversation.reports.order_by("id")),
        secrets_told=secrets_told(conversation),
        case=cases.open_case_of(conversation),
    )


def _withdraw_consents(conversation: Conversation) -> OutboundMessage:
    purposes = consents.given(conversation)
    request = own_data.withdraw_consents(conversation)
    if request is None:
        return own_data_replies.no_consent()
    return own_data_replies.consent_withdrawn(request, purposes)


def _agree_to_notices(conversation: Conversation) -> OutboundMessage:
    if not paid_templates.are_used_on(conversation.channel):
        return phrase(Phrase.BUTTON_OUT_OF_DATE)
    _keep_agreement(conversation)
    return notice_replies.agreed()


def _keep_agreement(conversation: Conversation) -> None:
    if paid_templates.may_be_offered(conversation):
        consents.give(conversation, Consent.Purpose.NOTICE, text_version=privacy_notice.text_version())


def secrets_told(conversation: Conversation) -> list[str]:
    """Code and secret of each report filed here, as its author was told them: nothing else still has them."""
    filed = conversation.turns.filter(direction=Turn.Direction.OUT, payload__detail__move="report_filed")
    details = (turn.payload["detail"] for turn in filed.order_by("id"))
    return [f"{told['code']} – {told['secret']}" for told in details if told.get("secret")]


def enter_for_official(turn: Turn) -> DataRequest | None:
    """While a person has the conversation the assistant is silent: the request becomes a row on the desk.

    A yes to notices, tapped below what the assistant said before, is kept all the same.
    """
    if turn.status != Turn.Status.LEFT_TO_PERSON:
        return None
    if turn.payload["choice"] == choices.NOTICES:
        _keep_agreement(turn.conversation)
    asked = own_data_asked(turn.text)
    kind = _KIND_OF.get(asked) if asked else None
    return data_requests.enter(turn.conversation, kind) if kind else None


_KIND_OF = {
    OwnDataAsked.DELETE: DataRequest.Kind.DELETE,
    OwnDataAsked.EXPORT: DataRequest.Kind.EXPORT,
    OwnDataAsked.WITHDRAW: DataRequest.Kind.WITHDRAW,
}


@transaction.atomic
def meet(request: DataRequest, staff: Staff) -> bool:
    """Do what was asked for, on an official's word; False where it cannot be done from here.

    A copy is offered by a link in the conversation: it is met once the citizen has opened it.
    """
    conversation = request.conversation
    if conversation is None or conversation.erased_at or request.fulfilled_at:
        return False
    match request.kind:
        case DataRequest.Kind.DELETE:
            _erase(conversation, by=staff)
        case DataRequest.Kind.WITHDRAW:
            own_data.withdraw_consents(conversation, by=staff)
            data_requests.mark_fulfilled(request, by=staff)
        case DataRequest.Kind.EXPORT if pages.open_from(conversation.channel):
            outbox.queue(conversation, _copy(conversation))
        case _:
            return False
    return True


def _erase(conversation: Conversation, *, by: Staff | None = None) -> None:
    """Erase, and say so in a conversation that begins anew at the same address."""
    reports_kept = conversation.reports.count()
    request = own_data.erase(conversation, by=by)
    if request is None:
        return
    anew = Conversation.objects.create(
        channel=conversation.channel,
        account=conversation.account,
        chat=conversation.chat,
        last_interaction_at=conversation.last_interaction_at,
    )
    blocks.carry_over(conversation, anew)
    in_a_messenger = conversation.channel != WebChat.name
    told = own_data_replies.erased(request, reports_kept=reports_kept, in_a_messenger=in_a_messenger)
    outbox.queue(anew, told)


def _copy(conversation: Conversation) -> OutboundMessage:
    request = data_requests.enter(conversation, DataRequest.Kind.EXPORT)
    if not pages.open_from(conversation.channel):
        return own_data_replies.copy_by_an_official(request)
    address = pages.own_data_copy(data_requests.new_link(request))
    return own_data_replies.copy_ready(address, minutes=LINK_MINUTES)
