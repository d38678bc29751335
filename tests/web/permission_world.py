"""A small office for the permission table: a person of each kind, and one of each thing with an address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone
from PIL import Image

import starter
from casework import blocks, case_figures, cases, data_requests, reports
from casework.models import Appointment, Case, DataRequest, Label, ReplyTemplate, Report
from conversations import outbox
from conversations.messages import OutboundMessage
from conversations.models import Attachment, Conversation, Turn
from conversations.photos import keep_photo
from knowledge_base import uploads
from knowledge_base.importing import import_contents, read_sources
from knowledge_base.local_overrides import import_local_values
from knowledge_base.models import LocalOverride, Release
from office import api_keys, entrances, password_links
from office.models import CalendarDay, ServicePoint, SignedIn, Staff, Unit
from tests.casework.people import citizen, city, official, ward
from tests.web.editors import BIRTH, put_in_use

RECORD = '{"ma_thu_tuc": "1.000001", "ten_thu_tuc": "Cấp phép thử", "trinh_tu_thuc_hien": "Nộp hồ sơ."}'
Kwargs = Mapping[str, Any]
Role = Staff.Role


@dataclass(frozen=True, kw_only=True)
class World:
    """clients: a signed-in browser by column of the table. things: what an address needs, by name."""

    clients: Mapping[str, Client]
    things: Mapping[str, Kwargs]


@contextmanager
def world_in(folder: Path) -> Iterator[World]:
    """The office, with its files in a folder. Rows are the caller's to roll back."""
    with override_settings(MEDIA_ROOT=folder):
        lang, tay_ho = ward("Phường Láng", parent=city()), ward("Phường Tây Hồ", parent=city())
        people = _people(lang, tay_ho)
        things = {**_casework(lang, people["supervisor"]), **_office(people), **_content(people["editor"])}
        yield World(clients={"anonymous": Client(), **_signed_in(people)}, things=things)


def _people(lang: Unit, tay_ho: Unit) -> dict[str, Staff]:
    """Columns of the table; "agent" and "supervisor" belong to the unit, in whose charge the things are."""
    people = {
        "agent": official("canbo", lang),
        "agent_elsewhere": official("canbo-noi-khac", tay_ho),
        "agent_of_team": official("canbo-to"),
        "supervisor": official("phutrach", lang, role=Role.SUPERVISOR),
        "supervisor_elsewhere": official("phutrach-noi-khac", tay_ho, role=Role.SUPERVISOR),
        "supervisor_of_team": official("phutrach-to", role=Role.SUPERVISOR),
        "editor": official("bientap", role=Role.EDITOR),
        "reviewer": official("duyet", role=Role.REVIEWER),
        "administrator": official("quantri", city(), role=Role.ADMINISTRATOR),
        "administrator_of_unit": official("quantri-lang", lang, role=Role.ADMINISTRATOR),
    }
    for name in ("editor", "reviewer", "administrator"):
        people[name].units.clear()
    return people


def _signed_in(people: Mapping[str, Staff]) -> dict[str, Client]:
    clients = {column: Client() for column in people}
    for column, client in clients.items():
        client.force_login(people[column])
    return clients


def _casework(lang: Unit, supervisor: Staff) -> dict[str, Kwargs]:
    return {**_cases(lang, supervisor), **_reports(lang)}


def _cases(lang: Unit, supervisor: Staff) -> dict[str, Kwargs]:
    case, of_team, complainer, complained_since = _case(lang), _case(None), _case(lang), _case(lang)
    cases.claim(complained_since, supervisor)
    cases.close(complained_since, supervisor, "Đã trả lời")
    for conversation in (complainer.conversation, complained_since.conversation):
        _report(conversation, lang, named_unit=lang, kind=Report.Kind.SERVICE)
    blocked, asked = _case(lang).conversation, _case(lang).conversation
    block = blocks.block(blocked, supervisor, reason="threats", days=3)
    Case.objects.create(number="HT-2026-900001", conversation=blocked, unit=lang, reason=Case.Reason.ASKED)
    request = data_requests.enter(asked, DataRequest.Kind.DELETE)
    failed = Turn.objects.create(
        conversation=case.conversation, direction="out", status="failed", author="assistant",
        channel="zalo", account="oa", text="Xin chào", problem="Zalo: quá 48 giờ",
    )  # fmt: skip
    return {
        "case": {"number": case.number},
        "photo of a case": {"number": case.number, "public_id": _photo(case.conversation).public_id},
        "reply template of the unit": {
            "pk": ReplyTemplate.objects.create(name="Chào", text="Chào", unit=lang, set_at=timezone.now()).pk
        },
        "figure of cases": {"figure": next(iter(case_figures.FIGURE_OF))},
        "turn of a case": {"number": case.number, "turn_id": _answered(case).pk},
        "turn of who complained of the unit": {
            "number": complainer.number,
            "turn_id": _answered(complainer).pk,
        },
        "page of a release no longer kept": {"release": "release-0", "code": BIRTH},
        "appointment of a case": {"number": case.number, "appointment": _appointment(case, supervisor)},
        "label": {"pk": Label.objects.create(name="Khai sinh").pk},
        "case of the team": {"number": of_team.number},
        "case of who complained of the unit": {"number": complainer.number},
        "case closed by who is complained of since": {"number": complained_since.number},
        "block": {"pk": block.pk},
        "data request": {"number": request.number},
        "delivery": {"turn_id": failed.pk},
    }


