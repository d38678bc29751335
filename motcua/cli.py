"""The command `motcua`. Each subcommand lives in motcua/commands/ and is imported only when called."""

from __future__ import annotations

import importlib
import os

import click

from motcua.problems import TellingGroup

COMMANDS = {
    "run": "motcua.commands.run:run",
    "channels": "motcua.commands.channels:channels",
    "chat": "motcua.commands.chat:chat",
    "dialogue": "motcua.commands.dialogue:dialogue",
    "kb": "motcua.commands.kb:kb",
    "calendar": "motcua.commands.calendar:calendar",
    "digest": "motcua.commands.digest:digest",
    "encoder": "motcua.commands.encoder:encoder",
    "evaluate": "motcua.commands.evaluate:evaluate",
    "data": "motcua.commands.data:data",
    "office": "motcua.commands.office:office",
    "keys": "motcua.commands.keys:keys",
    "nlu": "motcua.commands.nlu:nlu",
    "qr": "motcua.commands.qr:qr",
    "reports": "motcua.commands.reports:reports",
    "routing": "motcua.commands.routing:routing",
    "rasa": "motcua.commands.rasa:rasa",
    "settings": "motcua.commands.settings:settings",
    "web": "motcua.commands.web:web",
    "zalo": "motcua.commands.zalo:zalo",
}


class LazyGroup(TellingGroup):
    """A group whose commands load on use, so that `motcua --help` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click names it
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        set_up()
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


def set_up() -> None:
    """Name the settings and set Django up. Raises EnvironmentProblem with what to set."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    import django  # noqa: PLC0415 -- Django must not load before the settings are named

    django.setup()


@click.group(cls=LazyGroup)
@click.version_option(package_name="motcua")
def main() -> None:
    """Một Cửa: hỏi thủ tục, gửi phản ánh, gặp cán bộ."""


if __name__ == "__main__":
    main()
