"""`motcua encoder`: tune the projection of the encoder's vectors, or return to what a build learns itself."""

from __future__ import annotations

import sys
from time import perf_counter
from typing import TYPE_CHECKING

import click
from django.conf import settings
from django.utils import timezone

from knowledge_base import tuned
from motcua.problems import TellingGroup
from motcua.setup import migrate
from nlu.encoders.dense import check_can_train

if TYPE_CHECKING:
    from knowledge_base.tuning import Comparison

_NAMES = {"none": "không phép chiếu", "own": "bản phát hành tự học", "tuned": "tinh chỉnh"}


@click.group(cls=TellingGroup)
def encoder() -> None:
    """Bộ mã hoá: tinh chỉnh phép chiếu."""
    migrate()


@encoder.command()
@click.option("--force", is_flag=True, help="Ghi cả khi không tốt hơn.")
def tune(*, force: bool) -> None:
    """Tinh chỉnh phép chiếu bằng câu hỏi mẫu của bản phát hành đang dùng (cần phần cài `transformers`).

    Đo trên câu hỏi mẫu để riêng; chỉ ghi khi chắc chắn tốt hơn. Lần `motcua kb build` sau sẽ dùng.
    Mã thoát 1 khi không ghi gì.
    """
    check_can_train()
    from knowledge_base import tuning  # noqa: PLC0415 -- the models are ready by then
    from knowledge_base.releases import pinned_library  # noqa: PLC0415 -- loads the encoder

    started = perf_counter()
    with pinned_library() as library:
        ground = tuning.Ground.of(library)
        release, name = library.name, library.encoder.name
    comparison = tuning.compare(ground)
    click.echo("\n".join(_lines(comparison)))
    if not (comparison.is_better or force):
        click.echo("Chưa chắc tốt hơn nên không ghi gì (thêm --force để vẫn ghi).", err=True)
        sys.exit(1)
    found = tuned.Tuned(
        matrix=ground.learned(tuning.tuned),
        encoder=name,
        tuned_at=timezone.localtime().isoformat(timespec="seconds"),
        release=release,
        examples=int(ground.is_example.sum()),
        figures={**comparison.figures(), "gain_95": list(comparison.gain)},
    )
    click.echo(f"Đã ghi {found.write(settings.ENCODER_FOLDER)} sau {perf_counter() - started:.0f} giây.")
    click.echo("Chạy `motcua kb build` để dùng; `motcua encoder forget` để bỏ.")


@encoder.command()
def forget() -> None:
    """Bỏ phép chiếu đã tinh chỉnh: lần `motcua kb build` sau tự học như cũ."""
    count = tuned.forget(settings.ENCODER_FOLDER)
    click.echo("Đã bỏ. Chạy `motcua kb build`." if count else "Không có phép chiếu nào đã tinh chỉnh.")


def _lines(comparison: Comparison) -> list[str]:
    figures = comparison.figures()
    rows = [
        f"{title:22} R@1 {figures[f'{name}_r1']:.4f}  R@4 {figures[f'{name}_r4']:.4f}"
        for name, title in _NAMES.items()
    ]
    low, high = comparison.gain
    return [
        f"{figures['n']} câu hỏi mẫu để riêng, tìm theo câu dò gần nhất:",
        *rows,
        f"R@1 hơn cách tốt nhất trong hai cách kia: {low:+.4f} đến {high:+.4f} (khoảng tin cậy 95 %)",
    ]
