"""The page about one's own data, the copy behind its link, and the end of a conversation."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casework import cases, data_requests, privacy_notice, reports
from casework.models import Case, DataRequest, Report
from conversations import consents
from conversations.messages import Position
from conversations.models import Consent, Conversation
from tests.casework.people import official
from tests.kept import everything_in_the_rows, files_on_disk
from tests.web.browsers import Browser, answer, official_answer, photograph
from web.public import chat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here_and_at_once(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(chat, "PATIENCE", 0.0)


def link_of(browser: Browser) -> str:
    """Where the page's own button leads."""
    response = browser.client.post("/du-lieu-cua-toi/tai")
    assert response.status_code == 302
    return str(response["Location"])


def unpacked(response: Any) -> zipfile.ZipFile:
    assert response["Content-Type"] == "application/zip"
    return zipfile.ZipFile(BytesIO(response.content))


def a_report(conversation: Conversation, **more: Any) -> reports.Filed:
    return reports.file_report(
        conversation=conversation, kind="field", category="khac", text="Đèn đường hỏng", **more
    )


def test_the_page_tells_what_why_how_long_and_who_under_its_version() -> None:
    page = Client().get("/du-lieu-cua-toi").content.decode()
    for row in privacy_notice.kept():
        assert row.what in page
        assert row.how_long in page
    assert privacy_notice.text_version() in page
    assert "chưa có cuộc trò chuyện" in page


def test_chat_and_public_pages_lead_to_it() -> None:
    assert 'href="/du-lieu-cua-toi"' in Browser().page()
    assert 'href="/chat/ket-thuc"' in Browser().page()
    assert 'href="/du-lieu-cua-toi"' in Client().get("/du-lieu-cua-toi/ban-sao/x").content.decode()


def test_the_copy_holds_what_was_said_sent_filed_and_agreed_to_and_no_inside_of_the_office() -> None:
    browser = Browser()
    conversation = browser.say("đèn đường hỏng <b>ba hôm</b>")
    browser.send_photo(photograph())
    photo = conversation.attachments.get()
    filed = a_report(conversation, photos=[photo], position=Position(latitude=21.02, longitude=105.85))
    consents.give(conversation, Consent.Purpose.POSITION, text_version="1.1/90-7-7")
    staff = official("bichngoc")
    official_answer(conversation, "Đã ghi nhận.", staff)
    answer(conversation, "Chào anh/chị")

    archive = unpacked(browser.client.post(link_of(browser)))

    data = json.loads(archive.read("du-lieu.json"))
    html = archive.read("doc-truoc.html").decode()
    assert data["messages"][0]["by"] == "Anh/chị"
    assert data["reports"][0]["code"] == filed.report.code
    assert data["reports"][0]["position"] == {"latitude": 21.02, "longitude": 105.85}
    assert data["consents"][0]["text_version"] == "1.1/90-7-7"
    assert f"anh-{photo.pk}.jpg" in archive.namelist()
    assert "&lt;b&gt;ba hôm&lt;/b&gt;" in html
    assert f"{timezone.localdate():%d/%m/%Y}" in html
    assert "21.02000, 105.85000" in html
    whole = html + json.dumps(data)
    for secret in ("bichngoc", filed.report.secret_hash, conversation.chat):
        assert secret not in whole


def test_a_link_opens_once_and_asking_first_uses_nothing_up() -> None:
    browser = Browser()
    browser.say("chào")
    link = link_of(browser)
    assert browser.client.get(link).status_code == 200
    assert browser.client.get(link).status_code == 200
    assert browser.client.post(link).status_code == 200
    assert browser.client.post(link).status_code == 404
    assert browser.client.get(link).status_code == 404
    assert DataRequest.objects.get().fulfilled_at is not None


def test_a_link_of_the_web_chat_opens_in_no_other_browser_and_not_later() -> None:
    browser, other = Browser(), Browser()
    browser.say("chào")
    other.say("chào")
    link = link_of(browser)
    assert other.client.get(link).status_code == 404
    assert other.client.post(link).status_code == 404
    DataRequest.objects.update(link_until=timezone.now() - timedelta(seconds=1))
    assert browser.client.get(link).status_code == 404


def test_a_link_sent_to_a_messenger_opens_where_it_is_tapped_once() -> None:
    conversation = Conversation.objects.create(channel="telegram", account="7", chat="42")
    token = data_requests.new_link(data_requests.enter(conversation, DataRequest.Kind.EXPORT))
    address = f"/du-lieu-cua-toi/ban-sao/{token}"
    assert unpacked(Client().post(address)).namelist() == ["doc-truoc.html", "du-lieu.json"]
    assert Client().post(address).status_code == 404


def test_what_is_private_is_kept_by_no_cache_and_named_to_no_other_site() -> None:
    browser = Browser()
    browser.say("chào")
    link = link_of(browser)
    for response in (browser.client.get(link), browser.client.post(link), browser.client.get(link)):
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "same-origin"
        assert response["X-Robots-Tag"] == "noindex"


def test_a_guessed_link_tells_nothing() -> None:
    answers = {Client().get(f"/du-lieu-cua-toi/ban-sao/{token}").status_code for token in ("x", "a" * 32)}
    assert answers == {404}


