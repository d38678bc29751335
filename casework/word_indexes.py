"""What of reports and cases is found by its words."""

from __future__ import annotations

from office.word_index import WordIndex

CASES = WordIndex(table="casework_case", columns=("number", "summary", "outcome"))
REPORTS = WordIndex(
    table="casework_report",
    columns=(
        *("code", "text", "place", "answer"),
        *("contact_name", "contact_phone", "contact_email", "contact_address"),
    ),
)
REPORT_NOTES = WordIndex(table="casework_reportstep", columns=("note",))
