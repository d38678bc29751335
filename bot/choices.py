"""What a tapped button says. A payload is at most 64 bytes and is accepted typed, too.

part:CODE:PART · full:CODE:PART · full:CODE · papers:CODE · procedure:CODE · staff · report
report:FIELD:VALUE · rate:NUMBER:SCORE · ward:CODE · back · none
satisfied:CODE:yes · satisfied:CODE:no · satisfied:CODE:REASON · satisfied:CODE:more · satisfied:CODE:enough
reopen:CODE
data:kept · data:ask · data:erase · data:keep · data:copy · data:withdraw · data:notices
fact:FACT:SIDE:CODE · fact:FACT:SIDE:CODE:PART · fact:FACT:unclear
unsure:feedback · unsure:accusation · appeal
start · start:KEY · start:REPORT · help · how_far
"""

from __future__ import annotations

from dataclasses import dataclass

VERBS = frozenset(
    {"part", "full", "papers", "procedure", "fact", "staff", "report", "rate", "ward", "data", "back", "none"}
    | {"unsure", "appeal", "start", "help", "how_far", "satisfied", "reopen"}
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


def satisfied(code: str, said: str) -> str:
    """What is thought of the answer to a report; the first two stand in casework/report_ratings.py."""
    return f"satisfied:{code}:{said}"


def reopen(code: str) -> str:
    """Ask that a report be looked at again."""
    return f"reopen:{code}"


def ward(code: str) -> str:
    return f"ward:{code}"


def start(key: str = "") -> str:
    """Begin; with the key of an entrance, where that leads."""
    return f"start:{key}" if key else "start"


FEEDBACK = "unsure:feedback"
ACCUSATION = "unsure:accusation"
STAFF = "staff"
HELP = "help"
HOW_FAR = "how_far"
REPORT = "report"
BACK = "back"
NONE = "none"
KEPT = "data:kept"
ASK_BEFORE_ERASING = "data:ask"
ERASE = "data:erase"
KEEP = "data:keep"
COPY = "data:copy"
NOTICES = "data:notices"
