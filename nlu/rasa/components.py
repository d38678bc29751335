"""What our Rasa pipeline (config.yml) has beyond Rasa's own components. Runs in Rasa's environment only.

Rasa checks these signatures by their annotations and the names of their parameters.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import coo_matrix

from nlu.abbreviations import expansions
from nlu.signs import signs
from nlu.text import fold

_VOCABULARY = "signs.txt"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER], is_trainable=False)
class FoldingTokenizer(WhitespaceTokenizer):  # type: ignore[misc]
    """Words as typed; the lemma of each is it written out and without marks, "đk" → "dang ky"."""

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        text = message.get(attribute)
        tokens: list[Token] = super().tokenize(message, attribute)
        for token in tokens:
            token.lemma = fold(_written_out(token, text)) or token.text
        return tokens


def _written_out(token: Token, text: str) -> str:
    written, at = "", token.start
    for expansion in expansions(text):
        if token.start <= expansion.start and expansion.end <= token.end:
            written += text[at : expansion.start] + expansion.meaning
            at = expansion.end
    return written + text[at : token.end]


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER], is_trainable=True)
class SignsFeaturizer(SparseFeaturizer, GraphComponent):  # type: ignore[misc]
    """A feature for each sign that our rules see in a text (nlu/signs.py)."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        vocabulary: tuple[str, ...] = (),
    ) -> None:
        super().__init__(execution_context.node_name, config)
        self._storage, self._resource = model_storage, resource
        self._places = {name: place for place, name in enumerate(vocabulary)}

    @classmethod
    def required_components(cls) -> list[type]:
        return [Tokenizer]

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """There is nothing to set."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SignsFeaturizer:
        return cls(config, model_storage, resource, execution_context)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> SignsFeaturizer:
        with model_storage.read_from(resource) as folder:
            vocabulary = tuple((folder / _VOCABULARY).read_text(encoding="utf-8").splitlines())
        return cls(config, model_storage, resource, execution_context, vocabulary)

    def train(self, training_data: TrainingData) -> Resource:
        texts = [example.get(TEXT) for example in training_data.training_examples if example.get(TEXT)]
        seen = sorted({sign for text in texts for sign in signs(text)})
        self._places = {name: place for place, name in enumerate(seen)}
        with self._storage.write_to(self._resource) as folder:
            (folder / _VOCABULARY).write_text("\n".join(seen), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process([example for example in training_data.training_examples if example.get(TEXT)])
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            of_words = np.zeros((len(message.get(TOKENS_NAMES[TEXT])), len(self._places)))
            of_text = np.zeros((1, len(self._places)))
            of_text[0, [self._places[sign] for sign in signs(message.get(TEXT)) if sign in self._places]] = 1
            self.add_features_to_message(coo_matrix(of_words), coo_matrix(of_text), TEXT, message)
        return messages
