"""Errors of knowledge_base/, each saying what to do.

KnowledgeBaseError
├── ContentProblem          content that cannot be read
│   └── StarterProblem      a starter file, named with its field
├── ImportProblem           a path that cannot be imported at all
├── UploadProblem           an uploaded file that cannot be taken, said in Vietnamese to the editor
├── PublishingProblem
│   ├── NotADraft
│   ├── DateProblem         a day on which a revision cannot begin
│   ├── StaleDraft
│   └── OverrideChanged     a local value that somebody else changed meanwhile
├── UnsafeAnswer            an answer with a figure that its source does not hold
├── ReleaseProblem          a release that cannot be built, opened or activated
├── TuningProblem           a projection that cannot be tuned or read
└── EvaluationProblem       labelled questions that cannot be read
"""

from __future__ import annotations


class KnowledgeBaseError(Exception):
    """Unexpected error of knowledge_base/."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__doc__)


class ContentProblem(KnowledgeBaseError):
    """The JSON of a revision does not read as content: build it with content_json.to_json."""


class StarterProblem(ContentProblem):
    """A starter file is not complete: give the named field."""


class ImportProblem(KnowledgeBaseError):
    """There is nothing to import at this path: name a .jsonl file, a .yaml file or a folder of these."""


class UploadProblem(KnowledgeBaseError):
    """The uploaded file cannot be taken. The text is Vietnamese: it is shown to the editor as it is."""


class PublishingProblem(KnowledgeBaseError):
    """The revision cannot be published."""


class NotADraft(PublishingProblem):
    """Only a draft can be published: make a draft from this revision first."""


class StaleDraft(PublishingProblem):
    """Another revision went live since this draft was begun: compare the two and make a new draft."""


class UnsafeAnswer(KnowledgeBaseError):
    """The answer says a figure that its source does not hold: look at how the record was read."""


class OverrideChanged(PublishingProblem):
    """Somebody else changed this local value meanwhile: look at it again, then change it."""


class DateProblem(PublishingProblem):
    """The day has already begun: publish now, or choose a later day."""


class ReleaseProblem(KnowledgeBaseError):
    """The release cannot be used: build a new one with `motcua kb build`."""


class OutdatedRelease(ReleaseProblem):
    """An older program built the release: `motcua run` builds a new one, as does `motcua kb build`."""


class TuningProblem(KnowledgeBaseError):
    """The projection cannot be tuned or read: tune again, or `motcua encoder forget`."""


class EvaluationProblem(KnowledgeBaseError):
    """The labelled questions cannot be read: give each line an id, a text and a kind or class."""
