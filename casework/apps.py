from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "casework"

    def ready(self) -> None:
        """Load what declares live settings: the page and the command list them all. Keep its words found."""
        from casework import (  # noqa: PLC0415 -- models must be loaded first
            appointment_settings,  # noqa: F401
            assignment_settings,  # noqa: F401
            cases,  # noqa: F401
            contact_fields,  # noqa: F401
            digest_times,  # noqa: F401
            nearby,  # noqa: F401
            publication_settings,  # noqa: F401
            reopening,  # noqa: F401
            service_levels,  # noqa: F401
            terms,  # noqa: F401
        )
        from casework.word_indexes import CASE_NOTES, CASES, REPORT_NOTES, REPORTS  # noqa: PLC0415
        from office.word_index import keep_words  # noqa: PLC0415

        keep_words(self, CASES, CASE_NOTES, REPORTS, REPORT_NOTES)
