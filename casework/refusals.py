"""Why a report may not be taken up, and where its author turns instead: never a bare "no".

Decree 20/2008/NĐ-CP art. 9 (what is not taken in is explained to whoever sent it); QĐ 1207/QĐ-UBND of
28/2/2025 (not for complaints, denunciations and state secrets; what a report has to hold). A duplicate is no
reason: it is merged, so that its author is told what becomes of the matter.
"""

from __future__ import annotations

from dataclasses import dataclass

from casework.errors import NotOffered, ReasonMissing
from office.models import Unit


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """One reason of the list.

    name: as officials choose it and citizens read it. address: where to turn, told word for word. asks: what
    the official has to add, "" where nothing has to be. source: the rule it comes from.
    """

    key: str
    name: str
    address: str
    asks: str
    source: str


REFUSALS = (
    Refusal(
        key="not_ours",
        name="Việc thuộc thẩm quyền của cơ quan khác",
        address="",
        asks="Cơ quan nào giải quyết, địa chỉ hoặc số điện thoại",
        source="Nghị định 20/2008/NĐ-CP, điều 9",
    ),
    Refusal(
        key="complaint",
        name="Đây là khiếu nại, phải theo trình tự riêng của luật",
        address="Anh/chị gửi đơn hoặc trình bày trực tiếp tại nơi tiếp công dân của cơ quan đã ra quyết định "
        "hoặc có hành vi mà anh/chị không đồng ý (Luật Khiếu nại, điều 8).",
        asks="",
        source="Nghị định 20/2008/NĐ-CP, điều 1; Luật Khiếu nại, điều 8",
    ),
    Refusal(
        key="denunciation",
        name="Đây là tố cáo, phải theo trình tự riêng của luật",
        address="Anh/chị gửi đơn hoặc trình bày trực tiếp tại nơi tiếp công dân của cơ quan có thẩm quyền; "
        "danh tính người tố cáo được giữ bí mật (Luật Tố cáo, điều 22).",
        asks="",
        source="Nghị định 20/2008/NĐ-CP, điều 1; Luật Tố cáo, điều 22",
    ),
    Refusal(
        key="unclear",
        name="Chưa đủ thông tin để xử lý",
        address="Anh/chị gửi lại phản ánh kèm thông tin còn thiếu, hoặc nhắn cho cán bộ ngay tại đây.",
        asks="Còn thiếu gì: địa điểm, thời gian, mô tả hay ảnh",
        source="Nghị định 20/2008/NĐ-CP, điều 7",
    ),
    Refusal(
        key="question",
        name="Đây là câu hỏi, không phải phản ánh",
        address="Anh/chị hỏi ngay tại cuộc trò chuyện này: trợ lý ảo trả lời về thủ tục, hoặc anh/chị nhắn "
        "“gặp cán bộ”.",
        asks="",
        source="Nghị định 20/2008/NĐ-CP, điều 5",
    ),
    Refusal(
        key="content",
        name="Lời lẽ hoặc hình ảnh không đúng quy định",
        address="Anh/chị gửi lại phản ánh với lời lẽ phù hợp và ảnh do chính anh/chị chụp, không chỉnh sửa.",
        asks="Điểm nào chưa đúng",
        source="Quyết định 1207/QĐ-UBND ngày 28/2/2025",
    ),
    Refusal(
        key="state_secret",
        name="Nội dung có dấu hiệu liên quan bí mật nhà nước",
        address="Anh/chị không gửi tài liệu Mật, Tối mật, Tuyệt mật qua tin nhắn; xin liên hệ trực tiếp "
        "cơ quan có thẩm quyền.",
        asks="",
        source="Quyết định 1207/QĐ-UBND ngày 28/2/2025",
    ),
    Refusal(
        key="other",
        name="Lý do khác",
        address="",
        asks="Vì sao, và anh/chị ấy nên làm gì tiếp",
        source="Nghị định 20/2008/NĐ-CP, điều 9",
    ),
)

NAMES = {refusal.key: refusal.name for refusal in REFUSALS}


def refusal_of(key: str) -> Refusal:
    """The reason with this key. Raises NotOffered."""
    for refusal in REFUSALS:
        if refusal.key == key:
            return refusal
    raise NotOffered


def explained(refusal: Refusal, words: str, signpost: Unit | None = None) -> str:
    """What its author is told: the reason, the official's words, where to turn. Raises ReasonMissing.

    words: cleaned; signpost: a unit that takes no reports from here and says where to turn to it.
    """
    if refusal.asks and not words and not signpost:
        raise ReasonMissing
    lines = (
        "" if refusal.key == "other" else f"{refusal.name}.",
        words,
        refusal.address,
        _signpost(signpost),
    )
    return "\n".join(line for line in lines if line)


def _signpost(unit: Unit | None) -> str:
    return f"{unit.name}: {unit.signpost}" if unit and unit.is_signpost_only else ""
