"""What an operator can put right ends a command with what to do, on one line, and never with a trace."""

from __future__ import annotations

import sys

import click

from bot.dialogues.errors import DialogueProblem
from bot.errors import SwitchProblem
from knowledge_base.errors import KnowledgeBaseError
from motcua.environment import EnvironmentProblem
from nlu.errors import NluError
from office.errors import AccountProblem, ApiKeyWithoutName, BrokenPlaceList, BrokenSheet, SettingProblem

PROBLEMS = (
    *(DialogueProblem, EnvironmentProblem, KnowledgeBaseError, NluError, SettingProblem, SwitchProblem),
    *(AccountProblem, ApiKeyWithoutName, BrokenPlaceList, BrokenSheet),
)


class TellingGroup(click.Group):
    """A group whose commands tell such a problem on stderr and exit with 2."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except PROBLEMS as problem:
            click.echo(str(problem), err=True)
            sys.exit(2)
