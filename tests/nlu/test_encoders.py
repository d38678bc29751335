"""The encoders: unit vectors, whatever the text; and sentences that help when one cannot be opened."""

from __future__ import annotations

import importlib.util
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import process_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.encoders import Encoder, open_encoder
from nlu.encoders.convert import to_sentence_transformers
from nlu.encoders.weights import bundled_weights
from nlu.errors import EmptyText, EncoderUnavailable
from nlu.text import clean

WITHOUT_TRANSFORMERS = importlib.util.find_spec("sentence_transformers") is None
QUESTION = "Đăng ký kết hôn cần giấy tờ gì?"


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("encoder")


@pytest.fixture(scope="module", params=["onnx", "bundled"])
def encoder(request: pytest.FixtureRequest, converted: Path) -> Encoder:
    return open_encoder(request.param, converted=converted)


def test_vectors_have_the_promised_shape_and_length(encoder: Encoder) -> None:
    vectors = encoder.encode_passages([QUESTION, "Cấp căn cước", "Tách thửa"])
    assert vectors.shape == (3, encoder.dimensions)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-4)
    assert encoder.encode_queries([]).shape == (0, encoder.dimensions)


@pytest.mark.parametrize(
    "same",
    [
        unicodedata.normalize("NFD", QUESTION),
        QUESTION.upper(),
        f"{QUESTION}\x00",
        QUESTION.replace(" ", "\x00 "),
        f"  {QUESTION}\u200b\n",
    ],
)
def test_the_form_of_a_text_does_not_move_its_vector(encoder: Encoder, same: str) -> None:
    one, other = encoder.encode_queries([QUESTION, same])
    assert float(one @ other) == pytest.approx(1.0, abs=1e-5)


def test_a_question_is_closer_to_its_procedure_than_to_another(encoder: Encoder) -> None:
    passages = encoder.encode_passages(["Thủ tục đăng ký kết hôn", "Cấp giấy phép lái xe"])
    scores = passages @ encoder.encode_queries(["cưới vợ thì làm giấy gì"])[0]
    assert scores[0] > scores[1]


@pytest.mark.parametrize("nothing", ["", "  ", "\x00", "\u200b\n"])
def test_an_empty_text_is_refused(encoder: Encoder, nothing: str) -> None:
    with pytest.raises(EmptyText):
        encoder.encode_queries([nothing])


@pytest.mark.parametrize("text", ["Q§#z" * 2_500, "giấy tờ " * 1_250, "🙂" * 10_000])
def test_ten_thousand_characters_cost_no_more_than_a_page(encoder: Encoder, text: str) -> None:
    start = process_time()
    assert encoder.encode_queries([text]).shape == (1, encoder.dimensions)
    assert process_time() - start < 4


@settings(max_examples=50)
@given(st.text(st.characters(), max_size=300))
def test_every_text_has_a_vector_or_says_nothing(encoder: Encoder, text: str) -> None:
    if clean(text):
        (vector,) = encoder.encode_queries([text])
        assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-4)
    else:
        with pytest.raises(EmptyText):
            encoder.encode_queries([text])


def test_threads_get_the_same_vectors(encoder: Encoder) -> None:
    with ThreadPoolExecutor(4) as pool:
        vectors = list(pool.map(lambda _: encoder.encode_queries([QUESTION])[0], range(8)))
    assert all(np.array_equal(vectors[0], vector) for vector in vectors)


@pytest.mark.skipif(not WITHOUT_TRANSFORMERS, reason="sentence-transformers is installed here")
def test_without_the_extra_the_error_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match=r"pip install motcua\[transformers\]"):
        open_encoder("intfloat/multilingual-e5-small", converted=tmp_path)


@pytest.mark.heavy
def test_a_sentence_transformer_of_the_bundled_weights_gives_the_same_vectors(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers", reason="needs motcua[transformers]")
    to_sentence_transformers(bundled_weights(), tmp_path / "e5")
    encoder = open_encoder("bundled", converted=tmp_path)
    twin = open_encoder(str(tmp_path / "e5"), converted=tmp_path)
    texts = [QUESTION, "xin chao", "Lệ phí 20.000 đ theo Nghị định 118/2025/NĐ-CP", "lm cccd ntn z ad"]
    for one, other in zip(encoder.encode_queries(texts), twin.encode_queries(texts), strict=True):
        assert float(one @ other) > 0.999
    for one, other in zip(encoder.encode_passages(texts), twin.encode_passages(texts), strict=True):
        assert float(one @ other) > 0.999
