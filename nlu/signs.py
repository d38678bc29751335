"""What our rules and word families see in a text, as names: what the classifier knows beyond its examples."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import yaml

from nlu.asked_part import asked_part
from nlu.categories import is_urgent, rank_categories
from nlu.entities import report_code
from nlu.word_rules import Said, Words

# "H26.12-251103-0012", "000.00.12.G01-260102-0003": the numbers of dossiers on the public-service portals.
_DOSSIER = re.compile(r"(?<!\w)(?:h\d{2}|\d{3}\.\d{2}\.\d{2}\.\w{3})[.\d]*-\d{6}-\d{4}", re.IGNORECASE)
_PROCEDURE = re.compile(r"(?<![\w.])\d\.\d{6}(?![\w.])")


def signs(text: str) -> list[str]:
    """Names of what the rules see, such as "asked:fee", "category:cay_xanh", "report_code"."""
    part = asked_part(text)
    seen = {
        f"asked:{part}": part is not None,
        f"category:{rank_categories(text)[0]}": True,
        "urgent": is_urgent(text),
        "report_code": report_code(text) is not None,
        "dossier_number": _DOSSIER.search(text) is not None,
        "procedure_code": _PROCEDURE.search(text) is not None,
    }
    said = Said.of(text)
    families = [name for name, words in _families().items() if words.stand_in(said)]
    return [name for name, is_seen in seen.items() if is_seen] + families


@cache
def _families() -> dict[str, Words]:
    table = yaml.safe_load(files("nlu").joinpath("data/signs.yml").read_text(encoding="utf-8"))
    return {name: Words.of(words) for name, words in table.items()}
