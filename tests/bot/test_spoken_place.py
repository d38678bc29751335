"""The place spoken of last stands for "ở đó" in a report, unless its words were not to be kept."""

from __future__ import annotations

import pytest

from tests.bot.office import Talk, move_of

pytestmark = pytest.mark.django_db(transaction=True)

THERE = "rác chất đống hôi thối ở đó mấy hôm nay rồi"


def place(talk: Talk) -> str:
    return str(talk.conversation.state["form"]["place"])


def test_there_is_where_it_burned_a_moment_ago(talk: Talk) -> None:
    (called,) = talk.say("cháy to ở xưởng gỗ ngõ 64 phố Vĩnh Tuy, cứu với")
    assert move_of(called) == "signpost"
    talk.say(THERE)
    assert place(talk) == "ngõ 64 phố Vĩnh Tuy"


def test_a_place_of_its_own_goes_before_the_one_spoken_of(talk: Talk) -> None:
    talk.say("cháy to ở xưởng gỗ ngõ 64 phố Vĩnh Tuy, cứu với")
    talk.say("rác chất đống hôi thối ở ngõ 5 phố Huế, chỗ đó mấy hôm nay rồi")
    assert place(talk) == "ngõ 5 phố Huế"


def test_nothing_is_kept_of_an_accusation(talk: Talk) -> None:
    talk.say("tôi tố cáo ông Nguyễn Văn Tám ở ngõ 8 phố Huế nhận hối lộ")
    assert talk.conversation.state.get("place", "") == ""
    talk.say(THERE)
    assert place(talk) == ""
