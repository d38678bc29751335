"""Which intents are taken for which, as an SVG that a browser and a document show alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from html import escape

from nlu.intents import INTENTS

_NAMES = {
    "ask_procedure": "Hỏi thủ tục",
    "report_problem": "Phản ánh hiện trường",
    "report_regulation": "Kiến nghị về quy định",
    "report_service": "Phản ánh cách phục vụ",
    "report_status": "Hỏi tiến độ phản ánh",
    "dossier_status": "Hỏi tiến độ hồ sơ",
    "talk_to_staff": "Xin gặp người",
    "rate_service": "Đánh giá, khen chê",
    "complaint_or_denunciation": "Khiếu nại, tố cáo",
    "emergency": "Khẩn cấp",
    "greet": "Chào hỏi",
    "goodbye_thanks": "Cảm ơn, tạm biệt",
    "about_bot": "Hỏi về trợ lý",
    "out_of_scope": "Ngoài phạm vi",
}
_CELL, _LEFT, _TOP, _EDGE = 48, 210, 210, 110
_SIDE = _CELL * len(INTENTS)
#: Shares from which a cell's ink is white.
_DARK = 0.55


def draw(confusions: Mapping[tuple[str, str], int], *, title: str) -> str:
    """The SVG. confusions: how often a message of the first intent was read as the second."""
    width, height = _LEFT + _SIDE + _EDGE, _TOP + _SIDE + 50
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        'font-family="system-ui, sans-serif" font-size="14" fill="#1b1b1b">'
    )
    background = f'<rect width="{width}" height="{height}" fill="#fff"/>'
    heading = f'<text x="20" y="30" font-size="18" font-weight="600">{escape(title)}</text>'
    key = '<text x="20" y="56">Hàng: ý của người dân. Cột: máy hiểu là.</text>'
    body = [f"<title>{escape(title)}</title>", background, heading, key, *_labels(), *_cells(confusions)]
    return "\n".join([head, *body, "</svg>\n"])


def _labels() -> Iterator[str]:
    for place, intent in enumerate(INTENTS):
        middle = place * _CELL + _CELL // 2
        name = escape(_NAMES[intent])
        yield f'<text x="{_LEFT - 10}" y="{_TOP + middle + 5}" text-anchor="end">{name}</text>'
        x, y = _LEFT + middle + 5, _TOP - 10
        yield f'<text x="{x}" y="{y}" transform="rotate(-50 {x} {y})">{name}</text>'


def _cells(confusions: Mapping[tuple[str, str], int]) -> Iterator[str]:
    meant: Counter[str] = Counter()
    for (expected, _), count in confusions.items():
        meant[expected] += count
    for row, expected in enumerate(INTENTS):
        for column, got in enumerate(INTENTS):
            count = confusions.get((expected, got), 0)
            share = count / meant[expected] if count else 0.0
            yield _cell(_LEFT + column * _CELL, _TOP + row * _CELL, count, share, is_right=row == column)


def _cell(x: int, y: int, count: int, share: float, *, is_right: bool) -> str:
    # A mistake is seen from a few in a hundred on; what is right is only dark when nearly all of it is.
    strength = share if is_right else min(1.0, share * 5)
    colour = "#1d6b43" if is_right else "#b3261e"
    box = (
        f'<rect x="{x}" y="{y}" width="{_CELL}" height="{_CELL}" stroke="#ddd" '
        f'fill="{colour}" fill-opacity="{strength:.2f}"/>'
    )
    if not count:
        return box
    ink = "#fff" if strength > _DARK else "#1b1b1b"
    middle = x + _CELL // 2
    return f'{box}<text x="{middle}" y="{y + 29}" text-anchor="middle" fill="{ink}">{count}</text>'
