"""The figures for a monitoring system: how much waits on each channel, how long, and whether it is off."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from bot.channels.accounts import account_at
from bot.channels.switches import turn_off
from conversations.models import Turn
from tests.bot.test_delivery import conversation, queued

pytestmark = pytest.mark.django_db


def figures(client: Client) -> dict[str, float]:
    lines = client.get("/api/metrics").content.decode().splitlines()
    parted = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    return {name: float(value) for name, value in parted}


def test_what_waits_and_failed_is_counted_by_channel_with_the_age_of_the_oldest(client: Client) -> None:
    account_at("zalo", "main")
    account_at("webchat", "main")
    here = conversation(channel="zalo")
    waiting, failed, _ = (queued(here, text) for text in ("một", "hai", "ba"))
    Turn.objects.filter(pk=waiting.pk).update(created_at=timezone.now() - timedelta(minutes=10))
    Turn.objects.filter(pk=failed.pk).update(status=Turn.Status.FAILED)
    told = figures(client)
    zalo = '{channel="zalo",account="main"}'
    assert told[f"motcua_replies_waiting{zalo}"] == 2
    assert told[f"motcua_replies_failed{zalo}"] == 1
    assert told[f"motcua_oldest_waiting_seconds{zalo}"] == pytest.approx(600, abs=30)
    assert told['motcua_replies_waiting{channel="webchat",account="main"}'] == 0


def test_a_channel_that_is_off_is_told_apart_from_a_silent_one(client: Client) -> None:
    account_at("zalo", "main")
    account_at("webchat", "main")
    turn_off("zalo", reason="thử", by=None)
    told = figures(client)
    assert told['motcua_channel_off{channel="zalo",account="main"}'] == 1
    assert told['motcua_channel_off{channel="webchat",account="main"}'] == 0
