"""What is posted when the session has ended: back in its form for who wrote it, and for nobody else."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from casework.models import Case, CaseNote
from office import sessions
from office.models import SignedIn, Staff
from tests.casework.people import official
from tests.web.test_desk import PASSWORD, page, waiting_case
from web import unsent

pytestmark = pytest.mark.django_db

WORDS = "Chị Mai nói chiều mai mới có giấy </textarea> <b>gốc</b>"
TEMPLATES = Path(unsent.__file__).parent / "templates"


@pytest.fixture
def ha() -> Staff:
    return with_password("ha")


@pytest.fixture
def case(ha: Staff) -> Case:
    return waiting_case()


def with_password(name: str, role: str = Staff.Role.AGENT) -> Staff:
    staff = official(name, role=role)
    staff.set_password(PASSWORD)
    staff.save()
    return staff


def sign_in(client: Client, name: str, back: str = "") -> str:
    """Where the person is led."""
    typed = {"username": name, "password": PASSWORD, "next": back}
    response = client.post("/desk/sign-in", typed)
    assert response.status_code == 302
    page(client, "/desk/account/")
    return str(response["Location"])


def kept() -> list[Session]:
    return [row for row in Session.objects.all() if unsent._KEY in row.get_decoded()]


def ended(staff: Staff) -> None:
    """From another machine."""
    assert sessions.end_all(staff) == 1


def post_note(client: Client, case: Case, words: str = WORDS, **more: object) -> str:
    """Where the person is sent to sign in."""
    address = f"/desk/cases/{case.number}"
    typed = {"private_note": words, "text": "Chào chị, ", "transfer_reason": "", **more}
    response = client.post(f"{address}/notes", typed, headers={"referer": f"http://testserver{address}"})
    assert response.status_code == 302
    assert response["Location"] == f"/desk/sign-in?next={address}"
    return address


def from_page(address: str) -> dict[str, str]:
    return {"origin": "http://testserver", "referer": f"http://testserver{address}"}


def signed_in_as(name: str, strict: Client) -> None:
    typed = {
        "username": name,
        "password": PASSWORD,
        "csrfmiddlewaretoken": old_token(strict, "/desk/sign-in"),
    }
    assert strict.post("/desk/sign-in", typed, headers=from_page("/desk/sign-in")).status_code == 302


def old_token(client: Client, address: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page(client, address))
    assert found
    return found[1]


def test_what_was_typed_is_back_in_its_form_and_is_sent_from_there(
    client: Client, ha: Staff, case: Case
) -> None:
    sign_in(client, "ha")
    page(client, f"/desk/cases/{case.number}")
    ended(ha)
    back = post_note(client, case)
    assert not CaseNote.objects.exists()
    at_door = page(client, f"/desk/sign-in?next={back}")
    assert "còn được giữ một giờ" in at_door
    assert "Chị Mai nói" not in at_door
    assert sign_in(client, "ha", back) == back
    text = page(client, back)
    assert "Chưa gửi được: phiên đã hết." in text
    fold = re.search(r"<details[^>]*open[^>]*><summary>Ghi chú nội bộ.*?</textarea>", text, re.DOTALL)
    assert fold
    assert "chiều mai mới có giấy &lt;/textarea&gt; &lt;b&gt;gốc&lt;/b&gt;</textarea>" in fold[0]
    assert page(client, back).count("chiều mai mới có giấy") == 1  # a second look shows it again
    client.post(f"{back}/notes", {"private_note": WORDS}, headers={"referer": f"http://testserver{back}"})
    assert CaseNote.objects.get().text == WORDS
    assert "Chưa gửi được" not in page(client, back)


def test_a_session_that_the_offices_limits_ended_keeps_it_too(client: Client, ha: Staff, case: Case) -> None:
    client.force_login(ha)  # no cookie that names who writes: the session that ends does
    page(client, f"/desk/cases/{case.number}")
    SignedIn.objects.update(seen_at=timezone.now() - timedelta(days=30))
    back = post_note(client, case)
    sign_in(client, "ha", back)
    assert "chiều mai mới có giấy" in page(client, back)


def test_another_person_at_the_same_computer_never_sees_it(client: Client, ha: Staff, case: Case) -> None:
    with_password("minh")
    sign_in(client, "ha")
    ended(ha)
    back = post_note(client, case)
    sign_in(client, "minh", back)
    assert "chiều mai mới có giấy" not in page(client, back)
    assert not kept()
    ended(Staff.objects.get(username="minh"))
    sign_in(client, "ha", back)
    assert "chiều mai mới có giấy" not in page(client, back)


def test_it_is_forgotten_after_an_hour_signed_in_or_not(
    client: Client, ha: Staff, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, "ha")
    ended(ha)
    back = post_note(client, case)
    (row,) = kept()
    assert row.expire_date <= timezone.now() + unsent.KEPT_FOR
    sign_in(client, "ha", back)
    later = timezone.now() + unsent.KEPT_FOR + timedelta(seconds=1)
    monkeypatch.setattr(unsent.timezone, "now", lambda: later)
    assert "chiều mai mới có giấy" not in page(client, back)
    monkeypatch.undo()
    sessions.let_go_expired(later)
    assert not kept()


def test_a_form_made_before_signing_in_in_another_tab_is_refused_and_not_lost(ha: Staff, case: Case) -> None:
    strict = Client(enforce_csrf_checks=True)
    signed_in_as("ha", strict)
    back = f"/desk/cases/{case.number}"
    late = {"private_note": WORDS, "csrfmiddlewaretoken": old_token(strict, back)}
    strict.cookies["csrftoken"] = "n" * 32  # as another tab's sign-in leaves it
    response = strict.post(f"{back}/notes", late, headers=from_page(back))
    assert response["Location"] == back
    assert not CaseNote.objects.exists()
    assert "chiều mai mới có giấy" in page(strict, back)


def test_signing_in_on_a_page_left_open_shows_the_page_again(ha: Staff) -> None:
    strict = Client(enforce_csrf_checks=True)
    late = {"username": "ha", "password": PASSWORD, "csrfmiddlewaretoken": old_token(strict, "/desk/sign-in")}
    strict.cookies["csrftoken"] = "n" * 32
    response = strict.post("/desk/sign-in?next=/desk/board/", late, headers=from_page("/desk/sign-in"))
    assert response["Location"] == "/desk/sign-in?next=/desk/board/"


def test_of_another_sites_form_nothing_is_kept(ha: Staff, case: Case) -> None:
    neighbour = Client(enforce_csrf_checks=True)
    signed_in_as("ha", neighbour)  # one site to browsers, which send our cookies along
    address = f"/desk/cases/{case.number}/notes"
    for headers in ({"origin": "https://khac.hanoi.gov.vn"}, {"referer": "https://khac.hanoi.gov.vn/"}, {}):
        assert neighbour.post(address, {"private_note": WORDS}, headers=headers).status_code == 403
    assert not CaseNote.objects.exists()
    assert not kept()


def test_words_in_a_page_of_another_person_at_the_same_computer_are_credited_to_nobody(
    ha: Staff, case: Case
) -> None:
    with_password("minh")
    shared = Client(enforce_csrf_checks=True)
    signed_in_as("ha", shared)
    back = f"/desk/cases/{case.number}"
    late = {"private_note": WORDS, "csrfmiddlewaretoken": old_token(shared, back)}
    ended(ha)
    signed_in_as("minh", shared)  # in another tab
    assert shared.post(f"{back}/notes", late, headers=from_page(back)).status_code == 403
    assert not kept()


def test_another_form_of_the_page_takes_only_its_own_fields_away(
    client: Client, ha: Staff, case: Case
) -> None:
    sign_in(client, "ha")
    ended(ha)
    back = post_note(client, case)
    sign_in(client, "ha", back)
    client.post("/desk/duty/mine", {"on": "yes"}, headers=from_page(back))
    assert "chiều mai mới có giấy" in page(client, back)
    client.post(f"{back}/claim", {"text": "Chào chị Mai, "}, headers=from_page(back))
    assert "chiều mai mới có giấy" in page(client, back)
    client.post(f"{back}/notes", {"private_note": WORDS}, headers=from_page(back))
    assert "Chưa gửi được" not in page(client, back)


def test_of_who_never_signed_in_here_nothing_is_kept(client: Client, case: Case) -> None:
    client.post(f"/desk/cases/{case.number}/notes", {"private_note": WORDS})
    client.cookies[unsent.WRITER] = "MQ:1:forged"
    client.post(f"/desk/cases/{case.number}/notes", {"private_note": WORDS})
    assert not Session.objects.exists()


def test_a_late_request_with_the_ended_session_takes_nothing_away(
    client: Client, ha: Staff, case: Case
) -> None:
    sign_in(client, "ha")
    old = client.cookies["sessionid"].value
    ended(ha)
    back = post_note(client, case)
    client.cookies["sessionid"] = old
    client.get("/desk/live")
    sign_in(client, "ha", back)
    assert "chiều mai mới có giấy" in page(client, back)


def test_words_whose_field_is_gone_are_shown_to_be_copied(client: Client, ha: Staff, case: Case) -> None:
    sign_in(client, "ha")
    ended(ha)
    back = post_note(client, case, block_words="Ông ấy đã gọi ba lần")
    sign_in(client, "ha", back)
    assert '<blockquote class="unsent-words">Ông ấy đã gọi ba lần</blockquote>' in page(client, back)


def test_a_file_is_not_kept_and_that_is_said(client: Client, ha: Staff, case: Case) -> None:
    sign_in(client, "ha")
    ended(ha)
    back = post_note(client, case, file=SimpleUploadedFile("a.pdf", b"%PDF"))
    sign_in(client, "ha", back)
    assert "Anh/chị chọn lại tệp" in page(client, back)


def test_an_act_without_words_is_asked_for_again(client: Client, ha: Staff, case: Case) -> None:
    sign_in(client, "ha")
    ended(ha)
    address = f"/desk/cases/{case.number}"
    client.post(f"{address}/claim")
    sign_in(client, "ha", address)
    assert "Anh/chị bấm lại việc vừa làm" in page(client, address)


def test_the_page_behind_an_act_is_one_that_opens(client: Client, case: Case) -> None:
    refused = {"referer": f"http://testserver/desk/cases/{case.number}/close"}
    for path, headers, back in (
        (f"/desk/cases/{case.number}/notes", refused, f"/desk/cases/{case.number}"),
        ("/desk/settings/reports.term", {}, "/desk/settings/"),
        ("/desk/board/move", {"referer": "https://elsewhere.example/desk/"}, "/desk/board/"),
        ("/desk/reports/PA-1/acts/close", {}, "/desk/reports/PA-1"),
        ("/editor/procedures/1.001193/withdraw", {}, "/editor/procedures/1.001193"),
    ):
        response = client.post(path, headers=headers)
        assert response["Location"] == f"/desk/sign-in?next={back}", path


def test_a_page_that_refreshes_itself_leaves_nothing(client: Client, ha: Staff, case: Case) -> None:
    sign_in(client, "ha")
    ended(ha)
    client.post(
        f"/desk/cases/{case.number}/presence", headers={"HX-Request": "true", "HX-Trigger": "presence"}
    )
    assert not kept()


def test_of_a_setting_the_form_that_was_sent_is_filled_with_when_it_was_read(client: Client) -> None:
    anh = with_password("anh", role=Staff.Role.ADMINISTRATOR)
    sign_in(client, "anh")
    ended(anh)
    typed = {"value": "7", "source": "Quyết định 12/QĐ-UBND", "seen": "as it was"}
    client.post("/desk/settings/cases.drafts_kept_days", typed)
    sign_in(client, "anh", "/desk/settings/")
    text = page(client, "/desk/settings/")
    assert text.count('value="Quyết định 12/QĐ-UBND"') == 1
    assert text.count('value="as it was"') == 1


def test_no_password_and_no_code_is_ever_kept() -> None:
    fields = re.compile(r'<input[^>]*(?:type="password"|one-time-code)[^>]*>')
    names = {
        re.search(r'name="([^"]+)"', field)[1]  # type: ignore[index]
        for template in TEMPLATES.rglob("*.html")
        for field in fields.findall(template.read_text(encoding="utf-8"))
    }
    assert names <= unsent.NEVER_KEPT
