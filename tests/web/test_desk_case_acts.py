"""The acts on a case over HTTP: forms that work plainly, refusals in words, nothing typed lost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from casework import cases, drafts
from casework.models import Case, DeskNotice, Viewing
from conversations.models import Turn
from conversations.transcript import visible_turns
from office import duties, live_settings
from office.models import Staff
from tests.casework.people import official, ward
from tests.web.test_desk import desk_of, page, waiting_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def ha() -> Staff:
    return official("ha")


@pytest.fixture
def case(ha: Staff) -> Case:
    case = waiting_case()
    cases.claim(case, ha)
    return case


def act(client: Client, case: Case, name: str, status: int = 302, **form: object) -> str:
    """Post the form of this act; the page that comes back, "" for a redirect."""
    answer = client.post(f"/desk/cases/{case.number}/{name}", form)
    assert answer.status_code == status, answer.content.decode()[:600]
    return str(answer.content.decode())


def test_a_case_is_transferred_with_a_reason_that_the_next_unit_reads(case: Case, ha: Staff) -> None:
    far = ward("Phường Tây Hồ")
    lan = official("lan", far)
    assert "Phường Tây Hồ" in page(desk_of(ha), f"/desk/cases/{case.number}")
    act(desk_of(ha), case, "transfer", to=f"unit:{far.code}", transfer_reason="Hồ sơ nộp tại phường")
    seen = page(desk_of(lan), f"/desk/cases/{case.number}")
    assert "Hồ sơ nộp tại phường" in seen
    cases.claim(case, lan)
    act(desk_of(lan), case, "send-back", back_reason="Không thuộc phường")
    case.refresh_from_db()
    assert case.unit.name == "Tổ tiếp nhận trung tâm"


def test_who_sends_a_case_back_reads_to_whom_it_went(case: Case, ha: Staff) -> None:
    far = ward("Phường Tây Hồ")
    lan = official("lan", far)
    cases.transfer(case, ha, far, reason="Hồ sơ nộp tại phường")
    cases.claim(case, lan)
    duties.go_on(ha, timezone.now())
    desk = desk_of(lan)
    assert "Ha đang trực thì nhận lại ngay" in page(desk, f"/desk/cases/{case.number}")
    act(desk, case, "send-back", back_reason="Không thuộc phường")
    assert "cho Ha, người giữ trước đó" in page(desk, "/desk/")
    assert "giao hồ sơ" in page(desk_of(ha), "/desk/")


def test_a_refused_transfer_keeps_what_was_typed(case: Case, ha: Staff) -> None:
    minh = official("minh")
    shown = act(desk_of(ha), case, "transfer", 400, to="", transfer_reason="Chị nắm việc này")
    assert 'value="Chị nắm việc này"' in shown
    shown = act(desk_of(ha), case, "transfer", 400, to=f"staff:{minh.pk}", transfer_reason=" ")
    assert f'value="staff:{minh.pk}" selected' in shown
    assert "một dòng lý do" in shown


def test_a_colleague_gets_the_case_and_is_told_once(case: Case, ha: Staff) -> None:
    minh = official("minh")
    act(desk_of(ha), case, "transfer", to=f"staff:{minh.pk}", transfer_reason="Chị nắm việc này")
    desk = desk_of(minh)
    assert f"giao hồ sơ {case.number} cho anh/chị" in page(desk, "/desk/")
    assert f"giao hồ sơ {case.number} cho anh/chị" not in page(desk, "/desk/")
    assert DeskNotice.objects.filter(seen_at=None).count() == 0


def test_a_case_is_put_off_until_a_moment_offered_or_typed(case: Case, ha: Staff) -> None:
    act(desk_of(ha), case, "snooze", 400, at="hôm nào đó")
    typed = timezone.localtime() + timedelta(days=2)
    act(desk_of(ha), case, "snooze", at=typed.strftime("%Y-%m-%dT%H:%M"))
    case.refresh_from_db()
    assert case.state == Case.State.SNOOZED
    assert timezone.localtime(case.snoozed_until).date() == typed.date()  # type: ignore[arg-type]


def test_a_case_is_merged_by_its_number_and_both_name_the_other(case: Case, ha: Staff) -> None:
    other, desk = waiting_case(), desk_of(ha)
    assert "Không thấy hồ sơ" in act(desk, case, "merge", 400, into="HT-2026-999999")
    act(desk, case, "merge", into=other.number.lower())
    assert other.number in page(desk, f"/desk/cases/{case.number}")
    assert case.number in page(desk, f"/desk/cases/{other.number}")


def test_nobody_merges_over_words_he_has_not_seen(case: Case, ha: Staff) -> None:
    other, seen = waiting_case(), case.version
    cases.citizen_wrote(case.conversation, at=timezone.now())
    shown = act(desk_of(ha), case, "merge", 409, seen=seen, into=other.number)
    assert "vừa nhắn thêm" in shown
    assert f'value="{other.number}"' in shown


def test_who_may_take_over_is_offered_it_and_who_lost_it_reads_so(case: Case, ha: Staff) -> None:
    minh = official("minh")
    desk = desk_of(minh)
    assert "take-over" not in page(desk, f"/desk/cases/{case.number}")
    assert "vẫn đang ở hồ sơ" in act(desk, case, "take-over", 409)
    Case.objects.update(lease_until=timezone.now() - timedelta(minutes=1))
    drafts.save(case, ha, "Chào chị, tôi đang tìm")
    assert "take-over" in page(desk, f"/desk/cases/{case.number}")
    act(desk, case, "take-over")
    seen = page(desk, f"/desk/cases/{case.number}")
    assert "Lời nháp của Ha" in seen
    assert "đã nhận thay" in page(desk_of(ha), "/desk/")
    act(desk, case, "draft/take", draft=drafts.of_others(case, minh).get().pk)
    assert "Chào chị, tôi đang tìm</textarea>" in page(desk, f"/desk/cases/{case.number}")


def test_nobody_closes_over_words_he_has_not_seen(case: Case, ha: Staff) -> None:
    cases.reply(case, ha, "Chị cho xin ngày hẹn.")
    seen = case.version
    cases.citizen_wrote(case.conversation, at=timezone.now())
    shown = act(desk_of(ha), case, "close", 409, seen=seen, outcome="Đã trả lời xong", note="Hẹn thứ Hai")
    assert "vừa nhắn thêm" in shown
    assert 'value="Hẹn thứ Hai"' in shown
    assert "<option selected>Đã trả lời xong</option>" in shown


def test_who_closes_reads_whose_words_are_unsent_and_where_they_stay(case: Case, ha: Staff) -> None:
    minh, desk = official("minh"), desk_of(ha)
    drafts.save(case, minh, "Phần của Minh.")
    drafts.save(case, ha, "Phần của Hà.")
    shown = act(desk, case, "close", 409, outcome="Đã trả lời xong", note="Hẹn thứ Hai")
    assert "còn lời chưa gửi trong ô trả lời" in shown
    assert 'value="Hẹn thứ Hai"' in shown
    assert 'name="leave_unsent"' in shown
    act(desk, case, "close", outcome="Đã trả lời xong", leave_unsent="on")
    assert "Lời chưa gửi của Ha, Minh còn ở hồ sơ 7 ngày" in page(desk, "/desk/")
    assert "Phần của Hà.</textarea>" in page(desk, f"/desk/cases/{case.number}")


def test_who_acts_second_is_told_who_was_first(case: Case, ha: Staff) -> None:
    ngoc = official("ngoc", role=Staff.Role.SUPERVISOR)
    cases.take_over(case, ngoc)
    shown = act(desk_of(ha), case, "snooze", 409, until=(timezone.now() + timedelta(hours=1)).isoformat())
    assert "Ngoc đã nhận hồ sơ" in shown


def test_a_reply_is_shown_as_held_back_and_undone_before_the_citizen_sees_it(case: Case, ha: Staff) -> None:
    live_settings.put("cases.undo_seconds", "10", source="Thử", by=None)
    desk = desk_of(ha)
    act(desk, case, "reply", text="Nhầm người", last_sent="0")
    turn = case.conversation.turns.get(author="official")
    assert "Hoàn tác" in page(desk, f"/desk/cases/{case.number}")
    assert turn not in visible_turns(case.conversation)
    act(desk, case, "undo", turn=turn.pk)
    assert "Nhầm người</textarea>" in page(desk, f"/desk/cases/{case.number}")
    assert not Turn.objects.filter(text="Nhầm người").exists()


def test_a_reply_that_is_on_its_way_is_not_undone_and_the_page_says_so(case: Case, ha: Staff) -> None:
    turn = cases.reply(case, ha, "Chào chị")
    assert "không hoàn tác được nữa" in act(desk_of(ha), case, "undo", 409, turn=turn.pk)
    assert turn in visible_turns(case.conversation)


def test_what_is_being_written_is_kept_and_colleagues_see_who_writes(case: Case, ha: Staff) -> None:
    minh = official("minh")
    act(desk_of(ha), case, "draft", 204, text="Chào chị, hồ sơ của")
    assert "Chào chị, hồ sơ của</textarea>" in page(desk_of(ha), f"/desk/cases/{case.number}")
    seen = page(desk_of(minh), f"/desk/cases/{case.number}")
    assert "đang soạn trả lời" in seen
    assert "Chào chị, hồ sơ của" not in seen
    act(desk_of(ha), case, "reply", text="Chào chị, hồ sơ của chị xong rồi.", last_sent="0")
    assert drafts.of(case, ha) is None


ALONG: dict[str, dict[str, str]] = {
    "notes": {"private_note": "Đã gọi công an phường"},
    "labels": {"put_on": "0"},
    "priority": {"priority": "urgent", "priority_reason": "Bà cụ ở một mình"},
    "snooze": {"at": "2999-01-01T09:00"},
    "transfer": {"to": "", "transfer_reason": "Việc của phường"},
    "merge": {"into": "HT-2026-999999"},
    "release": {},
    "ask-number": {"last_sent": "0"},
    "appointments": {"place": "", "day": ""},
    "take-over": {},
    "undo": {"turn": "0"},
    "draft/take": {"draft": "0"},
    "keep": {},
    "block": {"block_reason": "threats", "days": "3"},
    "close": {"outcome": ""},
}


@pytest.mark.parametrize("name", ALONG)
def test_what_stands_in_the_reply_box_is_kept_whatever_is_done(case: Case, name: str) -> None:
    ngoc = official("ngoc", role=Staff.Role.SUPERVISOR)
    cases.take_over(case, ngoc)
    answer = desk_of(ngoc).post(f"/desk/cases/{case.number}/{name}", {"text": "Chào chị", **ALONG[name]})
    assert answer.status_code in {200, 302, 400, 409}
    draft = drafts.of(case, ngoc)
    assert draft is not None
    assert draft.text == "Chào chị"


def test_every_act_of_the_page_is_a_button_of_the_one_form_that_holds_the_reply_box(
    case: Case, ha: Staff
) -> None:
    official("minh")
    drafts.save(case, official("lan"), "Phần của Lan.")
    shown = page(desk_of(ha), f"/desk/cases/{case.number}")
    main = shown[shown.index("<main") : shown.index("</main")]
    forms = re.findall("<form[^>]*>", main)
    assert [re.search('id="([^"]*)"', form)[1] for form in forms] == ["presence", "case-form"]  # type: ignore[index]
    names = re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]*)"', main[main.index("case-form") :])
    assert sorted(names) == sorted(set(names))


def test_enter_without_scripts_does_nothing_and_shows_all_that_was_typed(case: Case, ha: Staff) -> None:
    typed = {
        "text": "Chào chị",
        "private_note": "Gọi lại sau",
        "transfer_reason": "Việc của phường",
        "note": "Hẹn thứ Hai",
        "into": "HT-2026-000009",
        "priority_reason": "Bà cụ ở một mình",
        "day": "2026-12-01",
        "papers": "căn cước",
    }
    before = case.version
    shown = act(desk_of(ha), case, "keep", 200, **typed)
    case.refresh_from_db()
    assert case.version == before
    assert [words for words in typed.values() if words not in shown] == []


def test_a_draft_that_comes_after_its_reply_was_sent_is_none(case: Case, ha: Staff) -> None:
    desk, form = desk_of(ha), {"text": "Chào chị Mai.", "last_sent": "0"}
    act(desk, case, "reply", **form)
    act(desk, case, "draft", 204, **form)
    assert drafts.of(case, ha) is None


def test_an_open_page_keeps_the_lease_and_shows_its_reader(case: Case, ha: Staff) -> None:
    minh = official("minh")
    Case.objects.update(lease_until=timezone.now())
    act(desk_of(ha), case, "presence", 204)
    act(desk_of(minh), case, "presence", 204)
    case.refresh_from_db()
    assert case.lease_until is not None
    assert case.lease_until > timezone.now()
    assert "cũng đang xem" in page(desk_of(minh), f"/desk/cases/{case.number}")
    Viewing.objects.update(seen_at=timezone.now() - timedelta(minutes=5))
    assert "cũng đang xem" not in page(desk_of(minh), f"/desk/cases/{case.number}")


@pytest.mark.parametrize(
    "name",
    ["transfer", "send-back", "snooze", "merge", "take-over", "undo", "presence", "draft", "draft/take"],
)
def test_nobody_acts_on_a_case_he_may_not_see(case: Case, name: str) -> None:
    far = ward("Phường Tây Hồ")
    case.unit = far
    case.save()
    stranger = official("tho", ward("Phường Hà Đông"))
    act(desk_of(stranger), case, name, 404)
