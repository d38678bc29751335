"""Private notes, who is named in them, and labels: who may, who is told, and what goes with the citizen."""

from __future__ import annotations

import pytest

from casework import case_notes, cases, labels, mentions, own_data, visibility
from casework.errors import (
    EmptyNote,
    LabelTaken,
    NoLabelName,
    NoSuchColleague,
    NoSuchLabel,
    NotALabeller,
    NotForColleague,
    WordsErased,
)
from casework.models import Case, CaseNote, Label, Mention
from conversations.models import Conversation, Turn
from office.models import AuditEntry, Staff
from tests.casework.people import citizen, official, ward

pytestmark = pytest.mark.django_db


def a_case(conversation: Conversation | None = None) -> Case:
    return cases.open_case(conversation or citizen(), reason=Case.Reason.ASKED, summary="Hỏi về khai sinh")


def a_case_of_a_ward() -> Case:
    case = a_case()
    case.unit = ward()
    case.save(update_fields=["unit"])
    return case


def test_a_note_is_kept_and_tells_whom_it_names_once() -> None:
    case, ha, minh = a_case(), official("ha"), official("minh")
    case_notes.add_note(case, ha, "Nhờ @minh xem giấy chứng sinh, @Minh nhé")
    assert list(mentions.unseen_by(minh).values_list("note__staff__username", flat=True)) == ["ha"]
    entry = AuditEntry.objects.get(action="case.noted")
    assert "giấy" not in str(entry.detail)


def test_a_note_never_reaches_the_citizen() -> None:
    case, ha = a_case(), official("ha")
    case_notes.add_note(case, ha, "Người này hay nhầm ngày")
    assert not Turn.objects.filter(conversation=case.conversation, text__contains="hay nhầm").exists()


def test_naming_oneself_tells_nobody_and_an_address_names_nobody() -> None:
    case, ha = a_case(), official("ha")
    case_notes.add_note(case, ha, "@ha tự nhớ; gửi vào ha@example.org")
    assert not Mention.objects.exists()


def test_a_name_that_nobody_has_is_refused_with_who_is_meant() -> None:
    case, ha = a_case(), official("ha")
    official("minhanh")
    with pytest.raises(NoSuchColleague, match="Có phải @minhanh"):
        case_notes.add_note(case, ha, "Nhờ @minhan xem")
    assert not CaseNote.objects.exists()


def test_a_colleague_who_may_not_see_the_case_is_not_told_of_it() -> None:
    case = a_case_of_a_ward()
    stranger = official("la", ward("Phường Khác"))
    ha = official("ha", case.unit)
    with pytest.raises(NotForColleague, match="không xem được"):
        case_notes.add_note(case, ha, "Nhờ @la xem")
    assert mentions.colleagues(case, "la", but=ha) == ()
    assert not visibility.sees_case(stranger, case)


def test_colleagues_are_offered_by_any_word_of_their_name_without_marks() -> None:
    case, ha = a_case(), official("ha")
    hung = official("hv12")
    Staff.objects.filter(pk=hung.pk).update(first_name="Hùng", last_name="Đỗ Văn")
    assert [one.username for one in mentions.colleagues(case, "hung", but=ha)] == ["hv12"]
    assert [one.username for one in mentions.colleagues(case, "do", but=ha)] == ["hv12"]


def test_a_mention_is_seen_with_its_case_and_gone_with_the_right_to_see_it() -> None:
    case = a_case_of_a_ward()
    ha, minh = official("ha", case.unit), official("minh", case.unit)
    case_notes.add_note(case, ha, "Nhờ @minh")
    minh.units.set([ward("Phường Khác")])
    assert not mentions.mentions_of(Staff.objects.get(pk=minh.pk)).exists()
    minh.units.set([case.unit])
    mentions.see(case, minh)
    assert not mentions.unseen_by(minh).exists()
    assert mentions.mentions_of(minh).exists()


def test_a_note_needs_words_and_a_citizen_whose_data_is_there() -> None:
    case, ha = a_case(), official("ha")
    with pytest.raises(EmptyNote):
        case_notes.add_note(case, ha, " \n ")
    own_data.erase(case.conversation)
    with pytest.raises(WordsErased):
        case_notes.add_note(case, ha, "Còn nhớ gì không")


def test_notes_go_with_the_citizens_data() -> None:
    case, ha, minh = a_case(), official("ha"), official("minh")
    case_notes.add_note(case, ha, "Chị Mai hỏi về con, @minh xem")
    own_data.erase(case.conversation)
    assert not CaseNote.objects.exists()
    assert not mentions.mentions_of(minh).exists()


def test_notes_on_a_closed_case_go_once_its_transcript_has_gone() -> None:
    case, ha = a_case(), official("ha")
    Turn.objects.create(conversation=case.conversation, direction="in", status="answered", author="citizen")
    cases.claim(case, ha)
    case_notes.add_note(case, ha, "Đã gọi lại")
    cases.close(case, ha, "Đã trả lời xong")
    case_notes.forget_without_words()
    assert CaseNote.objects.exists()
    case.conversation.turns.all().delete()
    case_notes.forget_without_words()
    assert not CaseNote.objects.exists()


def test_supervisors_name_labels_and_officials_put_them_on() -> None:
    case, ha = a_case(), official("ha")
    chief = official("truong", role=Staff.Role.SUPERVISOR)
    label = labels.make("  Hẹn   quầy ", chief)
    assert label.name == "Hẹn quầy"
    assert labels.put_on(case, label.pk, ha)
    assert not labels.put_on(case, label.pk, ha)
    assert labels.with_uses().get().open_cases == 1
    assert labels.take_off(case, label.pk, ha)
    assert not labels.take_off(case, label.pk, ha)
    acts = AuditEntry.objects.filter(subject=case.number).values_list("action", flat=True)
    assert [act for act in acts if "label" in act] == ["case.labelled", "case.unlabelled"]


def test_only_supervisors_name_labels_and_each_name_is_used_once() -> None:
    chief = official("truong", role=Staff.Role.SUPERVISOR)
    with pytest.raises(NotALabeller):
        labels.make("Hẹn quầy", official("ha"))
    first, second = labels.make("Hẹn quầy", chief), labels.make("Chờ công an", chief)
    with pytest.raises(LabelTaken):
        labels.make("Hẹn quầy", chief)
    with pytest.raises(LabelTaken):
        labels.rename(second, first.name, chief)
    with pytest.raises(NoLabelName):
        labels.rename(second, " ", chief)
    assert set(Label.objects.values_list("name", flat=True)) == {"Hẹn quầy", "Chờ công an"}


def test_a_retired_label_stays_where_it_is_and_is_put_on_no_more() -> None:
    case, ha, chief = a_case(), official("ha"), official("truong", role=Staff.Role.SUPERVISOR)
    label = labels.make("Hẹn quầy", chief)
    labels.put_on(case, label.pk, ha)
    labels.retire(label, chief)
    with pytest.raises(NoSuchLabel):
        labels.put_on(a_case(), label.pk, ha)
    assert case.labels.count() == 1
    labels.retire(label, chief, retired=False)
    assert labels.offered().get() == label
