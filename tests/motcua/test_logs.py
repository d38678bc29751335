"""What is logged names rows, and repeats no secret and no number of a person, whoever wrote the line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from motcua import logs
from motcua.log_masking import mask_secrets

BOT_TOKEN = "7000000001:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
ZALO_TOKEN = "iU8X7x9mCJa3RtWpQnEe-0sK_v5Zc"
#: What must never be read in a log, as others write it: (a line, the part that must be gone).
WRITTEN_BY_OTHERS = [
    (f"https://api.telegram.org/bot{BOT_TOKEN}/sendMessage failed", BOT_TOKEN),
    (f"The token `{BOT_TOKEN}` was rejected by the server.", BOT_TOKEN),
    (f'{{"access_token": "{ZALO_TOKEN}", "expires_in": "90000"}}', ZALO_TOKEN),
    (f"POST /v4/oa/access_token refresh_token={ZALO_TOKEN}&app_id=1044", ZALO_TOKEN),
    (f"headers={{'secret_key': '{ZALO_TOKEN}'}}", ZALO_TOKEN),
    (f"Authorization: Bearer {ZALO_TOKEN}", ZALO_TOKEN),
    (f"X-ZEvent-Signature: mac={ZALO_TOKEN}", ZALO_TOKEN),
    (f"X-Telegram-Bot-Api-Secret-Token: {ZALO_TOKEN}", ZALO_TOKEN),
    (f"Cookie: sessionid={ZALO_TOKEN}; csrftoken=x", ZALO_TOKEN),
    ("postgres://motcua:rat-bi-mat-9@10.0.0.5:5432/motcua", "rat-bi-mat-9"),
    (f"Unprocessable Entity: /desk/set-password/{ZALO_TOKEN}", ZALO_TOKEN),
    (f"Not Found: /du-lieu-cua-toi/ban-sao/{ZALO_TOKEN}", ZALO_TOKEN),
    ("Failing row contains (12, gọi 0912345678)", "0912345678"),
    ("số căn cước 001089012345 của tôi", "001089012345"),
    ("gọi lại cho em +84 912 345 678 nhé", "912 345 678"),
    ("email của tôi là lan.nguyen@example.com", "lan.nguyen@example.com"),
]

Say = Callable[[str], None]


def ours(words: str) -> None:
    structlog.get_logger("tests").error("turn_failed", turn=12, whatever_name=words)


def our_trace(words: str) -> None:
    structlog.get_logger("tests").error("turn_failed", turn=12, exc_info=ValueError(words))


@pytest.mark.parametrize("say", [ours, our_trace])
@pytest.mark.parametrize(("line", "secret"), WRITTEN_BY_OTHERS)
def test_a_line_of_ours_repeats_nothing_secret_or_personal(
    capfd: pytest.CaptureFixture[str], say: Say, line: str, secret: str
) -> None:
    logs.set_up()
    say(line)
    told = capfd.readouterr().err
    assert "turn=12" in told
    assert secret not in told


def test_a_library_s_line_and_trace_repeat_nothing_secret_or_personal() -> None:
    """In a process of its own: under pytest the libraries' lines go elsewhere."""
    program = (
        "import sys, logging, django; django.setup()\n"
        "from motcua import logs\n"
        "logs.set_up()\n"
        "for line in sys.argv[1:]:\n"
        "    logging.getLogger('httpx').warning('request: %s', line)\n"
        "    logging.getLogger('uvicorn.error').error('failed', exc_info=ValueError(line))\n"
    )
    lines = [line for line, _ in WRITTEN_BY_OTHERS]
    ran = subprocess.run(
        [sys.executable, "-c", program, *lines], env=os.environ, capture_output=True, text=True, check=True
    )
    assert ran.stderr.count("request: ") == ran.stderr.count("ValueError") == len(lines)
    for _, secret in WRITTEN_BY_OTHERS:
        assert secret not in ran.stderr


def test_what_names_our_rows_stays_readable(capfd: pytest.CaptureFixture[str]) -> None:
    logs.set_up()
    structlog.get_logger("tests").info(
        "telegram_open", account="7000000001", turn=1001089012, seconds=60.0, event_id="update:912345678"
    )
    told = capfd.readouterr().err
    for part in ("account=7000000001", "turn=1001089012", "seconds=60.0", "update:912345678"):
        assert part in told


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_bot_token_is_found_in_any_surroundings(before: str, after: str) -> None:
    said = f"{before} {BOT_TOKEN} {after}"
    assert BOT_TOKEN not in mask_secrets(said)


def test_the_sentences_that_tell_an_operator_what_to_do_stay_whole() -> None:
    advice = "ask BotFather for the current one, set MOTCUA_TELEGRAM_TOKEN and start again"
    assert mask_secrets(advice) == advice
