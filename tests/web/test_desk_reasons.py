"""Why the assistant answered so, from the release of that day; and what else a citizen has with us."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from casework import around_case, cases
from casework.models import Case
from conversations import outbox
from conversations.messages import OutboundMessage
from conversations.models import Conversation, Turn
from knowledge_base.releases import pinned_library
from knowledge_base.tracing import Trace
from tests.casework.people import citizen, official, ward
from tests.knowledge_base.search_base import BIRTH, CONTENTS
from tests.web.conftest import PutOut
from tests.web.test_desk import desk_of, filed, page, waiting_case

pytestmark = pytest.mark.django_db

FEE_THEN = "Phí, lệ phí"


def answered(case: Case, question: str = "lệ phí đăng ký khai sinh") -> Turn:
    """A question that was searched for on the release in force, and the assistant's reply to it."""
    with pinned_library() as library:
        trace = Trace.of(library.search(question)).to_json()
        asked = Turn.objects.create(
            conversation=case.conversation,
            direction="in",
            status="answered",
            author="citizen",
            text=question,
            search=trace,
            release=library.name,
        )
        detail = {"move": "answer", "code": BIRTH.code, "part": "fee"}
        message = OutboundMessage(text="Lệ phí …", detail=detail)
        return outbox.queue(case.conversation, message, in_reply_to=asked, release=library.name)


def test_a_reply_shows_what_was_understood_found_and_quoted(put_out: PutOut) -> None:
    put_out(CONTENTS)
    case, ha = waiting_case(), official("ha")
    reply = answered(case)
    address = f"/desk/cases/{case.number}/turns/{reply.pk}/why"
    assert address in page(desk_of(ha), f"/desk/cases/{case.number}")
    reason = desk_of(ha).get(address).context["reason"]
    assert reason.trace.asked == "lệ phí đăng ký khai sinh"
    assert reason.hits[0].code == BIRTH.code
    assert reason.outcome in ("Trả lời", "Hỏi lại cho rõ", "Chưa biết, không trả lời")
    assert (reason.release, reason.part_label) == ("release-0", FEE_THEN)


def test_a_past_source_reads_as_it_did_that_day(put_out: PutOut) -> None:
    put_out(CONTENTS)
    put_out([replace(BIRTH, title="Đăng ký khai sinh, bản mới")])
    desk = desk_of(official("ha"))
    then = page(desk, f"/desk/releases/release-0/{BIRTH.code}?part=fee")
    assert BIRTH.title in then
    assert "Phần đã trích" in then
    assert "Đăng ký khai sinh, bản mới" in page(desk, f"/desk/releases/release-1/{BIRTH.code}")
    assert desk.get("/desk/releases/release-0/9.999999").status_code == 404
    assert desk.get(f"/desk/releases/no-such/{BIRTH.code}").status_code == 404


def test_a_release_that_is_gone_is_said_to_be_gone(put_out: PutOut, settings: Any) -> None:
    put_out(CONTENTS)
    shutil.rmtree(Path(settings.RELEASES_ROOT) / "release-0")
    response = desk_of(official("ha")).get(f"/desk/releases/release-0/{BIRTH.code}")
    assert (response.status_code, "không xem lại được" in response.content.decode()) == (410, True)


def test_the_reason_of_a_turn_is_for_who_sees_its_case(put_out: PutOut) -> None:
    put_out(CONTENTS)
    case, other = waiting_case(), waiting_case()
    reply = answered(case)
    desk = desk_of(official("ha"))
    assert desk.get(f"/desk/cases/{other.number}/turns/{reply.pk}/why").status_code == 404
    case.unit = ward()
    case.save(update_fields=["unit"])
    stranger = desk_of(official("la", ward("Phường Khác")))
    assert stranger.get(f"/desk/cases/{case.number}/turns/{reply.pk}/why").status_code == 404


def told(conversation: Conversation, text: str) -> None:
    Turn.objects.create(
        conversation=conversation, direction="in", status="answered", author="citizen", text=text
    )


def test_the_aside_shows_what_else_this_citizen_has_with_the_office() -> None:
    ha = official("ha")
    here = citizen()
    former = waiting_case("Hỏi tạm trú", here)
    cases.claim(former, ha)
    cases.close(former, ha, "Đã trả lời xong")
    report = filed(here)
    case = waiting_case("Hỏi khai sinh", here)
    told(here, "Hồ sơ H26.12-251103-0012 của tôi đến đâu rồi")
    told(here, "mã H26.12-251103-0012 ạ")
    text = page(desk_of(ha), f"/desk/cases/{case.number}")
    assert former.number in text
    assert "Đã trả lời xong" in text
    assert report.code in text
    assert around_case.dossiers(case) == ("H26.12-251103-0012",)


def test_a_report_on_ones_own_office_is_not_among_them() -> None:
    unit = ward()
    ha, here = official("ha", unit), citizen()
    case = waiting_case("Hỏi", here)
    assert cases.claim(case, ha)
    filed(here, kind="service", category="thai_do", named_unit=unit)
    assert list(around_case.reports(case, ha)) == []
