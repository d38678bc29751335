from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "casework"

    def ready(self) -> None:
        """Load what declares live settings: the page and the command list them all."""
        from casework import (  # noqa: PLC0415 -- models must be loaded first
            contact_fields,  # noqa: F401
            nearby,  # noqa: F401
            publication_settings,  # noqa: F401
            reopening,  # noqa: F401
            service_levels,  # noqa: F401
            terms,  # noqa: F401
        )
