"""Errors of nlu/, each saying what to do.

NluError
├── EncoderUnavailable    the configured encoder cannot be opened
├── EmptyText             a text to encode says nothing
├── RasaUnavailable       the Rasa server gave no usable answer in time
├── RasaProjectProblem    Rasa could not validate, train or start
├── TrainingDataProblem   an nlu.yml that cannot be trained from
└── EvaluationDataProblem labelled questions that cannot be read
"""

from __future__ import annotations


class NluError(Exception):
    """Unexpected error of nlu/."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__doc__)


class EncoderUnavailable(NluError):
    """The encoder cannot be opened: check MOTCUA_ENCODER ("onnx", "bundled", or a model's name or folder)."""


class EmptyText(NluError):
    """There is nothing to encode: leave out texts that are empty after nlu.text.clean."""


class RasaUnavailable(NluError):
    """The Rasa server gave no usable answer in time: start it (`make rasa`); the local classifier answers."""


class RasaProjectProblem(NluError):
    """Rasa could not be run: install it by `make rasa-install`, and read what it says."""


class TrainingDataProblem(NluError):
    """The training data cannot be used: it must be a Rasa 3 nlu.yml with at least two intents."""


class EvaluationDataProblem(NluError):
    """The labelled texts cannot be read: give a folder with intents.jsonl or reports.jsonl."""
