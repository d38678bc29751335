"""An editor at work for the tests: signed in, with procedures of the starter in use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.forms import Form
from django.http import QueryDict
from django.test import Client

from knowledge_base.content import ProcedureContent
from knowledge_base.content_json import from_json
from knowledge_base.importing import import_contents, read_sources
from knowledge_base.models import Revision
from office.models import Staff
from web.editor.section_forms import RowsWithin, open_section
from web.editor.sections import Section

STARTER = Path(__file__).resolve().parents[2] / "starter" / "procedures"
BIRTH = "1.001193"
SOURCE = {"source-decision": "77/2025/NQ-HĐND", "source-date": "2026-01-01"}


def put_in_use(*codes: str) -> None:
    for code in codes:
        report = import_contents(read_sources(STARTER / f"{code}.yaml"))
        assert [line.outcome.value for line in report.lines] == ["new"]


def starter_content(code: str = BIRTH) -> ProcedureContent:
    record = next(iter(read_sources(STARTER / f"{code}.yaml")))
    assert hasattr(record, "content"), record
    return record.content


def editor(username: str = "bientap", *, role: str = Staff.Role.EDITOR) -> Staff:
    staff: Staff = Staff.objects.create_user(username, first_name="Thu Hà", last_name="Nguyễn", role=role)
    return staff


def signed_in(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def live(code: str = BIRTH) -> Revision:
    return Revision.objects.get(procedure__code=code, status=Revision.Status.LIVE)


def live_content(code: str = BIRTH) -> ProcedureContent:
    return from_json(live(code).content)


def as_opened(content: ProcedureContent, section: Section) -> dict[str, str]:
    """What a browser would send when the section is opened and nothing is typed."""
    form: Any = open_section(section, content)
    rows = getattr(form, "rows", None)
    if rows is None:
        return _fields(form)
    if not isinstance(rows, RowsWithin):
        return {**_fields(rows.management_form), **_all(rows.forms)}
    sent = _fields(rows.outer.management_form)
    for outer, inner in rows.pairs:
        sent |= {**_fields(outer), **_fields(inner.management_form), **_all(inner.forms)}
    return sent


def typed(fields: dict[str, str]) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(fields)
    return data


def _all(forms: list[Form]) -> dict[str, str]:
    return {name: value for form in forms for name, value in _fields(form).items()}


def _fields(form: Form) -> dict[str, str]:
    """The named values of a form as a browser would send them: an unticked box sends nothing."""
    values = {field.html_name: field.value() for field in form}
    sent = {
        name: "on" if value is True else value
        for name, value in values.items()
        if value is not None and value is not False
    }
    return {name: str(value) for name, value in sent.items()}
