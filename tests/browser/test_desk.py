"""An official's work in a real browser: sign in, claim, reply, close; live, and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from casework import cases, reports
from casework.models import Case, Report
from conversations import changes
from conversations.models import Conversation, Turn
from office.models import Staff
from tests.casework.people import citizen, official

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "mot-cua-2026-thu"

NewPage = Callable[..., Page]


def official_with_password(name: str, *, role: str = Staff.Role.AGENT) -> Staff:
    staff = official(name, role=role)
    staff.set_password(PASSWORD)
    staff.save()
    return staff


def waiting_case(name: str = "Chị Mai", summary: str = "Hỏi về khai sinh") -> Case:
    conversation = citizen(name)
    write(conversation, "Cho tôi gặp cán bộ")
    return cases.open_case(conversation, reason=Case.Reason.ASKED, summary=summary)


def write(conversation: Conversation, text: str) -> None:
    """A message of the citizen, as the inbox records it."""
    Turn.objects.create(
        conversation=conversation, direction="in", status="left_to_person", author="citizen", text=text
    )
    changes.publish(changes.DESK)


def sign_in(page: Page, name: str) -> None:
    page.goto("/desk/")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", name="Hàng chờ", exact=True)).to_be_visible()


def test_an_official_claims_replies_and_closes(new_page: NewPage) -> None:
    official_with_password("ha")
    case = waiting_case()
    page = new_page()
    sign_in(page, "ha")
    page.get_by_role("button", name=f"Nhận hồ sơ {case.number}").click()
    expect(page.get_by_role("heading", name=f"Hồ sơ {case.number}")).to_be_visible()
    page.get_by_role("textbox", name="Trả lời người dân").fill("Chào chị Mai, chị cần giấy chứng sinh ạ.")
    page.get_by_role("button", name="Gửi trả lời").click()
    expect(page.get_by_role("log")).to_contain_text("Chào chị Mai, chị cần giấy chứng sinh ạ.")
    page.get_by_label("Kết quả", exact=True).select_option("Đã trả lời xong")
    page.get_by_role("button", name="Đóng hồ sơ").click()
    expect(page.get_by_role("status").filter(has_text="Đã đóng hồ sơ")).to_be_visible()
    case.refresh_from_db()
    assert (case.state, case.outcome) == (Case.State.CLOSED, "Đã trả lời xong")
    said = case.conversation.turns.filter(direction="out").values_list("author", flat=True)
    assert list(said) == ["assistant", "official", "assistant"]


def test_of_two_officials_who_claim_the_same_case_one_gets_it_and_the_other_reads_who(
    new_page: NewPage,
) -> None:
    official_with_password("ha")
    official_with_password("minh")
    case = waiting_case()
    first, second = new_page(), new_page(scripts=False)
    sign_in(first, "ha")
    sign_in(second, "minh")
    first.get_by_role("button", name=f"Nhận hồ sơ {case.number}").click()
    expect(first.get_by_role("textbox", name="Trả lời người dân")).to_be_visible()
    second.get_by_role("button", name=f"Nhận hồ sơ {case.number}").click()
    expect(second.get_by_role("alert")).to_contain_text("Ha đã nhận hồ sơ")
    expect(second.get_by_role("textbox", name="Trả lời người dân")).to_have_count(0)
    case.refresh_from_db()
    assert case.claimed_by is not None
    assert case.claimed_by.username == "ha"


def test_who_starts_to_wait_appears_by_itself_and_the_counts_follow(new_page: NewPage) -> None:
    official_with_password("ha")
    page = new_page()
    sign_in(page, "ha")
    expect(page.get_by_text("Chưa có ai chờ")).to_be_visible()
    waiting_case(summary="Hỏi về thường trú")
    expect(page.get_by_text("Hỏi về thường trú")).to_be_visible(timeout=10_000)
    expect(page.locator("#count-unassigned")).to_contain_text("1")


def test_what_the_citizen_writes_appears_while_the_official_types_and_the_draft_stays(
    new_page: NewPage,
) -> None:
    ha, case, page = official_with_password("ha"), waiting_case(), new_page()
    cases.claim(case, ha)
    sign_in(page, "ha")
    page.goto(f"/desk/cases/{case.number}")
    page.get_by_role("textbox", name="Trả lời người dân").fill("Dạ, chị chờ tôi xem")
    write(case.conversation, "Tôi quên nói: cháu sinh ở quê")
    expect(page.get_by_role("log")).to_contain_text("cháu sinh ở quê", timeout=10_000)
    expect(page.get_by_role("textbox", name="Trả lời người dân")).to_have_value("Dạ, chị chờ tôi xem")


def test_a_case_claimed_by_a_colleague_says_so_on_an_open_page(new_page: NewPage) -> None:
    official_with_password("ha")
    minh, case, page = official("minh"), waiting_case(), new_page()
    sign_in(page, "ha")
    page.goto(f"/desk/cases/{case.number}")
    expect(page.get_by_role("button", name="Nhận hồ sơ")).to_be_visible()
    cases.claim(case, minh)
    expect(page.get_by_role("button", name="Nhận hồ sơ")).to_have_count(0, timeout=10_000)
    expect(page.locator("#case-state")).to_contain_text("Minh")


def test_on_a_phone_a_case_is_claimed_without_scrolling_past_what_was_said(new_page: NewPage) -> None:
    official_with_password("ha")
    case, page = waiting_case(), new_page(width=360, height=640)
    for number in range(12):
        write(case.conversation, f"Câu thứ {number} của tôi, dài hơn một dòng trên điện thoại")
    sign_in(page, "ha")
    page.goto(f"/desk/cases/{case.number}")
    claim = page.get_by_role("button", name="Nhận hồ sơ")
    expect(claim).to_be_in_viewport(ratio=1)
    claim.click()
    expect(page.get_by_role("textbox", name="Trả lời người dân")).to_be_visible()


def test_a_note_is_seen_at_the_end_of_the_transcript_once_it_is_saved(new_page: NewPage) -> None:
    ha, case, page = official_with_password("ha"), waiting_case(), new_page()
    cases.claim(case, ha)
    for number in range(12):
        write(case.conversation, f"Câu thứ {number} của tôi")
    sign_in(page, "ha")
    page.goto(f"/desk/cases/{case.number}")
    page.get_by_text("Ghi chú nội bộ", exact=True).click()
    page.locator(".note-sheet textarea").fill("Đã gọi, không nghe máy")
    page.get_by_role("button", name="Lưu ghi chú").click()
    expect(page.get_by_role("log").get_by_text("Đã gọi, không nghe máy")).to_be_in_viewport()


@pytest.mark.parametrize("width", [360, 760, 1024, 1440])
def test_the_room_somebody_is_in_is_seen_however_narrow_the_screen(new_page: NewPage, width: int) -> None:
    official_with_password("ha", role=Staff.Role.ADMINISTRATOR)
    page = new_page(width=width)
    sign_in(page, "ha")
    for room in ("Hàng chờ", "Số liệu", "Thiết lập"):
        page.get_by_role("navigation", name="Các phần của bàn").get_by_role("link", name=room).click()
        expect(page.locator(".rooms [aria-current]")).to_contain_text(room)
        expect(page.locator(".rooms [aria-current]")).to_be_in_viewport(ratio=1)


def test_the_whole_work_is_done_without_scripts(new_page: NewPage) -> None:
    official_with_password("ha")
    case = waiting_case()
    page = new_page(scripts=False)
    sign_in(page, "ha")
    page.get_by_role("button", name=f"Nhận hồ sơ {case.number}").click()
    page.get_by_role("textbox", name="Trả lời người dân").fill("Chào chị Mai")
    page.get_by_role("button", name="Gửi trả lời").click()
    expect(page.get_by_role("log")).to_contain_text("Chào chị Mai")
    page.get_by_role("button", name="Trả lại hàng chờ").click()
    expect(page.get_by_role("button", name=f"Nhận hồ sơ {case.number}")).to_be_visible()


def test_a_case_is_claimed_and_answered_with_the_keyboard_alone(new_page: NewPage) -> None:
    official_with_password("ha")
    case, page = waiting_case(), new_page()
    sign_in(page, "ha")
    focus_by_tab(page, f"claim-{case.number}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Trả lời người dân")).to_be_visible()
    focus_by_tab(page, "reply")
    page.keyboard.type("Xin chào")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("log")).to_contain_text("Xin chào")
    assert case.conversation.turns.filter(author="official", text="Xin chào").count() == 1


def focus_by_tab(page: Page, element_id: str) -> None:
    for _ in range(40):
        if page.evaluate("document.activeElement.id") == element_id:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never reaches #{element_id}")


def test_a_report_is_taken_in_and_answered(new_page: NewPage) -> None:
    official_with_password("ha")
    report = reports.file_report(
        conversation=citizen(), kind=Report.Kind.FIELD, category="chieu_sang", text="Đèn tắt ba ngày"
    ).report
    page = new_page()
    sign_in(page, "ha")
    page.get_by_role("link", name=report.code).click()
    page.get_by_role("button", name="Tiếp nhận", exact=True).click()
    page.get_by_text("Trả lời người dân", exact=True).click()
    page.get_by_label("Kết quả").select_option("Đã khắc phục")
    page.get_by_label("Nội dung trả lời").fill("Đèn đã sáng lại.")
    page.get_by_role("button", name="Gửi trả lời").click()
    expect(page.get_by_role("status")).to_contain_text("Đã gửi trả lời")
    assert "Đèn đã sáng lại." in report.conversation.turns.latest("id").text


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_no_page_is_wider_than_the_screen(new_page: NewPage, width: int) -> None:
    ha, case = official_with_password("ha"), waiting_case("Nguyễn Hoàng Bảo Trâm Anh" * 3, "x" * 200)
    cases.claim(case, ha)
    cases.reply(case, ha, "https://dichvucong.gov.vn/" + "a" * 300)
    report = reports.file_report(
        conversation=case.conversation,
        kind=Report.Kind.FIELD,
        category="khac",
        text="y" * 300,
        place="z" * 200,
    ).report
    Turn.objects.filter(author="official").update(status="failed", problem="p" * 200)
    page = new_page(width=width)
    sign_in(page, "ha")
    for path in ("", f"cases/{case.number}", "reports/", f"reports/{report.code}", "deliveries/"):
        page.goto(f"/desk/{path}")
        beyond = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert beyond <= 0, f"/desk/{path} is {beyond} px too wide at {width}"
