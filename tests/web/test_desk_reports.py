"""Reports on the desk: the list, one report, and what officials do with it."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from casework import follows, report_acts
from casework.models import Report
from casework.report_acts import Classification
from conversations.photos import keep_photo
from office.models import Staff, Unit
from tests.casework.lives import answered, refused, taken_in
from tests.casework.people import citizen, city, official, ward
from tests.web.test_desk import desk_of, filed, page

pytestmark = pytest.mark.django_db


def post(client: Client, report: Report, act: str, *, seen: int | None = None, **fields: str) -> Any:
    version = str(report.version if seen is None else seen)
    return client.post(f"/desk/reports/{report.code}/acts/{act}", {"version": version, **fields})


# Photos


def photo() -> bytes:
    target = BytesIO()
    Image.new("RGB", (40, 30), "#467").save(target, "JPEG")
    return target.getvalue()


def test_a_photo_is_shown_to_the_unit_in_charge_and_to_nobody_else(client: Client) -> None:
    conversation, ba_dinh = citizen(), ward()
    attachment = keep_photo(conversation, photo())
    report = filed(conversation, unit=ba_dinh, photos=[attachment])
    path = f"/desk/reports/{report.code}/photos/{attachment.public_id}"
    shown = desk_of(official("phuong", ba_dinh)).get(path)
    assert shown.status_code == 200
    assert shown["Content-Type"] == "image/jpeg"
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8")  # type: ignore[attr-defined]
    assert desk_of(official("tay-ho", ward("Phường Tây Hồ"))).get(path).status_code == 404
    assert client.get(path).status_code == 302


def test_a_photo_of_one_report_is_not_reached_through_another() -> None:
    ha = official("ha")
    attachment = keep_photo(citizen(), photo())
    filed(attachment.conversation, photos=[attachment])
    other = filed()
    assert desk_of(ha).get(f"/desk/reports/{other.code}/photos/{attachment.public_id}").status_code == 404


# Acts


def test_a_report_is_taken_in_worked_on_and_answered_by_forms() -> None:
    report, desk = filed(), desk_of(official("ha"))
    for act, fields in (
        ("take-in", {"level": "complex", "category": "chieu_sang", "unit": report.unit.code}),
        ("start", {}),
        ("answer", {"outcome": "fixed", "words": "Đèn đã sáng."}),
    ):
        assert post(desk, report, act, **fields).status_code == 302
        report.refresh_from_db()
    assert (report.state, report.level, report.answer) == ("answered", "complex", "Đèn đã sáng.")
    shown = page(desk, f"/desk/reports/{report.code}")
    assert "Đèn đã sáng." in shown
    assert "Đã khắc phục" in shown
    assert "Đèn đã sáng." in report.conversation.turns.latest("id").text


def test_taking_in_for_a_ward_hands_the_report_over_in_one_step() -> None:
    report, ba_dinh = filed(), ward()
    response = post(desk_of(official("ha")), report, "take-in", level="normal", unit=ba_dinh.code)
    assert response["Location"] == "/desk/reports/"
    assert "Đèn tắt ba ngày" in page(desk_of(official("phuong", ba_dinh)), f"/desk/reports/{report.code}")


def test_the_words_written_on_a_report_that_a_colleague_passed_on_are_kept() -> None:
    report, ha, minh = filed(), official("ha"), official("minh")
    post(desk_of(ha), report, "take-in", level="normal", unit=ward().code)
    response = post(desk_of(minh), report, "refuse", seen=1, reason="unclear", words="Lời đã soạn")
    assert response.status_code == 404
    assert "Lời đã soạn" in (shown := response.content.decode())
    assert "Đèn tắt ba ngày" not in shown
    unknown = post(desk_of(minh), Report(code="PA-2026-999999"), "refuse", words="Lời đã soạn")
    assert (
        unknown.content.decode().count("đồng nghiệp vừa chuyển") == shown.count("đồng nghiệp vừa chuyển") == 1
    )


def test_a_refusal_gives_its_reason_explanation_and_where_to_turn() -> None:
    report, desk = filed(), desk_of(official("ha"))
    post(desk, report, "refuse", reason="not_ours", words="Gửi Công ty Điện lực, 19001288.")
    report.refresh_from_db()
    assert report.answer == "Việc thuộc thẩm quyền của cơ quan khác.\nGửi Công ty Điện lực, 19001288."


def test_who_decides_second_on_a_report_overwrites_nothing_and_keeps_the_words() -> None:
    report, ha, minh = filed(), official("ha"), official("minh")
    taken_in(report, ha)
    response = post(desk_of(minh), report, "refuse", seen=1, reason="unclear", words="Lý do đã soạn")
    assert response.status_code == 409
    assert "Người khác vừa cập nhật" in response.content.decode()
    assert "Lý do đã soạn" in response.content.decode()
    report.refresh_from_db()
    assert report.state == "classified"


def test_the_words_written_on_a_report_that_was_closed_meanwhile_are_shown_too() -> None:
    report, ha, minh = filed(), official("ha"), official("minh")
    answered(report, ha)
    response = post(desk_of(minh), report, "answer", seen=3, outcome="fixed", words="Lời đã soạn")
    assert response.status_code == 409
    assert "Lời đã soạn" in response.content.decode()


def test_a_report_is_forwarded_with_a_reason() -> None:
    report, ba_dinh = filed(), ward()
    form = {"unit": ba_dinh.code, "words": "Đúng địa bàn Ba Đình"}
    path = f"/desk/reports/{report.code}/acts/forward"
    response = desk_of(official("ha")).post(path, {"version": 1, **form}, follow=True)
    assert f"Đã chuyển phản ánh {report.code} đến {ba_dinh.name}" in response.content.decode()
    assert "Đúng địa bàn Ba Đình" in page(
        desk_of(official("phuong", ba_dinh)), f"/desk/reports/{report.code}"
    )


@pytest.mark.parametrize(
    ("act", "fields", "says"),
    [
        ("forward", {"unit": "khong-co", "words": "Vì"}, "chọn một mục"),
        ("forward", {"unit": "city"}, "viết nội dung"),
        ("take-in", {"level": "rất khẩn"}, "chọn một mục"),
        ("refuse", {"reason": "unclear"}, "viết nội dung"),
        ("merge", {"into": "PA-2026-999999"}, "xem lại mã"),
    ],
)
def test_a_form_that_lacks_something_says_what(act: str, fields: dict[str, str], says: str) -> None:
    city()
    response = post(desk_of(official("ha")), filed(), act, **fields)
    assert response.status_code == 400
    assert says in response.content.decode()


def test_a_form_without_its_version_changes_nothing() -> None:
    report = filed()
    response = desk_of(official("ha")).post(f"/desk/reports/{report.code}/acts/take-in", {"level": "normal"})
    assert response.status_code == 409
    report.refresh_from_db()
    assert report.state == "new"


def test_an_act_that_does_not_exist_is_not_found() -> None:
    assert post(desk_of(official("ha")), filed(), "delete").status_code == 404


def test_a_duplicate_is_merged_and_split_off_by_whoever_oversees() -> None:
    report, other = filed(), filed()
    boss = official("le", *official("ha").units.all(), role=Staff.Role.SUPERVISOR)
    desk = desk_of(Staff.objects.get(username="ha"))
    assert post(desk, report, "merge", into=other.code.lower()).status_code == 302
    report.refresh_from_db()
    assert report.merged_into == other
    assert other.code in page(desk, f"/desk/reports/{report.code}")
    assert "Tách ra xử lý riêng" not in page(desk, f"/desk/reports/{report.code}")
    assert post(desk, report, "split-off", words="Hai ngõ khác nhau").status_code == 403
    assert post(desk_of(boss), report, "split-off", words="Hai ngõ khác nhau").status_code == 302
    report.refresh_from_db()
    assert (report.state, report.merged_into) == ("new", None)


def test_a_report_that_is_none_of_ones_own_is_no_target_of_a_merging() -> None:
    ba_dinh = ward()
    report, other = filed(unit=ba_dinh), filed()
    response = post(desk_of(official("phuong", ba_dinh)), report, "merge", into=other.code)
    assert response.status_code == 400


# The page


def test_the_page_tells_who_sent_it_to_whoever_works_on_it() -> None:
    report = filed()
    Report.objects.filter(pk=report.pk).update(contact_name="Trần Mai", contact_phone="0912345678")
    shown = page(desk_of(official("ha")), f"/desk/reports/{report.code}")
    assert "Trần Mai" in shown
    assert 'href="tel:0912345678"' in shown


def test_a_report_without_a_name_is_said_to_be_for_reference_only() -> None:
    report = filed()
    Report.objects.filter(pk=report.pk).update(is_reference_only=True)
    shown = page(desk_of(official("ha")), f"/desk/reports/{report.code}")
    assert "Không để lại tên: chỉ chuyển để tham khảo" in shown


def test_a_report_past_its_term_is_shown_as_overdue_on_its_page_and_in_the_list() -> None:
    report = filed()
    Report.objects.filter(pk=report.pk).update(intake_due=timezone.now() - timedelta(hours=1))
    desk = desk_of(official("ha"))
    for path in (f"/desk/reports/{report.code}", "/desk/reports/?term=overdue"):
        assert "Quá hạn" in page(desk, path)


def test_a_list_counts_what_is_near_its_end_past_it_and_told_above() -> None:
    now = timezone.now()
    soon, late, told_above, _ = (filed() for _ in range(4))
    Report.objects.filter(pk=soon.pk).update(warn_at=now - timedelta(hours=1))
    late_ones = Report.objects.filter(pk__in=(late.pk, told_above.pk))
    late_ones.update(intake_due=now - timedelta(hours=1))
    Report.objects.filter(pk=told_above.pk).update(escalated_to=ward())
    desk = desk_of(official("ha"))
    context = desk.get("/desk/reports/", {"list": "new"}).context
    assert [(one["key"], one["number"]) for one in context["by_term"]] == [
        ("soon", 1),
        ("overdue", 2),
        ("escalated", 1),
    ]
    assert listed(desk, list="new", term="soon") == [soon]
    assert listed(desk, list="new", term="escalated") == [told_above]
    assert {report.pk for report in listed(desk, list="new", term="overdue")} == {late.pk, told_above.pk}


def test_by_when_others_matters_are_passed_on_stands_where_they_are_passed_on() -> None:
    report, ha = filed(), official("ha")
    desk = desk_of(ha)
    assert "nơi khác thì chuyển trước" not in page(desk, f"/desk/reports/{report.code}")
    taken_in(report, ha)
    assert "nơi khác thì chuyển trước 17:00" in page(desk, f"/desk/reports/{report.code}")


def test_the_register_tells_who_when_and_why() -> None:
    report, ha = filed(), official("ha")
    refused(report, ha, "Thiếu số nhà")
    shown = page(desk_of(ha), f"/desk/reports/{report.code}")
    assert "Không tiếp nhận</strong>" in shown
    assert ha.display_name in shown
    assert "Thiếu số nhà" in shown


def test_the_number_of_followers_is_shown_and_asked_about_before_an_answer() -> None:
    report, ha = taken_in(filed(), official("ha")), Staff.objects.get()
    follows.follow(report, citizen())
    assert "Gửi cả nội dung cho 1 người" in page(desk_of(ha), f"/desk/reports/{report.code}")


# The list


def listed(desk: Client, **asked: str) -> list[Report]:
    return list(desk.get("/desk/reports/", asked).context["reports"])


def test_the_lists_of_reports_agree_with_their_counts() -> None:
    ha = official("ha")
    filed()
    taken_in(filed(), ha)
    answered(filed(), ha)
    desk = desk_of(ha)
    for name in ("new", "open", "done"):
        context = desk.get("/desk/reports/", {"list": name}).context
        number = {tab["key"]: tab["number"] for tab in context["tabs"]}[name]
        assert number == len(context["reports"]) == 1


def test_the_urgent_report_is_on_top_then_the_one_whose_term_ends_first() -> None:
    late, early, urgent = filed(), filed(), filed(urgent=True)
    now = timezone.now()
    Report.objects.filter(pk=late.pk).update(intake_due=now + timedelta(hours=8))
    Report.objects.filter(pk=early.pk).update(intake_due=now + timedelta(hours=2))
    assert listed(desk_of(official("ha"))) == [urgent, early, late]


def test_the_list_is_narrowed_by_state_level_category_ward_unit_and_what_is_overdue() -> None:
    ha, ba_dinh = official("ha", role=Staff.Role.ADMINISTRATOR), ward()
    there = taken_in(filed(unit=ba_dinh), ha)
    elsewhere = filed()
    urgent = Classification(level="urgent", category="cay_xanh")
    report_acts.take_in_and_assign(elsewhere, ha, seen=1, as_=urgent)
    report_acts.start(elsewhere, ha, seen=elsewhere.version)
    Report.objects.filter(pk=elsewhere.pk).update(due_at=timezone.now() - timedelta(hours=1))
    desk = desk_of(ha)
    assert listed(desk, list="open", state="in_progress") == [elsewhere]
    assert listed(desk, list="open", level="normal") == [there]
    assert listed(desk, list="open", category="cay_xanh") == [elsewhere]
    assert listed(desk, list="open", ward=ba_dinh.code) == [there]
    assert listed(desk, list="open", unit=ba_dinh.code) == [there]
    assert listed(desk, list="open", term="overdue") == [elsewhere]


def test_words_are_found_with_and_without_marks_and_by_code() -> None:
    report, other = filed(place="Ngõ 12 Đội Cấn"), filed(place="Phố Huế")
    desk = desk_of(official("ha"))
    assert listed(desk, words="đội cấn") == listed(desk, words="DOI CAN") == [report]
    assert listed(desk, words=other.code.lower()) == [other]
    assert set(listed(desk, words="đèn ngày")) == {report, other}
    assert listed(desk, words="100%") == []


def test_a_long_list_has_pages_that_keep_what_was_asked() -> None:
    for _ in range(51):
        filed()
    desk = desk_of(official("ha"))
    first = desk.get("/desk/reports/", {"level": "normal"})
    assert len(first.context["reports"]) == 50
    assert "level=normal&amp;page=2" in first.content.decode()
    assert len(listed(desk, level="normal", page="2")) == 1
    assert listed(desk, page="9" * 40) == listed(desk, page="x")


def test_a_complaint_is_found_by_nobody_of_the_unit_it_is_about(unit_with_complaint: Unit) -> None:
    report = Report.objects.get()
    double = official("kiem-nhiem", unit_with_complaint, report.unit, role=Staff.Role.SUPERVISOR)
    desk = desk_of(double)
    assert listed(desk) == listed(desk, words=report.code) == []
    assert desk.get(f"/desk/reports/{report.code}").status_code == 404
    assert listed(desk_of(official("ubnd", report.unit))) == [report]


@pytest.fixture
def unit_with_complaint() -> Unit:
    ba_dinh = ward(parent=city())
    filed(kind=Report.Kind.SERVICE, unit=ba_dinh)
    return ba_dinh


# Whom it is about


def test_who_is_complained_of_is_said_by_a_form_and_the_report_leaves_for_who_oversees_them() -> None:
    lang, ha = ward("Phường Láng", parent=city()), official("ha")
    report, desk = filed(kind=Report.Kind.SERVICE, category="thai_do_phuc_vu"), desk_of(ha)
    shown = page(desk, f"/desk/reports/{report.code}")
    assert "Chưa rõ đơn vị nào" in shown
    assert "Phản ánh về đơn vị nào" in shown
    assert post(desk, report, "name-unit").status_code == 400
    gone = post(desk, report, "name-unit", unit=lang.code)
    assert (gone.status_code, gone["Location"]) == (302, "/desk/reports/")
    report.refresh_from_db()
    assert (report.named_unit, report.unit) == (lang, city())
    after = page(desk_of(official("ubnd", city())), f"/desk/reports/{report.code}")
    assert "Phản ánh về Phường Láng; chuyển đến UBND thành phố Hà Nội" in after
    assert "Phản ánh về đơn vị nào" not in after


def test_nobody_is_asked_whom_a_report_on_a_street_lamp_is_about() -> None:
    report = filed()
    ward("Phường Láng", parent=city())
    desk = desk_of(official("ha"))
    assert "Phản ánh về đơn vị nào" not in page(desk, f"/desk/reports/{report.code}")
    assert post(desk, report, "name-unit", unit=city().code).status_code == 409
