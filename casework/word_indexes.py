"""What of reports and cases is found by its words."""

from __future__ import annotations

from office.word_index import Columns, WordIndex

CASES = WordIndex(table="casework_case", columns=Columns(texts=("number", "summary", "outcome")))
CASE_NOTES = WordIndex(table="casework_casenote", columns=Columns(texts=("text",)))
REPORTS = WordIndex(
    table="casework_report",
    columns=Columns(
        texts=("code", "text", "place", "answer", "contact_name", "contact_email", "contact_address"),
        numbers=("contact_phone",),
    ),
)
REPORT_NOTES = WordIndex(table="casework_reportstep", columns=Columns(texts=("note",)))
