"""The digest on the desk: one's own choice, and what did not go."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from casework.models import DigestSent
from office.models import AuditEntry, Staff
from tests.casework.people import official
from tests.web.test_desk import desk_of, page

pytestmark = pytest.mark.django_db


def test_a_person_turns_the_digest_off_and_on_and_the_register_keeps_it() -> None:
    ha = official("ha")
    desk = desk_of(ha)
    assert "Không nhận nữa" in page(desk, "/desk/digests/")
    desk.post("/desk/digests/choose", {"wanted": "no"})
    assert not Staff.objects.get(pk=ha.pk).wants_digest
    assert "Nhận lại" in page(desk, "/desk/digests/")
    desk.post("/desk/digests/choose", {"wanted": "yes"})
    assert Staff.objects.get(pk=ha.pk).wants_digest
    acts = AuditEntry.objects.filter(subject="ha", action__startswith="digest.").order_by("id")
    assert list(acts.values_list("action", flat=True)) == ["digest.refused", "digest.wanted"]


def test_without_a_mail_server_the_page_says_so(settings: Any) -> None:
    settings.EMAIL_HOST = ""
    assert "chưa khai báo máy chủ thư" in page(desk_of(official("ha")), "/desk/digests/")
    settings.EMAIL_HOST = "mail.example"
    assert "chưa khai báo máy chủ thư" not in page(desk_of(official("minh")), "/desk/digests/")


def test_an_administrator_sees_what_did_not_go_and_others_only_their_own() -> None:
    ha, minh = official("ha"), official("minh")
    DigestSent.objects.create(staff=ha, slot=timezone.now(), problem="550 no such user", tries=4)
    assert "no such user" in page(desk_of(official("quan", role=Staff.Role.ADMINISTRATOR)), "/desk/digests/")
    assert "Không gửi được sau 4 lần" in page(desk_of(ha), "/desk/digests/")
    assert "Chưa có thư nào" in page(desk_of(minh), "/desk/digests/")
