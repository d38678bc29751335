"""Forms of a procedure: a link to the file where the source gives one that may be opened, else the name."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge_base.content import ProcedureContent
from office.links import safe_url


@dataclass(frozen=True, kw_only=True)
class Form:
    """url: "" where the source names no file, or one outside the allowed domains."""

    name: str
    url: str = ""


def forms(content: ProcedureContent) -> tuple[Form, ...]:
    """Every form once, in the order of the source, with its file where that may be opened."""
    files = {attachment.name: safe_file(attachment.path) for attachment in content.attachments}
    names = dict.fromkeys((*content.forms, *files))
    return tuple(Form(name=name, url=files.get(name, "")) for name in names)


def linked_forms(content: ProcedureContent) -> tuple[Form, ...]:
    return tuple(form for form in forms(content) if form.url)


def safe_file(path: str) -> str:
    """The address of a file on an allowed domain; a bare path of the source is no address of ours."""
    return safe_url(path) if path.startswith(("https://", "http://")) else ""
