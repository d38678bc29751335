"""The composer: a part of a regulation is found, read, and goes out word for word below the reply."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from casework import cases, drafts, reply_templates
from casework.models import Case, ReplyTemplate
from conversations import outbox
from conversations.models import Turn
from office.models import Staff
from tests.casework.people import citizen, official
from tests.knowledge_base.search_base import BIRTH, CONTENTS
from tests.web.conftest import PutOut
from tests.web.test_desk import desk_of

pytestmark = pytest.mark.django_db


def claimed_by(staff: Staff) -> Case:
    case = cases.open_case(citizen(), reason=Case.Reason.ASKED, summary="Hỏi về khai sinh")
    assert cases.claim(case, staff)
    return case


def composed(desk: Client, case: Case, do: str, **form: str) -> Any:
    return desk.post(f"/desk/cases/{case.number}/compose", {"do": do, **form})


def chosen(desk: Client, case: Case, **form: str) -> str:
    """What the form carries once the fee of a birth registration was chosen."""
    page = composed(desk, case, f"quote:{BIRTH.code}|fee", **form)
    return str(page.context["composing"].quoted_as)


def sent(desk: Client, case: Case, **form: str) -> Any:
    return desk.post(f"/desk/cases/{case.number}/reply", {"last_sent": "0", **form})


def last_turn(case: Case) -> Turn:
    turn = case.conversation.turns.filter(author="official").last()
    assert turn is not None
    return turn


def test_the_search_finds_as_the_assistant_does_and_keeps_what_was_typed(put_out: PutOut) -> None:
    put_out(CONTENTS)
    ha = official("ha")
    page = composed(desk_of(ha), claimed_by(ha), "seek", sought="đăng ký khai sinh", text="Chào anh/chị,")
    found = page.context["composing"].found
    assert found[0].code == BIRTH.code
    assert ("fee", "Phí, lệ phí") in found[0].parts
    assert "Chào anh/chị," in page.content.decode()


def test_a_part_is_previewed_word_for_word_before_anything_is_sent(put_out: PutOut) -> None:
    put_out(CONTENTS)
    ha = official("ha")
    case = claimed_by(ha)
    page = composed(desk_of(ha), case, f"quote:{BIRTH.code}|fee", text="Lệ phí như sau:")
    quoted = page.context["composing"].quoted
    assert quoted.text in page.content.decode()
    assert quoted.citation.code == BIRTH.code
    draft = drafts.of(case, ha)
    assert draft is not None
    assert draft.quoted == {"code": BIRTH.code, "part": "fee"}
    assert not case.conversation.turns.filter(author="official").exists()


def test_a_quoted_part_goes_out_below_the_words_with_its_source_and_release(put_out: PutOut) -> None:
    put_out(CONTENTS)
    ha = official("ha")
    case, desk = claimed_by(ha), desk_of(ha)
    response = sent(desk, case, text="Lệ phí như sau:", quoted=chosen(desk, case))
    assert response.status_code == 302
    turn = last_turn(case)
    message = outbox.message_of(turn)
    assert message.quoted is not None
    assert message.citation == message.quoted.citation
    assert turn.text == f"Lệ phí như sau:\n\n{message.quoted.heading}\n{message.quoted.text}"
    assert message.own_words == "Lệ phí như sau:"
    assert turn.release == "release-0"
    assert "Quoted" in message.quoted.spans


def test_a_quotation_may_go_alone_and_the_page_shows_it_apart(put_out: PutOut) -> None:
    put_out(CONTENTS)
    ha = official("ha")
    case, desk = claimed_by(ha), desk_of(ha)
    sent(desk, case, text="", quoted=chosen(desk, case))
    line = desk.get(f"/desk/cases/{case.number}").context["lines"][-1]
    assert (line.text, line.quoted.part) == ("", "fee")


def test_two_parts_may_go_one_after_the_other_from_the_same_page_and_each_once(put_out: PutOut) -> None:
    put_out(CONTENTS)
    ha = official("ha")
    case, desk = claimed_by(ha), desk_of(ha)
    fee = chosen(desk, case)
    papers = composed(desk, case, f"quote:{BIRTH.code}|documents").context["composing"].quoted_as
    for part in (fee, fee, papers, papers):
        sent(desk, case, text="", quoted=part)
    said = case.conversation.turns.filter(author="official").order_by("id")
    assert [turn.payload["quoted"]["part"] for turn in said] == ["fee", "documents"]


def test_what_an_official_saw_is_what_goes_out_or_nothing_does(put_out: PutOut) -> None:
    put_out(CONTENTS)
    ha = official("ha")
    case, desk = claimed_by(ha), desk_of(ha)
    seen = chosen(desk, case)
    put_out([replace(BIRTH, title="Đăng ký khai sinh, bản mới")])
    refused = sent(desk, case, text="Lệ phí:", quoted=seen)
    assert refused.status_code == 409
    assert "vừa được cập nhật" in refused.content.decode()
    assert "Lệ phí:" in refused.content.decode()
    assert not case.conversation.turns.filter(author="official").exists()


@pytest.mark.parametrize("named", ["1.001193|no-such-part", "9.999999|fee", "x"])
def test_what_the_release_does_not_hold_cannot_be_quoted(put_out: PutOut, named: str) -> None:
    put_out(CONTENTS)
    ha = official("ha")
    case, desk = claimed_by(ha), desk_of(ha)
    page = composed(desk, case, f"quote:{named}", text="Chào chị")
    assert page.context["composing"].quoted is None
    assert "không còn trong nội dung đang dùng" in page.content.decode()
    forged = sent(desk, case, text="Chào chị", quoted=f"{named}|0")
    assert forged.status_code == 409


def test_without_a_release_the_composer_says_so_and_words_still_go(client: Client) -> None:
    ha = official("ha")
    case, desk = claimed_by(ha), desk_of(ha)
    assert "Chưa có bản phát hành" in composed(desk, case, "seek", sought="khai sinh").content.decode()
    sent(desk, case, text="Chào chị", sought="khai sinh")
    assert last_turn(case).text == "Chào chị"


def test_a_part_chosen_can_be_dropped(put_out: PutOut) -> None:
    put_out(CONTENTS)
    ha = official("ha")
    case, desk = claimed_by(ha), desk_of(ha)
    page = composed(desk, case, "drop", quoted=chosen(desk, case), text="Chào chị")
    assert page.context["composing"].quoted is None
    assert "Chào chị" in page.content.decode()


def test_who_may_not_see_the_case_composes_nothing() -> None:
    ha = official("ha")
    case = claimed_by(ha)
    editor = official("bt", role=Staff.Role.EDITOR)
    assert composed(desk_of(editor), case, "seek", sought="x").status_code == 403


def test_a_template_is_put_below_what_is_written_and_filled_in() -> None:
    reply_templates.load_starter()
    ha = official("ha")
    case = claimed_by(ha)
    apology = ReplyTemplate.objects.get(name="Xin lỗi vì để chờ lâu")
    page = composed(desk_of(ha), case, "template", template=str(apology.pk), text="Chào chị.")
    assert page.context["composing"].text.startswith("Chào chị.\n\nXin lỗi Chị Mai")


def test_what_a_template_leaves_open_is_told_and_not_sent() -> None:
    reply_templates.load_starter()
    ha = official("ha")
    case = claimed_by(ha)
    counter = ReplyTemplate.objects.get(name="Mời đến điểm tiếp nhận")
    page = composed(desk_of(ha), case, "template", template=str(counter.pk))
    assert page.context["composing"].missing == ("điểm tiếp nhận của đơn vị giữ hồ sơ",)
    refused = sent(desk_of(ha), case, text=page.context["composing"].text)
    assert refused.status_code == 400
    assert "Còn chỗ chưa điền" in refused.content.decode()


def test_templates_are_offered_by_the_beginning_of_a_word() -> None:
    reply_templates.load_starter()
    ha = official("ha")
    response = desk_of(ha).get(f"/desk/cases/{claimed_by(ha).number}/reply-templates?begun=loi")
    assert "Lời kết" in response.content.decode()
    assert "Cần thời gian" not in response.content.decode()


def test_supervisors_write_templates_and_see_them_with_an_example_first() -> None:
    chief, ha = official("truong", role=Staff.Role.SUPERVISOR), official("ha")
    assert desk_of(ha).get("/desk/reply-templates/").status_code == 403
    desk = desk_of(chief)
    form = {"name": "Chào", "text": "Chào {ten_nguoi_dan}", "unit": "", "topic": ""}
    assert "Chào Chị Mai" in desk.post("/desk/reply-templates/", form | {"do": "preview"}).content.decode()
    assert not ReplyTemplate.objects.exists()
    assert desk.post("/desk/reply-templates/", form | {"do": "save"}).status_code == 302
    kept = ReplyTemplate.objects.get()
    wrong = desk.post(f"/desk/reply-templates/{kept.pk}", form | {"do": "save", "text": "Chào {ai}"})
    assert (wrong.status_code, "Không có biến {ai}" in wrong.content.decode()) == (422, True)
    desk.post(f"/desk/reply-templates/{kept.pk}", form | {"do": "retire"})
    kept.refresh_from_db()
    assert kept.retired_at is not None
