from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base.decision import NotFound, decide
from knowledge_base.errors import ReleaseProblem
from knowledge_base.library import Library
from knowledge_base.ranking import FEATURES
from tests.knowledge_base.search_base import (
    BIRTH,
    BIRTH_ON_THE_SPOT,
    ENCODER,
    MARRIAGE,
    RESIDENCE,
    build_here,
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    root = tmp_path_factory.mktemp("releases")
    build_here(root)
    library = Library.open(root / "first", ENCODER)
    yield library
    library.close()


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("đăng ký khai sinh cho con", BIRTH.code),
        ("dang ky khai sinh cho con", BIRTH.code),
        ("đk ks cho bé", BIRTH.code),
        ("đăng ký khai sinh lưu động", BIRTH_ON_THE_SPOT.code),
        ("giấy kết hôn cần gì", MARRIAGE.code),
        ("nhập khẩu về nhà chồng", RESIDENCE.code),
    ],
)
def test_the_procedure_that_is_meant_comes_first(library: Library, asked: str, code: str) -> None:
    assert library.search(asked).hits[0].code == code


def test_a_hit_shows_how_its_score_came_about(library: Library) -> None:
    hit = library.search("khai sinh").hits[0]
    weights = library.manifest.ranker.weights
    assert tuple(hit.features) == FEATURES
    assert hit.score == pytest.approx(sum(weights[n] * value for n, value in hit.features.items()), abs=1e-3)


def test_the_shares_of_all_candidates_sum_to_one(library: Library) -> None:
    result = library.search("đăng ký")
    assert sum(hit.share for hit in (*result.hits, *result.rejected)) == pytest.approx(1, abs=1e-4)


def test_the_result_tells_what_was_searched_and_how_long_it_took(library: Library) -> None:
    result = library.search("lam giay ks")
    assert result.release == library.name
    assert result.wording.words == ("lam", "giay", "khai", "sinh")
    assert set(result.timings) == {"wording", "encoding", "ranking", "total"}


@pytest.mark.parametrize("text", ["", "   ", "\x00", "😀👍", "…?!", "\n\n"])
def test_what_says_nothing_finds_nothing(library: Library, text: str) -> None:
    result = library.search(text)
    assert result.hits == ()
    assert decide(result) == NotFound(nearest=(), probability=1.0)


def test_a_long_story_is_searched_by_its_beginning(library: Library) -> None:
    beginning = "đăng ký khai sinh cho con " * 16
    result = library.search(beginning + "chuyện nhà tôi dài lắm " * 500)
    assert result.hits[0].code == BIRTH.code
    assert "chuyen" not in result.wording.words


def test_nfd_text_finds_the_same(library: Library) -> None:
    composed, decomposed = "đăng ký thường trú", "đăng ký thường trú"
    assert library.search(composed).hits == library.search(decomposed).hits


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_any_text_gives_a_decision(library: Library, text: str) -> None:
    decide(library.search(text))


def test_passages_are_found_with_marks_and_without(library: Library) -> None:
    title = library.content(RESIDENCE.code)
    found = library.passages_with(title.steps[:20]) if title.steps else ()
    assert found
    assert found == tuple(p for p in found if title.steps[:20].split()[0].lower() in p.text.lower())


def test_quotes_and_operators_are_only_words(library: Library) -> None:
    assert library.passages_with('" OR * NEAR(') == ()


def test_a_code_that_is_not_held_says_so(library: Library) -> None:
    with pytest.raises(ReleaseProblem, match=r"9\.999999"):
        library.content("9.999999")


def test_threads_get_the_same_answers(library: Library) -> None:
    asked = ["đăng ký khai sinh", "kết hôn", "thường trú", "khai sinh lưu động"] * 10
    alone = [library.search(text).hits for text in asked]
    with ThreadPoolExecutor(max_workers=6) as pool:
        contents = list(pool.map(library.content, [BIRTH.code, RESIDENCE.code] * 20))
        assert [result.hits for result in pool.map(library.search, asked)] == alone
    assert {content.code for content in contents} == {BIRTH.code, RESIDENCE.code}


def test_an_open_library_keeps_answering_when_its_files_are_gone(tmp_path: Path) -> None:
    build_here(tmp_path)
    library = Library.open(tmp_path / "first", ENCODER)
    library.content(BIRTH.code)
    (tmp_path / "first" / "library.db").unlink()
    assert library.content(MARRIAGE.code).title == MARRIAGE.title


def test_without_the_first_procedure_the_others_move_up_and_their_shares_sum_to_one(library: Library) -> None:
    found = library.search("đăng ký thường trú")
    first = found.hits[0].code
    left = found.without(first)
    assert [hit.code for hit in (*left.hits, *left.rejected)] == [
        hit.code for hit in (*found.hits, *found.rejected) if hit.code != first
    ]
    assert sum(hit.share for hit in (*left.hits, *left.rejected)) == pytest.approx(1, abs=1e-4)
    assert left.signs["margin"] == pytest.approx(left.hits[0].score - left.hits[1].score)
    assert decide(left) != decide(found)
