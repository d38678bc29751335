"""What the public sees of a report: only what a person approved, as approved, nothing of people."""

from __future__ import annotations

import random
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from casework import (
    own_data,
    public_photos,
    public_reports,
    publication_queue,
    publications,
    reports,
    visibility,
)
from casework.errors import (
    NamesAPerson,
    NoReasonNotToShow,
    NotForThePublic,
    NothingToShow,
    PhotoGone,
    ReportMovedOn,
)
from casework.models import Publication, Report
from casework.public_photos import ChosenPhoto, Rectangle, covers_in
from casework.public_reports import Wanted
from casework.publications import Approval, Precision
from conversations import consents
from conversations.models import Attachment, Consent
from conversations.photos import keep_photo
from office.models import AuditEntry, Staff, Unit
from office.units import contact_team
from tests.casework.people import citizen, city, official, ward

pytestmark = pytest.mark.django_db

SUPERVISOR = Staff.Role.SUPERVISOR


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


_codes = iter(range(1, 10_000))


def taken_in(**fields: Any) -> Report:
    told: dict[str, Any] = {
        "code": f"PA-2026-{next(_codes):06}",
        "kind": Report.Kind.FIELD,
        "category": "chieu_sang",
        "text": "Đèn tắt ba ngày, gọi tôi 0912 345 678",
        "place": "Ngõ 12 phố Đội Cấn",
        "state": Report.State.TAKEN_IN,
        "conversation": citizen(),
        **fields,
    }
    if "unit" not in told:
        told["unit"] = Unit.objects.filter(code="city").first() or city()
    return Report.objects.create(**told)


def boss(*units: Unit) -> Staff:
    return official(f"boss{next(_codes)}", *units, role=SUPERVISOR)


def shown(report: Report, *, by: Staff | None = None, **approval: Any) -> Publication:
    proposal = publications.propose(report)
    told = {"text": proposal.text, "place": proposal.place, "answer": proposal.answer, **approval}
    return publications.approve(report, by or boss(), Approval(**told), seen=report.version)


def photo(report: Report, colour: str = "white") -> Attachment:
    picture = BytesIO()
    Image.new("RGB", (400, 200), colour).save(picture, format="JPEG")
    assert report.conversation
    kept = keep_photo(report.conversation, picture.getvalue())
    report.photos.add(kept)
    return kept


def found(**looked_for: str) -> list[str]:
    listed = public_reports.listed(Wanted(**looked_for), timezone.now())
    return [publication.report.code for publication in listed.publications]


# What is proposed


def test_the_proposal_masks_personal_numbers_in_everything_shown() -> None:
    report = taken_in(
        place="cạnh xe 29A-123.45",
        state=Report.State.ANSWERED,
        answer="Đã gọi anh Nam số 0987654321, sửa xong.",
    )
    proposal = publications.propose(report)
    assert "0912" not in proposal.text
    assert "29A" not in proposal.place
    assert "0987654321" not in proposal.answer


def test_nothing_of_the_contact_fields_is_ever_proposed_or_kept() -> None:
    contact = {
        "contact_name": "Trần Bích Hường",
        "contact_phone": "0977000111",
        "contact_email": "huong@example.com",
        "contact_address": "số 5 ngách 7",
    }
    publication = shown(taken_in(**contact))
    row = str(Publication.objects.filter(pk=publication.pk).values().get())
    assert not [value for value in contact.values() if value in row]


def test_a_refusal_s_words_are_not_proposed_as_an_answer() -> None:
    report = taken_in(state=Report.State.REFUSED, answer="Không thuộc thẩm quyền")
    assert publications.propose(report).answer == ""


def test_numbers_left_in_what_is_to_be_shown_are_told() -> None:
    assert publications.personal_data_in("Gọi 0912345678 giúp", "Đèn tắt") == ("0912345678",)
    assert publications.personal_data_in("Đèn tắt ba ngày") == ()


# What is approved


def test_before_a_person_approved_nothing_is_shown() -> None:
    report = taken_in()
    assert found() == []
    assert public_reports.opened(report.code) is None


