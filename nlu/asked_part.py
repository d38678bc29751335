"""Which part of a procedure a question asks for, by its words, with and without diacritics."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from nlu.word_rules import Said, Words


def asked_part(text: str) -> str | None:
    """A value of knowledge_base.content.PartName, or None where the question asks for no part in particular.

    Of several parts the one that stands first in data/asked_parts.yml wins: there the narrow words come
    before the wide ones ("lệ phí làm hồ sơ" asks for the fee).
    """
    said = Said.of(text)
    return next((part for part, words in _rules() if words.stand_in(said)), None)


@cache
def _rules() -> tuple[tuple[str, Words], ...]:
    table = yaml.safe_load(files("nlu").joinpath("data/asked_parts.yml").read_text(encoding="utf-8"))
    return tuple((rule["part"], Words.of(rule["words"])) for rule in table)
