"""The guards, case by case: emergencies, accusations, state secrets, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.guards import GuardKind, look
from nlu.text import fold

EMERGENCIES = [
    "Cháy nhà rồi, cứu với",
    "Quán karaoke bên cạnh đang cháy to lắm",
    "khói mù mịt tầng 7 chung cư, có người kẹt",
    "có người bị đâm gục ở đầu chợ",
    "co thang cam dao chem nguoi o ngo 8",
    "tai nạn ở ngã tư, người bị thương nặng nằm giữa đường",
    "vừa xảy ra tai nạn xe máy, chảy máu nhiều",
    "chồng tôi đang đánh tôi",
    "ck e đang đánh e cứu vs",
    "bé nhà hàng xóm bị bố dượng đánh đập khóc thét",
    "hàng xóm bạo hành con nhỏ ngay lúc này",
    "mùi gas nồng nặc cả hành lang",
    "nha toi bi ro gas",
    "có cháu bé đuối nước ở hồ",
    "bạn em đòi tự tử",
    "em k muốn sống nữa",
    "toi khong muon song nua",
    "có người đang định nhảy cầu Chương Dương",
    "mẹ tôi đột quỵ bất tỉnh",
    "trộm đang trong nhà tôi",
    "cây đổ đè trúng người đi đường",
    "nhà sập, còn người bên trong",
    "con tôi bị bắt cóc",
    "co nguoi bi dien giat ngoai duong",
    "kẹt thang máy, có người ngất",
    "chay nha roi goi cuu hoa giup",
]
ACCUSATIONS = [
    "Tôi tố cáo chủ tịch xã nhận hối lộ",
    "toi muon to cao can bo dia chinh an tien",
    "tôi khiếu nại quyết định xử phạt của phường",
    "t kn qđ thu hồi đất nhà t",
    "ông Tám trưởng thôn ăn chặn tiền hỗ trợ của dân",
    "cán bộ T ở phòng tài chính tham ô quỹ",
    "tôi không đồng ý với quyết định thu hồi đất của nhà tôi",
    "việc cưỡng chế nhà tôi là trái pháp luật",
    "tôi kiện uỷ ban ra toà",
    "tố giác giám đốc trốn thuế",
    "Tôi muốn tố cáo ông Hùng kế toán biển thủ công quỹ thì nộp đơn ở đâu?",
    "cong an xa danh nguoi vo co toi to cao",
    "hiệu trưởng làm giả hồ sơ để rút tiền",
]
SECRETS = [
    "Tôi gửi kèm công văn đóng dấu Mật của huyện đội",
    "đây là văn bản tối mật, đọc giúp tôi",
    "TUYỆT MẬT: kế hoạch diễn tập",
    "MẬT\nCông văn số 12 về bố trí lực lượng",
    "toi co tai lieu dong dau mat muon hoi",
    "em chụp được tài liệu bí mật nhà nước",
]
NOTHING_TO_GUARD = [
    # Fire and danger as the subject of a procedure, a rule or a report on a place.
    "thủ tục phòng cháy chữa cháy cho quán ăn",
    "xin giấy phép kinh doanh gas cần gì",
    "đám cháy dập rồi, xin cảm ơn",
    "nhà tôi cháy năm ngoái mất hết giấy tờ",
    "bản gốc khai sinh bị cháy, xin cấp lại ở đâu",
    "bị cướp mất ví, làm lại căn cước ở đâu",
    "bóng đèn đường cháy rồi không ai thay",
    "den duong bi chay bong may hom nay",
    "xe chay qua toc do trong ngo",
    "quan an chay o dau",
    "nguoi ta dot rac khoi mu mit",
    "kho hàng có nguy cơ cháy nổ",
    "đoạn đường này hay xảy ra tai nạn",
    "trợ cấp tai nạn lao động nộp ở đâu",
    "chờ lâu muốn chết",
    "cu tu tu noi cho toi nghe",
    "cây đổ chắn ngang đường, không ai bị thương",
    "dây điện đứt rơi xuống vỉa hè",
    "khai tử cho người chết đuối cần giấy tờ gì",
    "trẻ bị bỏ rơi thì đăng ký khai sinh thế nào",
    "hôm qua có đánh nhau ở ngõ này, nay yên rồi",
    "bị ngắt điện cả ngày",
    "bi ngat dien ca ngay",
    "mức phạt bạo lực gia đình theo nghị định nào",
    # How to complain is a question; service that displeases is feedback.
    "thủ tục tố cáo thế nào",
    "thu tuc khieu nai gom nhung buoc nao",
    "muốn khiếu nại thì nộp đơn ở đâu",
    "thời hạn giải quyết khiếu nại lần đầu là bao lâu",
    "đơn tố cáo viết theo mẫu nào",
    "ai có quyền khởi kiện quyết định hành chính",
    "cán bộ phường quát mắng người dân",
    "cán bộ gợi ý bồi dưỡng mới làm nhanh",
    "hồ sơ trễ hẹn ba tuần không ai giải thích",
    "tôi chỉ góp ý chứ không khiếu nại, nhân viên nên vui vẻ hơn",
    "điều kiện kết hôn là gì",
    "làm giấy gia hạn tạm trú",
    "ho so qua han khong ai tra loi",
    "tài khoản này có lừa đảo không",
    "quy định thu phí này không hợp lý, đề nghị sửa",
    # Secrets that are none.
    "tôi quên mật khẩu tài khoản",
    "thông tin của tôi có được bảo mật không",
    "toi mat cccd thi lam lai o dau",
    "giấy tờ bị mất có làm lại được không",
    "quy định về tài liệu mật là gì",
    "bán mật ong ở chợ",
    # Small things.
    "",
    "xin chào",
    "113",
]


@pytest.mark.parametrize("text", EMERGENCIES)
def test_a_cry_for_help_is_heard_and_kept(text: str) -> None:
    finding = look(text)
    assert finding is not None
    assert (finding.kind, finding.keep, finding.redacted_text) == (GuardKind.EMERGENCY, True, text)


@pytest.mark.parametrize("text", ACCUSATIONS)
def test_an_accusation_is_known_and_its_words_are_not_kept(text: str) -> None:
    finding = look(text)
    assert finding is not None
    assert (finding.kind, finding.keep) == (GuardKind.ACCUSATION, False)
    assert finding.redacted_text == "[nội dung tố cáo đã được lược bỏ]"


@pytest.mark.parametrize("text", SECRETS)
def test_a_classified_document_is_known_and_not_kept(text: str) -> None:
    finding = look(text)
    assert finding is not None
    assert (finding.kind, finding.keep) == (GuardKind.STATE_SECRET, False)
    assert "mật" in finding.redacted_text
    assert text not in finding.redacted_text


@pytest.mark.parametrize("text", NOTHING_TO_GUARD)
def test_what_only_looks_alike_is_let_through(text: str) -> None:
    assert look(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Chồng tôi đang đánh tôi, cứu với",
        "có người bị chém ở chợ",
        "có trẻ con bị đuối nước ở hồ",
        "mẹ tôi đột quỵ",
        "tôi tố cáo chủ tịch xã nhận hối lộ",
        "tôi khiếu nại quyết định xử phạt",
    ],
)
def test_a_guard_sees_the_same_without_diacritics_and_in_capitals(text: str) -> None:
    kinds = [finding.kind if (finding := look(form)) else None for form in (text, fold(text), text.upper())]
    assert kinds[0] is not None
    assert len(set(kinds)) == 1


def test_life_comes_before_everything_else() -> None:
    finding = look("Tôi tố cáo chồng tôi, anh ta đang đánh tôi, cứu với")
    assert finding is not None
    assert finding.kind is GuardKind.EMERGENCY


@given(st.text(max_size=300))
def test_any_text_can_be_looked_at(text: str) -> None:
    finding = look(text)
    assert finding is None or finding.keep == (finding.redacted_text == text)