def test_what_was_approved_is_shown_and_later_edits_change_nothing() -> None:
    report = taken_in()
    shown(report, text="Đèn tắt ba ngày")
    Report.objects.filter(pk=report.pk).update(text="Sửa lại", place="Nơi khác", category="khac", answer="X")
    publication = public_reports.opened(report.code)
    assert publication is not None
    kept = (publication.text, publication.place, publication.category, publication.answer)
    assert kept == ("Đèn tắt ba ngày", "Ngõ 12 phố Đội Cấn", "chieu_sang", "")


def test_each_decision_is_a_line_of_the_register_and_of_the_audit() -> None:
    report, staff = taken_in(), boss()
    shown(report, by=staff)
    publications.keep_back(report, staff, because="Có người trong ảnh", seen=report.version)
    assert [step.act for step in report.steps.all()] == ["published", "withdrawn"]
    assert {step.actor for step in report.steps.all()} == {staff}
    assert AuditEntry.objects.filter(subject=report.code, actor=staff).count() == 2


def test_a_report_the_office_has_not_taken_in_cannot_be_shown() -> None:
    with pytest.raises(NotForThePublic):
        shown(taken_in(state=Report.State.NEW))


def test_without_words_nothing_is_shown() -> None:
    with pytest.raises(NothingToShow):
        shown(taken_in(), text=" \u200b ")


@pytest.mark.parametrize("kind", [Report.Kind.SERVICE, Report.Kind.REGULATION])
def test_a_report_on_service_or_rules_is_not_shown_while_it_names_a_person(kind: str) -> None:
    report = taken_in(kind=kind)
    with pytest.raises(NamesAPerson):
        shown(report, text="Cán bộ Nguyễn Văn Hùng bắt đi lại ba lần")
    shown(report, text="Cán bộ một cửa bắt đi lại ba lần")
    assert found() == [report.code]


def test_two_who_decide_at_once_do_not_overwrite_each_other() -> None:
    report = taken_in()
    seen = report.version
    shown(Report.objects.get(pk=report.pk), text="Lời của người thứ nhất")
    with pytest.raises(ReportMovedOn):
        publications.keep_back(report, boss(), because="Trùng", seen=seen)
    publication = public_reports.opened(report.code)
    assert publication is not None
    assert publication.text == "Lời của người thứ nhất"


def test_what_is_withdrawn_leaves_no_words_behind_and_may_be_shown_again() -> None:
    report, staff = taken_in(), boss()
    shown(report, by=staff)
    publications.keep_back(report, staff, because="Lộ thông tin", seen=report.version)
    row = Publication.objects.get(report=report)
    assert (row.text, row.place, row.search, row.withdrawn_because) == ("", "", "", "Lộ thông tin")
    assert public_reports.opened(report.code) is None
    shown(report, by=staff)
    assert found() == [report.code]


def test_not_to_show_needs_a_reason() -> None:
    report = taken_in()
    with pytest.raises(NoReasonNotToShow):
        publications.keep_back(report, boss(), because="  ", seen=report.version)


def test_the_author_is_told_once_and_not_of_each_correction() -> None:
    report = taken_in()
    for text in ("Đèn tắt", "Đèn tắt ba ngày"):
        shown(report, text=text)
    assert report.conversation
    assert [turn.text.split(",")[0] for turn in report.conversation.turns.all()] == [
        f"Phản ánh {report.code} đã được công khai"
    ]


# Where it is


def test_a_position_is_shown_only_as_exactly_as_approved() -> None:
    report = taken_in(latitude=21.036712, longitude=105.834159)
    assert shown(report, precision=Precision.NONE).latitude is None
    about = shown(report, precision=Precision.ABOUT)
    assert (about.latitude, about.longitude) == (21.037, 105.834)
    assert shown(report, precision=Precision.EXACT).latitude == 21.036712


