"""What an official has tried in the practice room, read from the rows that his acts left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from casework.models import Case
from casework.practice import made_for
from conversations.models import Turn
from office.models import AuditEntry, Staff


@dataclass(frozen=True, kw_only=True)
class _Left:
    """What the acts left: actions of the register, and whether a reply quoted something."""

    actions: frozenset[str]
    has_quoted: bool


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing to try. good: what good work looks like."""

    name: str
    good: str
    is_done: bool


@dataclass(frozen=True, kw_only=True)
class _Wanted:
    name: str
    good: str
    is_done: Callable[[_Left], bool]


def _by(*actions: str) -> Callable[[_Left], bool]:
    return lambda left: not left.actions.isdisjoint(actions)


STEPS = (
    _Wanted(
        name="Nhận một hồ sơ",
        good="Việc khẩn trước, rồi người chờ lâu nhất. Khi anh/chị nhận, trợ lý ảo ngừng trả lời.",
        is_done=_by("case.claimed"),
    ),
    _Wanted(
        name="Trả lời",
        good="Chào, trả lời đúng câu hỏi, nói việc tiếp theo. Ngắn, không bắt người dân hỏi lại.",
        is_done=_by("case.replied"),
    ),
    _Wanted(
        name="Trả lời kèm trích dẫn",
        good="Phí, thời hạn, giấy tờ lấy nguyên văn từ kho thủ tục, không viết theo trí nhớ.",
        is_done=lambda left: left.has_quoted,
    ),
    _Wanted(
        name="Ghi chú nội bộ",
        good="Điều đồng nghiệp cần biết. Người dân không đọc được, nhưng vẫn viết tôn trọng.",
        is_done=_by("case.noted"),
    ),
    _Wanted(
        name="Chuyển cho đơn vị hoặc đồng nghiệp",
        good="Ghi lý do để người nhận không phải đọc lại từ đầu.",
        is_done=_by("case.transferred", "case.given"),
    ),
    _Wanted(
        name="Hẹn xem lại",
        good="Đặt đúng giờ đã hứa với người dân; hồ sơ tự trở về lúc đó.",
        is_done=_by("case.snoozed"),
    ),
    _Wanted(
        name="Đóng với kết quả",
        good="Chọn kết quả đúng với điều đã làm. Người dân được mời đánh giá.",
        is_done=_by("case.closed"),
    ),
)


def steps_of(staff: Staff) -> Sequence[Step]:
    """All steps in their order, each with whether this official has done it in his present room."""
    left = _left_by(staff)
    return [Step(name=one.name, good=one.good, is_done=one.is_done(left)) for one in STEPS]


def _left_by(staff: Staff) -> _Left:
    numbers = Case.objects.filter(made_for(staff)).values("number")
    lines = AuditEntry.objects.filter(actor=staff, subject__in=numbers)
    replies = Turn.objects.filter(made_for(staff), staff=staff)
    quoted = replies.exclude(payload__citation=None)
    return _Left(actions=frozenset(lines.values_list("action", flat=True)), has_quoted=quoted.exists())
