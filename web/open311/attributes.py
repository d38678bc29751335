"""The attributes that came with a request: read and checked by the definition of its service."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import QueryDict

from casework.categories import SERVICE
from nlu.text import clean
from office.models import Unit
from web.open311.arguments import moment
from web.open311.formats import w3c
from web.open311.services import UNIT, attributes_of
from web.open311.shapes import Attribute, Datatype

LONGEST = 300
_NAME = re.compile(r"attribute\[([^\[\]]{1,100})\](\[\])?")


@dataclass(frozen=True, kw_only=True)
class Given:
    """unit: whom a report on service is about. facts: questions with their answers. problems: in words."""

    unit: Unit | None
    facts: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]


def given_attributes(sent: QueryDict, service: str) -> Given:
    """Also what is not asked for is a problem: it would be lost without a word."""
    answers = {match[1]: sent.getlist(name) for name in sent if (match := _NAME.fullmatch(name))}
    asked = {attribute.code: attribute for attribute in attributes_of(service)}
    problems = [f"attribute[{code}]: dịch vụ {service} không hỏi." for code in answers if code not in asked]
    facts = []
    for code, attribute in asked.items():
        said = clean(" ".join(answers.get(code, ())))
        problem = _problem(attribute, said)
        if problem:
            problems.append(f"attribute[{code}]: {problem}")
        elif said and code != UNIT:
            facts.append((attribute.description, _as_told(attribute, said)))
    unit = clean("".join(answers.get(UNIT, ()))) if service == SERVICE else ""
    return Given(
        unit=Unit.objects.filter(code=unit).first() if unit else None,
        facts=tuple(facts),
        problems=tuple(problems),
    )


def _problem(attribute: Attribute, said: str) -> str:
    """ "" when it may be used."""
    if not said:
        return "phải có." if attribute.required else ""
    if len(said) > LONGEST:
        return f"dài quá {LONGEST} ký tự."
    if attribute.datatype is Datatype.SINGLEVALUELIST and said not in {
        value.key for value in attribute.values
    }:
        return "không phải một giá trị của danh sách."
    if attribute.datatype is Datatype.DATETIME and moment(said) is None:
        return "viết theo ISO 8601, có múi giờ: 2026-11-22T09:30:00+07:00."
    return ""


def _as_told(attribute: Attribute, said: str) -> str:
    at = moment(said) if attribute.datatype is Datatype.DATETIME else None
    return w3c(at) if at else said
