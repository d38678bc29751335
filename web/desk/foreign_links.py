"""Before an official's words go out: a warning where they hold a link that leads elsewhere."""

from __future__ import annotations

from office.links import strange_links
from web.desk.doors import DeskRequest

WARNING = (
    "Nội dung có liên kết ngoài các trang .gov.vn: {links}. Người dân được dặn không mở liên kết lạ. "
    "Anh/chị sửa lại, hoặc gửi lần nữa nếu đúng là cần (tệp kèm theo thì chọn lại)."
)


def link_warning(request: DeskRequest, words: str) -> dict[str, str]:
    """What the page is told, to show the words again; {} when they may go.

    links_seen: what the official was warned of, sent back with the form; nobody is warned twice.
    """
    links = ", ".join(strange_links(words))
    if not links or links == request.POST.get("links_seen", ""):
        return {}
    problem = WARNING.format(links=links)
    return {"reply_problem": problem, "problem": problem, "links_seen": links}
