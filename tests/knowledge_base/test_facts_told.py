"""What a message tells settles the variant: in every order, with and without diacritics, now or later."""

from __future__ import annotations

import json
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.siblings import as_told, variants_of
from knowledge_base.variations import besides_facts, told
from nlu.text import fold
from tests.knowledge_base.real_data import PORTAL, needs_portal

FOREIGN = [
    "con tôi có bố là người Hàn",
    "bố cháu quốc tịch Hàn Quốc",
    "người Hàn là bố cháu",
    "ck e là ng Nhật",
    "vk em là người nc ngoài",
    "em lấy chồng tây",
    "à không, bố cháu là người nước ngoài",
    "mẹ bé là Việt kiều Mỹ",
    "không phải người Việt, bố nó người Đài Loan",
    "bố người Úc, mẹ người Việt",
]
VIETNAMESE = [
    "hai vợ chồng đều là người Việt Nam",
    "bố mẹ cháu người việt cả",
    "ko có ai là người nước ngoài",
    "à nhầm, không có yếu tố nước ngoài",
    "bme đều là ng vn",
    "không phải người nước ngoài ạ",
]
UNTOLD = ["chồng em người Hà Nội", "bố là bộ đội", "con em ở với bà", "đi nước ngoài về", "người Mỹ Đức", ""]


@pytest.mark.parametrize("text", FOREIGN)
def test_a_foreigner_is_told_with_and_without_marks(text: str) -> None:
    assert told(text) == told(fold(text)) == {"foreign": "yes"}


@pytest.mark.parametrize("text", VIETNAMESE)
def test_that_nobody_is_a_foreigner_is_told_with_and_without_marks(text: str) -> None:
    assert told(text) == told(fold(text)) == {"foreign": "no"}


@pytest.mark.parametrize("text", UNTOLD)
def test_what_is_not_said_is_not_told(text: str) -> None:
    assert "foreign" not in told(text)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("căn cước cho con 8 tuổi", {"age": "under_14"}),
        ("can cuoc cho be 13t", {"age": "under_14"}),
        ("tôi 30 tuổi làm căn cước", {"age": "from_14"}),
        ("trẻ dưới 14 tuổi", {"age": "under_14"}),
        ("tôi 30 tuổi, con tôi 8 tuổi", {}),
        ("đăng ký thuế cho công ty", {"applicant": "organisation"}),
        ("em đăng ký cho cá nhân em", {"applicant": "person"}),
        ("làm lại thẻ bị mất ở công an tỉnh", {"act": "again", "level": "province"}),
    ],
)
def test_other_facts_are_told(text: str, facts: dict[str, str]) -> None:
    assert told(text) == facts


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("à không, bố cháu là người nước ngoài", "a khong chau la"),
        ("vợ em người Lào, đăng ký kết hôn", "em dang ky ket hon"),
        ("ck e ng Nhật thì lệ phí bao nhiêu", "em thi le phi bao nhieu"),
    ],
)
def test_what_a_message_says_besides_its_facts(text: str, rest: str) -> None:
    assert besides_facts(text) == rest


@given(st.text(max_size=120))
def test_any_text_tells_something_or_nothing(text: str) -> None:
    told(text)
    assert besides_facts(text) == fold(besides_facts(text))


@cache
def national_titles() -> dict[str, str]:
    lines = map(json.loads, PORTAL.read_text(encoding="utf-8").splitlines())
    return {line["ma_thu_tuc"]: line["ten_thu_tuc"] for line in lines}


#: A procedure, what is told of it, and the variant of the national base that this leads to; None: to choose.
LEADS_TO = [
    ("1.001193", "con tôi có bố là người Hàn", "2.000528"),
    ("2.000528", "hai vợ chồng đều là người Việt", "1.001193"),
    ("1.001193", "bố người Lào, ở xã biên giới", "1.000110"),
    ("1.001193", "cán bộ đến tận nhà đăng ký được không", "1.003583"),
    ("1.001193", "làm luôn nhận cha con", "1.000689"),
    ("1.001193", "nhận cha con luôn, bố là người Pháp", "1.001695"),
    ("1.001193", "giấy khai sinh cũ bị mất, xin cấp lại", "1.004884"),
    ("1.004884", "mẹ là người Nga", "2.000522"),
    ("1.000894", "chong em nguoi Nhat", "2.000806"),
    ("1.000894", "chồng Campuchia, tôi ở xã biên giới", "1.000094"),
    ("1.000656", "bố tôi là Việt kiều Mỹ", "1.001766"),
    ("1.004837", "người giám hộ là người nước ngoài", "1.001669"),
    ("1.001022", "bố đứa bé quốc tịch Mỹ", "2.000779"),
    ("1.004859", "mẹ cháu người Đài Loan", "2.000748"),
    ("1.014062", "cháu 15 tuổi rồi", "1.014061"),
    ("1.014061", "bé 6 tuổi", "1.014062"),
    ("1.014061", "thẻ bị mất rồi", "1.014064"),
    ("1.014061", "em xin cấp đổi", "1.014063"),
    ("1.014064", "làm ở công an tỉnh", "2.001194"),
    ("3.000346", "em bị mất bằng", "3.000348"),
    ("1.004194", "em hết hạn rồi, gia hạn", "1.002755"),
    ("1.008498", "cho công ty", "2.002225"),
    ("2.001263", "bố nuôi là người Pháp", None),
    ("1.004222", "chồng là người Hàn", "1.004222"),
]


@needs_portal
@pytest.mark.parametrize(("code", "text", "leads_to"), LEADS_TO)
def test_over_the_national_titles_it_leads_to_the_right_variant(
    code: str, text: str, leads_to: str | None
) -> None:
    titles = national_titles()
    assert as_told(code, variants_of(code, titles), told(text)) == leads_to
