"""A classified document, shown or sent. Asking what counts as one is a question like others."""

from __future__ import annotations

import re

from nlu.guards.word_lists import word_lists
from nlu.text import clean
from nlu.word_rules import Said

# A classification stamped on a line of its own ("MẬT", "TỐI MẬT").
_STAMP = re.compile(r"^\W*(?:TỐI MẬT|TUYỆT MẬT|MẬT)\W*$", re.MULTILINE)


def speaks(said: Said, text: str) -> bool:
    """Whether the text shows, sends or asks for what is marked Mật, Tối mật or Tuyệt mật."""
    words = word_lists("state_secret")
    if _STAMP.search(clean(text)) or words["asked_for"].stand_in(said):
        return True
    only_asked = words["asking"].stand_in(said) and not words["shown"].stand_in(said)
    return words["marked"].stand_in(said) and not only_asked
