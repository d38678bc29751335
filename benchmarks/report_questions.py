"""What is asked of reports: pages of the desk and of everyone, each as a person opens it."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

from django.test import Client
from django.utils import timezone

from benchmarks.report_lives import CATEGORIES
from benchmarks.report_texts import STREETS
from casework.models import Publication, Report
from casework.nearby import Wanted, similar_to
from conversations.messages import Position
from conversations.models import Conversation
from office.entrances import WARDS
from office.models import Staff, Unit

Ask = Callable[[random.Random], None]
HOST = "127.0.0.1"
TWO_YEARS = timedelta(days=730)


class Pages:
    """Opens pages as an administrator who is signed in, and as a citizen."""

    def __init__(self) -> None:
        official, _ = Staff.objects.get_or_create(
            username="made-administrator", defaults={"role": Staff.Role.ADMINISTRATOR}
        )
        self.desk = Client(headers={"host": HOST})
        self.desk.force_login(official)
        self.citizen = Client(headers={"host": HOST})
        self.codes = list(Report.objects.order_by("-pk").values_list("code", flat=True)[:5_000])
        shown = Publication.objects.filter(published_at__isnull=False, withdrawn_at=None)
        self.shown = list(shown.order_by("-pk").values_list("report__code", flat=True)[:5_000])
        self.conversation = Conversation.objects.earliest("pk")
        self.wards = list(Unit.objects.filter(kind__in=WARDS).values_list("code", flat=True))

    def asked(self) -> dict[str, Ask]:
        """By name; each call opens the page once, with words and places by chance."""
        return {**self._of_the_desk(), **self._figures(), **self._of_everyone(), **self._of_machines()}

    def _of_the_desk(self) -> dict[str, Ask]:
        reports = "/desk/reports/"
        return {
            "desk: list, new": self._opens(reports),
            "desk: list, in progress": self._opens(reports, list="open"),
            "desk: list, done": self._opens(reports, list="done"),
            "desk: list, done, page 40": self._opens(reports, list="done", page="40"),
            "desk: list, one ward and category": self._narrowed(reports, list="done"),
            "desk: list, overdue": self._opens(reports, list="open", overdue="1"),
            "desk: list, words": self._searched(reports, "words", list="done"),
            "desk: list, words that nobody wrote": self._opens(
                reports, list="done", words="khong co chu nay"
            ),
            "desk: one report": lambda chance: self._open(self.desk, f"{reports}{chance.choice(self.codes)}"),
            "desk: publications to decide": self._opens("/desk/publications/"),
            "desk: trial of a routing rule": self._tries_a_rule,
        }

    def _figures(self) -> dict[str, Ask]:
        figures, today = "/desk/figures/", timezone.localdate()
        whole = {"first": (today - TWO_YEARS).isoformat(), "last": today.isoformat()}
        year = {"first": today.replace(month=1, day=1).isoformat(), "last": today.isoformat()}
        return {
            "figures: three months, by unit": self._opens(figures),
            "figures: three months, by category": self._opens(figures, by="category"),
            "figures: this year, by unit": self._opens(figures, **year),
            "figures: two years, by unit": self._opens(figures, **whole),
            "figures: two years, by category": self._opens(figures, by="category", **whole),
            "figures: the list behind one, three months": self._opens(f"{figures}late"),
            "figures: the list behind one, two years": self._opens(f"{figures}overdue", **whole),
            "figures: spreadsheet, three months": self._opens(f"{figures}sheet"),
        }

    def _of_everyone(self) -> dict[str, Ask]:
        reports = "/phan-anh/"
        return {
            "public: list": self._reads(reports),
            "public: list, one category": self._reads(reports, loai="cay_xanh"),
            "public: list, one ward": lambda chance: self._open(
                self.citizen, reports, phuong=chance.choice(self.wards)
            ),
            "public: search": self._searched(reports, "q", by=self.citizen),
            "public: search for what nobody wrote": self._reads(reports, q="khong co chu nay"),
            "public: one report": lambda chance: self._open(
                self.citizen, f"{reports}{chance.choice(self.shown)}"
            ),
            "public: map": self._reads(f"{reports}ban-do"),
            "public: points of the map, whole city": self._reads(f"{reports}ban-do/diem"),
            "public: points of the map, some streets": self._looks_at_streets,
            "public: open data, page": self._reads(f"{reports}du-lieu/"),
            "public: open data, CSV": self._reads(f"{reports}du-lieu/thang.csv"),
        }

    def _of_machines(self) -> dict[str, Ask]:
        return {
            "open311: requests of 90 days": self._reads("/open311/v2/requests.json"),
            "open311: open requests": self._reads("/open311/v2/requests.json", status="open"),
            "chat: similar reports nearby": self._looks_nearby,
        }

    def _opens(self, path: str, **asked: str) -> Ask:
        return lambda _: self._open(self.desk, path, **asked)

    def _reads(self, path: str, **asked: str) -> Ask:
        return lambda _: self._open(self.citizen, path, **asked)

    def _narrowed(self, path: str, **asked: str) -> Ask:
        return lambda chance: self._open(
            self.desk, path, ward=chance.choice(self.wards), category=chance.choice(list(CATEGORIES)), **asked
        )

    def _searched(self, path: str, name: str, *, by: Client | None = None, **asked: str) -> Ask:
        def search(chance: random.Random) -> None:
            words = f"ngõ {chance.randint(2, 480)} phố {chance.choice(STREETS)}"
            self._open(by or self.desk, path, **{name: words}, **asked)

        return search

    def _tries_a_rule(self, chance: random.Random) -> None:
        rule = {
            "category": chance.choice(list(CATEGORIES)),
            "unit": chance.choice(self.wards),
            "reason": "Thử",
        }
        response = self.desk.post("/desk/routing/", rule)
        assert response.status_code == 200, response.status_code

    def _looks_at_streets(self, chance: random.Random) -> None:
        south, west = chance.uniform(20.9, 21.1), chance.uniform(105.75, 105.9)
        frame = f"{west:.4f},{south:.4f},{west + 0.02:.4f},{south + 0.02:.4f}"
        self._open(self.citizen, "/phan-anh/ban-do/diem", khung=frame, muc="16")

    def _looks_nearby(self, chance: random.Random) -> None:
        place = f"ngõ {chance.randint(2, 480)} phố {chance.choice(STREETS)}"
        wanted = Wanted(
            category=chance.choice(list(CATEGORIES)),
            text=f"Đèn tắt, rác chất đống ở {place}",
            place=place,
            ward=chance.choice(self.wards),
            position=Position(latitude=chance.uniform(20.9, 21.1), longitude=chance.uniform(105.75, 105.9)),
        )
        similar_to(wanted, besides=self.conversation)

    def _open(self, client: Client, path: str, **asked: str) -> None:
        response = client.get(f"{path}?{urlencode(asked)}" if asked else path)
        assert response.status_code == 200, f"{path}: {response.status_code}"
        if response.streaming:
            b"".join(response)
