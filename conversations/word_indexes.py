"""What of conversations is found by its words."""

from __future__ import annotations

from office.word_index import WordIndex

TURNS = WordIndex(table="conversations_turn", columns=("text",))
CITIZENS = WordIndex(table="conversations_conversation", columns=("citizen_name",))