def test_an_author_who_withdraws_the_position_withdraws_it_from_the_public_too() -> None:
    report = taken_in(latitude=21.0367, longitude=105.8341)
    publication = shown(report, precision=Precision.ABOUT)
    assert report.conversation
    consents.give(report.conversation, Consent.Purpose.POSITION, text_version="1")
    own_data.withdraw_consents(report.conversation)
    publication.refresh_from_db()
    assert publication.latitude is None


# Photos


def test_no_photo_is_shown_unless_it_was_chosen() -> None:
    report = taken_in()
    photo(report)
    assert shown(report).photos.count() == 0


def test_the_public_copy_is_a_file_of_its_own_and_the_original_is_untouched() -> None:
    report = taken_in()
    original = photo(report)
    before = original.file.read()
    half = ChosenPhoto(public_id=original.public_id, covers=(Rectangle(left=0, top=0, width=50, height=100),))
    copy = shown(report, photos=(half,)).photos.get()
    original.refresh_from_db()
    assert original.file.open().read() == before
    assert copy.pk != original.pk
    with copy.file.open("rb") as file, Image.open(file) as picture:
        left, right = picture.getpixel((50, 100)), picture.getpixel((350, 100))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert max(left) < 130
    assert min(right) > 240


def test_copies_that_are_not_shown_any_more_are_gone(django_capture_on_commit_callbacks: Any) -> None:
    report, staff = taken_in(), boss()
    original = photo(report)
    copy = shown(report, by=staff, photos=(ChosenPhoto(public_id=original.public_id),)).photos.get()
    with django_capture_on_commit_callbacks(execute=True):
        publications.keep_back(report, staff, because="Lộ mặt người", seen=report.version)
    assert not Attachment.objects.filter(pk=copy.pk).exists()
    assert not copy.file.storage.exists(copy.file.name)
    assert Attachment.objects.filter(pk=original.pk).exists()


def test_a_photo_of_another_report_cannot_be_chosen() -> None:
    other = photo(taken_in())
    with pytest.raises(PhotoGone):
        shown(taken_in(), photos=(ChosenPhoto(public_id=other.public_id),))


def test_public_copies_do_not_count_as_what_the_citizen_sent() -> None:
    report = taken_in()
    original = photo(report)
    shown(report, photos=(ChosenPhoto(public_id=original.public_id),))
    assert report.conversation
    assert report.conversation.attachments.filter(name="").count() == 1


@given(st.text(max_size=60))
def test_whatever_a_form_sends_only_rectangles_within_the_picture_are_read(given_words: str) -> None:
    for cover in covers_in(given_words):
        left, top, right, bottom = cover.points(640, 480)
        assert 0 <= left <= right <= 640
        assert 0 <= top <= bottom <= 480


def test_rectangles_are_read_and_kept_within_the_picture() -> None:
    assert covers_in("10,20,30,40 90,0,50,10 x 1,2,3 -1,0,5,5 nan,0,1,1") == (
        Rectangle(left=10, top=20, width=30, height=40),
        Rectangle(left=90, top=0, width=10, height=10),
    )


def test_a_cover_reaches_the_edge_of_every_point_it_touches() -> None:
    assert Rectangle(left=10.4, top=0, width=10.3, height=100).points(99, 50) == (10, 0, 21, 50)


def test_a_large_photo_is_shown_smaller() -> None:
    report = taken_in()
    picture = BytesIO()
    Image.frombytes("RGB", (2000, 1500), random.Random(1).randbytes(2000 * 1500 * 3)).save(
        picture, format="JPEG", quality=60
    )
    assert report.conversation
    kept = keep_photo(report.conversation, picture.getvalue())
    with Image.open(BytesIO(public_photos.covered(kept, ()))) as copy:
        assert max(copy.size) == public_photos.LONGEST_SIDE


# Who decides, and what waits


def test_what_was_taken_in_waits_until_somebody_decides_and_only_then_does_its_answer() -> None:
    report, staff = taken_in(), boss()
    assert list(publication_queue.undecided(staff)) == [report]
    shown(report, by=staff)
    assert not publication_queue.undecided(staff)
    Report.objects.filter(pk=report.pk).update(
        state=Report.State.ANSWERED, answer="Đã sửa đèn", answered_at=timezone.now()
    )
    report.refresh_from_db()
    assert list(publication_queue.answered_since(staff)) == [report]
    assert publication_queue.next_to_decide(staff) == report
    shown(report, by=staff)
    assert publication_queue.next_to_decide(staff) is None


