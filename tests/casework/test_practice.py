"""The practice room: citizens who do not exist, seen by one official, counted by nobody."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bot import intake
from bot.channels.practice import PracticeChannel
from bot.delivery import deliver_next
from casework import cases, practice, queues, visibility
from casework.models import Case
from casework.practice.room import close_forgotten, close_room, open_room
from casework.practice.situations import next_line, situations
from casework.practice.tried import STEPS, steps_of
from conversations.models import Conversation, Turn
from office import duties
from office.models import AuditEntry, Duty, Staff
from tests.casework.people import citizen, official

pytestmark = pytest.mark.django_db

#: Only in texts of the practice room.
MARK = "(giả định)"


def practising(staff: Staff) -> Staff:
    staff.is_practising = True
    return staff


def begun(name: str = "ha", **more: Any) -> Staff:
    staff = official(name, **more)
    open_room(staff)
    return practising(staff)


def case_of(staff: Staff, situation: str) -> Case:
    return Case.objects.get(conversation__chat=practice.chat_of(staff, situation))


def read_by_citizens() -> None:
    """Everything said to invented citizens arrives, and they answer at once."""
    Turn.objects.filter(channel=practice.CHANNEL, status=Turn.Status.QUEUED).update(due_at=timezone.now())
    channel = PracticeChannel(receive=intake.receive, later=lambda _seconds, act: act())
    while deliver_next(channel):
        pass


def said_by(case: Case) -> list[str]:
    return list(case.conversation.turns.filter(author="citizen").values_list("text", flat=True))


# The invented citizens


def test_there_are_at_least_eight_situations_each_with_what_good_looks_like() -> None:
    assert len(situations()) >= 8
    assert all(situation.good and situation.opening for situation in situations().values())


def test_a_citizen_says_first_what_fits_the_words_he_heard() -> None:
    angry = situations()["buc-minh"]
    sorry = next_line(angry, said=(), heard="Dạ cháu XIN LỖI bác ạ")
    assert sorry is not None
    assert sorry.says.startswith("Thôi được")
    other = next_line(angry, said=(sorry.says,), heard="Bác chờ nhé")
    assert other is not None
    assert not other.hears


def test_a_citizen_says_nothing_twice_and_then_falls_silent() -> None:
    for situation in situations().values():
        said: list[str] = []
        while line := next_line(situation, said=said, heard="xin lỗi, gọi ngay 114, phường nào"):
            said.append(line.says)
        assert len(said) == len(set(said)) <= len(situation.lines)


def test_he_answers_an_official_through_the_outbox_and_the_inbox() -> None:
    ha = begun()
    case = case_of(ha, "buc-minh")
    before = said_by(case)
    cases.claim(case, ha)
    cases.reply(case, ha, "Cháu xin lỗi bác đã phải chờ.")
    read_by_citizens()
    (answer,) = said_by(case)[len(before) :]
    assert answer.startswith("Thôi được, tôi nóng quá.")
    assert not case.conversation.turns.filter(status=Turn.Status.RECEIVED).exists()  # the assistant is silent


def test_the_silent_one_stays_silent() -> None:
    ha = begun()
    case = case_of(ha, "im-lang")
    before = said_by(case)
    cases.claim(case, ha)
    cases.reply(case, ha, "Anh/chị mang giấy khai sinh ra quầy ạ.")
    read_by_citizens()
    assert said_by(case) == before


def test_to_a_closed_case_nobody_answers_so_the_assistant_begins_nothing() -> None:
    ha = begun()
    case = case_of(ha, "cam-on")
    cases.claim(case, ha)
    cases.reply(case, ha, "Cháu cảm ơn bà.")
    case.refresh_from_db()
    cases.close(case, ha, "Đã trả lời xong")
    before = said_by(case)
    read_by_citizens()
    assert said_by(case) == before


# Apart from all others


def test_the_official_sees_only_them_while_practising_and_none_of_them_otherwise() -> None:
    real = cases.open_case(citizen(), reason=Case.Reason.ASKED, summary="Thật")
    ha = begun()
    assert {case.number[:2] for case in visibility.cases_for(ha)} == {practice.SERIES}
    assert len(visibility.cases_for(ha)) == len(situations())
    ha.is_practising = False
    assert list(visibility.cases_for(ha)) == [real]


@pytest.mark.parametrize("role", [Staff.Role.AGENT, Staff.Role.SUPERVISOR, Staff.Role.ADMINISTRATOR])
@pytest.mark.parametrize("practises_too", [False, True])
def test_nobody_else_sees_them_whatever_the_role(role: str, practises_too: bool) -> None:
    begun()
    other = official("minh", role=role)
    other.is_practising = practises_too
    assert not visibility.cases_for(other).exists()
    assert not visibility.turns_for(other).exists()


def test_who_practises_too_has_citizens_of_his_own() -> None:
    ha, minh = begun(), begun("minh")
    mine, his = set(visibility.cases_for(ha)), set(visibility.cases_for(minh))
    assert len(mine) == len(his) == len(situations())
    assert not mine & his


def test_they_are_in_no_queue_and_no_count_of_others() -> None:
    begun()
    desk = queues.Desk(staff=official("minh", role=Staff.Role.ADMINISTRATOR), now=timezone.now())
    for queue in queues.QUEUES.values():
        assert not visibility.cases_for(desk.staff).filter(queue.cases(desk)).exists(), queue.key


def test_a_real_citizen_is_told_his_place_among_real_ones() -> None:
    begun()
    real = cases.open_case(citizen(), reason=Case.Reason.ASKED, summary="")
    assert cases.position_in_queue(real) == 1


def pages() -> list[str]:
    """What the desk shows at addresses that need no number."""
    from web.desk.urls import urlpatterns  # noqa: PLC0415

    return [
        f"/desk/{pattern.pattern}"
        for pattern in urlpatterns
        if "<" not in str(pattern.pattern) and str(pattern.pattern) not in {"live", "practice/"}
    ]


def test_no_page_export_or_search_of_another_official_shows_them() -> None:
    ha = begun()
    case = case_of(ha, "khan-cap")
    cases.claim(case, ha)
    cases.reply(case, ha, "Bác gọi ngay 114, giữ khoảng cách nhé.")
    other = Client()
    other.force_login(official("minh", role=Staff.Role.ADMINISTRATOR))
    for path in pages():
        for query in ("", "?q=day+dien+dut", "?queue=all", "?q=LT-"):
            shown = other.get(f"{path}{query}")
            if shown.status_code != 200 or getattr(shown, "streaming", False):
                continue
            text = shown.content.decode(errors="ignore")
            assert MARK not in text, path
            assert case.number not in text, path
            assert "Dây điện đứt" not in text, path


def test_another_official_opens_none_of_their_pages() -> None:
    case = case_of(begun(), "buc-minh")
    other = Client()
    other.force_login(official("minh", role=Staff.Role.ADMINISTRATOR))
    assert other.get(f"/desk/cases/{case.number}").status_code == 404
    assert other.post(f"/desk/cases/{case.number}/claim").status_code == 404


def test_the_public_pages_and_the_machines_that_watch_us_know_nothing_of_them() -> None:
    begun()
    for path in ("/api/metrics", "/phan-anh"):
        text = Client().get(path).content.decode(errors="ignore")
        assert practice.CHANNEL not in text, path
        assert MARK not in text, path


# The end


def test_ending_removes_every_row_but_the_registers() -> None:
    ha = begun()
    case = case_of(ha, "hoi-ho-so")
    cases.claim(case, ha)
    cases.reply(case, ha, "Tôi báo lại chiều nay.")
    read_by_citizens()
    real = citizen()
    assert close_room(ha) == len(situations())
    assert list(Conversation.objects.all()) == [real]
    assert not Case.objects.exists()
    assert AuditEntry.objects.filter(action="practice.ended", actor=ha).exists()


def test_ending_leaves_the_rooms_of_others() -> None:
    ha, minh = begun(), begun("minh")
    close_room(ha)
    assert len(visibility.cases_for(minh)) == len(situations())


def test_a_room_that_nobody_ended_is_gone_after_a_day() -> None:
    begun()
    now = timezone.now()
    assert close_forgotten(now + timedelta(hours=23)) == 0
    assert close_forgotten(now + timedelta(hours=25)) == len(situations())


def test_beginning_again_invites_nobody_twice() -> None:
    ha = begun()
    assert open_room(ha) == 0
    assert len(visibility.cases_for(ha)) == len(situations())


# What was tried


def test_the_checklist_is_read_from_what_the_acts_left() -> None:
    ha = begun()
    assert not any(step.is_done for step in steps_of(ha))
    case = case_of(ha, "khong-dau")
    cases.claim(case, ha)
    cases.reply(case, ha, "Chào em.")
    case.refresh_from_db()
    cases.close(case, ha, "Đã trả lời xong")
    done = [step.name for step in steps_of(ha) if step.is_done]
    assert done == ["Nhận một hồ sơ", "Trả lời", "Đóng với kết quả"]
    assert len(STEPS) == 7


# The pages


def on_duty(staff: Staff) -> bool:
    return duties.is_on(duties.duty_of(staff), timezone.now())


def desk_of(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def test_an_official_begins_works_and_ends_with_plain_forms() -> None:
    ha = official("ha")
    real = cases.open_case(citizen(), reason=Case.Reason.ASKED, summary="Việc thật")
    desk = desk_of(ha)
    assert "Bắt đầu luyện tập" in desk.get("/desk/practice/").content.decode()
    page = desk.post("/desk/practice/begin", follow=True).content.decode()
    assert "người dân này là giả định" in page
    case = case_of(ha, "buc-minh")
    desk.post(f"/desk/cases/{case.number}/claim")
    shown = desk.get(f"/desk/cases/{case.number}").content.decode()
    assert "người dân này là giả định" in shown
    assert MARK in shown
    assert "Việc thật" not in desk.get("/desk/?queue=all").content.decode()
    assert "Đã thử" in desk.get("/desk/practice/").content.decode()
    back = desk.post("/desk/practice/end", follow=True).content.decode()
    assert "người dân này là giả định" not in back
    assert desk.get(f"/desk/cases/{real.number}").status_code == 200
    assert not Conversation.objects.filter(channel=practice.CHANNEL).exists()


def test_another_browser_of_the_same_person_stays_with_real_citizens() -> None:
    ha = official("ha")
    desk_of(ha).post("/desk/practice/begin")
    assert MARK not in desk_of(ha).get("/desk/?queue=all").content.decode()


def test_who_begins_is_off_duty_and_is_told_so() -> None:
    ha = official("ha")
    desk = desk_of(ha)
    desk.post("/desk/duty/mine", {"on": "yes"})
    assert on_duty(ha)
    assert "đã nghỉ trực để luyện tập" in desk.post("/desk/practice/begin", follow=True).content.decode()
    assert not on_duty(ha)
    assert AuditEntry.objects.filter(action="duty.off", actor=ha).count() == 1


def test_nobody_goes_on_duty_from_the_practice_room_and_everybody_does_after_it() -> None:
    ha = official("ha")
    desk = desk_of(ha)
    desk.post("/desk/practice/begin")
    refused = desk.post("/desk/duty/mine", {"on": "yes"}, follow=True).content.decode()
    assert "Kết thúc luyện tập rồi bấm “Trực”" in refused
    assert not on_duty(ha)
    ended = desk.post("/desk/practice/end", follow=True).content.decode()
    assert "sẵn sàng nhận việc thì bấm “Trực”" in ended
    desk.post("/desk/duty/mine", {"on": "yes"})
    assert on_duty(ha)


def test_a_page_of_the_practice_room_does_not_say_that_its_person_is_present() -> None:
    ha = official("ha")
    desk = desk_of(ha)
    desk.post("/desk/practice/begin")
    duties.go_on(ha, timezone.now())  # in another browser
    long_ago = timezone.now() - timedelta(minutes=10)
    Duty.objects.update(seen_at=long_ago)
    desk.get("/desk/")
    assert Duty.objects.get().seen_at == long_ago
    desk_of(ha).get("/desk/")
    assert Duty.objects.get().seen_at != long_ago


def test_no_file_but_these_asks_whether_somebody_practises() -> None:
    """What keeps the rooms apart stays in one place of the domain."""
    root = Path(__file__).parents[2]
    asking = {
        str(path.relative_to(root))
        for room in ("casework", "bot", "conversations", "office", "web", "motcua")
        for path in (root / room).rglob("*.py")
        if "is_practising" in path.read_text()
    }
    assert asking == {
        "casework/visibility.py",
        "office/anyone.py",  # to make the statement of who practises anew
        "office/models/staff.py",
        "web/desk/doors.py",  # who practises is not noted as present
        "web/desk/duty.py",  # nor goes on duty
        "web/desk/practice.py",
        "web/practising.py",
    }