def _case(unit: Unit | None) -> Case:
    case = cases.open_case(citizen(), reason=Case.Reason.ASKED, summary="Hỏi về khai sinh")
    if unit:
        Case.objects.filter(pk=case.pk).update(unit=unit)
    return case


def _answered(case: Case) -> Turn:
    """The assistant's reply to what the citizen asked."""
    asked = Turn.objects.create(
        conversation=case.conversation, direction="in", status="answered", author="citizen", text="Lệ phí?"
    )
    return outbox.queue(case.conversation, OutboundMessage(text="Miễn phí"), in_reply_to=asked)


def _appointment(case: Case, by: Staff) -> str:
    made = Appointment.objects.create(
        number="LH-2026-900001",
        case=case,
        video_link="https://hop.hanoi.gov.vn/1",
        starts_at=timezone.now() + timedelta(days=3),
        made_by=by,
    )
    return made.number


def _report(conversation: Conversation, unit: Unit, **more: Any) -> Report:
    told: dict[str, Any] = {"kind": Report.Kind.FIELD, "category": "chieu_sang", "text": "Đèn tắt", **more}
    filed = reports.file_report(conversation=conversation, ward=unit, **told).report
    if filed.named_unit is None:
        Report.objects.filter(pk=filed.pk).update(unit=unit)
    return filed


def _photo(conversation: Conversation) -> Attachment:
    picture = BytesIO()
    Image.new("RGB", (40, 30), "#467").save(picture, "JPEG")
    return keep_photo(conversation, picture.getvalue())


def _reports(lang: Unit) -> dict[str, Kwargs]:
    conversation = citizen()
    photo = _photo(conversation)
    report = _report(conversation, lang, photos=[photo])
    about = _report(citizen(), lang, named_unit=lang, kind=Report.Kind.SERVICE)
    Report.objects.filter(pk=report.pk).update(state=Report.State.TAKEN_IN)
    return {
        "report": {"code": report.code},
        "report about the unit": {"code": about.code},
        "act on a report": {"code": report.code, "act": "take-in"},
        "act on a report about the unit": {"code": about.code, "act": "take-in"},
        "photo of a report": {"code": report.code, "public_id": photo.public_id},
        "figure": {"figure": "received"},
    }


def _office(people: Mapping[str, Staff]) -> dict[str, Kwargs]:
    colleague, administrator = people["agent"], people["administrator"]
    browser = Client()
    browser.force_login(colleague)
    browser.get("/desk/account/")
    entrance = entrances.make(ward=colleague.units.get(), procedure="", note="", by=None)
    CalendarDay.objects.create(day=date(2026, 12, 24), is_working=False, source="Thử")
    link = password_links.make(colleague, kind=password_links.Kind.RESET, by=None)
    key = api_keys.make(name="iHanoi", unit=None, by=None).key
    return {
        "agent of the unit": {"number": colleague.pk},
        "an administrator": {"number": administrator.pk},
        "duty of the agent": {"username": colleague.username},
        "session of the agent": {"number": SignedIn.objects.get(staff=colleague).pk},
        "password link": {"words": link.words},
        "a section of the guide": {"slug": "dang-nhap"},
        "unit": {"code": colleague.units.get().code},
        "entrance": {"key": entrance.key},
        "API key": {"number": key.pk},
        "channel": {"channel": "telegram"},
        "day": {"day": "2026-12-24"},
        "setting": {"name": "terms.intake_hours"},
    }


def _content(editor: Staff) -> dict[str, Kwargs]:
    put_in_use(BIRTH)
    import_contents(read_sources(starter.ARTICLES / "iparking.yaml"))
    import_local_values()
    Release.objects.create(name="release-0", manifest={}, built_at=timezone.now())
    point = ServicePoint.objects.create(
        code="cong-an-lang", kind="police", name="Công an phường Láng", source="Thử"
    )
    upload = uploads.examine(SimpleUploadedFile("a.jsonl", RECORD.encode()), by=editor)
    return {
        "procedure": {"code": BIRTH},
        "part of a procedure": {"code": BIRTH, "section": "steps"},
        "revision of a procedure": {"code": BIRTH, "number": 1},
        "article": {"slug": "iparking"},
        "revision of an article": {"slug": "iparking", "number": 1},
        "rule of the city": {"key": LocalOverride.objects.values_list("key", flat=True)[0]},
        "service point": {"code": point.code},
        "upload": {"upload": upload.pk},
        "record of an upload": {
            "upload": upload.pk,
            "position": upload.records.values_list("position", flat=True)[0],
        },
    }
