"""Blocks on the desk: who may, what the pages show, and what an appeal looks like."""

from __future__ import annotations

import pytest
from django.test import Client

from casework import blocks, cases
from casework.models import Block, Case
from conversations.models import Conversation, Turn
from office.models import Staff, Unit
from tests.casework.people import citizen, official, ward

pytestmark = pytest.mark.django_db

CHOSEN = {"block_reason": "threats", "days": "7"}


def desk_of(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def supervisor(*units: Unit) -> Staff:
    return official("lan", *units, role=Staff.Role.SUPERVISOR)


def waiting_case(conversation: Conversation | None = None) -> Case:
    return cases.open_case(conversation or citizen(), reason=Case.Reason.ASKED, summary="")


def text_of(client: Client, path: str) -> str:
    return str(client.get(path).content.decode())


def test_a_supervisor_blocks_from_the_case_and_finds_it_on_the_page() -> None:
    case, client = waiting_case(), desk_of(supervisor())
    assert "Tạm ngừng trả lời" in text_of(client, f"/desk/cases/{case.number}")
    response = client.post(f"/desk/cases/{case.number}/block", CHOSEN)
    assert response["Location"] == "/desk/blocks/"
    shown = text_of(client, "/desk/blocks/")
    assert "Đe doạ cán bộ" in shown
    assert "Chị Mai" in shown
    assert "Đang tạm ngừng đến" in text_of(client, f"/desk/cases/{case.number}")


@pytest.mark.parametrize("role", [Staff.Role.AGENT, Staff.Role.EDITOR])
def test_nobody_else_sees_the_page_or_blocks(role: str) -> None:
    case, client = waiting_case(), desk_of(official("an", role=role))
    assert client.get("/desk/blocks/").status_code == 403
    assert client.post(f"/desk/cases/{case.number}/block", CHOSEN).status_code == 403
    assert not Block.objects.exists()
    if role == Staff.Role.AGENT:
        assert "Tạm ngừng trả lời" not in text_of(client, f"/desk/cases/{case.number}")


@pytest.mark.parametrize("act", ["lift", "uphold"])
def test_only_a_supervisor_answers_an_appeal(act: str) -> None:
    made = blocks.block(citizen(), supervisor(), reason="insults", days=3)
    assert desk_of(official("an")).post(f"/desk/blocks/{made.pk}/{act}").status_code == 403


def test_an_appeal_stands_first_with_its_one_message_and_is_answered() -> None:
    boss, conversation = supervisor(), citizen("Anh Nam")
    blocks.block(citizen("Chị Yên"), boss, reason="insults", days=3)
    made = blocks.block(conversation, boss, reason="insults", days=3)
    turn = Turn.objects.create(
        conversation=conversation, direction="in", status="answered", author="citizen", text="tôi xin lỗi"
    )
    blocks.appeal(made, turn)
    client = desk_of(boss)
    shown = text_of(client, "/desk/blocks/")
    assert "“tôi xin lỗi”" in shown
    assert shown.index("Anh Nam") < shown.index("Chị Yên")
    client.post(f"/desk/blocks/{made.pk}/uphold")
    made.refresh_from_db()
    assert made.upheld_at is not None
    client.post(f"/desk/blocks/{made.pk}/lift")
    assert "Gần đây" in text_of(client, "/desk/blocks/")


def test_without_a_reason_nothing_happens_and_it_is_said() -> None:
    case, client = waiting_case(), desk_of(supervisor())
    response = client.post(f"/desk/cases/{case.number}/block", {"days": "3"}, follow=True)
    assert "chọn lý do" in response.content.decode()
    assert not Block.objects.exists()


def test_a_block_of_another_units_conversation_does_not_exist() -> None:
    made = blocks.block(citizen(), supervisor(), reason="insults", days=3)
    stranger = official("minh", ward(), role=Staff.Role.SUPERVISOR)
    assert desk_of(stranger).post(f"/desk/blocks/{made.pk}/lift").status_code == 404
