"""Made-up lives of reports: each a report with its register, followers, rating and publication, unsaved."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from benchmarks import report_texts
from casework import refusals
from casework.models import Follow, Publication, Report, ReportRating, ReportStep
from casework.publications import search_words
from casework.reports import searchable
from casework.terms import Terms
from casework.working_times import times_after
from conversations.models import Conversation
from nlu import text as texts
from office.models import Staff, Unit

Act, Kind, Level, State = ReportStep.Act, Report.Kind, Report.Level, Report.State

#: How often each category is reported, of 100.
CATEGORIES = {
    "rac_thai_ve_sinh": 19, "giao_thong_via_he": 17, "trat_tu_do_thi": 13, "cap_thoat_nuoc": 10,
    "chieu_sang": 8, "xay_dung": 6, "cay_xanh": 5, "tieng_on": 5, "moi_truong_khong_khi": 4,
    "dien_vien_thong": 3, "thai_do_phuc_vu": 3, "thu_tuc_quy_dinh": 2, "an_toan_thuc_pham": 2, "khac": 2,
    "pccc": 1,
}  # fmt: skip
KINDS = {"thu_tuc_quy_dinh": Kind.REGULATION, "thai_do_phuc_vu": Kind.SERVICE}
LEVELS = {Level.NORMAL: 80, Level.COMPLEX: 14, Level.URGENT: 6}
#: Working hours of half of them, from the start of the work to the answer.
TAKES = {Level.URGENT: 1.5, Level.NORMAL: 22, Level.COMPLEX: 45}
ENDS = {State.ANSWERED: 86, State.IN_PROGRESS: 5, State.REFUSED: 6, State.MERGED: 3}
OUTCOMES = {"fixed": 62, "planned": 12, "explained": 19, "not_fixed": 7}
REASONS = {"late": 30, "not_fixed": 40, "unclear": 15, "attitude": 5, "other": 10}
A_KILOMETRE = 0.009  # degrees
REFUSALS = dict.fromkeys(("not_ours", "unclear", "question", "complaint"), 1)
NO_SECRET = "made$0"  # noqa: S105 -- opens nothing: no secret hashes to it


@dataclass(frozen=True, kw_only=True)
class City:
    """Where reports come from, and who works on them. middles: of the wards, in degrees; citizens: their
    conversations; terms: as they are now; numbers: the last given, by year; twins: the newest report by ward
    and category that others are merged into."""

    chance: random.Random
    now: datetime
    wards: Sequence[Unit]
    weights: Sequence[float]
    middles: dict[int, tuple[float, float]]
    contact: Unit
    overseer: Unit
    official: Staff
    citizens: Sequence[Conversation]
    terms: Terms
    numbers: Counter[int]
    twins: dict[tuple[int, str], Report] = field(default_factory=dict)

    def one_of(self, weights: dict[str, int]) -> str:
        return self.chance.choices(list(weights), list(weights.values()))[0]

    def later(self, at: datetime, median: float, *, spread: float = 0.9) -> datetime:
        """So many working hours later: around the median, a few of them many times as long."""
        hours = timedelta(hours=median * self.chance.lognormvariate(0, spread))
        return self.terms.clock.after(at, working=hours)


@dataclass(kw_only=True)
class Life:
    """One report, and what is written once its row has a number."""

    city: City
    report: Report
    steps: list[ReportStep] = field(default_factory=list)
    follow: Follow | None = None
    rating: ReportRating | None = None
    publication: Publication | None = None

    def step(self, act: str, at: datetime, *, note: str = "", by_citizen: bool = False) -> ReportStep:
        """One more line of the register, of the report as it stands."""
        made = ReportStep(
            report=self.report,
            act=act,
            at=at,
            actor=None if by_citizen else self.city.official,
            by_citizen=by_citizen,
            state=self.report.state,
            unit=self.report.unit,
            note=note,
        )
        self.steps.append(made)
        for name, minutes in times_after(act, self.report, at, self.city.terms.clock).items():
            setattr(self.report, name, minutes)
        self.report.version = len(self.steps)
        return made


def life_of(city: City, *, filed_at: datetime) -> Life:
    """A report filed then, and all that became of it until now."""
    report = _new_report(city, filed_at)
    life = Life(city=city, report=report)
    life.step(Act.FILED, filed_at, by_citizen=True)
    looked_at = city.later(filed_at, 3)
    if looked_at < city.now:
        _decide(life, looked_at)
    return life


def _new_report(city: City, at: datetime) -> Report:
    chance, year = city.chance, timezone.localtime(at).year
    city.numbers[year] += 1
    ward = chance.choices(city.wards, city.weights)[0]
    category, where = city.one_of(CATEGORIES), report_texts.place(chance)
    kind = KINDS.get(category, Kind.FIELD)
    is_field = kind == Kind.FIELD
    report = Report(
        code=f"PA-{year}-{city.numbers[year]:06}",
        secret_hash=NO_SECRET,
        kind=kind,
        category=category,
        level=city.one_of(LEVELS) if is_field else Level.NORMAL,
        text=(words := report_texts.text(category, where, chance)),
        folded=texts.fold(f"{words}\n{where}"),
        place=where,
        ward=ward,
        unit=city.overseer if kind == Kind.SERVICE else city.contact,
        named_unit=ward if kind == Kind.SERVICE else None,
        conversation=chance.choice(city.citizens),
        is_reference_only=chance.random() < 0.01,
        created_at=at,
        **city.terms.at_filing(at),
    )
    report.folded = searchable(report.text, report.place)
    if is_field and chance.random() < 0.7:
        _put_on_the_map(report, city)
    return report


def _put_on_the_map(report: Report, city: City) -> None:
    middle = city.middles[report.ward_id or 0]
    report.latitude, report.longitude = (round(city.chance.gauss(at, A_KILOMETRE), 6) for at in middle)
    report.accuracy = city.chance.randint(5, 60)


def _decide(life: Life, at: datetime) -> None:
    city, report = life.city, life.report
    end = city.one_of(ENDS)
    twin = city.twins.get((report.ward_id or 0, report.category))
    if end == State.REFUSED:
        report.state, report.refusal = State.REFUSED, city.one_of(REFUSALS)
        report.answer = refusals.explained(refusals.refusal_of(report.refusal), "Liên hệ cơ quan quản lý.")
        life.step(Act.REFUSED, at, note=report.answer)
    elif end == State.MERGED and twin and report.kind != Kind.SERVICE:
        report.state, report.merged_into = State.MERGED, twin
        life.step(Act.MERGED, at, note=f"Gộp vào {twin.code}")
        life.follow = Follow(report=twin, conversation=report.conversation, at=at)
    else:
        _take_in(life, at)
        _work_on(life, city.later(at, 10), is_answered=end != State.IN_PROGRESS)


def _take_in(life: Life, at: datetime) -> None:
    report = life.report
    report.state, report.taken_in_at = State.TAKEN_IN, at
    life.step(Act.TAKEN_IN, at)
    report.state, report.classified_at = State.CLASSIFIED, at
    for name, value in life.city.terms.at_taking_in(report.level, at).items():
        setattr(report, name, value)
    life.step(Act.CLASSIFIED, at)
    if report.kind != Kind.SERVICE and report.ward is not None:
        report.unit, report.state = report.ward, State.WITH_UNIT
        life.step(Act.FORWARDED, at, note=f"Chuyển đến {report.ward.name}")


def _work_on(life: Life, at: datetime, *, is_answered: bool) -> None:
    city, report = life.city, life.report
    if at > city.now:
        return
    report.state = State.IN_PROGRESS
    life.step(Act.STARTED, at)
    answered_at = city.later(at, TAKES[Level(report.level)])
    if is_answered and answered_at < city.now:
        _answer(life, answered_at)
    _publish(life)


def _answer(life: Life, at: datetime) -> None:
    city, report = life.city, life.report
    report.state, report.answered_at = State.ANSWERED, at
    report.answer, report.outcome = city.chance.choice(report_texts.ANSWERS), city.one_of(OUTCOMES)
    step = life.step(Act.ANSWERED, at, note=report.answer)
    rated_at = city.later(at, 8)
    if city.chance.random() < 0.3 and rated_at < city.now:
        _rate(life, step, rated_at)


def _rate(life: Life, answer: ReportStep, at: datetime) -> None:
    city, report = life.city, life.report
    is_satisfied = city.chance.random() < 0.82
    reason = "" if is_satisfied else city.one_of(REASONS)
    life.rating = ReportRating(report=report, step=answer, is_satisfied=is_satisfied, reason=reason, at=at)
    life.step(Act.RATED, at, by_citizen=True)
    if not is_satisfied and city.chance.random() < 0.3:
        report.reopenings, report.state, report.answered_at = 1, State.IN_PROGRESS, None
        life.step(Act.REOPENED, at, by_citizen=True, note="Việc vẫn chưa xong.")


def _publish(life: Life) -> None:
    city, report = life.city, life.report
    at = report.created_at + timedelta(days=city.chance.uniform(1, 12))
    if (
        report.kind == Kind.SERVICE
        or report.is_reference_only
        or at > city.now
        or city.chance.random() > 0.75
    ):
        return
    life.publication = Publication(
        report=report,
        category=report.category,
        ward=report.ward,
        search=search_words(report, report.text, report.place),
        text=report.text,
        place=report.place,
        latitude=report.latitude and round(report.latitude, 3),
        longitude=report.longitude and round(report.longitude, 3),
        answer=report.answer,
        answer_of=report.answered_at if report.answer else None,
        published_at=at,
        published_by=city.official,
    )
    life.step(Act.PUBLISHED, at)
