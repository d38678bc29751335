"""Rules of Hà Nội in the editor: seen before they are kept, kept once, registered, in the next release."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from knowledge_base import local_overrides
from knowledge_base.local_overrides import import_local_values, local_values
from knowledge_base.models import LocalOverride
from office.models import AuditEntry, Staff
from tests.web.editors import editor, put_in_use, signed_in

pytestmark = pytest.mark.django_db

LIST, NEW = "/editor/local-values", "/editor/local-values/new"
MARITAL = "1.004873"  # a charge of the council, online and at the counter
RULE = {
    "part": "fee",
    "procedure": MARITAL,
    "method": "online",
    "amount": "1.000",
    "effective_from": "2026-01-01",
    "decision": "Nghị quyết 9/2026/NQ-HĐND",
}


@pytest.fixture(autouse=True)
def _no_release(monkeypatch: pytest.MonkeyPatch) -> None:
    """Building a release has tests of its own and takes seconds."""
    for act in (local_overrides.add, local_overrides.change):
        monkeypatch.setitem(act.__kwdefaults__, "then", lambda: None)


@pytest.fixture
def client() -> Client:
    put_in_use(MARITAL)
    return signed_in(editor())


def text_of(response: HttpResponse) -> str:
    return unescape(response.content.decode())


def previewed(client: Client, address: str = NEW, **fields: str) -> HttpResponse:
    response: HttpResponse = client.post(address, {**RULE, **fields})
    return response


def confirmed(client: Client, address: str = NEW, **fields: str) -> HttpResponse:
    seen = previewed(client, address, **fields)
    response: HttpResponse = client.post(
        address,
        {**RULE, **fields, "confirm": seen.context["preview"].fingerprint},  # type: ignore[attr-defined]
    )
    return response


def test_only_editors_enter() -> None:
    agent = editor("canbo", role=Staff.Role.AGENT)
    for address in (LIST, NEW, "/editor/service-points"):
        assert signed_in(agent).get(address).status_code == 403
        assert Client().get(address).status_code == 302


def test_the_list_tells_what_holds_from_when_by_which_decision_and_who_checked_it(
    client: Client,
) -> None:
    import_local_values()
    text = text_of(client.get(LIST))
    for words in ("0 đồng", "77/2025/NQ-HĐND", "từ 01/01/2026", "chưa duyệt", "Đang áp dụng"):
        assert words in text


def test_the_list_is_searched_without_marks_and_filtered_by_how_things_stand(client: Client) -> None:
    import_local_values()
    assert "bưu chính" in text_of(client.get(LIST, {"q": "buu chinh"}))
    assert "77/2025" not in text_of(client.get(LIST, {"q": "buu chinh"}))
    assert "Chưa có quy định nào" in text_of(client.get(LIST, {"show": "ended"}))


def test_a_rule_is_kept_only_after_its_answers_were_seen(client: Client) -> None:
    seen = text_of(previewed(client))
    assert "Tại Hà Nội:" in seen
    assert "- Trực tuyến: 1.000 đồng" in seen
    assert not LocalOverride.objects.exists()
    assert client.post(NEW, {**RULE, "confirm": "another"}).status_code == 200
    assert not LocalOverride.objects.exists()
    assert confirmed(client).status_code == 302
    (value,) = local_values()
    assert (value.amount, value.procedure, value.reviewed_by) == (1_000, MARITAL, "")
    assert AuditEntry.objects.get(action="local_value.added").actor == Staff.objects.get()


def test_what_changed_after_the_preview_is_shown_again(client: Client) -> None:
    seen = previewed(client).context["preview"].fingerprint  # type: ignore[attr-defined]
    again = client.post(NEW, {**RULE, "amount": "2.000", "confirm": seen})
    assert "- Trực tuyến: 2.000 đồng" in text_of(again)
    assert not LocalOverride.objects.exists()


def test_two_editors_do_not_overwrite_one_another(client: Client) -> None:
    confirmed(client)
    address = f"{LIST}/{local_values()[0].key}"
    assert confirmed(client, address, seen="1", amount="2.000").status_code == 302
    late = confirmed(client, address, seen="1", amount="3.000")
    assert late.status_code == 409
    assert "Chưa lưu: đồng nghiệp vừa sửa" in text_of(late)
    assert local_values()[0].amount == 2_000


def test_a_rule_is_ended_by_its_last_day_and_the_register_says_so(client: Client) -> None:
    confirmed(client)
    yesterday = timezone.localdate() - timedelta(days=1)
    confirmed(client, f"{LIST}/{local_values()[0].key}", seen="1", effective_to=yesterday.isoformat())
    assert local_values()[0].effective_to == yesterday
    assert AuditEntry.objects.filter(action="local_value.ended").count() == 1
    assert "Đã hết hiệu lực" in text_of(client.get(LIST, {"show": "ended"}))


def test_only_who_reviews_may_say_that_a_rule_was_checked_and_a_change_undoes_it(client: Client) -> None:
    confirmed(client, reviewed="on")
    assert local_values()[0].reviewed_by == ""
    address = f"{LIST}/{local_values()[0].key}"
    reviewer = signed_in(editor("duyet", role=Staff.Role.REVIEWER))
    confirmed(reviewer, address, seen="1", reviewed="on")
    assert local_values()[0].reviewed_by == "Nguyễn Thu Hà"
    confirmed(client, address, seen="2", reviewed="on", note="đã hỏi Sở Tài chính")
    assert local_values()[0].reviewed_by == "Nguyễn Thu Hà"
    confirmed(client, address, seen="3", reviewed="on", amount="5.000")
    assert local_values()[0].reviewed_by == ""


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"amount": ""}, "ghi số tiền hoặc ghi quy định bằng chữ"),
        ({"decision": ""}, "số văn bản làm căn cứ"),
        ({"effective_from": ""}, "ngày bắt đầu áp dụng"),
        ({"effective_to": "2025-12-31"}, "không thể trước ngày bắt đầu"),
        ({"procedure": "9.999999"}, "Kho không có thủ tục mang mã này"),
        ({"read_on": "2999-01-01"}, "Ngày này chưa đến"),
    ],
)
def test_what_cannot_be_kept_is_told_at_its_field(client: Client, fields: dict[str, str], says: str) -> None:
    response = previewed(client, **fields)
    assert response.status_code == 422
    assert says in text_of(response)


def test_a_rule_opens_as_it_was_typed(client: Client) -> None:
    import_local_values()
    value = next(value for value in local_values() if value.key == "fee-online-appraisal")
    form = client.get(f"{LIST}/{value.key}").context["form"]
    assert form["kind"].value() == "appraisal"
    assert form["levels"].value() == ["Cấp tỉnh", "Cấp xã"]
    assert replace(value, effective_from=date(2026, 1, 1)) == value
