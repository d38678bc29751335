"""QR codes: made, printed and revoked on the desk; scanned, they lead into the chat."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from django.conf import LazySettings
from django.test import Client

from bot import intake
from bot.entrance_ways import Way
from casework import cases
from casework.models import Case
from conversations.models import Turn
from office import entrances
from office.models import Entrance, Staff
from tests.bot.office import message
from tests.casework.people import official, ward
from tests.knowledge_base.search_base import BIRTH, CONTENTS
from tests.web.browsers import Browser
from tests.web.conftest import PutOut

pytestmark = pytest.mark.django_db

CODE, TITLE = BIRTH.code, BIRTH.title


@pytest.fixture(autouse=True)
def in_force(put_out: PutOut) -> None:
    put_out(CONTENTS)


def desk(role: str = Staff.Role.SUPERVISOR) -> Client:
    client = Client()
    client.force_login(official("lan", role=role))
    return client


def text_of(client: Client, path: str) -> str:
    return str(client.get(path).content.decode())


def test_a_supervisor_makes_a_code_for_a_ward_and_sees_it_for_printing(settings: LazySettings) -> None:
    settings.PUBLIC_URL, settings.TELEGRAM_NAME = "https://motcua.example.vn", "motcua_hanoi_bot"
    client, lang = desk(), ward("Phường Láng")
    response = client.post("/desk/entrances/", {"ward": lang.pk, "note": "quầy số 3"})
    made = Entrance.objects.get()
    assert response["Location"] == f"/desk/entrances/{made.key}"
    assert (made.ward, made.procedure, made.note) == (lang, "", "quầy số 3")
    sheet = text_of(client, response["Location"])
    assert "tại Phường Láng" in sheet
    assert f"https://motcua.example.vn/?q={made.key}" in sheet
    assert f"https://t.me/motcua_hanoi_bot?start={made.key}" in sheet
    assert sheet.count("<svg") == 2
    assert "quầy số 3" in text_of(client, "/desk/entrances/")


def test_a_code_for_a_procedure_is_headed_by_its_title() -> None:
    client = desk()
    response = client.post("/desk/entrances/", {"procedure": f" {CODE} "})
    assert TITLE in text_of(client, response["Location"])
    assert "chỉ mở được ở mạng này" in text_of(client, response["Location"])


@pytest.mark.parametrize("wrong", [{}, {"procedure": "9.999999"}, {"ward": "0"}])
def test_a_code_that_leads_nowhere_is_not_made_and_the_page_says_why(wrong: dict[str, str]) -> None:
    response = desk().post("/desk/entrances/", wrong)
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert not Entrance.objects.exists()


def test_a_code_leads_to_a_ward_or_to_a_procedure_not_to_both() -> None:
    response = desk().post("/desk/entrances/", {"ward": ward().pk, "procedure": CODE})
    assert response.status_code == 422
    assert not Entrance.objects.exists()


def test_a_revoked_code_is_not_printed_any_more() -> None:
    client, made = desk(), entrances.make(ward=ward(), by=None)
    client.post(f"/desk/entrances/{made.key}/revoke")
    sheet = text_of(client, f"/desk/entrances/{made.key}")
    assert "đã bị thu hồi" in sheet
    assert "<svg" not in sheet
    assert "Đã thu hồi" in text_of(client, "/desk/entrances/")


@pytest.mark.parametrize("role", [Staff.Role.AGENT, Staff.Role.EDITOR])
def test_nobody_else_makes_prints_or_revokes_codes(role: str) -> None:
    client, made = desk(role), entrances.make(ward=ward(), by=None)
    assert client.get("/desk/entrances/").status_code == 403
    assert client.get(f"/desk/entrances/{made.key}").status_code == 403
    assert client.post(f"/desk/entrances/{made.key}/revoke").status_code == 403
    assert Client().get("/desk/entrances/").status_code == 302
    made.refresh_from_db()
    assert made.revoked_at is None


def test_a_code_is_a_drawing_of_its_address_with_room_around_it() -> None:
    one, other = (
        Way(channel="Web", url=f"https://motcua.example.vn/?q={key}") for key in ("a" * 16, "b" * 16)
    )
    drawing = ElementTree.fromstring(one.svg_file())  # noqa: S314 -- our own
    assert drawing.tag.endswith("svg")
    assert one.svg() != other.svg()
    assert one.svg() == one.svg()


def offered(browser: Browser, key: str) -> str:
    return str(browser.client.get("/", {"q": key}).content.decode())


def test_whoever_scans_a_wards_code_is_offered_it_and_begins_there() -> None:
    made, browser = entrances.make(ward=ward("Phường Láng"), by=None), Browser()
    assert "Tôi hỏi từ Phường Láng" in offered(browser, made.key)
    conversation = browser.conversation_of(browser.post(choice=f"start:{made.key}"))
    turn = Turn.objects.get(conversation=conversation)
    assert (turn.text, turn.payload["choice"]) == ("Tôi hỏi từ Phường Láng", f"start:{made.key}")


def test_whoever_scans_a_procedures_code_is_offered_to_ask_about_it() -> None:
    made = entrances.make(procedure=CODE, by=None)
    assert f"Tôi hỏi về: {TITLE}" in offered(Browser(), made.key)


@pytest.mark.parametrize("key", ["", "unknown", "x" * 5000, "<script>", "..%2f..", "start:start"])
def test_a_key_that_is_not_ours_shows_the_chat_as_ever(key: str) -> None:
    assert offered(Browser(), key).count("data-entrance") == 0


def test_a_revoked_key_and_one_whose_procedure_is_gone_show_the_chat_as_ever() -> None:
    revoked, gone = entrances.make(ward=ward(), by=None), entrances.make(procedure="9.999999", by=None)
    entrances.revoke(revoked.key, by=None)
    browser = Browser()
    for made in (revoked, gone):
        assert "data-entrance" not in offered(browser, made.key)
        assert browser.post(choice=f"start:{made.key}").status_code == 409


def test_the_desk_reads_where_a_code_led_instead_of_its_key() -> None:
    made, hoa = entrances.make(ward=ward("Phường Láng"), by=None), official("hoa")
    for key in (made.key, "unknown"):
        intake.receive(message(f"/start {key}", channel="telegram"))
    conversation = Turn.objects.latest("id").conversation
    case = cases.open_case(conversation, reason=Case.Reason.ASKED, summary="")
    client = Client()
    client.force_login(hoa)
    shown = text_of(client, f"/desk/cases/{case.number}")
    assert "[Vào bằng mã QR: Phường Láng]" in shown
    assert "[Vào bằng một mã QR không còn dùng]" in shown
    assert made.key not in shown
