"""Commands are buttons by another name, on every channel."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import choices
from bot.commands import COMMANDS, payload_of
from conversations.messages import LONGEST_PAYLOAD


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_is_a_button_we_know_and_fits_a_menu(command):
    assert payload_of(f"/{command.name}") == command.payload
    assert payload_of(f" /{command.name.upper()}@motcua_bot ") == command.payload
    assert choices.parse(command.payload)
    assert 3 <= len(command.about) <= 256  # core.telegram.org/bots/api#botcommand


@pytest.mark.parametrize(
    "text",
    ["", "/", "/khongco", "canbo", "/canbo giúp tôi", "/phananh ổ gà ở ngõ 5", "/start có dấu", "x /start"],
)
def test_what_says_more_or_something_else_is_read_as_words(text):
    assert payload_of(text) == ""


def test_a_link_of_telegram_is_a_start_with_a_key():
    assert payload_of("/start Ab_9-x") == "start:Ab_9-x"


@given(st.from_regex(r"/start [A-Za-z0-9_-]{1,64}", fullmatch=True))
def test_whatever_key_is_sent_the_payload_fits_a_button(text):
    assert len(payload_of(text).encode()) <= LONGEST_PAYLOAD
