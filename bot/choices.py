"""What a tapped button says. A payload is at most 64 bytes and is accepted typed, too.

part:CODE:PART · full:CODE:PART · full:CODE · papers:CODE · procedure:CODE · staff · report
report:FIELD:VALUE · rate:NUMBER:SCORE · ward:CODE · back · none
fact:FACT:SIDE:CODE · fact:FACT:SIDE:CODE:PART · fact:FACT:unclear
"""

from __future__ import annotations

from dataclasses import dataclass

VERBS = frozenset(
    {"part", "full", "papers", "procedure", "fact", "staff", "report", "rate", "ward", "back", "none"}
)


@dataclass(frozen=True, kw_only=True)
class Tapped:
    """A payload taken apart: the verb and its arguments."""

    verb: str
    arguments: tuple[str, ...]


def parse(payload: str) -> Tapped | None:
    """The tapped choice, or None when the text is no payload of ours."""
    verb, *arguments = payload.strip().split(":")
    if verb not in VERBS:
        return None
    return Tapped(verb=verb, arguments=tuple(arguments))


def part(code: str, name: str) -> str:
    return f"part:{code}:{name}"


def full(code: str, name: str) -> str:
    return f"full:{code}:{name}"


def papers(code: str) -> str:
    return f"papers:{code}"


def whole(code: str) -> str:
    """All sections of an article."""
    return f"full:{code}"


def procedure(code: str) -> str:
    return f"procedure:{code}"


def fact(*arguments: str) -> str:
    """A side of a deciding fact, the procedure it leads to, and the part asked for if any."""
    return ":".join(("fact", *arguments))


def report(field: str, value: str) -> str:
    return f"report:{field}:{value}"


def rate(number: str, score: int) -> str:
    return f"rate:{number}:{score}"


def ward(code: str) -> str:
    return f"ward:{code}"


STAFF = "staff"
REPORT = "report"
BACK = "back"
NONE = "none"