def test_a_browser_without_a_conversation_gets_no_copy() -> None:
    assert Client().post("/du-lieu-cua-toi/tai")["Location"] == "/du-lieu-cua-toi"
    assert not DataRequest.objects.exists()


def test_the_end_asks_once_and_then_leaves_nothing(django_capture_on_commit_callbacks: Any) -> None:
    browser = Browser()
    browser.say("chuyện riêng của Vũ Thị Kín")
    browser.send_photo(photograph())
    assert "chuyện riêng" in browser.page()
    asked = browser.client.get("/chat/ket-thuc")
    assert "không lấy lại được" in asked.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        ended = browser.client.post("/chat/ket-thuc", follow=True)
    assert "Đã kết thúc và xoá" in ended.content.decode()
    assert "chuyện riêng" not in browser.page()
    assert "Vũ Thị Kín" not in everything_in_the_rows()
    assert files_on_disk() == []
    assert "Đã kết thúc và xoá" not in browser.page()


def test_the_end_shows_code_and_secret_once_more_and_keeps_the_report() -> None:
    browser = Browser()
    conversation = browser.say("đèn hỏng")
    filed = a_report(conversation)
    told = answer(conversation, "Đã gửi phản ánh")
    told.payload["detail"] = {"move": "report_filed", "code": filed.report.code, "secret": filed.secret}
    told.save()
    asked = browser.client.get("/chat/ket-thuc").content.decode()
    assert f"{filed.report.code} – {filed.secret}" in asked
    browser.client.post("/chat/ket-thuc")
    assert Report.objects.get().text == "Đèn đường hỏng"
    assert filed.secret not in everything_in_the_rows()


def test_the_end_closes_an_open_case_and_names_it_first() -> None:
    browser = Browser()
    conversation = browser.say("gặp cán bộ")
    case = cases.open_case(conversation, reason="asked", summary="gặp cán bộ")
    assert case.number in browser.client.get("/chat/ket-thuc").content.decode()
    browser.client.post("/chat/ket-thuc")
    assert Case.objects.get().state == Case.State.CLOSED


def test_the_end_forgets_the_browser_even_without_a_conversation() -> None:
    browser = Browser()
    before = browser.client.cookies["chat"].value
    response = browser.client.post("/chat/ket-thuc")
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert response.cookies["chat"].value == ""
    browser.page()
    assert browser.client.cookies["chat"].value != before


def test_another_site_ends_nobodys_conversation() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.get("/")
    assert strict.post("/chat/ket-thuc").status_code == 403


def test_a_page_that_still_shows_what_is_gone_is_told_so() -> None:
    browser = Browser()
    turn = answer(browser.say("chào"), "Chào")
    assert browser.client.get(f"/chat/turns?after={turn.pk}").json()["erased"] is False
    browser.client.get("/chat/ket-thuc")
    Client.post(browser.client, "/chat/ket-thuc")
    assert browser.client.get(f"/chat/turns?after={turn.pk}").json()["erased"] is True


# ---- A shared machine


def shared_browser() -> Browser:
    browser = Browser()
    browser.client.get("/?shared=1")
    return browser


def test_on_a_shared_machine_a_page_loaded_again_shows_nothing_of_before() -> None:
    browser = shared_browser()
    browser.say("chuyện riêng")
    assert "chuyện riêng" not in browser.page()
    assert browser.turns() == []


def test_on_a_shared_machine_a_form_without_script_still_shows_its_answer_once() -> None:
    browser = shared_browser()
    event_id = re.search(r'name="event_id" value="([^"]+)"', browser.page())
    assert event_id
    posted = browser.client.post(
        "/chat/messages", {"event_id": event_id[1], "text": "chuyện riêng"}, follow=True
    )
    assert "chuyện riêng" in posted.content.decode()
    assert "chuyện riêng" not in browser.page()


def test_a_shared_machine_is_remembered_only_while_its_browser_is_open() -> None:
    browser = shared_browser()
    assert browser.client.cookies["chat"]["max-age"] == ""
    browser.client.get("/?shared=0")
    assert browser.client.cookies["chat"]["max-age"] != ""


def test_a_conversation_on_a_shared_machine_has_an_end_and_others_have_none() -> None:
    shared, own = shared_browser().say("chào"), Browser().say("chào")
    shared.refresh_from_db()
    own.refresh_from_db()
    assert shared.ends_at is not None
    assert timezone.now() + timedelta(minutes=5) < shared.ends_at < timezone.now() + timedelta(minutes=30)
    assert own.ends_at is None


def test_the_page_of_a_shared_machine_counts_down_and_others_do_not(settings: Any) -> None:
    settings.SHARED_MINUTES = 3
    assert 'data-seconds="180"' in shared_browser().page()
    assert 'data-seconds="0"' in Browser().page()


def test_a_link_on_another_site_does_not_make_a_shared_machine_of_ones_own() -> None:
    browser = Browser()
    browser.say("chuyện của tôi")
    browser.client.get("/?shared=1", headers={"Sec-Fetch-Site": "cross-site"})
    assert "chuyện của tôi" in browser.page()
