"""The options --at-least and --at-most of the commands that measure: read first, held to at the end."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import click

from motcua.bounds import Bound, BoundProblem


def bounds_of(at_least: Sequence[str], at_most: Sequence[str]) -> list[Bound]:
    """The bounds as typed; exits with 2 where one does not read."""
    try:
        return [
            *(Bound.parse(text, at_least=True) for text in at_least),
            *(Bound.parse(text, at_least=False) for text in at_most),
        ]
    except BoundProblem as problem:
        stop(problem)


def judge(found: Mapping[str, Any], bounds: Sequence[Bound]) -> None:
    """Exits with 1 after a line for each bound that is missed."""
    try:
        missed = [line for bound in bounds if (line := bound.missed(found))]
    except BoundProblem as problem:
        stop(problem)
    for line in missed:
        click.echo(f"KHÔNG ĐẠT: {line}", err=True)
    if missed:
        sys.exit(1)


def stop(problem: Exception) -> NoReturn:
    """Tell what to do, and exit with 2."""
    click.echo(str(problem), err=True)
    sys.exit(2)
