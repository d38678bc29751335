"""Relatives, foreigners, the deceased, ages: said beyond doubt or not read at all."""

from __future__ import annotations

import pytest

from nlu.entities import Kind
from tests.nlu.entities.reads import values


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("con tôi có bố là người Hàn", "KR"),
        ("con toi co bo la nguoi han", "KR"),
        ("chồng em là người Nhật Bản", "JP"),
        ("ck e quốc tịch Mỹ", "US"),
        ("quốc tịch anh", "GB"),
        ("mẹ cháu là người Anh", "GB"),
        ("vợ người Nga", "RU"),
        ("bố cháu là ng Đài Loan", "TW"),
        ("lấy chồng Hàn", "KR"),
        ("chồng em là Tây", ""),
        ("chồng Tây", ""),
        ("chong tay", ""),
        ("bố cháu là người nước ngoài", ""),
        ("à không, bố cháu là người nước ngoài", ""),
        ("à không là người nước ngoài", ""),
        ("bo be nguoi nc ngoai", ""),
        ("có yếu tố nước ngoài", ""),
        ("không phải người Hàn mà là người Nhật", "JP"),
        ("chồng mang quốc tịch Pháp", "FR"),
        ("bạn trai Úc", "AU"),
        ("người Trung Quốc", "CN"),
    ],
)
def test_a_foreigner_is_read_with_the_country(text: str, country: str) -> None:
    assert set(values(text, Kind.FOREIGNER)) == {country}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "không phải người nước ngoài",
        "ko có ai là người nước ngoài",
        "khong phai nguoi han",
        "người Tây Nguyên",
        "người Mỹ Đức",
        "người Nhật Tân",
        "nguoi phap luat",
        "người anh trai tôi",
        "người đức độ",
        "ở Hồ Tây",
        "chống Mỹ",
        "hàn xì",
        "đi làm ở nước ngoài",
        "hàng nước ngoài",
        "vợ chồng tôi",
        "chồng anh Nam",
        "nhật ký",
        "người ý thức kém",
        "bố mẹ đều là người Việt Nam",
        "chồng em người Hà Nội",
        "bố là người Thái Bình",
        "mẹ người Hải Dương",
        "người Pháp Vân",
        "người lao động",
        "người lào xào",
    ],
)
def test_what_is_no_foreigner_is_not_read_as_one(text: str) -> None:
    assert values(text, Kind.FOREIGNER, Kind.OVERSEAS_VIETNAMESE) == []


@pytest.mark.parametrize(
    "text",
    [
        "tôi là Việt kiều Mỹ",
        "viet kieu",
        "người Việt Nam định cư ở nước ngoài",
        "em định cư ở Đức",
        "kiều bào",
    ],
)
def test_a_vietnamese_abroad_is_read(text: str) -> None:
    assert values(text, Kind.OVERSEAS_VIETNAMESE) == [""]


@pytest.mark.parametrize(
    "text",
    [
        "bố mẹ đều là người Việt Nam",
        "bo me deu la nguoi viet",
        "hai vợ chồng em người Việt",
        "cả hai là người VN",
        "không có ai là người nước ngoài",
        "không có yếu tố nước ngoài",
        "ko phải người nước ngoài",
        "vợ chồng tôi đều quốc tịch Việt Nam",
        "không ai là việt kiều",
    ],
)
def test_that_nobody_is_a_foreigner_is_read(text: str) -> None:
    assert values(text, Kind.ALL_VIETNAMESE)


@pytest.mark.parametrize(
    "text",
    [
        "à không là người nước ngoài",
        "à không, bố cháu là người nước ngoài",
        "chồng em người Việt",
        "tiếng Việt",
    ],
)
def test_one_vietnamese_or_a_correction_does_not_say_that_nobody_is(text: str) -> None:
    assert values(text, Kind.ALL_VIETNAMESE) == []


@pytest.mark.parametrize(
    ("text", "relatives"),
    [
        ("làm khai sinh cho con tôi", {"child"}),
        ("con gái em", {"child"}),
        ("bố mẹ tôi", {"parents"}),
        ("bo em va me em", {"father", "mother"}),
        ("vợ chồng em", {"spouses"}),
        ("ck e", {"husband"}),
        ("ông nội mất", {"grandparent"}),
        ("em gái tôi", {"sibling"}),
        ("còn lệ phí", set()),
        ("con dấu công ty", set()),
        ("con đường này", set()),
        ("con số", set()),
        ("bố trí", set()),
        ("chống tham nhũng", set()),
        ("chồng chéo", set()),
        ("công ty con", {"child"}),
        ("ba ngày", set()),
        ("bỏ hồ sơ", set()),
        ("anh ơi cho em hỏi", set()),
    ],
)
def test_relatives_are_read_and_pronouns_are_not(text: str, relatives: set[str]) -> None:
    assert set(values(text, Kind.RELATIVE)) == relatives - ({"child"} if text == "công ty con" else set())


@pytest.mark.parametrize(
    "text",
    [
        "bố tôi mất rồi",
        "bo toi mat roi",
        "mẹ em vừa mất",
        "ông nội đã qua đời",
        "chồng chị ấy mất năm ngoái",
        "người đã mất",
        "bà ngoại từ trần",
        "bố em mất, giờ làm gì",
    ],
)
def test_a_death_is_read(text: str) -> None:
    assert values(text, Kind.DECEASED)


@pytest.mark.parametrize(
    "text",
    [
        "mẹ tôi mất căn cước",
        "mẹ tôi mất cccd",
        "bố tôi bị mất giấy khai sinh",
        "mất bao lâu",
        "con tôi làm mất thẻ",
        "em bị mất ví",
        "bố mẹ mất bao nhiêu tiền",
        "mẹ tôi mất mấy ngày",
    ],
)
def test_a_loss_is_no_death(text: str) -> None:
    assert values(text, Kind.DECEASED) == []


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("con tôi 8 tuổi", ["8"]),
        ("be 13 tuoi", ["13"]),
        ("con em 5t", ["5"]),
        ("bé 6 tháng tuổi", ["0"]),
        ("trẻ sơ sinh", ["0"]),
        ("em mới sinh", ["0"]),
        ("dưới 14 tuổi", []),
        ("từ 18 tuổi trở lên", []),
        ("trên 80 tuổi", []),
        ("tuổi nghỉ hưu", []),
        ("5t hàng", []),
    ],
)
def test_an_age_is_read_and_a_bound_is_none(text: str, years: list[str]) -> None:
    assert values(text, Kind.AGE) == years


@pytest.mark.parametrize("text", ["giấy uỷ quyền", "uy quyen cho con", "nộp hộ mẹ", "làm thay bố được không"])
def test_acting_for_another_is_read(text: str) -> None:
    assert values(text, Kind.REPRESENTATIVE)


@pytest.mark.parametrize(
    "text", ["làm hộ khẩu", "lam ho chieu", "hộ kinh doanh", "xin hộ nghèo", "giúp tôi với"]
)
def test_a_household_book_is_no_one_acting_for_another(text: str) -> None:
    assert values(text, Kind.REPRESENTATIVE) == []