def test_a_report_on_service_is_not_offered_and_new_ones_are_not_yet() -> None:
    taken_in(kind=Report.Kind.SERVICE)
    taken_in(state=Report.State.NEW)
    assert not publication_queue.undecided(boss())


def test_supervisors_of_the_unit_in_charge_decide_and_agents_and_other_units_do_not() -> None:
    here, elsewhere = ward("Phường Ba Đình"), ward("Phường Ngọc Hà")
    report = taken_in(unit=here)
    may = visibility.reports_to_publish_for
    assert list(may(boss(here))) == [report]
    assert list(may(official("admin", role=Staff.Role.ADMINISTRATOR))) == [report]
    assert list(may(boss())) == [report]
    assert not may(boss(elsewhere))
    assert not may(official("lan", here))


def test_the_central_team_decides_nothing_about_reports_on_itself() -> None:
    taken_in(kind=Report.Kind.SERVICE, named_unit=contact_team())
    assert not visibility.reports_to_publish_for(boss())


def test_the_central_team_decides_nothing_about_reports_on_an_office_above_it() -> None:
    city(), contact_team()
    Unit.objects.filter(pk=contact_team().pk).update(parent=city())
    lang = ward("Phường Láng")
    taken_in(kind=Report.Kind.SERVICE, unit=lang, named_unit=city())
    on_a_ward = taken_in(kind=Report.Kind.SERVICE, unit=city(), named_unit=lang)
    assert list(visibility.reports_to_publish_for(boss())) == [on_a_ward]


def test_a_central_supervisor_who_belongs_to_a_ward_too_decides_nothing_about_reports_on_it() -> None:
    lang = ward("Phường Láng", parent=city())
    taken_in(kind=Report.Kind.SERVICE, unit=city(), named_unit=lang)
    assert not visibility.reports_to_publish_for(boss(contact_team(), lang))


# What everyone finds


def test_the_list_is_searched_with_and_without_marks() -> None:
    report = taken_in(text="Rác chất đống trước cổng chợ")
    shown(report)
    assert found(words="rac CHO") == found(words="chợ rác") == found(words=report.code) == [report.code]
    assert found(words="đèn xyz") == []


def test_the_list_is_filtered_by_category_ward_and_standing() -> None:
    here = ward("Phường Ba Đình")
    now = timezone.now()
    late = taken_in(ward=here, due_at=now - timedelta(days=1))
    done = taken_in(category="cay_xanh", state=Report.State.ANSWERED, answered_at=now, answer="Đã cắt cành")
    shown(late)
    shown(done)
    assert found(ward=here.code) == found(standing="overdue") == found(standing="open") == [late.code]
    assert found(category="cay_xanh") == found(standing="answered") == [done.code]
    assert found() == [done.code, late.code]


def test_pages_follow_each_other_without_gap_or_repeat() -> None:
    staff = boss()
    for _ in range(public_reports.A_PAGE + 3):
        shown(taken_in(), by=staff)
    first = public_reports.listed(Wanted(), timezone.now())
    second = public_reports.listed(Wanted(), timezone.now(), before=first.next_page)
    codes = [one.report.code for one in (*first.publications, *second.publications)]
    assert len(codes) == len(set(codes)) == public_reports.A_PAGE + 3
    assert second.next_page == 0


def test_the_steps_everyone_sees_hold_no_note_and_no_name() -> None:
    report, staff = taken_in(), boss()
    reports.enter(report, "taken_in", staff, note="Anh Nam gọi lại 0912345678")
    reports.enter(report, "warned", note="Nhắc")
    publication = shown(report, by=staff)
    assert [step.name for step in public_reports.steps_of(publication)] == ["Tiếp nhận"]
