"""What of the office is found by its words."""

from __future__ import annotations

from office.word_index import Columns, WordIndex

STAFF = WordIndex(table="office_staff", columns=Columns(texts=("last_name", "first_name", "username")))
REGISTER = WordIndex(
    table="office_auditentry", columns=Columns(texts=("action", "subject"), documents=("detail",))
)
