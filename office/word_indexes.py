"""What of the office is found by its words."""

from __future__ import annotations

from office.word_index import WordIndex

STAFF = WordIndex(table="office_staff", columns=("last_name", "first_name", "username"))
