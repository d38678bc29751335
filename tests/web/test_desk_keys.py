"""API keys on the desk: for administrators, shown once, revoked."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from office import api_keys
from office.models import ApiKey, Staff
from tests.casework.people import official, ward

pytestmark = pytest.mark.django_db


def desk(role: str = Staff.Role.ADMINISTRATOR) -> Client:
    client = Client()
    client.force_login(official("anh", role=role))
    return client


def test_an_administrator_makes_a_key_that_is_shown_once() -> None:
    client, lang = desk(), ward("Phường Láng")
    response = client.post("/desk/keys/", {"name": "iHanoi", "unit": lang.pk})
    words = re.search(r"motcua_[\w-]{43}", response.content.decode())
    assert words
    assert api_keys.known_by(words[0], now=timezone.now()) == ApiKey.objects.get(name="iHanoi", unit=lang)
    assert "no-store" in response["Cache-Control"]
    again = client.get("/desk/keys/").content.decode()
    assert "iHanoi" in again
    assert words[0] not in again


def test_a_key_without_a_name_is_not_made_and_the_page_says_so() -> None:
    response = desk().post("/desk/keys/", {"name": ""})
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert not ApiKey.objects.exists()


def test_a_revoked_key_is_shown_as_such_and_opens_nothing() -> None:
    client, made = desk(), api_keys.make(name="iHanoi", unit=None, by=None)
    page = client.post(f"/desk/keys/{made.key.pk}/revoke", follow=True).content.decode()
    assert "Đã thu hồi" in page
    assert api_keys.known_by(made.words, now=timezone.now()) is None
    assert "từ trước" in client.post(f"/desk/keys/{made.key.pk}/revoke", follow=True).content.decode()


@pytest.mark.parametrize("role", [Staff.Role.AGENT, Staff.Role.SUPERVISOR, Staff.Role.EDITOR])
def test_nobody_else_sees_makes_or_revokes_keys(role: str) -> None:
    client, made = desk(role), api_keys.make(name="iHanoi", unit=None, by=None)
    assert client.get("/desk/keys/").status_code == 403
    assert client.post("/desk/keys/", {"name": "x"}).status_code == 403
    assert client.post(f"/desk/keys/{made.key.pk}/revoke").status_code == 403
    assert Client().get("/desk/keys/").status_code == 302
    assert ApiKey.objects.get().revoked_at is None
