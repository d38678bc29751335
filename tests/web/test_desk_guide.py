"""The guide for the first day: every section, every picture, and a way to it from every page of the desk."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from casework import cases
from casework.models import Case
from office.models import Staff
from tests.casework.people import citizen, official
from web.desk.guide import SECTIONS, address_about
from web.desk.urls import urlpatterns

pytestmark = pytest.mark.django_db

PICTURES = Path(settings.BASE_DIR) / "web" / "static" / "guide"
#: Bytes of all pictures: an office with a thin line reads them on its first day.
LIMIT = 1_500_000
NAMED = re.compile(r'include "desk/guide/_picture.html" with name="([^"]+)" alt="([^"]+)"')


def sources() -> list[str]:
    folder = Path(settings.BASE_DIR) / "web" / "templates" / "desk" / "guide"
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.html"))]


def named_pictures() -> dict[str, str]:
    return {name: alt for text in sources() for name, alt in NAMED.findall(text)}


def desk() -> Client:
    client = Client()
    client.force_login(official("ha", role=Staff.Role.ADMINISTRATOR))
    return client


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.slug)
def test_every_section_opens_and_leads_on(section: object) -> None:
    shown = desk().get(reverse("desk:guide-section", args=[section.slug]))  # type: ignore[attr-defined]
    text = shown.content.decode()
    assert shown.status_code == 200
    assert section.title in text  # type: ignore[attr-defined]
    assert 'aria-current="page"' in text


def test_the_first_page_names_all_sections() -> None:
    text = desk().get("/desk/guide/").content.decode()
    assert all(reverse("desk:guide-section", args=[section.slug]) in text for section in SECTIONS)


def test_a_section_that_does_not_exist_is_not_found() -> None:
    assert desk().get("/desk/guide/khong-co").status_code == 404


def test_every_picture_named_exists_and_says_what_it_shows() -> None:
    pictures = named_pictures()
    assert {path.stem for path in PICTURES.glob("*.webp")} == set(pictures)
    assert all(len(alt) > 20 for alt in pictures.values())


def test_every_section_has_a_picture() -> None:
    assert len(named_pictures()) >= len(SECTIONS)


def test_the_pictures_are_small_enough_for_a_thin_line() -> None:
    assert sum(path.stat().st_size for path in PICTURES.glob("*.webp")) <= LIMIT


def test_a_section_speaks_of_pages_that_exist_and_no_page_has_two() -> None:
    names = {pattern.name for pattern in urlpatterns}
    spoken_of = [page for section in SECTIONS for page in section.pages]
    assert set(spoken_of) <= names
    assert len(spoken_of) == len(set(spoken_of))


def test_every_page_of_the_desk_leads_to_what_the_guide_says_about_it() -> None:
    client = desk()
    case = cases.open_case(citizen(), reason=Case.Reason.ASKED, summary="")
    assert address_about("case") in client.get(f"/desk/cases/{case.number}").content.decode()
    for pattern in urlpatterns:
        if "<" in str(pattern.pattern) or pattern.name == "live":
            continue
        shown = client.get(reverse(f"desk:{pattern.name}"))
        if shown.status_code != 200 or not shown.headers["Content-Type"].startswith("text/html"):
            continue
        text = shown.content.decode()
        if 'class="foot"' in text:
            assert f'href="{address_about(str(pattern.name))}"' in text, pattern.name
