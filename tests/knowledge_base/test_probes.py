from __future__ import annotations

from knowledge_base.probes import ProbeKind, probes, short_title
from tests.knowledge_base.contents import procedure


def test_the_title_comes_first_and_examples_follow() -> None:
    found = probes(procedure(title="Đăng ký thường trú"), ["nhập khẩu về nhà chồng"])
    assert [(probe.kind, probe.text) for probe in found] == [
        (ProbeKind.TITLE, "Đăng ký thường trú"),
        (ProbeKind.EXAMPLE, "nhập khẩu về nhà chồng"),
    ]


def test_what_stands_in_brackets_is_left_out_of_an_alias() -> None:
    found = probes(procedure(title="Thủ tục cấp thẻ căn cước (thực hiện tại cấp tỉnh)"), [])
    assert found[1].kind is ProbeKind.ALIAS
    assert found[1].text == "cấp thẻ căn cước"


def test_a_text_that_says_the_same_is_no_second_probe() -> None:
    found = probes(procedure(title="Đăng ký thường trú"), ["dang ky thuong tru?", "ĐĂNG KÝ THƯỜNG TRÚ"])
    assert len(found) == 1


def test_an_example_that_says_nothing_is_left_out() -> None:
    assert len(probes(procedure(title="Đăng ký thường trú"), ["", "…", "😀"])) == 1


def test_a_title_of_brackets_only_keeps_its_title() -> None:
    assert short_title("(khai sinh)") == ""
    assert [probe.text for probe in probes(procedure(title="(khai sinh)"), [])] == ["(khai sinh)"]
