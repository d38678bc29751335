"""`motcua dialogue test`: whole conversations and single messages, played to the assistant and judged."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from django.conf import settings

from motcua.commands.gates import bounds_of, judge
from motcua.problems import TellingGroup
from nlu.local_classifier import load_or_train
from nlu.report_classifier import load_or_train as load_reports
from nlu.training_data import NLU_YML

if TYPE_CHECKING:
    from bot.dialogues.figures import Played
    from bot.responder import Responder

CITIZEN, REPLY = "  ", "    → "


@click.group(cls=TellingGroup)
def dialogue() -> None:
    """Hội thoại mẫu: chạy thử và chấm."""


@dialogue.command()
@click.argument("path", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--json", "as_json", is_flag=True, help="In JSON thay vì bảng.")
@click.option("--only", default="", metavar="MÃ", help="Chỉ các hội thoại có mã bắt đầu như vậy.")
@click.option("--base", type=click.Choice(["starter", "national"]), help="Chỉ các hội thoại của kho này.")
@click.option("--transcript", is_flag=True, help="In từng lời của các hội thoại hỏng.")
@click.option("--at-least", multiple=True, metavar="SỐ=GIÁ_TRỊ", help="Ví dụ passed_share=.95.")
@click.option("--at-most", multiple=True, metavar="SỐ=GIÁ_TRỊ", help="Ví dụ adversarial.emergency.missed=0.")
def test(  # noqa: PLR0913 -- the options of the command
    path: Path,
    *,
    as_json: bool,
    only: str,
    base: str | None,
    transcript: bool,
    at_least: Sequence[str],
    at_most: Sequence[str],
) -> None:
    """Chạy các hội thoại của PATH (dialogues.jsonl, *.yaml, dialogues/*.yaml) và PATH/adversarial.jsonl.

    Chạy trên bản phát hành đang dùng, với dữ liệu tạm: không đụng tới hội thoại, phản ánh, hàng chờ thật.
    Mã thoát 1 khi có mức --at-least hay --at-most không đạt, 2 khi mức hoặc tệp viết sai.
    """
    bounds = bounds_of(at_least, at_most)
    played, figures = _run(path, lambda name, held: name.startswith(only) and base in {None, held})
    click.echo(json.dumps(figures, ensure_ascii=False, indent=1) if as_json else "\n".join(_lines(figures)))
    if transcript:
        click.echo("\n".join(_transcripts(played)))
    judge(figures, bounds)


def _run(path: Path, wanted: Callable[[str, str], bool]) -> tuple[Sequence[Played], dict[str, Any]]:
    from bot.dialogues import figures  # noqa: PLC0415 -- the models are ready by then
    from bot.dialogues.files import read_dialogues, read_messages  # noqa: PLC0415
    from bot.dialogues.play import Player, play  # noqa: PLC0415
    from bot.dialogues.script import Line  # noqa: PLC0415
    from knowledge_base.releases import pinned_library  # noqa: PLC0415
    from motcua.throw_away import throw_away_database  # noqa: PLC0415

    dialogues = [one for one in read_dialogues(path) if wanted(one.id, one.base)]
    messages = [one for one in read_messages(path) if wanted(one.id, "starter")]
    # A release that cannot be opened is told once, not at every line.
    with throw_away_database(), pinned_library():
        responder = _responder()
        played = [figures.Played(dialogue=one, heard=play(one, responder)) for one in dialogues]
        heard = [(one, Player(responder=responder).play(Line(text=one.text))) for one in messages]
        found = figures.dialogue_figures(played)
        return played, {**found, "adversarial": figures.message_figures(heard)}


def _responder() -> Responder:
    from bot.dialogues.play import PlayedChannel  # noqa: PLC0415
    from bot.responder import Responder  # noqa: PLC0415

    channel = PlayedChannel()
    cache = settings.MOTCUA_HOME / "nlu"
    return Responder(
        classifier=load_or_train(NLU_YML, cache),
        reports=load_reports(cache),
        channels={channel.name: channel},
    )


def _lines(figures: Mapping[str, Any]) -> Iterator[str]:
    if figures["n"]:
        low, high = figures["passed_share_95"]
        yield f"Hội thoại đạt: {figures['passed']}/{figures['n']} (95 %: {low:.2f}–{high:.2f})"
    for failure in figures["failed"]:
        yield f"  {failure['id']}, lượt {failure['turn']}: {failure['got']}"
    for group, row in figures["adversarial"].items():
        name, wrong = next((name, row[name]) for name in row if name not in _ABOUT_ALL)
        low, high = row["share_95"]
        share = f"{name} {wrong} (95 %: {low:.2f}–{high:.2f})"
        yield f"{group:<18} n={row['n']:<4} {share}  {_named(row['actions'])}"
        if wrong:
            yield f"    {', '.join(row['ids'])}"


_ABOUT_ALL = {"n", "share_95", "actions", "ids"}


def _named(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def _transcripts(played: Sequence[Played]) -> Iterator[str]:
    """What was said in each dialogue that failed: for our own dialogues, which may be looked at."""
    for one in played:
        if one.failure:
            yield f"\n{one.dialogue.id}: {one.dialogue.title}"
            for number, (scene, heard) in enumerate(one.heard, 1):
                yield f"{CITIZEN}{number}. {scene.line.text or scene.line.kind}"
                said = (line for reply in heard.replies for line in reply.text.splitlines()[:6])
                yield from (f"{REPLY}{line[:160]}" for line in said)
                yield from (
                    f"{REPLY}[{choice['label']}]"
                    for reply in heard.replies
                    for choice in reply.payload.get("choices", ())
                )
