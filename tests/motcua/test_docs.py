"""The documents name what exists: commands, options, targets, variables and files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from motcua.cli import COMMANDS, main
from motcua.environment import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = tuple(
    path for path in (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")))
    if path.exists()
)  # fmt: skip
CODE = re.compile(r"^```[^\n]*\n(.*?)^```|`([^`\n]+)`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?[^)]*\)")
COMMAND = re.compile(r"(?<![\w/.-])(?:\.venv/bin/)?motcua[ \t]+([a-z][^\n|;&#]*)")
TARGET = re.compile(r"(?<![\w-])make[ \t]+([a-z][a-z-]*)")
VARIABLE = re.compile(r"\bMOTCUA_[A-Z_]+\b")


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A line of code in a document."""

    document: str
    line: str


def mentions(text: str, *, document: str = "text") -> Iterator[Mention]:
    """The lines of fenced blocks and the inline code of one document."""
    for match in CODE.finditer(text):
        for line in (match[1] or match[2]).splitlines():
            yield Mention(document=document, line=line)


def everything_mentioned() -> list[Mention]:
    return [
        mention
        for path in DOCUMENTS
        for mention in mentions(path.read_text(), document=str(path.relative_to(ROOT)))
    ]


def unknown_command(line: str) -> str | None:
    """What a line says after `motcua` that the program does not have, or None."""
    match = COMMAND.search(line)
    if match is None:
        return None
    command: click.Command = main
    context = click.Context(main, info_name="motcua")
    for word in match[1].split():
        if word.startswith("--"):
            known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
            if word.partition("=")[0] not in known:
                return f"{context.command_path} {word}"
        elif isinstance(command, click.Group):
            found = command.get_command(context, word)
            if found is None:
                return f"{context.command_path} {word}"
            command, context = found, click.Context(found, info_name=word, parent=context)
    return None


def targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def broken_links(text: str, *, folder: Path) -> list[str]:
    """The relative links of a document whose file is absent."""
    links = (link for link in LINK.findall(text) if not re.match(r"[a-z]+:|#", link))
    return [link for link in links if not (folder / link.partition("#")[0]).exists()]


def every_command() -> Iterator[tuple[str, click.Command]]:
    """Each command that does something, as "kb import"."""
    context = click.Context(main)
    for name in COMMANDS:
        command = main.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", found) for inner, found in command.commands.items())
        else:
            yield name, command


def test_every_command_the_documents_name_exists() -> None:
    assert [(m.document, bad) for m in everything_mentioned() if (bad := unknown_command(m.line))] == []


def test_every_make_target_the_documents_name_exists() -> None:
    named = [(m.document, name) for m in everything_mentioned() for name in TARGET.findall(m.line)]
    assert [(document, name) for document, name in named if name not in targets()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_to_a_file(path: Path) -> None:
    assert broken_links(path.read_text(), folder=path.parent) == []


def test_every_page_is_in_the_list_of_pages() -> None:
    listed = {
        (ROOT / "docs" / link).resolve() for link in LINK.findall((ROOT / "docs" / "README.md").read_text())
    }
    pages = {path for path in (ROOT / "docs").rglob("*.md") if path.name != "README.md"}
    assert sorted(path.name for path in pages - listed) == []


def test_every_command_is_documented_and_says_what_it_does() -> None:
    documented = " ".join(f"{mention.line} " for mention in everything_mentioned())
    for name, command in every_command():
        assert re.search(rf"motcua {name}\b", documented), f"`motcua {name}` is in no document"
        assert command.help, f"`motcua {name} --help` says nothing"


def test_every_variable_is_documented_and_every_documented_variable_is_read() -> None:
    code = "".join(path.read_text() for path in (ROOT / "motcua").glob("*environment.py"))
    read = set(re.findall(r'values(?:\.get\(|,)\s*"(MOTCUA_\w+)"', code))
    assert read == SETTINGS
    of_the_tests = {
        name
        for path in (ROOT / "tests").rglob("*.py")
        for name in re.findall(r"\bMOTCUA_TEST_[A-Z]+\b", path.read_text())
    }
    documented = {name for path in DOCUMENTS for name in VARIABLE.findall(path.read_text())}
    in_the_example = set(VARIABLE.findall((ROOT / "deploy" / "motcua.env.example").read_text()))
    assert documented - of_the_tests == read
    assert in_the_example == read


def test_the_check_sees_a_command_an_option_and_a_link_that_do_not_exist(tmp_path: Path) -> None:
    assert unknown_command("motcua fly --high") == "motcua fly"
    assert unknown_command("motcua run --into-the-sea") == "motcua run --into-the-sea"
    assert unknown_command("motcua --help") is None
    (tmp_path / "here.md").touch()
    assert broken_links("[a](here.md#x) [b](gone.md) [c](https://example.org)", folder=tmp_path) == [
        "gone.md"
    ]
    assert [m.line for m in mentions("```sh\nmotcua fly\n```\nor `make wings`")] == [
        "motcua fly",
        "make wings",
    ]
