"""Editors set the days on which a revision begins and a procedure ends, and see them; answers tell them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from knowledge_base import releases
from knowledge_base.effective_dates import apply_dates
from knowledge_base.importing import Outcome, import_contents, read_sources
from knowledge_base.models import Revision
from knowledge_base.releases import pinned_library
from office.models import AuditEntry, Staff
from tests.knowledge_base.search_base import ENCODER
from tests.web.editors import BIRTH, STARTER, editor, live, put_in_use, signed_in
from tests.web.test_editor import draft_made, text_of

pytestmark = pytest.mark.django_db
PAGE = f"/editor/procedures/{BIRTH}"
OTHER = "1.000894"


@pytest.fixture(autouse=True)
def _in_use(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.RELEASES_ROOT = tmp_path / "releases"
    monkeypatch.setattr(releases, "encoder", lambda: ENCODER)
    monkeypatch.setattr(releases, "_shelf", releases._Shelf())
    put_in_use(BIRTH, OTHER)


@pytest.fixture
def client() -> Client:
    return signed_in(editor())


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


def written(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def sent(client: Client, path: str, **fields: str) -> str:
    """What the page says after the form was posted."""
    return text_of(client.post(path, fields, follow=True))


def scheduled(client: Client) -> Revision:
    draft = draft_made(client)
    said = sent(client, f"{PAGE}/revisions/{draft.number}/schedule", day=tomorrow().isoformat())
    assert f"sẽ tự dùng từ ngày {written(tomorrow())}" in said
    draft.refresh_from_db()
    assert draft.status == Revision.Status.SCHEDULED
    return draft


def withdrawn(client: Client, day: date, **more: str) -> str:
    fields = {"day": day.isoformat(), "decision": "12/QĐ-BTP", "replaced_by": OTHER, **more}
    return sent(client, f"{PAGE}/withdraw", **fields)


def test_a_draft_is_scheduled_shown_told_ahead_and_called_off(client: Client) -> None:
    draft = scheduled(client)
    assert f"tự dùng từ ngày {written(tomorrow())}" in text_of(client.get(PAGE))
    assert f"Từ ngày {written(tomorrow())} thay đổi" in text_of(Client().get(f"/thu-tuc/{BIRTH}"))
    assert "Đã bỏ hẹn" in sent(client, f"{PAGE}/revisions/{draft.number}/call-off")
    assert "thay đổi" not in text_of(Client().get(f"/thu-tuc/{BIRTH}"))


def test_on_its_day_the_scheduled_revision_is_what_the_assistant_quotes(client: Client) -> None:
    scheduled(client)
    noon = timezone.now() + timedelta(days=1)
    assert apply_dates(noon).begun == (BIRTH,)
    with pinned_library() as library:
        content = library.content(BIRTH)
    assert content.methods[0].fees[0].amount == 15_000
    assert content.validity is not None
    assert content.validity.since == tomorrow().isoformat()
    assert "Có hiệu lực từ" in text_of(Client().get(f"/thu-tuc/{BIRTH}"))


@pytest.mark.parametrize("day", ["", "hôm nào đó", "2020-01-01"])
def test_a_day_that_is_none_or_has_begun_is_refused_with_what_to_do(client: Client, day: str) -> None:
    draft = draft_made(client)
    said = sent(client, f"{PAGE}/revisions/{draft.number}/schedule", day=day)
    assert "chọn ngày" in said or "chọn một ngày sau hôm nay" in said
    draft.refresh_from_db()
    assert draft.status == Revision.Status.DRAFT


def test_a_procedure_is_withdrawn_today_and_says_what_replaces_it(client: Client) -> None:
    assert "đã bãi bỏ từ ngày" in withdrawn(client, timezone.localdate())
    page = text_of(Client().get(f"/thu-tuc/{BIRTH}"))
    assert f"bãi bỏ từ ngày {written(timezone.localdate())} theo 12/QĐ-BTP, thay bằng thủ tục" in page
    assert "Xem thủ tục thay thế" in page
    assert "Giấy tờ cần nộp" not in page
    assert Client().get(f"/thu-tuc/{BIRTH}/giay-to").status_code == 302
    entry = AuditEntry.objects.get(action="revision.withdrawal_set")
    assert entry.actor == Staff.objects.get(username="bientap")


def test_a_withdrawn_procedure_is_found_under_its_tab_and_brought_back(client: Client) -> None:
    withdrawn(client, timezone.localdate())
    assert f"{PAGE}" not in client.get("/editor/").content.decode()
    assert f"{PAGE}" in client.get("/editor/?show=withdrawn").content.decode()
    page = client.get(PAGE).content.decode()
    assert "Đã bãi bỏ" in page
    assert "/edit/" not in page
    number = Revision.objects.get(procedure__code=BIRTH).number
    assert "Dùng lại bản này" in text_of(client.get(f"{PAGE}/revisions/{number}"))
    client.post(f"{PAGE}/revisions/{number}/bring-back")
    assert live().number == number + 1
    assert "bãi bỏ" not in text_of(Client().get(f"/thu-tuc/{BIRTH}"))


def test_a_withdrawal_to_come_is_told_ahead_and_taken_back(client: Client) -> None:
    assert "sẽ bãi bỏ từ ngày" in withdrawn(client, tomorrow())
    page = text_of(Client().get(f"/thu-tuc/{BIRTH}"))
    assert f"bãi bỏ từ ngày {written(tomorrow())}" in page
    assert "Giấy tờ cần nộp" in page
    assert "Đã bỏ việc bãi bỏ" in sent(client, f"{PAGE}/keep")
    assert "bãi bỏ" not in text_of(Client().get(f"/thu-tuc/{BIRTH}"))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"replaced_by": BIRTH}, "phải là một thủ tục khác đang dùng"),
        ({"replaced_by": "9.999999"}, "phải là một thủ tục khác đang dùng"),
        ({"decision": ""}, "số văn bản bãi bỏ"),
    ],
)
def test_a_withdrawal_without_its_decision_or_with_no_such_replacement_is_refused(
    client: Client, fields: dict[str, str], said: str
) -> None:
    assert said in withdrawn(client, tomorrow(), **fields)
    assert live().effective_to is None


def test_who_does_not_edit_sets_no_days(client: Client) -> None:
    agent = signed_in(editor("truc", role=Staff.Role.AGENT))
    assert agent.post(f"{PAGE}/withdraw", {"day": "2030-01-01"}).status_code == 403
    assert client.get(f"{PAGE}/withdraw").status_code == 405


def test_an_import_does_not_bring_a_withdrawn_procedure_back(client: Client) -> None:
    withdrawn(client, timezone.localdate())
    report = import_contents(read_sources(STARTER / f"{BIRTH}.yaml"))
    assert [line.outcome for line in report.lines] == [Outcome.REFUSED]
    assert "đã bãi bỏ" in report.lines[0].reason
    assert not Revision.objects.filter(procedure__code=BIRTH, status=Revision.Status.LIVE).exists()
