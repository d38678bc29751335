"""The search page of the desk: what it marks, where it leads, how it narrows and pages."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework import cases
from conversations.models import Turn
from office.models import Staff
from office.word_index import Words
from tests.casework.people import citizen, official, ward
from tests.web.test_desk import desk_of, filed, page, waiting_case
from web.desk import search
from web.desk.found_words import LENGTH, pieces

pytestmark = pytest.mark.django_db


def test_the_search_page_is_for_who_works_at_the_desk(client: Client) -> None:
    assert client.get("/desk/search?q=den").status_code == 302
    assert desk_of(official("bientap", role=Staff.Role.EDITOR)).get("/desk/search?q=den").status_code == 403


def test_without_words_the_page_offers_the_box_alone() -> None:
    desk = desk_of(official("ha"))
    for address in ("/desk/search", "/desk/search?q=", "/desk/search?q=%22*%22"):
        text = page(desk, address)
        assert 'type="search"' in text
        assert "Không tìm thấy" not in text


def test_what_is_found_is_grouped_marked_and_leads_to_where_it_stands() -> None:
    here = citizen("Chị Mai")
    turn = Turn.objects.create(
        conversation=here, direction="in", status="answered", author="citizen", text="Đèn đường nhà tôi tắt"
    )
    case, report = waiting_case("Hỏi về đèn đường", here), filed(text="Đèn đường tắt ba ngày")
    text = page(desk_of(official("ha")), "/desk/search?q=den+duong")
    assert f'href="/desk/cases/{case.number}"' in text
    assert f'href="/desk/cases/{case.number}?first={turn.pk}#turn-{turn.pk}"' in text
    assert f'href="/desk/reports/{report.code}"' in text
    assert "<mark>Đèn</mark> <mark>đường</mark> nhà tôi tắt" in text


def test_one_kind_is_paged() -> None:
    made = [waiting_case("Khai sinh") for _ in range(23)]
    desk = desk_of(official("ha"))
    everything = page(desk, "/desk/search?q=khai+sinh")
    assert made[-1].number in everything
    assert made[-6].number not in everything
    assert "kind=cases" in everything
    second = page(desk, "/desk/search?q=khai+sinh&kind=cases&page=2")
    assert [case.number for case in made if case.number in second] == [case.number for case in made[:3]]


def test_after_the_last_page_a_list_goes_on_below_its_last_row_and_shows_each_row_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search, "A_PAGE", 3)
    monkeypatch.setattr(search, "LAST_PAGE", 2)
    made = [waiting_case("Khai sinh") for _ in range(14)]  # all of one day, more than two lists
    desk, today = desk_of(official("ha")), timezone.localdate().isoformat()
    address: str | None = f"?q=khai+sinh&kind=cases&since={today}&until={today}"
    shown: list[str] = []
    for _ in range(9):
        if not address:
            break
        text = page(desk, f"/desk/search{address}")
        shown += re.findall(r'href="/desk/cases/([^"?#]+)"', text)
        older = re.search(r'href="([^"]+)">(?:Cũ hơn →|xem tiếp những kết quả cũ hơn)', text)
        address = unescape(older[1]) if older else None
    assert shown == [case.number for case in reversed(made)]


def test_the_end_of_a_list_says_so_and_what_follows_leads_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "LAST_PAGE", 2)
    made = [waiting_case("Khai sinh") for _ in range(41)]
    desk = desk_of(official("ha"))
    first, last = (page(desk, f"/desk/search?q=khai+sinh&kind=cases&page={number}") for number in (1, 3))
    older = f"?q=khai+sinh&amp;kind=cases&amp;below={made[1].pk}"
    assert older not in first
    assert "Đây là 40 kết quả mới nhất" in last
    assert older in last
    further = page(desk, f"/desk/search?q=khai+sinh&kind=cases&below={made[1].pk}")
    assert made[0].number in further
    assert made[1].number not in further
    assert 'href="?q=khai+sinh&amp;kind=cases">← Về mới nhất' in further
    for odd in ("below=0", "below=-1", "below=²", f"below={'9' * 40}", "below=x"):
        assert page(desk, f"/desk/search?q=khai+sinh&kind=cases&{odd}")
    assert page(desk, "/desk/search?q=ha&kind=staff&below=1")
    assert page(desk, "/desk/search?q=&kind=cases&page=3")


def test_nothing_found_is_said_with_what_to_do() -> None:
    text = page(desk_of(official("ha")), "/desk/search?q=khong+co+chu+nay&state=open")
    assert "Không tìm thấy “khong co chu nay”" in text
    assert "bỏ lọc" in text


def test_what_is_not_offered_narrows_nothing() -> None:
    case = waiting_case("Khai sinh")
    cases.claim(case, official("khac", ward()))
    desk = desk_of(official("ha"))
    odd = "unit=khong-co&channel=khong-co&state=q&staff=khac&since=2026-13-45&until=x&kind=x&page=-1"
    assert case.number in page(desk, f"/desk/search?q=khai+sinh&{odd}")


def test_a_longer_list_costs_no_more_queries() -> None:
    desk = desk_of(official("ha"))
    _found_by_all_kinds()
    few = _queries_of_a_search(desk)
    for _ in range(30):
        _found_by_all_kinds()
    assert _queries_of_a_search(desk) <= few


def _found_by_all_kinds() -> None:
    waiting_case("Khai sinh")
    filed(text="Khai sinh chậm")


def _queries_of_a_search(desk: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        desk.get("/desk/search?q=khai+sinh")
    return len(queries)


def test_a_colleague_leads_to_the_account_or_to_the_open_cases_of_who_is_overseen() -> None:
    ba_dinh = ward()
    lan, quynh = official("lan", ba_dinh), official("quynh", ward("Phường Tây Hồ"))
    account = f'href="/desk/staff/{lan.pk}"'
    cases_of_lan, cases_of_quynh = (f'href="/desk/board/?person={one.username}"' for one in (lan, quynh))
    overseer = desk_of(official("truong", ba_dinh, role=Staff.Role.SUPERVISOR))
    assert account in page(desk_of(official("quantri", role=Staff.Role.ADMINISTRATOR)), "/desk/search?q=lan")
    assert cases_of_lan in page(overseer, "/desk/search?q=lan")
    assert cases_of_quynh not in page(overseer, "/desk/search?q=quynh")
    plain = page(desk_of(official("ha", ba_dinh)), "/desk/search?q=lan")
    assert "Cán bộ" in plain
    assert account not in plain
    assert cases_of_lan not in plain


# The stretch that is shown


def marked(text: str, typed: str) -> str:
    return "".join(f"[{one.text}]" if one.is_hit else one.text for one in pieces(text, Words.of(typed)))


def test_hits_are_marked_whatever_marks_were_typed() -> None:
    assert marked("Đèn đường, ĐÈN ngõ", "den du") == "[Đèn] [đường], [ĐÈN] ngõ"
    assert marked("Đèn", "khac") == "Đèn"
    assert marked("", "den") == ""


def test_of_a_long_text_the_stretch_around_the_first_hit_is_shown() -> None:
    shown = marked(f"{'chữ ' * 200}đèn {'sau ' * 200}", "den")
    assert "[đèn]" in shown
    assert shown.startswith("… chữ")
    assert shown.endswith("sau …")
    assert len(shown) <= LENGTH + 10


def test_a_text_without_spaces_is_cut_all_the_same() -> None:
    assert len(marked("x" * 5_000, "den")) <= LENGTH + 10
