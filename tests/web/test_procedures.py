"""The public pages of procedures: stable addresses, every part with its source, readable without a script."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

import starter
from knowledge_base.content import Attachment, Document, DocumentGroup, OnlineLevel
from knowledge_base.where import ASK_WARD
from office.places import load_places
from office.service_points import import_service_points
from tests.knowledge_base.contents import STARTER, known_only, procedure
from tests.knowledge_base.search_base import BIRTH, CONTENTS, RESIDENCE

pytestmark = pytest.mark.django_db

FILE = "https://csdl.dichvucong.gov.vn/ct01.docx"


def page_of(path: str, *, status: int = 200) -> str:
    response = Client().get(path)
    assert response.status_code == status
    return str(response.content.decode())


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_procedure_has_its_page_with_every_part_and_its_source(put_out) -> None:
    put_out(CONTENTS)
    page = page_of("/thu-tuc/1.004222")
    words = words_of(page)
    for label in ("Giấy tờ cần nộp", "Phí, lệ phí", "Thời hạn giải quyết", "Nơi nộp", "Căn cứ pháp lý"):
        assert f">{label}</h2>" in page
    assert "7 ngày làm việc" in words
    assert "tạm tính, kể từ khi nhận đủ hồ sơ; theo giấy hẹn" in words
    assert "Cập nhật đến 07/2026" in words
    assert "Nguồn của các mục (trừ mục ghi nguồn riêng): Văn bản chính thức · 163/QĐ-BTP" in words
    assert 'href="https://dichvucong.gov.vn/x"' in page
    assert "Nguồn chưa có thông tin về: Điều kiện" in words


def test_the_page_is_titled_described_and_structured_for_everyone(put_out) -> None:
    put_out(CONTENTS)
    page = page_of("/thu-tuc/1.004222")
    assert "<title>Đăng ký thường trú (1.004222) – Một Cửa, Hà Nội</title>" in page
    assert 'content="Đăng ký thường trú: giấy tờ cần nộp' in page
    assert page.count("<h1>") == 1
    assert all(f'id="{anchor}"' in page for anchor in re.findall(r'href="#([\w-]+)"', page))
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert {"<main", "<header", "<footer", "<nav"} <= set(re.findall(r"<\w+", page))
    assert "<script" not in page


def test_related_variants_are_named_with_their_codes(put_out) -> None:
    put_out(CONTENTS)
    assert "/thu-tuc/1.003583" in page_of(f"/thu-tuc/{BIRTH.code}")
    assert "/thu-tuc/1.000894" not in page_of(f"/thu-tuc/{BIRTH.code}")


def test_the_list_says_how_many_have_content_and_how_many_are_only_known(put_out) -> None:
    put_out([BIRTH, known_only()])
    words = words_of(page_of("/thu-tuc"))
    assert "1 thủ tục có nội dung, 1 thủ tục mới biết tên" in words


def test_a_page_does_not_ask_for_the_ward_as_a_chat_does(put_out) -> None:
    load_places()
    import_service_points(starter.SERVICE_POINTS)
    put_out([replace(BIRTH, field="Hộ tịch", agencies=("Ủy ban nhân dân cấp xã",))])
    words = words_of(page_of(f"/thu-tuc/{BIRTH.code}"))
    assert "Trung tâm Phục vụ hành chính công" in words
    assert ASK_WARD not in words


def test_unreviewed_content_says_so_and_official_content_does_not(put_out) -> None:
    put_out([procedure(STARTER), replace(BIRTH, code="2.000001")])
    assert "Nội dung minh hoạ, chưa được duyệt." in page_of("/thu-tuc/1.004222")
    assert "Nội dung minh hoạ" not in page_of("/thu-tuc/2.000001")


def test_a_catalogue_entry_shows_the_way_and_no_code_of_ours(put_out) -> None:
    put_out([*CONTENTS, known_only()])
    words = words_of(page_of("/thu-tuc/cat-karaoke-01"))
    assert "kho chưa có nội dung" in words
    assert "Sở Văn hóa và Thể thao" in words
    assert "cat-karaoke-01" not in words


def test_the_level_of_online_service_and_files_of_forms_are_shown(put_out) -> None:
    content = procedure(online_level=OnlineLevel.FULL, attachments=(Attachment(name="ct01.docx", path=FILE),))
    put_out([content])
    page = page_of("/thu-tuc/1.004222")
    assert "Nộp trực tuyến Toàn trình" in words_of(page)
    assert f'<a href="{FILE}" rel="noopener noreferrer">ct01.docx</a>' in page


def test_an_unknown_code_gets_a_page_that_helps(put_out) -> None:
    put_out(CONTENTS)
    page = page_of("/thu-tuc/9.999999", status=404)
    assert "Không có thủ tục mã “9.999999”" in page
    assert 'name="q"' in page


def test_what_stands_in_a_record_or_an_address_stays_text(put_out) -> None:
    put_out([procedure(steps="<script>alert(1)</script>", title="A <b>B</b>")])
    assert "<script" not in page_of("/thu-tuc/1.004222")
    assert "<script" not in page_of("/thu-tuc/%3Cscript%3E", status=404)
    assert "<b>" not in page_of("/thu-tuc?q=%3Cb%3E")


def test_the_search_works_without_marks_and_by_code(put_out) -> None:
    put_out(CONTENTS)
    page = page_of("/thu-tuc?q=dang+ky+thuong+tru")
    assert page.index("/thu-tuc/1.004222") < page.index("/thu-tuc/1.000894")
    assert Client().get("/thu-tuc?q=1.004222").headers["Location"] == "/thu-tuc/1.004222"
    assert "Chưa tìm thấy" in page_of("/thu-tuc?q=%20%3F%21")


def test_the_list_goes_by_field(put_out) -> None:
    put_out([*CONTENTS, *(replace(BIRTH, code=f"8.{number:06}") for number in range(60))])
    page = page_of("/thu-tuc")
    assert "?linh-vuc=C%C6%B0%20tr%C3%BA" in page
    assert "64 thủ tục" in page
    births = page_of("/thu-tuc?linh-vuc=Hộ tịch")
    assert births.count("<li>") == 50
    assert "trang 1 / 2" in births
    assert page_of("/thu-tuc?linh-vuc=Hộ tịch&trang=2").count("<li>") == 13
    assert RESIDENCE.title not in births


def test_the_papers_have_a_page_for_printing_with_boxes(put_out) -> None:
    group = DocumentGroup(
        heading="Ai cũng phải nộp",
        documents=(
            Document(text="Tờ khai", originals=1),
            Document(text="Giấy uỷ quyền", condition="chỉ khi nhờ người khác"),
        ),
        edited=True,
    )
    put_out([procedure(documents=(group,)), replace(BIRTH, documents=())])
    page = page_of("/thu-tuc/1.004222/giay-to")
    assert page.count('<input type="checkbox">') == 2
    assert words_of(page).index("Tờ khai (1 bản chính)") < words_of(page).index("Chỉ khi nhờ người khác")
    page_of(f"/thu-tuc/{BIRTH.code}/giay-to", status=404)


def test_without_a_release_the_page_says_so(put_out) -> None:
    assert "đang được chuẩn bị" in page_of("/thu-tuc", status=503)


def test_even_the_longest_procedure_with_its_style_is_below_100_kb(put_out) -> None:
    longest = "\n".join(f"Bước {number}: nộp hồ sơ tại bộ phận một cửa." for number in range(1_500))
    put_out([procedure(steps=longest)])
    response = Client().get("/thu-tuc/1.004222", headers={"Accept-Encoding": "gzip"})
    style = sum(Path(str(finders.find(name))).stat().st_size for name in ("colours.css", "procedures.css"))
    assert len(gzip.decompress(response.content)) > 90_000
    assert len(response.content) + style < 100_000


def test_pages_allow_nothing_but_their_own_style(put_out) -> None:
    put_out(CONTENTS)
    response = Client().get("/thu-tuc/1.004222")
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert not response.cookies
    assert Client().post("/thu-tuc").status_code == 405


def test_with_a_public_address_the_page_names_it(put_out, settings: Any) -> None:
    put_out(CONTENTS)
    assert "canonical" not in page_of("/thu-tuc/1.004222")
    settings.PUBLIC_URL = "https://motcua.example.vn"
    assert '<link rel="canonical" href="https://motcua.example.vn/thu-tuc/1.004222">' in page_of(
        "/thu-tuc/1.004222"
    )
