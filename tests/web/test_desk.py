"""The desk over HTTP: who may enter, what the pages show, and what happens when two act at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework import cases, reports
from casework.models import Case, Report
from conversations import outbox
from conversations.messages import Citation, OutboundMessage
from conversations.models import Conversation, Turn
from office import sign_ins
from office.models import Staff, Unit
from office.units import contact_team
from tests.casework.people import citizen, official, ward

pytestmark = pytest.mark.django_db

PASSWORD = "mot-cua-2026-thu"


def desk_of(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def waiting_case(summary: str = "Hỏi về khai sinh", conversation: Conversation | None = None) -> Case:
    return cases.open_case(conversation or citizen(), reason=Case.Reason.ASKED, summary=summary)


def filed(conversation: Conversation | None = None, *, unit: Unit | None = None, **more: object) -> Report:
    told: dict[str, Any] = {"kind": Report.Kind.FIELD, "category": "chieu_sang", "text": "Đèn tắt ba ngày"}
    return reports.file_report(conversation=conversation or citizen(), ward=unit, **{**told, **more}).report


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return str(response.content.decode())


# The door


@pytest.mark.parametrize(
    "path", ["/desk/", "/desk/cases/HT-2026-000001", "/desk/reports/", "/desk/deliveries/", "/desk/live"]
)
def test_nobody_enters_without_signing_in(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 302
    assert response["Location"].startswith("/desk/sign-in?next=")


def test_an_official_signs_in_and_sees_the_queue(client: Client) -> None:
    ha = official("ha")
    ha.set_password(PASSWORD)
    ha.save()
    response = client.post("/desk/sign-in", {"username": "ha", "password": PASSWORD}, follow=True)
    assert response.redirect_chain[-1][0] == "/desk/"
    assert "Hàng chờ" in response.content.decode()
    assert "Tổ tiếp nhận trung tâm" in response.content.decode()


def test_a_wrong_password_is_explained_in_vietnamese_and_the_name_is_kept(client: Client) -> None:
    official("ha")
    response = client.post("/desk/sign-in", {"username": "ha", "password": "sai"})
    text = response.content.decode()
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in text
    assert 'value="ha"' in text


def test_guessing_a_password_is_stopped_for_a_while_even_for_the_right_one(client: Client) -> None:
    ha = official("ha")
    ha.set_password(PASSWORD)
    ha.save()
    for _ in range(sign_ins.TRIES.default):
        client.post("/desk/sign-in", {"username": "ha", "password": "sai"})
    right = {"username": "ha", "password": PASSWORD}
    refused = client.post("/desk/sign-in", right)
    assert refused.status_code == 429
    assert "Đã nhập sai quá nhiều lần" in refused.content.decode()
    assert "thử lại sau" in refused.content.decode()
    elsewhere = Client(REMOTE_ADDR="10.0.0.9")
    assert elsewhere.post("/desk/sign-in", right).status_code == 302


def test_signing_in_does_not_lead_to_another_site(client: Client) -> None:
    ha = official("ha")
    ha.set_password(PASSWORD)
    ha.save()
    response = client.post(
        "/desk/sign-in?next=https://evil.example/", {"username": "ha", "password": PASSWORD}
    )
    assert response["Location"] == "/desk/"


def test_an_editor_is_led_to_the_editors_room_and_kept_out_of_the_desk(client: Client) -> None:
    editor = official("bientap", role=Staff.Role.EDITOR)
    editor.set_password(PASSWORD)
    editor.save()
    response = client.post("/desk/sign-in", {"username": "bientap", "password": PASSWORD})
    assert response["Location"] == "/editor/"
    refused = client.get("/desk/")
    assert refused.status_code == 403
    assert "chưa được vào phần này" in refused.content.decode()


@pytest.mark.parametrize("act", ["claim", "reply", "release", "close"])
def test_acts_need_a_post_with_its_token(act: str) -> None:
    case, ha = waiting_case(), official("ha")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ha)
    assert strict.get(f"/desk/cases/{case.number}/{act}").status_code == 405
    assert strict.post(f"/desk/cases/{case.number}/{act}").status_code == 403


# The queue


def test_the_bar_counts_what_nobody_has_in_hand_and_what_did_not_get_through() -> None:
    ha = official("ha")
    waiting_case("Hỏi về khai sinh")
    cases.claim(waiting_case("Hỏi về thường trú"), ha)
    filed()
    Turn.objects.create(conversation=citizen(), direction="out", status="failed", author="assistant")
    counts = desk_of(ha).get("/desk/").context["counts"]
    assert (counts.unassigned, counts.new_reports, counts.failed) == (2, 1, 1)


def test_a_longer_queue_costs_no_more_queries(django_assert_num_queries: Any) -> None:
    desk = desk_of(official("ha"))
    waiting_case()
    filed()
    desk.get("/desk/")  # the first page of a session writes where it is
    with CaptureQueriesContext(connection) as short:
        desk.get("/desk/")
    for _ in range(12):
        waiting_case()
        filed()
    with django_assert_num_queries(len(short)):
        desk.get("/desk/")


def test_an_empty_queue_says_so() -> None:
    assert "Chưa có ai chờ" in page(desk_of(official("ha")), "/desk/")


def test_a_refresh_is_silent_until_something_changes() -> None:
    desk = desk_of(official("ha"))
    first = desk.get("/desk/", headers={"hx-request": "true"})
    seen = {"seen": first["X-Seen"]}
    assert desk.get("/desk/", seen, headers={"hx-request": "true"}).status_code == 204
    waiting_case("Người mới")
    third = desk.get("/desk/", seen, headers={"hx-request": "true"})
    assert third.status_code == 200
    assert "Người mới" in third.content.decode()


def test_what_a_citizen_wrote_is_shown_as_text_never_as_markup() -> None:
    case = waiting_case("<script>alert(1)</script>", citizen("<b>Mai</b>"))
    Turn.objects.create(
        conversation=case.conversation,
        direction="in",
        status="answered",
        author="citizen",
        text="<img src=x onerror=alert(1)>",
    )
    desk = desk_of(official("ha"))
    for text in (page(desk, "/desk/"), page(desk, f"/desk/cases/{case.number}")):
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<b>Mai" not in text


def test_a_citation_links_only_to_web_addresses() -> None:
    case = waiting_case()
    cite = Citation(code="1.001193", title="Khai sinh", decision="", url="javascript:alert(1)", updated="")
    outbox.queue(case.conversation, OutboundMessage(text="Trích", citation=cite))
    assert "javascript:" not in page(desk_of(official("ha")), f"/desk/cases/{case.number}")


# A case


def test_the_transcript_says_who_said_what_and_what_was_quoted() -> None:
    case, ha = waiting_case(conversation=citizen("Chị Mai")), official("ha")
    cite = Citation(
        code="1.001193", title="Đăng ký khai sinh", decision="1872/QĐ-BTP",
        url="https://dichvucong.gov.vn/1", updated="06/2026", note="chưa được duyệt",
    )  # fmt: skip
    outbox.queue(case.conversation, OutboundMessage(text="Nộp giấy chứng sinh.", citation=cite))
    cases.claim(case, ha)
    cases.reply(case, ha, "Chào chị Mai.")
    lines = desk_of(ha).get(f"/desk/cases/{case.number}").context["lines"]
    assert [line.who for line in lines] == ["Trợ lý ảo", "Trợ lý ảo", "Ha – Tổ tiếp nhận trung tâm"]
    text = page(desk_of(ha), f"/desk/cases/{case.number}")
    assert all(word in text for word in ("Trích 1.001193", "1872/QĐ-BTP", "06/2026", "chưa được duyệt"))


def test_claim_reply_and_close_work_as_plain_forms() -> None:
    case, ha = waiting_case(), official("ha")
    desk = desk_of(ha)
    desk.post(f"/desk/cases/{case.number}/claim")
    desk.post(f"/desk/cases/{case.number}/reply", {"text": "Chào anh/chị", "last_sent": "0"})
    closed = desk.post(f"/desk/cases/{case.number}/close", {"outcome": "Đã trả lời xong"}, follow=True)
    case.refresh_from_db()
    assert (case.state, case.outcome) == (Case.State.CLOSED, "Đã trả lời xong")
    assert case.conversation.turns.filter(author="official", text="Chào anh/chị").count() == 1
    assert "Đã đóng hồ sơ" in closed.content.decode()


def test_who_claims_second_reads_who_was_quicker() -> None:
    case, ha, minh = waiting_case(), official("ha"), official("minh")
    desk_of(ha).post(f"/desk/cases/{case.number}/claim")
    response = desk_of(minh).post(f"/desk/cases/{case.number}/claim", follow=True)
    text = response.content.decode()
    assert "Ha đã nhận hồ sơ" in text
    assert "Gửi trả lời" not in text


def test_a_reply_in_a_case_lost_meanwhile_is_not_sent_and_its_words_are_kept() -> None:
    case, ha = waiting_case(), official("ha")
    cases.claim(case, ha)
    desk = desk_of(ha)
    cases.release_case(case, ha)
    response = desk.post(f"/desk/cases/{case.number}/reply", {"text": "Câu dài đã soạn", "last_sent": "0"})
    assert response.status_code == 409
    assert "Câu dài đã soạn" in response.content.decode()
    assert not case.conversation.turns.filter(author="official").exists()


def test_the_same_form_sent_twice_is_one_reply() -> None:
    case, ha = waiting_case(), official("ha")
    cases.claim(case, ha)
    form = {
        "text": "Chào anh/chị,\r\nhồ sơ  đã xong. ",
        "last_sent": "0",
    }  # lines end as a browser sends them
    for _ in range(2):
        desk_of(ha).post(f"/desk/cases/{case.number}/reply", form)
    assert case.conversation.turns.filter(author="official").count() == 1


def test_the_same_words_said_on_purpose_are_two_replies() -> None:
    case, ha = waiting_case(), official("ha")
    cases.claim(case, ha)
    desk = desk_of(ha)
    for _ in range(2):
        last_sent = desk.get(f"/desk/cases/{case.number}").context["last_sent"]
        desk.post(f"/desk/cases/{case.number}/reply", {"text": "Vâng ạ", "last_sent": last_sent})
    assert case.conversation.turns.filter(author="official").count() == 2


@pytest.mark.parametrize(("act", "says"), [("reply", "viết câu trả lời"), ("close", "chọn kết quả")])
def test_a_form_left_empty_says_what_is_missing(act: str, says: str) -> None:
    case, ha = waiting_case(), official("ha")
    cases.claim(case, ha)
    response = desk_of(ha).post(f"/desk/cases/{case.number}/{act}", {})
    assert response.status_code == 400
    assert says in response.content.decode()


def test_a_case_of_another_unit_does_not_exist_for_an_agent() -> None:
    case = waiting_case()
    Case.objects.filter(pk=case.pk).update(unit=ward("Phường Tây Hồ"))
    desk = desk_of(official("phuong", ward()))
    assert desk.get(f"/desk/cases/{case.number}").status_code == 404
    assert desk.post(f"/desk/cases/{case.number}/claim").status_code == 404
    case.refresh_from_db()
    assert case.state == Case.State.QUEUED


# Deliveries


def failed_turn() -> Turn:
    return Turn.objects.create(
        conversation=citizen(), direction="out", status="failed", author="assistant",
        channel="zalo", account="oa", text="Xin chào", problem="Zalo: quá 48 giờ",
    )  # fmt: skip


def test_a_failed_message_shows_its_reason_and_is_sent_again() -> None:
    turn, desk = failed_turn(), desk_of(official("ha"))
    assert "Zalo: quá 48 giờ" in page(desk, "/desk/deliveries/")
    desk.post(f"/desk/deliveries/{turn.pk}/resend")
    turn.refresh_from_db()
    assert turn.status == Turn.Status.QUEUED
    assert "Mọi tin nhắn đều đã gửi được" in page(desk, "/desk/deliveries/")


def test_a_message_resent_by_two_is_queued_once_and_the_second_is_told() -> None:
    turn, desk = failed_turn(), desk_of(official("ha"))
    desk.post(f"/desk/deliveries/{turn.pk}/resend")
    again = desk.post(f"/desk/deliveries/{turn.pk}/resend", follow=True)
    assert "đã được đồng nghiệp xử lý" in again.content.decode()


def test_a_message_the_assistant_put_aside_becomes_the_officials_case() -> None:
    ha, conversation = official("ha", contact_team()), citizen()
    turn = Turn.objects.create(
        conversation=conversation, direction="in", status="set_aside", author="citizen", text="???"
    )
    response = desk_of(ha).post(f"/desk/deliveries/{turn.pk}/take")
    case = Case.objects.get(conversation=conversation)
    assert response["Location"] == f"/desk/cases/{case.number}"
    assert case.claimed_by == ha
    turn.refresh_from_db()
    assert turn.status == Turn.Status.LEFT_TO_PERSON


def test_a_case_says_that_its_citizen_blocked_us_and_since_when() -> None:
    conversation = citizen()
    Conversation.objects.filter(pk=conversation.pk).update(unreachable_since=timezone.now())
    case = waiting_case(conversation=conversation)
    shown = page(desk_of(official("hoa", role=Staff.Role.ADMINISTRATOR)), f"/desk/cases/{case.number}")
    assert "Đã chặn ta" in shown
    assert "tự gửi khi người dân quay lại" in shown
