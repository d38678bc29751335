"""The pictures of the guide for the first day: `make pictures` writes web/static/guide/*.webp.

Serves the product over a throw-away home, in the practice room, so that everybody in a picture is invented;
what that room lacks (a report, a message that did not arrive) is made up here.
"""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import Page, sync_playwright

if TYPE_CHECKING:
    from django.test import Client

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "web" / "static" / "guide"
CHROMIUM, FLAGS = "/usr/bin/chromium", ["--no-sandbox", "--disable-gpu"]
WIDTH, HEIGHT, QUALITY = 1080, 760, 72


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"MOTCUA_HOME": home, "MOTCUA_MODE": "demo", "DJANGO_ALLOW_ASYNC_UNSAFE": "true"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.settings"
        import django  # noqa: PLC0415 -- the settings are named just above

        django.setup()
        _make_pictures()


def _make_pictures() -> None:
    from tests.serving import served  # noqa: PLC0415 -- Django must be set up first

    FOLDER.mkdir(exist_ok=True)
    desk = _desk()
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(
            base_url=address,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            viewport={"width": WIDTH, "height": HEIGHT},
        )
        context.set_default_timeout(10_000)
        page = context.new_page()
        _picture(page, "dang-nhap", "/desk/sign-in")
        cookie = {"name": "sessionid", "value": desk.cookies["sessionid"].value, "url": address}
        context.add_cookies([cookie])  # type: ignore[list-item]
        for name, (path, prepare) in PICTURES.items():
            _picture(page, name, path, prepare)
        _outside_the_practice_room(page, desk)
        browser.close()


def _desk() -> Client:
    """An official with a unit, who practises."""
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from motcua.setup import migrate  # noqa: PLC0415
    from office.models import Staff  # noqa: PLC0415
    from office.places import load_places  # noqa: PLC0415
    from office.units import contact_team  # noqa: PLC0415

    settings.STATIC_ROOT.mkdir(exist_ok=True)
    migrate()
    load_places()
    ha = Staff.objects.create(username="ha", last_name="Nguyễn Thu", first_name="Hà", password="!")
    ha.units.set([contact_team()])
    client = Client()
    client.force_login(ha)
    client.post("/desk/practice/begin")
    _work_a_little(ha)
    return client


def _work_a_little(ha: object) -> None:
    """One case in every state that a picture shows."""
    from django.utils import timezone  # noqa: PLC0415

    from casework import cases  # noqa: PLC0415
    from casework.models import Case  # noqa: PLC0415

    replies = {
        "buc-minh": "Cháu xin lỗi bác đã phải chờ. Bác cho cháu xin mã trên giấy hẹn, cháu xem ngay ạ.",
        "du-lieu-ca-nhan": "Cô không cần gửi giấy tờ ở đây ạ. Sáng mai cô mang bản gốc ra quầy nhé.",
    }
    for situation, words in replies.items():
        case = Case.objects.get(conversation__chat__endswith=f":{situation}")
        cases.claim(case, ha)  # type: ignore[arg-type]
        cases.reply(case, ha, words)  # type: ignore[arg-type]
    now = timezone.now()
    late = Case.objects.filter(conversation__chat__endswith=":hoi-ho-so")
    late.update(owed_since=now - timedelta(days=2), due_at=now - timedelta(days=1))


def _picture(page: Page, name: str, path: str, prepare: Callable[[Page], object] | None = None) -> None:
    from django.utils import timezone  # noqa: PLC0415

    page.goto(path.format(year=timezone.localdate().year))
    page.wait_for_timeout(400)
    if prepare:
        prepare(page)
        page.wait_for_timeout(300)
    image = Image.open(io.BytesIO(page.screenshot()))
    image.convert("RGB").save(FOLDER / f"{name}.webp", quality=QUALITY, method=6)


def _to_the_composer(page: Page) -> None:
    page.locator("textarea[name=text]").first.fill(
        "Mã của bác đang ở khâu trình ký. Chiều nay cháu báo lại bác."
    )
    page.evaluate("window.scrollTo(0, document.querySelector('.page-head').offsetTop - 10)")


def _to_what_was_said_first(page: Page) -> None:
    page.evaluate("document.querySelector('.transcript').scrollTop = 0")


def _to_the_acts(page: Page) -> None:
    page.get_by_text("Hẹn xem lại", exact=True).last.click()
    page.evaluate("document.querySelector('#case-acts').scrollIntoView()")


PICTURES: dict[str, tuple[str, Callable[[Page], object] | None]] = {
    "hang-cho": ("/desk/?queue=all", None),
    "tra-loi": ("/desk/cases/LT-{year}-000001", _to_the_composer),
    "xu-ly": ("/desk/cases/LT-{year}-000001", _to_the_acts),
    "qua-han": ("/desk/?queue=overdue", None),
    "tim": ("/desk/search?q=giay+hen", None),
    "phim-tat": ("/desk/?queue=all", lambda page: page.keyboard.press("?")),
    "khong-hoi-gi": ("/desk/cases/LT-{year}-000005", _to_what_was_said_first),
}


def _outside_the_practice_room(page: Page, desk: Client) -> None:
    """Reports and messages that did not arrive, of invented people too."""
    from casework import reports  # noqa: PLC0415
    from casework.models import Report  # noqa: PLC0415
    from conversations.models import Turn  # noqa: PLC0415
    from tests.casework.people import citizen  # noqa: PLC0415

    desk.post("/desk/practice/end")
    field = Report.Kind.FIELD
    for category, text, place in (
        ("chieu_sang", "Đèn đường tắt ba tối liền, ngõ rất tối", "Ngõ Giả Định, phố Ví Dụ"),
        ("rac_thai_ve_sinh", "Rác chất đống trước cổng chợ", "Cổng chợ Giả Định"),
        ("cay_xanh", "Cây nghiêng sát dây điện", "Số 1 phố Ví Dụ"),
    ):
        said = {"category": category, "text": text, "place": place}
        reports.file_report(conversation=citizen("Người giả định"), ward=None, kind=field, **said)
    Turn.objects.create(
        conversation=citizen("Chị Giả Định"), direction="out", status="failed", author="assistant",
        channel="zalo", account="oa", text="Chào chị, hồ sơ của chị đã có kết quả.",
        problem="Zalo: đã quá 7 ngày từ tin cuối của người dân",
    )  # fmt: skip
    _picture(page, "phan-anh", "/desk/reports/")
    _picture(page, "gui-loi", "/desk/deliveries/")


if __name__ == "__main__":
    main()
