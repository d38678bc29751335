from __future__ import annotations

from collections.abc import Iterator

import pytest

from knowledge_base import baselines
from knowledge_base.baselines import Baselines
from knowledge_base.library import Library
from tests.knowledge_base.search_base import BIRTH, ENCODER, MARRIAGE, RESIDENCE, build_here


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    root = tmp_path_factory.mktemp("releases")
    build_here(root)
    library = Library.open(root / "first", ENCODER)
    yield library
    library.close()


def _places(library: Library, text: str, *codes: str) -> dict[str, int]:
    return dict(Baselines(library).places(library.search(text).wording, codes))


def test_each_method_finds_a_title_word_for_word(library: Library) -> None:
    assert set(_places(library, "Thủ tục đăng ký kết hôn", MARRIAGE.code).values()) == {0}


def test_without_marks_only_the_folded_words_match(library: Library) -> None:
    places = _places(library, "nhap khau ve nha chong", RESIDENCE.code)
    assert places["bm25_folded"] == 0
    assert places["bm25"] > 0


def test_the_best_of_several_accepted_codes_counts(library: Library) -> None:
    places = _places(library, "Thủ tục đăng ký kết hôn", BIRTH.code, MARRIAGE.code)
    assert set(places.values()) == {0}


def test_a_code_that_is_not_held_has_no_place(library: Library) -> None:
    assert min(_places(library, "đăng ký kết hôn", "9.999999").values()) >= 1_000_000


def test_words_that_no_probe_has_are_no_error(library: Library) -> None:
    assert len(_places(library, "xyzzy qwerty", BIRTH.code)) == 5


def test_without_bm25s_the_encoder_is_still_compared(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(baselines, "has_bm25", lambda: False)
    assert set(_places(library, "kết hôn", MARRIAGE.code)) == {"encoder", "encoder_projected"}
