"""The transcript on the desk: days, notes in between, what is new, pictures, positions, earlier turns."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from casework import case_notes, labels
from casework.models import Mention
from conversations.models import Conversation, Turn
from conversations.photos import keep_photo
from office.models import Staff
from tests.casework.people import official, ward
from tests.web.test_desk import desk_of, page, waiting_case
from web.desk import transcript

pytestmark = pytest.mark.django_db


def said(conversation: Conversation, text: str = "Cho tôi hỏi", **more: Any) -> Turn:
    told = {"direction": "in", "status": "left_to_person", "author": "citizen", "text": text}
    return Turn.objects.create(conversation=conversation, **{**told, **more})


def test_notes_stand_between_the_turns_and_are_named_as_notes() -> None:
    case, ha = waiting_case(), official("ha")
    said(case.conversation, "Câu trước")
    desk_of(ha).post(f"/desk/cases/{case.number}/notes", {"private_note": "Đã gọi công an phường"})
    said(case.conversation, "Câu sau")
    response = desk_of(ha).get(f"/desk/cases/{case.number}")
    sides = [(line.side, line.text) for line in response.context["lines"]]
    assert sides == [("citizen", "Câu trước"), ("note", "Đã gọi công an phường"), ("citizen", "Câu sau")]
    assert "Ghi chú nội bộ" in response.content.decode()


def test_a_refused_note_keeps_what_was_typed() -> None:
    case, ha = waiting_case(), official("ha")
    response = desk_of(ha).post(f"/desk/cases/{case.number}/notes", {"private_note": "Nhờ @khong_ai xem"})
    assert response.status_code == 422
    assert "Nhờ @khong_ai xem</textarea>" in response.content.decode()


def test_what_came_since_the_last_look_is_marked_until_the_next() -> None:
    case, ha = waiting_case(), official("ha")
    said(case.conversation, "Câu đầu")
    desk = desk_of(ha)
    assert "Mới từ lần" not in page(desk, f"/desk/cases/{case.number}")
    new = said(case.conversation, "Câu mới")
    response = desk.get(f"/desk/cases/{case.number}")
    assert response.context["first_new"] == new.pk
    assert "Mới từ lần" not in page(desk, f"/desk/cases/{case.number}")


def test_a_page_that_stays_open_keeps_its_mark_and_its_first_turn() -> None:
    case, ha = waiting_case(), official("ha")
    first = said(case.conversation, "Câu đầu")
    desk = desk_of(ha)
    new = said(case.conversation, "Câu mới")
    live = f"/desk/cases/{case.number}?first={first.pk}&new={first.pk}"
    response = desk.get(live, headers={"HX-Request": "true"})
    assert response.context["first_new"] == new.pk
    assert [line.turn_id for line in response.context["lines"]] == [first.pk, new.pk]


def test_earlier_turns_are_shown_when_asked_for() -> None:
    case, ha = waiting_case(), official("ha")
    turns = [said(case.conversation, f"Câu {number}") for number in range(transcript.SHOWN + 2)]
    desk = desk_of(ha)
    response = desk.get(f"/desk/cases/{case.number}")
    shown = [line.text for line in response.context["lines"]]
    assert (len(shown), shown[0], shown[-1]) == (transcript.SHOWN, "Câu 2", f"Câu {len(turns) - 1}")
    earlier = f"/desk/cases/{case.number}/earlier?before={turns[2].pk}"
    assert earlier in response.content.decode()
    assert [line.text for line in desk.get(earlier).context["lines"]] == ["Câu 0", "Câu 1"]
    assert "Xem tin trước đó" not in page(desk, earlier)


def test_pictures_and_positions_of_the_citizen_are_shown(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    case, ha = waiting_case(), official("ha")
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "JPEG")
    photo = keep_photo(case.conversation, picture.getvalue())
    media = {"reference": photo.public_id, "media_type": "image/jpeg", "name": "", "size": 1}
    said(case.conversation, "", kind="photo", payload={"media": [media]})
    where = {"latitude": 21.028511, "longitude": 105.804817, "accuracy": None}
    said(case.conversation, "", kind="position", payload={"position": where})
    address = f"/desk/cases/{case.number}/photos/{photo.public_id}"
    shown = page(desk_of(ha), f"/desk/cases/{case.number}")
    assert address in shown
    assert "geo:21.02851,105.80482" in shown
    assert desk_of(ha).get(address)["Content-Type"] == "image/jpeg"
    stranger = official("la", ward())
    case.unit = ward("Phường Khác")
    case.save(update_fields=["unit"])
    assert desk_of(stranger).get(address).status_code == 404


def test_a_mention_counts_in_the_bar_and_opens_with_its_case() -> None:
    case, ha, minh = waiting_case(), official("ha"), official("minh")
    case_notes.add_note(case, ha, "Nhờ @minh gọi lại")
    desk = desk_of(minh)
    listed = page(desk, "/desk/mentions/")
    assert "Nhờ @minh gọi lại" in listed
    assert 'id="count-mentions">1<' in listed
    page(desk, f"/desk/cases/{case.number}")
    assert Mention.objects.get().seen_at is not None
    assert 'id="count-mentions">0<' in page(desk, "/desk/mentions/")


def test_colleagues_are_offered_to_who_sees_the_case() -> None:
    case, ha = waiting_case(), official("ha")
    official("minh")
    address = f"/desk/cases/{case.number}/colleagues?begun=mi"
    assert 'data-value="@minh"' in page(desk_of(ha), address)
    case.unit = ward()
    case.save(update_fields=["unit"])
    assert desk_of(official("la", ward("Phường Khác"))).get(address).status_code == 404


def test_labels_are_named_by_supervisors_and_put_on_the_page_of_a_case() -> None:
    chief, ha, case = official("truong", role=Staff.Role.SUPERVISOR), official("ha"), waiting_case()
    assert desk_of(ha).get("/desk/labels/").status_code == 403
    desk_of(chief).post("/desk/labels/", {"name": "Hẹn quầy"})
    label = labels.offered().get()
    address = f"/desk/cases/{case.number}/labels"
    desk_of(ha).post(address, {"put_on": label.pk})
    assert "gỡ nhãn" in page(desk_of(ha), f"/desk/cases/{case.number}")
    desk_of(ha).post(address, {"take_off": label.pk})
    assert not case.labels.exists()
    again = desk_of(chief).post("/desk/labels/", {"name": "Hẹn quầy"})
    assert (again.status_code, "Đã có nhãn tên này" in again.content.decode()) == (422, True)
    desk_of(chief).post(f"/desk/labels/{label.pk}", {"do": "retire"})
    assert not labels.offered().exists()
