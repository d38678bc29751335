"""`motcua kb`: take procedures in, build a release, look things up in it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import NoReturn

import click

import starter
from knowledge_base.content import ProcedureContent
from knowledge_base.examples import ExampleReport, export_examples, import_examples
from knowledge_base.flags import FLAG_LABELS, sharing_a_title
from knowledge_base.importing import ImportReport, import_contents, read_sources
from knowledge_base.planning import Outcome
from motcua.commands.explain import explain
from motcua.problems import TellingGroup
from motcua.setup import migrate

_PATH = click.Path(path_type=Path)
_SHOWN = 20
_TITLES = {
    Outcome.NEW: "mới",
    Outcome.CHANGED: "đổi",
    Outcome.UNCHANGED: "không đổi",
    Outcome.HELD_AS_DRAFT: "để ở bản nháp",
    Outcome.ALREADY_HELD: "đã có nội dung",
    Outcome.REFUSED: "bị từ chối",
}


@click.group(cls=TellingGroup)
def kb() -> None:
    """Kho thủ tục: nhập, dựng bản phát hành, tìm."""
    # The first command on a fresh home may well be `kb import`.
    migrate()


kb.add_command(explain)


@kb.command("import")
@click.argument("path", type=_PATH)
@click.option("--dry-run", is_flag=True, help="Chỉ nói sẽ làm gì, không ghi.")
@click.option("--read-on", default="", metavar="NGÀY", help="Ngày đọc nguồn (ISO), mặc định lấy từ tên tệp.")
@click.option("--all", "show_all", is_flag=True, help="In mọi dòng, không chỉ các dòng đầu.")
def import_(path: Path, *, dry_run: bool, read_on: str, show_all: bool) -> None:
    """Nhập thủ tục: tệp .jsonl, .json của Cổng, .xlsx, .yaml, hoặc thư mục các tệp này.

    Mã thoát 1 khi có bản ghi bị từ chối, 2 khi không nhập được gì.
    """
    started = perf_counter()
    report = import_contents(read_sources(path, read_on=read_on), dry_run=dry_run)
    _tell(report, most=None if show_all else _SHOWN)
    click.echo(f"{_verb(dry_run)} trong {perf_counter() - started:.1f} giây.")
    if not dry_run and any(report.count(outcome) for outcome in (Outcome.NEW, Outcome.CHANGED)):
        _take_in_known_examples()
        click.echo("Chạy `motcua kb build` để đưa vào bản phát hành.")
    sys.exit(1 if report.count(Outcome.REFUSED) else 0)


def _take_in_known_examples() -> None:
    """The project's own example questions for what is held now: without them people's words find nothing."""
    examples = import_examples(starter.EXAMPLES)
    click.echo(f"Kèm {examples.added} câu hỏi mẫu của dự án.")


@kb.command()
@click.argument("path", type=_PATH)
def template(path: Path) -> None:
    """Tạo tệp mẫu .xlsx có sẵn tên cột để điền thủ tục rồi nhập."""
    from knowledge_base.sheet_export import write_template  # noqa: PLC0415 -- loads openpyxl

    write_template(path)
    click.echo(f"Đã tạo {path}. Điền xong, chạy `motcua kb import {path} --dry-run`.")


@kb.command()
@click.argument("path", type=_PATH)
def export(path: Path) -> None:
    """Xuất các thủ tục đang dùng ra .xlsx, mỗi dòng một thủ tục, để sửa rồi nhập lại."""
    from knowledge_base.publishing import live_contents  # noqa: PLC0415 -- the models are ready by then
    from knowledge_base.sheet_export import export as write  # noqa: PLC0415 -- loads openpyxl

    live = (content for content in live_contents() if isinstance(content, ProcedureContent))
    contents = [content for content in live if not content.is_catalogue_entry]
    too_long = write(path, contents)
    click.echo(f"Đã xuất {len(contents) - len(too_long)} thủ tục ra {path}.")
    for code in too_long:
        click.echo(f"{code}: có ô dài quá mức Excel chứa được, không xuất.", err=True)


@kb.command("import-examples")
@click.argument("path", type=_PATH)
@click.option("--dry-run", is_flag=True, help="Chỉ nói sẽ làm gì, không ghi.")
@click.option(
    "--reviewed/--unreviewed", default=None, help="Đánh dấu cho cả tệp, thay cho điều từng dòng ghi."
)
def import_examples_(path: Path, *, dry_run: bool, reviewed: bool | None) -> None:
    """Nhập câu hỏi mẫu: tệp .jsonl, mỗi dòng {"code", "questions", "reviewed"}."""
    if not path.is_file():
        _fail(f"Không có tệp {path}: nêu một tệp .jsonl gồm code và questions.")
    _tell_examples(import_examples(path, reviewed=reviewed, dry_run=dry_run))


@kb.command("export-examples")
@click.argument("path", type=_PATH)
def export_examples_(path: Path) -> None:
    """Xuất mọi câu hỏi mẫu ra một tệp .jsonl mà `import-examples` đọc lại được."""
    try:
        count = export_examples(path)
    except OSError as problem:
        _fail(f"Không ghi được {path} ({problem.strerror}): nêu một tệp trong thư mục đã có.")
    click.echo(f"Đã xuất {count} câu hỏi mẫu ra {path}.")


@kb.command()
def build() -> None:
    """Dựng bản phát hành từ các bản đang dùng và đưa vào dùng."""
    from knowledge_base.releases import build_release  # noqa: PLC0415 -- loads the encoder

    started = perf_counter()
    with _progress() as progress:
        release = build_release(anew=True, progress=progress)
    click.echo(f"Đã dựng và đưa vào dùng {release.name} trong {perf_counter() - started:.1f} giây.")
    tuned = release.manifest["report"].get("projection")
    if tuned:
        day, count = tuned["tuned_at"][:10], tuned["examples"]
        click.echo(f"Dùng phép chiếu tinh chỉnh ngày {day} trên {count} câu hỏi mẫu.")


@kb.command("apply-dates")
def apply_dates_() -> None:
    """Đưa vào dùng các bản đã đến ngày, kết thúc các thủ tục đã đến ngày bãi bỏ, rồi dựng bản phát hành.

    `motcua run` tự làm việc này; chạy lại nhiều lần cũng không sao.
    """
    from knowledge_base.effective_dates import apply_dates  # noqa: PLC0415 -- loads the encoder

    applied = apply_dates()
    for word, codes in (("có hiệu lực", applied.begun), ("bãi bỏ", applied.ended)):
        for code in codes:
            click.echo(f"{code}\t{word}")
    click.echo("Đã dựng bản phát hành mới." if applied.built else "Không có gì đến ngày.")


@kb.command()
@click.option("--dry-run", is_flag=True, help="Chỉ nói sẽ xoá gì.")
def prune(*, dry_run: bool) -> None:
    """Xoá các bản phát hành cũ khỏi đĩa; giữ bản đang dùng và MOTCUA_RELEASES_KEPT bản mới nhất."""
    from knowledge_base import releases  # noqa: PLC0415 -- loads the encoder

    gone = releases.prune(dry_run=dry_run)
    for release in gone:
        click.echo(release.name)
    click.echo(f"{'Sẽ xoá' if dry_run else 'Đã xoá'} {len(gone)} bản phát hành.")


@kb.command()
@click.argument("question")
def search(question: str) -> None:
    """Tìm một câu hỏi trong bản phát hành đang dùng, in điểm và quyết định."""
    from knowledge_base.decision import decide  # noqa: PLC0415 -- loads the encoder
    from knowledge_base.releases import pinned_library  # noqa: PLC0415

    with pinned_library() as library:
        result = library.search(question)
        decision = decide(result)
    chance = f", xác suất {decision.probability:.2f}" if hasattr(decision, "probability") else ""
    click.echo(f"{type(decision).__name__}{chance} – bản phát hành {result.release}")
    for hit in result.hits:
        mark = "" if hit.is_held else " (chỉ có trong danh mục)"
        features = " ".join(f"{name}={value:.2f}" for name, value in hit.features.items())
        click.echo(f"{hit.score:8.3f} {hit.share:5.1%}  {hit.code}  {hit.title[:70]}{mark}  [{features}]")
    click.echo(" ".join(f"{step} {time:.0f} ms" for step, time in result.timings.items()), err=True)


@kb.command("list")
@click.option("--flag", default="", help="Chỉ các thủ tục có dấu này.")
def list_(flag: str) -> None:
    """Liệt kê các thủ tục đang dùng, với điều biên tập viên cần xem."""
    from knowledge_base.publishing import live_contents  # noqa: PLC0415 -- the models are ready by then

    if flag and flag not in FLAG_LABELS:
        _fail(f"Không có dấu {flag!r}. Các dấu: {', '.join(FLAG_LABELS)}")
    live = live_contents()
    shared = sharing_a_title({each.code: each.title for each in live if not each.is_catalogue_entry})
    flags = {each.code: (*each.flags, *(("title_shared",) if each.code in shared else ())) for each in live}
    contents = [content for content in live if not flag or flag in flags[content.code]]
    for content in contents:
        marks = ["danh-mục"] if content.is_catalogue_entry else flags[content.code]
        click.echo("\t".join((content.code, content.title.replace("\n", " "), " ".join(marks))))
    click.echo(f"{len(contents)} thủ tục.", err=True)


@kb.command()
def coverage() -> None:
    """Bảng theo lĩnh vực: bao nhiêu thủ tục có nội dung, bao nhiêu chỉ có trong danh mục."""
    from knowledge_base import catalogue  # noqa: PLC0415 -- the models are ready by then
    from knowledge_base.publishing import live_contents  # noqa: PLC0415

    rows = catalogue.coverage(catalogue.without_namesakes(live_contents()))
    click.echo(f"{'có':>6}{'chỉ biết':>10}  lĩnh vực")
    for row in rows:
        click.echo(f"{row.held or '–':>6}{row.catalogue_only or '–':>10}  {row.field}")
    held, known = (sum(getattr(row, name) for row in rows) for name in ("held", "catalogue_only"))
    click.echo(f"{held:>6}{known:>10}  cả kho")


def _fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(2)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A progress bar as a function of (done, total), drawn on stderr."""
    with click.progressbar(length=1, label="Mã hoá câu dò", file=sys.stderr) as bar:

        def step(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        yield step


def _verb(dry_run: bool) -> str:  # noqa: FBT001 -- the flag of the command
    return "Xem thử, chưa ghi gì," if dry_run else "Đã nhập"


def _tell(report: ImportReport, *, most: int | None) -> None:
    for outcome in (Outcome.CHANGED, Outcome.HELD_AS_DRAFT, Outcome.REFUSED):
        lines = report.of(outcome)
        for line in lines[:most]:
            detail = line.reason or f"đổi: {', '.join(line.fields)}"
            words = f"{_TITLES[outcome]}: {line.place} {line.code} {line.title[:80]} – {detail}"
            click.echo(words, err=outcome is Outcome.REFUSED)
        if most is not None and len(lines) > most:
            click.echo(f"… và {len(lines) - most} dòng nữa (thêm --all để xem hết)")
    click.echo(", ".join(f"{report.count(outcome)} {title}" for outcome, title in _TITLES.items()))


def _tell_examples(report: ExampleReport) -> None:
    for problem in report.broken:
        click.echo(problem, err=True)
    click.echo(
        f"{_verb(report.dry_run)} {report.added} câu hỏi mẫu, {report.already_held} câu đã có "
        f"({report.marked} câu nay đã duyệt), "
        f"bỏ qua {len(report.not_held)} mã chưa có trong kho."
    )
    sys.exit(1 if report.broken else 0)
