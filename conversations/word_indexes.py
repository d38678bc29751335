"""What of conversations is found by its words."""

from __future__ import annotations

from office.word_index import Columns, WordIndex

TURNS = WordIndex(table="conversations_turn", columns=Columns(texts=("text",)))
CITIZENS = WordIndex(table="conversations_conversation", columns=Columns(texts=("citizen_name",)))
