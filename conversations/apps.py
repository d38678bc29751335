from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "conversations"

    def ready(self) -> None:
        """Keep its words found."""
        from conversations.word_indexes import CITIZENS, TURNS  # noqa: PLC0415 -- models must be loaded first
        from office.word_index import keep_words  # noqa: PLC0415

        keep_words(self, TURNS, CITIZENS)
