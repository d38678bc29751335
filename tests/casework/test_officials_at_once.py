"""Several officials at the same reports at once: each act is made whole or refused, none is lost."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest
from django.db import connection

from casework import report_acts
from casework.errors import StepProblem
from casework.models import Report, ReportStep
from casework.report_acts import Classification
from casework.report_life import acts_for
from office.models import Staff, Unit
from tests.casework.people import citizen, city, official, ward
from tests.casework.test_reports import file

pytestmark = pytest.mark.django_db(transaction=True)

Act = ReportStep.Act
OFFICIALS, ACTS_EACH = 4, 12


def act_on(report: Report, staff: Staff, units: list[Unit], chance: random.Random) -> Act:
    """One act by chance, on the report as this official has just seen it."""
    seen, act = report.version, chance.choice(list(acts_for(report.state)))
    match act:
        case Act.TAKEN_IN:
            report_acts.take_in(report, staff, seen=seen)
        case Act.CLASSIFIED:
            report_acts.classify(report, staff, seen=seen, as_=Classification(level="normal"))
        case Act.STARTED:
            report_acts.start(report, staff, seen=seen)
        case Act.ANSWERED:
            report_acts.answer(report, staff, seen=seen, outcome="fixed", words=f"Đã sửa xong, {staff}.")
        case Act.REFUSED:
            report_acts.refuse(report, staff, seen=seen, reason="question")
        case _:
            act = Act.FORWARDED
            report_acts.forward(report, staff, seen=seen, to=chance.choice(units), reason="Đúng nơi")
    return act


def test_no_act_of_several_officials_is_lost_or_half_made() -> None:
    units = [city(), *(ward(f"Phường số {number}") for number in range(3))]
    reports = [file(citizen()).report for _ in range(6)]
    people = [official(f"can-bo-{number}") for number in range(OFFICIALS)]
    together = Barrier(OFFICIALS)

    def work(number: int) -> list[tuple[int, str, str]]:
        chance, made = random.Random(number), []
        together.wait()
        try:
            for _ in range(ACTS_EACH):
                report = Report.objects.get(pk=chance.choice(reports).pk)
                if not acts_for(report.state):
                    continue
                with suppress(StepProblem):
                    act = act_on(report, people[number], units, chance)
                    made.append((report.pk, act, people[number].username))
        finally:
            connection.close()
        return made

    with ThreadPoolExecutor(OFFICIALS) as pool:
        made = [act for acts in pool.map(work, range(OFFICIALS)) for act in acts]
    entered = ReportStep.objects.filter(actor__isnull=False).values_list("report", "act", "actor__username")
    assert Counter(made) == Counter(entered)
    for report in Report.objects.all():
        lines = list(report.steps.all())
        assert report.version == len(lines)
        assert (report.state, report.unit_id) == (lines[-1].state, lines[-1].unit_id)
        told = [line.note for line in lines if line.act == Act.ANSWERED]
        assert report.answer in told if report.state == Report.State.ANSWERED else True
    assert len(made) > len(reports)
