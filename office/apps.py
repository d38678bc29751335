from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "office"

    def ready(self) -> None:
        """Load what declares live settings: the page and the command list them all. Keep its words found."""
        from office import (  # noqa: PLC0415 -- models must be loaded first
            duties,  # noqa: F401
            opening_hours,  # noqa: F401
            second_factor,  # noqa: F401
            sessions,  # noqa: F401
            sign_ins,  # noqa: F401
        )
        from office.word_index import keep_words  # noqa: PLC0415
        from office.word_indexes import REGISTER, STAFF  # noqa: PLC0415

        keep_words(self, STAFF, REGISTER)
