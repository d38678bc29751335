"""Accounts over HTTP: invited, signed in by two factors, locked out, sessions ended at once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from asgiref.sync import async_to_sync
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import AsyncClient, Client
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from casework import cases
from casework.models import Case
from office import live_settings, second_factor, sessions, sign_ins
from office.models import AuditEntry, SignedIn, Staff
from office.units import contact_team
from tests.casework.people import citizen, official, ward
from tests.casework.test_digests import MailServer, mail  # noqa: F401 -- a fixture
from tests.office.test_second_factor import code_of, set_up

pytestmark = pytest.mark.django_db

PASSWORD = "sáng nào cũng tưới cây"
Role = Staff.Role


def person(name: str = "ha", *, role: str = Role.AGENT) -> Staff:
    staff = official(name, role=role)
    staff.set_password(PASSWORD)
    staff.save()
    return staff


def signed_in(staff: Staff, *, agent: str = "Mozilla/5.0 (Windows NT 10.0) Chrome/130 Safari/537") -> Client:
    client = Client(HTTP_USER_AGENT=agent)
    client.post("/desk/sign-in", {"username": staff.username, "password": PASSWORD})
    client.get("/desk/account/")
    return client


def noted(action: str, by: Staff) -> list[dict[str, object]]:
    """What the register says of each such act of this person on the own account, oldest first."""
    lines = AuditEntry.objects.filter(action=action, actor=by, subject=f"account:{by.username}")
    return list(lines.order_by("id").values_list("detail", flat=True))


def words_of(page: str) -> str:
    found = re.search(r"/desk/set-password/([\w-]{43})", page)
    assert found
    return found[1]


def test_an_administrator_invites_and_the_person_comes_in() -> None:
    anh = signed_in(person("anh", role=Role.ADMINISTRATOR))
    invitation = {"username": "hoa", "email": "", "role": "agent", "units": [contact_team().pk]}
    page = anh.post("/desk/staff/", invitation).content.decode()
    path = f"/desk/set-password/{words_of(page)}"
    assert path not in anh.get("/desk/staff/").content.decode()
    hoa = Client()
    weak = hoa.post(path, {"last_name": "Nguyễn", "first_name": "Hoa", "password": "123", "again": "123"})
    assert weak.status_code == 422
    assert "ngắn quá" in weak.content.decode()
    assert 'value="Nguyễn"' in weak.content.decode()
    right = {"last_name": "Nguyễn", "first_name": "Hoa", "password": PASSWORD, "again": PASSWORD}
    assert hoa.post(path, right)["Location"] == "/desk/sign-in"
    assert hoa.post("/desk/sign-in", {"username": "hoa", "password": PASSWORD})["Location"] == "/desk/"
    assert hoa.get(path).status_code == 404


def test_the_link_goes_by_mail_where_there_is_a_server_and_is_shown_where_it_fails(
    mail: MailServer,  # noqa: F811 -- the fixture
) -> None:
    anh = signed_in(person("anh", role=Role.ADMINISTRATOR))
    invitation = {"username": "hoa", "email": "hoa@hanoi.example", "role": "editor"}
    page = anh.post("/desk/staff/", invitation).content.decode()
    assert "Đã gửi thư đến hoa@hanoi.example" in page
    [letter] = mail.taken
    assert letter["to"] == "hoa@hanoi.example"
    assert f"https://motcua.example/desk/set-password/{words_of(page)}" in letter.get_content()
    mail.refuses = "550 no such person"
    page = anh.post("/desk/staff/", {**invitation, "username": "hue"}).content.decode()
    assert "chép và gửi riêng" in page
    assert words_of(page)


def test_a_supervisor_sees_and_invites_agents_of_the_own_units_only() -> None:
    lang, tay_ho = ward("Phường Láng"), ward("Phường Tây Hồ")
    mine, other = official("cua-minh", lang), official("noi-khac", tay_ho)
    le = Client()
    le.force_login(official("le", lang, role=Role.SUPERVISOR))
    page = le.get("/desk/staff/").content.decode()
    assert "cua-minh" in page
    assert "noi-khac" not in page
    assert le.get(f"/desk/staff/{mine.pk}").status_code == 200
    assert le.get(f"/desk/staff/{other.pk}").status_code == 404
    assert le.post(f"/desk/staff/{other.pk}/link").status_code == 404
    beyond = {"username": "moi", "role": "administrator", "units": [lang.pk]}
    assert le.post("/desk/staff/", beyond).status_code == 422
    assert not Staff.objects.filter(username="moi").exists()


def test_switching_off_signs_out_at_once_and_gives_the_cases_back() -> None:
    ha = person("ha")
    desk, anh = signed_in(ha), signed_in(person("anh", role=Role.ADMINISTRATOR))
    case = cases.open_case(citizen(), reason=Case.Reason.ASKED, summary="Hỏi")
    cases.claim(case, ha)
    assert desk.get("/desk/").status_code == 200
    refused = anh.post(f"/desk/staff/{ha.pk}/off", {"reason": ""})
    assert refused.status_code == 409
    assert "Đang giữ 1 hồ sơ: sẽ trở lại" in refused.content.decode()
    done = anh.post(f"/desk/staff/{ha.pk}/off", {"reason": "Nghỉ việc"}, follow=True)
    assert "1 hồ sơ trở lại “Chưa ai nhận”" in done.content.decode()
    assert desk.get("/desk/").status_code == 302
    case.refresh_from_db()
    assert (case.state, case.claimed_by) == (Case.State.QUEUED, None)


def test_what_was_typed_stays_when_somebody_was_quicker() -> None:
    anh, ha = signed_in(person("anh", role=Role.ADMINISTRATOR)), person("ha")
    typed = {"role": "editor", "units": [], "seen": "supervisor:1"}
    response = anh.post(f"/desk/staff/{ha.pk}/change", typed)
    assert response.status_code == 409
    assert '<option value="editor" selected>' in response.content.decode()


def test_a_name_is_corrected_on_the_page_of_the_account_and_its_register_is_in_words() -> None:
    lang, tay_ho = ward("Phường Láng"), ward("Phường Tây Hồ")
    anh, ha = signed_in(person("anh", role=Role.ADMINISTRATOR)), person("ha")
    page = anh.get(f"/desk/staff/{ha.pk}")
    assert 'value="Ha"' in page.content.decode()
    typed = {"last_name": "Nguyễn Thị", "first_name": "Hạ", "role": "agent", "units": [lang.pk, tay_ho.pk]}
    anh.post(f"/desk/staff/{ha.pk}/change", {**typed, "seen": page.context["seen"]})
    shown = anh.get(f"/desk/staff/{ha.pk}").content.decode()
    assert "<h1>Nguyễn Thị Hạ</h1>" in shown
    assert "· vai trò: Cán bộ trực" in shown
    assert "· đơn vị: Phường Láng, Phường Tây Hồ" in shown
    assert "· tên: Nguyễn Thị Hạ" in shown
    assert "· tên trước đó: Ha" in shown
    assert ": agent" not in shown
    assert lang.code not in shown


def test_a_person_corrects_the_own_name_unless_somebody_was_quicker() -> None:
    ha = person("ha")
    desk = signed_in(ha)
    seen = desk.get("/desk/account/name").context["seen"]
    assert desk.post("/desk/account/name", {"last_name": "", "first_name": "Hạ"}).status_code == 422
    named = {"last_name": "Nguyễn Thị", "first_name": "Hạ", "seen": seen}
    assert "Nguyễn Thị Hạ" in desk.post("/desk/account/name", named, follow=True).content.decode()
    assert noted("account.renamed", ha) == [{"name": "Nguyễn Thị Hạ", "name_before": "Ha"}]
    late = desk.post("/desk/account/name", {**named, "first_name": "Hà"})
    assert late.status_code == 409
    assert "Nguyễn Thị Hạ vừa đổi tài khoản này" in late.content.decode()
    assert 'value="Hà"' in late.content.decode()


def test_the_page_of_an_account_leads_to_its_sign_ins_in_the_register() -> None:
    ha, minh = person("ha"), person("minh")
    signed_in(ha)
    signed_in(minh)
    anh = signed_in(person("anh", role=Role.ADMINISTRATOR))
    shown = anh.get(f"/desk/staff/{ha.pk}").content.decode()
    assert "Chrome trên Windows" not in shown.split('id="acts"')[1]
    way = re.search(r'href="(/desk/audit/\?words=[^"]+)"', shown)
    assert way
    found = [(line.username, line.act) for line in anh.get(way[1]).context["lines"]]
    assert ("ha", "Đăng nhập") in found
    assert ("minh", "Đăng nhập") not in found


def test_ones_own_sessions_are_listed_and_the_others_ended() -> None:
    ha = person("ha")
    here = signed_in(ha)
    phone = signed_in(ha, agent="Mozilla/5.0 (Linux; Android 14) Chrome/130 Mobile Safari/537")
    page = here.get("/desk/account/").content.decode()
    assert "Chrome trên Windows" in page
    assert "Chrome trên Android" in page
    assert page.count("Máy này") == 1
    here.post("/desk/account/sessions/end-others")
    assert phone.get("/desk/account/").status_code == 302
    assert here.get("/desk/account/").status_code == 200


def test_the_register_says_who_signed_in_from_where_and_ended_the_own_sessions() -> None:
    ha = person("ha")
    here, phone = signed_in(ha), signed_in(ha, agent="Mozilla/5.0 (Linux; Android 14) Chrome/130")
    assert noted("sign_in.done", ha) == [
        {"address": "127.0.0.1", "device": "Chrome trên Windows"},
        {"address": "127.0.0.1", "device": "Chrome trên Android"},
    ]
    number = SignedIn.objects.get(session_id=phone.cookies["sessionid"].value).pk
    for _ in range(2):
        here.post(f"/desk/account/sessions/{number}/end")
    here.post("/desk/account/sessions/end-others")
    assert noted("account.sessions_ended", ha) == [{"sessions": 1}]


def test_nobody_ends_a_session_of_somebody_else_by_its_number() -> None:
    ha, minh = signed_in(person("ha")), signed_in(person("minh"))
    number = SignedIn.objects.get(staff__username="minh").pk
    ha.post(f"/desk/account/sessions/{number}/end")
    assert minh.get("/desk/account/").status_code == 200


def test_being_seen_is_written_at_most_once_a_minute() -> None:
    desk = signed_in(person("ha"))
    first = SignedIn.objects.get().seen_at
    desk.get("/desk/account/")
    assert SignedIn.objects.get().seen_at == first
    SignedIn.objects.update(seen_at=first - timedelta(minutes=2))
    desk.get("/desk/account/")
    assert SignedIn.objects.get().seen_at > first - timedelta(minutes=1)


def passes(hours: float, *, since: str = "seen_at") -> None:
    SignedIn.objects.update(**{since: timezone.now() - timedelta(hours=hours)})


def test_who_did_nothing_for_twelve_hours_signs_in_again_and_comes_back_to_the_page() -> None:
    desk = signed_in(person("ha"))
    passes(11.9)
    assert desk.get("/desk/reports/?q=cong").status_code == 200
    passes(12.1)
    assert desk.get("/desk/reports/?q=cong")["Location"] == "/desk/sign-in?next=/desk/reports/%3Fq%3Dcong"
    assert desk.get("/desk/").status_code == 302
    assert not Session.objects.exists()


def test_after_a_week_everybody_signs_in_again_though_at_work() -> None:
    desk = signed_in(person("ha"))
    passes(7 * 24 + 1, since="began_at")
    passes(0.1)
    assert desk.get("/desk/").status_code == 302


def test_a_page_that_lies_open_and_asks_by_itself_does_not_count_as_use() -> None:
    desk = signed_in(person("ha"))
    passes(11)
    seen_at = SignedIn.objects.get().seen_at
    assert desk.get("/desk/", headers={"HX-Request": "true", "HX-Trigger": "live"}).status_code == 200
    assert SignedIn.objects.get().seen_at == seen_at
    passes(13)
    assert desk.get("/desk/", headers={"HX-Request": "true", "HX-Trigger": "live"}).status_code == 302


def test_other_limits_hold_at_once_and_are_said_on_the_page_of_the_account() -> None:
    desk = signed_in(person("ha"))
    assert "sau 12 giờ không dùng, và lâu nhất 7 ngày" in desk.get("/desk/account/").content.decode()
    live_settings.put("accounts.session_idle", "2", source="Quy chế", by=None, operator="test")
    assert "sau 2 giờ không dùng" in desk.get("/desk/account/").content.decode()
    passes(3)
    assert desk.get("/desk/account/").status_code == 302


def test_a_session_the_limits_ended_is_not_listed_and_is_forgotten() -> None:
    ha = person("ha")
    signed_in(ha)
    passes(13)
    assert not sessions.of(ha)
    assert sessions.let_go_expired(timezone.now()) == 1
    assert not Session.objects.exists()


def test_who_posts_after_the_session_ended_comes_back_to_the_page_that_was_open() -> None:
    desk = signed_in(person("ha"))
    passes(13)
    page = "http://testserver/desk/digests/?x=1"
    asked = desk.post("/desk/account/password", {}, headers={"Referer": page})
    assert asked["Location"] == "/desk/sign-in?next=/desk/digests/%3Fx%3D1"
    elsewhere = desk.post("/desk/account/password", {}, headers={"Referer": "http://evil.example/desk/"})
    assert elsewhere["Location"] == "/desk/sign-in?next=/desk/account/"


def test_a_session_that_ran_out_is_forgotten_with_its_place() -> None:
    signed_in(person("ha"))
    assert sessions.let_go_expired(timezone.now()) == 0
    assert sessions.let_go_expired(timezone.now() + timedelta(days=15)) == 1
    assert not SignedIn.objects.exists()


def test_changing_the_password_ends_the_other_sessions_and_keeps_this_one() -> None:
    ha = person("ha")
    here, there = signed_in(ha), signed_in(ha)
    wrong = {"old": "sai", "password": "một câu dài hơn nhiều", "again": "một câu dài hơn nhiều"}
    assert "hiện nay chưa đúng" in here.post("/desk/account/password", wrong).content.decode()
    here.post("/desk/account/password", {**wrong, "old": PASSWORD})
    assert here.get("/desk/account/").status_code == 200
    assert there.get("/desk/account/").status_code == 302
    assert Session.objects.count() == 1


def test_the_code_is_asked_after_the_password_and_before_everything_else() -> None:
    ha = person("ha")
    set_up(ha)
    desk = signed_in(ha)
    for path in ("/desk/", "/desk/account/", "/desk/reports/", "/desk/live"):
        assert desk.get(path)["Location"].startswith("/desk/sign-in/second-factor?next=")
    asked = desk.get("/desk/sign-in/second-factor?next=/desk/reports/")
    assert "Hàng chờ" not in asked.content.decode()
    wrong = desk.post("/desk/sign-in/second-factor", {"code": "000000", "next": "/desk/reports/"})
    assert wrong.status_code == 422
    assert AuditEntry.objects.filter(action="sign_in.wrong_code", subject="account:ha").count() == 1
    assert noted("sign_in.done", ha) == []
    TOTPDevice.objects.update(throttling_failure_count=0)
    given = {"code": code_of(ha, later=1), "next": "/desk/reports/"}
    assert desk.post("/desk/sign-in/second-factor", given)["Location"] == "/desk/reports/"
    assert len(noted("sign_in.done", ha)) == 1
    assert desk.get("/desk/").status_code == 200


def test_the_editors_door_asks_for_the_code_too() -> None:
    huy = person("huy", role=Role.EDITOR)
    set_up(huy)
    assert signed_in(huy).get("/editor/")["Location"].startswith("/desk/sign-in/second-factor")


def test_after_the_code_nobody_is_led_to_another_site() -> None:
    ha = person("ha")
    set_up(ha)
    given = {"code": code_of(ha, later=1), "next": "https://evil.example/"}
    assert signed_in(ha).post("/desk/sign-in/second-factor", given)["Location"] == "/desk/"


def test_who_must_have_a_second_factor_sets_it_up_before_anything_else() -> None:
    live_settings.put("accounts.second_factor", "agent", source="Thử", by=None, operator="test")
    ha = person("ha")
    desk = signed_in(ha)
    assert desk.get("/desk/")["Location"] == "/desk/account/second-factor"
    assert "Hàng chờ" not in desk.get("/desk/account/second-factor").content.decode()
    page = desk.post("/desk/account/second-factor", {"code": code_of(ha)}).content.decode()
    assert len(re.findall(r"<li>\w{5}-\w{5}</li>", page)) == 10
    assert desk.get("/desk/").status_code == 200
    desk.post("/desk/account/second-factor/off", {"code": code_of(ha, later=1)})
    assert second_factor.is_set_up(ha)


def test_a_second_factor_that_nobody_requires_is_taken_away_by_its_code_only() -> None:
    ha = person("ha")
    desk = signed_in(ha)
    desk.get("/desk/account/second-factor")
    desk.post("/desk/account/second-factor", {"code": code_of(ha)})
    desk.post("/desk/account/second-factor/off", {"code": "khong-dung"})
    assert second_factor.is_set_up(ha)
    desk.post("/desk/account/second-factor/off", {"code": code_of(ha, later=1)})
    assert not second_factor.is_set_up(ha)


def test_an_administrator_takes_a_lost_telephone_away_and_ends_the_sessions() -> None:
    ha = person("ha")
    desk, anh = signed_in(ha), signed_in(person("anh", role=Role.ADMINISTRATOR))
    set_up(ha)
    anh.post(f"/desk/staff/{ha.pk}/second-factor/off")
    assert not second_factor.is_set_up(ha)
    assert desk.get("/desk/account/").status_code == 302


def test_an_administrator_lifts_a_lock_and_the_register_holds_one_line_of_it() -> None:
    ha, anh = person("ha"), signed_in(person("anh", role=Role.ADMINISTRATOR))
    guess = Client()
    for _ in range(sign_ins.TRIES.default + 3):
        guess.post("/desk/sign-in", {"username": "ha", "password": "sai"})
    assert AuditEntry.objects.filter(action="sign_in.locked", subject="account:ha").count() == 1
    assert "Đang bị khoá đăng nhập" in anh.get(f"/desk/staff/{ha.pk}").content.decode()
    anh.post(f"/desk/staff/{ha.pk}/unlock")
    assert guess.post("/desk/sign-in", {"username": "ha", "password": PASSWORD}).status_code == 302


def test_who_is_locked_out_reads_until_when_as_the_server_serves_it() -> None:
    person("ha")
    wrong = {"username": "ha", "password": "sai"}
    answers = [
        async_to_sync(AsyncClient().post)("/desk/sign-in", wrong) for _ in range(sign_ins.TRIES.default)
    ]
    assert answers[-1].status_code == 429
    assert re.search(r"thử lại sau <strong>\d\d:\d\d", answers[-1].content.decode())


def test_trying_while_locked_out_does_not_lengthen_the_wait() -> None:
    person("ha")
    guess = Client()
    for _ in range(sign_ins.TRIES.default):
        guess.post("/desk/sign-in", {"username": "ha", "password": "sai"})
    until = sign_ins.locks_of("ha")[0].until
    guess.post("/desk/sign-in", {"username": "ha", "password": "sai"})
    assert sign_ins.locks_of("ha")[0].until == until
    AccessAttempt.objects.update(attempt_time=until - timedelta(minutes=31))
    assert guess.post("/desk/sign-in", {"username": "ha", "password": PASSWORD}).status_code == 302
