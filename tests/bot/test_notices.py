"""What citizens are told of a channel that lets us write only for a while, and the notices they agree to."""

from __future__ import annotations

import pytest

from bot import choices, paid_templates
from bot.paid_templates import Purpose
from bot.responder import Responder
from casework import cases, privacy_notice
from casework.models import Case
from conversations import consents
from conversations.models import Consent
from tests.bot.office import Talk
from tests.casework.people import official

pytestmark = pytest.mark.django_db(transaction=True)

PROBLEM = "rác chất đống ở đầu ngõ 5 phố Huế"


@pytest.fixture
def zalo(responder: Responder) -> Talk:
    return Talk(responder=responder, channel="zalo")


def use_templates() -> None:
    paid_templates.enter("zalo", Purpose.ANSWER, template_id="1", dong=300, because="QĐ 2")


def filed(talk: Talk) -> str:
    talk.say(PROBLEM)
    talk.say("không có ảnh")
    (reply,) = talk.say("gửi đi")
    return reply.text


def buttons(talk: Talk) -> list[str]:
    last = talk.conversation.turns.filter(direction="out").last()
    assert last is not None
    return [choice["payload"] for choice in last.payload["choices"]]


def given(talk: Talk) -> frozenset[str]:
    return consents.given(talk.conversation)


def test_who_reports_on_zalo_is_told_once_that_we_may_not_write_first_with_the_code(zalo: Talk) -> None:
    told = filed(zalo)
    assert "có thể không nhắn trước được" in told
    assert "Mã của anh/chị là PA-" in told
    assert len(told) <= 900
    said = zalo.conversation.turns.filter(direction="out", text__contains="không nhắn trước được")
    assert said.count() == 1
    assert choices.NOTICES not in buttons(zalo)


def test_on_the_web_nothing_is_said_of_windows(talk: Talk) -> None:
    use_templates()
    assert "nhắn trước" not in filed(talk)
    assert choices.NOTICES not in buttons(talk)


def test_who_waits_for_an_official_on_zalo_is_told_what_a_late_answer_does(zalo: Talk, talk: Talk) -> None:
    (on_zalo,) = zalo.say("cho tôi gặp cán bộ")
    (on_the_web,) = talk.say("cho tôi gặp cán bộ")
    assert "nhắn một chữ là nhận được" in on_zalo.text
    assert "nhắn một chữ là nhận được" not in on_the_web.text


def test_one_button_agrees_to_notices_in_the_words_of_a_version(zalo: Talk) -> None:
    use_templates()
    assert privacy_notice.NOTICE_CONSENT in filed(zalo)
    assert choices.NOTICES in buttons(zalo)
    for _ in range(2):
        (reply,) = zalo.tap(choices.NOTICES)
        assert "rút lại đồng ý" in reply.text
    consent = zalo.conversation.consents.get()
    assert (consent.purpose, consent.text_version) == ("notice", privacy_notice.text_version())


def test_who_has_agreed_is_not_asked_again(zalo: Talk) -> None:
    use_templates()
    filed(zalo)
    zalo.tap(choices.NOTICES)
    assert privacy_notice.NOTICE_CONSENT not in filed(zalo)


def test_the_yes_is_taken_back_by_words(zalo: Talk) -> None:
    use_templates()
    filed(zalo)
    zalo.tap(choices.NOTICES)
    (reply,) = zalo.say("tôi muốn rút lại đồng ý")
    assert "tin báo không gửi nữa" in reply.text
    assert "vị trí" not in reply.text
    assert given(zalo) == frozenset()


def test_an_old_button_says_so_where_there_are_no_notices_any_more(zalo: Talk) -> None:
    (reply,) = zalo.tap(choices.NOTICES)
    assert "rút lại" not in reply.text
    assert given(zalo) == frozenset()


def test_a_yes_tapped_while_an_official_has_the_conversation_is_kept_in_silence(zalo: Talk) -> None:
    use_templates()
    zalo.say("cho tôi gặp cán bộ")
    assert choices.NOTICES in buttons(zalo)
    cases.claim(Case.objects.get(), official())
    assert zalo.tap(choices.NOTICES) == []
    assert given(zalo) == {Consent.Purpose.NOTICE}
