"""A page of forms is filled with what was posted from it, and with nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from web.form_pages import Filled, FormPage, Posted

PAGE = """<!doctype html><html lang="vi"><body><main id="content">
<form id="words" method="post" action="/words">
  <input type="hidden" name="seen" value="6"><input type="hidden" name="rank" value="1">
  <input type="password" name="password">
  <details><summary>Ghi chú</summary><text-expander keys="@"><textarea name="note">
Cũ</textarea></text-expander></details>
  <input name="day"><input name="day"><input autofocus name="other" value="x">
  <select name="unit"><option value="">–<option value="a">A<option value="b" selected>B</select>
  <input type="checkbox" name="on" value="mon" checked><input type="checkbox" name="on" value="tue">
  <input type="radio" name="kind" value="1" checked><input type="radio" name="kind" value="2">
  <button formaction="/words/leave">Bỏ</button>
</form>
<textarea form="words" name="outside"></textarea>
<form method="post" action="/row"><input type="hidden" name="row" value="1"><input name="why"></form>
<form method="post" action="/row"><input type="hidden" name="row" value="2"><input name="why"></form>
<form method="post"><input name="own"></form>
</main></body></html>"""


def filled(action: str, *, is_whole: bool = True, **fields: list[str]) -> tuple[Filled, LexborHTMLParser]:
    page = FormPage(PAGE, path="/here")
    told = page.fill(Posted(action=action, fields=fields, is_whole=is_whole))
    return told, LexborHTMLParser(page.html)


def values(tree: LexborHTMLParser, selector: str) -> list[str | None]:
    return [node.attributes.get("value") for node in tree.css(selector)]


def test_texts_go_back_in_their_order_and_the_fold_around_them_opens() -> None:
    told, tree = filled("/words", note=["Mới\n<b>"], day=["1", "2", "3"])
    assert told == Filled(has_words=True)
    assert tree.css_first("details[open] textarea[autofocus]").text() == "Mới\n<b>"
    assert values(tree, "[name=day]") == ["1", "2"]
    assert len(tree.css("[autofocus]")) == 1


def test_what_is_chosen_and_ticked_is_chosen_and_ticked() -> None:
    _, tree = filled("/words/leave", unit=["a"], on=["tue"], kind=["2"])
    assert values(tree, "[selected]") == ["a"]
    assert values(tree, "[checked]") == ["tue", "2"]


def test_what_is_no_longer_offered_is_not_chosen() -> None:
    told, tree = filled("/words", unit=["gone"], on=["mon"])
    assert values(tree, "[selected]") == ["b"]
    assert not told.has_words


def test_of_a_part_that_was_posted_no_box_loses_its_tick() -> None:
    _, tree = filled("/words", is_whole=False, note=["Mới"])
    assert values(tree, "[type=checkbox][checked]") == ["mon"]


def test_hidden_fields_and_passwords_stay_as_the_page_has_them_but_for_when_it_was_read() -> None:
    told, tree = filled("/words", seen=["5"], rank=["9"], password=["secret words"], on=["mon"])
    assert values(tree, "[name=seen]") == ["5"]
    assert values(tree, "[name=rank]") == ["1"]
    assert values(tree, "[name=password]") == [None]
    assert told == Filled(has_words=False)


def test_a_field_outside_its_form_is_filled() -> None:
    _, tree = filled("/words", outside=["Ở ngoài"], on=["mon"])
    assert tree.css_first("[name=outside]").text() == "Ở ngoài"


@pytest.mark.parametrize("row", [1, 2])
def test_of_rows_that_post_to_one_address_the_same_one_is_filled(row: int) -> None:
    _, tree = filled("/row", row=[str(row)], why=["Vì thế"])
    assert values(tree, "[name=why]") == ([None, "Vì thế"] if row == 2 else ["Vì thế", None])


def test_a_form_without_an_address_posts_to_its_page() -> None:
    told, tree = filled("/here", own=["của tôi"])
    assert told.has_words
    assert values(tree, "[name=own]") == ["của tôi"]


def test_words_that_find_no_field_are_told_and_codes_are_not() -> None:
    told, _ = filled("/gone", note=["Chị Mai đã gọi"], seen=["2026-11-23T09:00"])
    assert told == Filled(has_words=False, missing=("Chị Mai đã gọi",))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), min_size=1))
def test_any_text_is_put_back_as_it_was(text: str) -> None:
    _, tree = filled("/words", note=[text], other=[text])
    assert tree.css_first("[name=note]").text().removeprefix("\n") == text.removeprefix("\n")
    assert values(tree, "[name=other]") == [text]


def test_what_is_said_stands_above_everything_else() -> None:
    page = FormPage(PAGE, path="/here")
    page.say('\n<p class="notice">Phiên đã hết</p>\n')
    assert LexborHTMLParser(page.html).css_first("main > :first-child").text() == "Phiên đã hết"
