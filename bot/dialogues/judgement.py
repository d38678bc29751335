"""Whether what was heard is what was expected, and where not: said in a few words that quote no message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.dialogues.play import Heard
from bot.dialogues.script import Expected, Scene
from nlu.text import clean


def complaints(scene: Scene, heard: Heard) -> tuple[str, ...]:
    """What is wrong with the replies to a line, none when all is as expected. Silence is always wrong,
    but while an official has the conversation."""
    if not scene.line.is_message or (scene.expected is None and _is_left_to_person(heard)):
        return ()
    expected = scene.expected or Expected()
    return (
        *_about_actions(expected, heard),
        *_about_codes(expected, heard),
        *_about_words(expected, heard),
        *_about_form(expected, heard),
        *_about_report(expected, heard),
    )


def _is_left_to_person(heard: Heard) -> bool:
    return heard.turn is not None and heard.turn.status == heard.turn.Status.LEFT_TO_PERSON


def _about_actions(expected: Expected, heard: Heard) -> Iterator[str]:
    wanted = expected.actions
    if wanted and not heard.may_pass_for & set(wanted):
        yield f"{'+'.join(heard.actions)} instead of {'|'.join(wanted)}"
    elif not wanted and set(heard.actions) & {"silence", "failed"}:
        yield "+".join(heard.actions)


def _about_codes(expected: Expected, heard: Heard) -> Iterator[str]:
    """A signpost of ours is of no procedure, so only its action counts."""
    tells_of_one = {"answer", "clarify"} & heard.may_pass_for
    if expected.codes and tells_of_one and not set(expected.codes) & set(heard.codes):
        yield f"code {','.join(heard.codes[:4]) or 'none'} instead of {'|'.join(expected.codes)}"
    if expected.part and "answer" in heard.actions and expected.part.value not in heard.parts:
        yield f"part {','.join(heard.parts) or 'overview'} instead of {expected.part.value}"


def _about_words(expected: Expected, heard: Heard) -> Iterator[str]:
    read = clean(heard.words).lower()
    for words in expected.says:
        if clean(words).lower() not in read:
            yield f"does not say {words!r}"
    for words in expected.never:
        if clean(words).lower() in read:
            yield f"says {words!r}"


def _about_form(expected: Expected, heard: Heard) -> Iterator[str]:
    if expected.form is None:
        if heard.form:
            yield "a form is in hand"
        return
    if expected.form and not heard.form:
        yield "no form is in hand"
        return
    yield from _differences("form", expected.form, heard.form or {})


def _about_report(expected: Expected, heard: Heard) -> Iterator[str]:
    if not expected.filed:
        return
    if heard.filed is None:
        yield "no report was sent"
        return
    yield from _differences("report", expected.filed, heard.filed)


def _differences(what: str, expected: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[str]:
    """Texts are to hold the words (not to, after a leading "!"), lists to have so many members."""
    for name, wanted in expected.items():
        value = found.get(name)
        if isinstance(value, str) and isinstance(wanted, str):
            absent = wanted.startswith("!")
            is_there = clean(wanted.removeprefix("!")).lower() in clean(value).lower()
            fits = bool(is_there) != absent if wanted else not value
        elif isinstance(value, list | tuple):
            fits = len(value) == wanted
        else:
            fits = bool(value) == wanted if isinstance(wanted, bool) else value == wanted
        if not fits:
            yield f"{what}.{name} is not {wanted!r}"
