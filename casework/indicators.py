"""What is counted of reports: figures with their definitions in words, and rates of one in another.

Sources of the definitions: QĐ 766/QĐ-TTg of 23/6/2022 (the two indicators on feedback), decree 20/2008/NĐ-CP
art. 9 (who is refused is in nobody's competence here), QĐ 1207/QĐ-UBND of 28/2/2025 (what a term runs from).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet

from casework.facets import FACETS, Intake, Opinion, Standing
from casework.models import Report

QD_766 = "Quyết định 766/QĐ-TTg ngày 23/6/2022"

Among = Mapping[str, frozenset[int]]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """key: in addresses and sheets. means: what exactly is counted. among: by facet, the cases that are;
    which: what a column has to hold besides. The number and the list behind it both come from these.
    """

    key: str
    name: str
    means: str
    among: Among = field(default_factory=dict, hash=False)
    which: Q = field(default_factory=Q, hash=False)

    def of(self, reports: QuerySet[Report], now: datetime) -> QuerySet[Report]:
        """The reports that are counted."""
        cases = {facet: FACETS[facet](now) for facet in self.among}
        wanted = {f"{facet}__in": values for facet, values in self.among.items()}
        return reports.alias(**cases).filter(self.which, **wanted)


@dataclass(frozen=True, kw_only=True)
class Rate:
    """The share of one figure in another. source: the rule that defines it, "" if it is ours."""

    key: str
    name: str
    means: str
    part: Figure
    whole: Figure
    source: str = ""


def _among(*standings: Standing, **others: int) -> Among:
    return {
        "standing": frozenset(standings),
        **{facet: frozenset((value,)) for facet, value in others.items()},
    }


_DONE = (Standing.ON_TIME, Standing.LATE, Standing.WITHOUT_TERM)
_OPEN = (Standing.OVERDUE, Standing.WAITING)
_OURS = (*_DONE, *_OPEN)
_MATTERS = (*_OURS, Standing.REFUSED)

RECEIVED = Figure(
    key="received",
    name="Đã gửi",
    means="Gửi trong kỳ. Không tính phản ánh đã gộp vào phản ánh khác và phản ánh chỉ chuyển tham khảo.",
    among=_among(*_MATTERS),
)
IN_COMPETENCE = Figure(
    key="in_competence",
    name="Thuộc thẩm quyền",
    means="Đã gửi, trừ phản ánh không tiếp nhận (Nghị định 20/2008/NĐ-CP, điều 9).",
    among=_among(*_OURS),
)
REFUSED = Figure(
    key="refused",
    name="Không tiếp nhận",
    means="Từ chối với một lý do trong danh mục, kèm nơi giải quyết.",
    among=_among(Standing.REFUSED),
)
ANSWERED = Figure(
    key="answered",
    name="Đã trả lời",
    means="Đang ở trạng thái đã trả lời. Được mở lại thì là chưa trả lời.",
    among=_among(*_DONE),
)
ON_TIME = Figure(
    key="on_time",
    name="Đúng hạn",
    means="Trả lời trước hoặc đúng thời hạn; mở lại thì theo lần trả lời cuối.",
    among=_among(Standing.ON_TIME),
)
LATE = Figure(key="late", name="Trả lời trễ", means="Đã trả lời, sau thời hạn.", among=_among(Standing.LATE))
WITHOUT_TERM = Figure(
    key="without_term",
    name="Trả lời, không có thời hạn",
    means="Đã trả lời nhưng chưa từng được đặt thời hạn; không tính là đúng hạn.",
    among=_among(Standing.WITHOUT_TERM),
)
OPEN = Figure(
    key="open",
    name="Chưa trả lời",
    means="Đang chờ hoặc đang xử lý, kể cả phản ánh được mở lại.",
    among=_among(*_OPEN),
)
OVERDUE = Figure(
    key="overdue",
    name="Đang quá hạn",
    means="Chưa trả lời mà thời hạn đã qua.",
    among=_among(Standing.OVERDUE),
)
NOT_YET_DUE = Figure(
    key="not_yet_due",
    name="Chưa đến hạn",
    means="Chưa trả lời, thời hạn chưa qua hoặc chưa được đặt.",
    among=_among(Standing.WAITING),
)
DUE = Figure(
    key="due",
    name="Đã đến hạn",
    means="Đã trả lời (có thời hạn), hoặc chưa trả lời mà thời hạn đã qua.",
    among=_among(Standing.ON_TIME, Standing.LATE, Standing.OVERDUE),
)
INTAKE_ON_TIME = Figure(
    key="intake_on_time",
    name="Tiếp nhận đúng hạn",
    means="Tiếp nhận trước hoặc đúng hạn tiếp nhận.",
    among=_among(*_OURS, intake=Intake.ON_TIME),
)
INTAKE_OVERDUE = Figure(
    key="intake_overdue",
    name="Đang quá hạn tiếp nhận",
    means="Còn ở trạng thái mới gửi mà hạn tiếp nhận đã qua.",
    among=_among(*_OURS, intake=Intake.OVERDUE),
)
INTAKE_DUE = Figure(
    key="intake_due",
    name="Đã đến hạn tiếp nhận",
    means="Đã tiếp nhận, hoặc chưa mà hạn tiếp nhận đã qua.",
    among={
        "standing": frozenset(_OURS),
        "intake": frozenset((Intake.ON_TIME, Intake.LATE, Intake.OVERDUE)),
    },
)
RESPONDED = Figure(
    key="responded",
    name="Có thời gian phản hồi",
    means="Đã được cán bộ tiếp nhận, hoặc từ chối ngay; giờ làm việc từ lúc gửi đến lúc đó đã được ghi.",
    among=_among(*_MATTERS),
    which=Q(first_response_minutes__isnull=False),
)
HANDLED = Figure(
    key="handled",
    name="Có thời gian xử lý",
    means="Đã trả lời; giờ làm việc từ lúc tiếp nhận đến lần trả lời cuối đã được ghi.",
    among=_among(*_DONE),
    which=Q(handling_minutes__isnull=False),
)
RATED = Figure(
    key="rated",
    name="Có đánh giá",
    means="Người gửi đã đánh giá ít nhất một lần trả lời.",
    among={
        "standing": frozenset(_MATTERS),
        "opinion": frozenset((Opinion.SATISFIED, Opinion.DISSATISFIED)),
    },
)
DISSATISFIED = Figure(
    key="dissatisfied",
    name="Chưa hài lòng hoặc phàn nàn chậm",
    means="Lần đánh giá cuối là chưa hài lòng, hoặc có lần người gửi chọn lý do “Chậm”.",
    among=_among(*_MATTERS, opinion=Opinion.DISSATISFIED),
)
CONTENT = Figure(
    key="content",
    name="Không bị phàn nàn",
    means="Tất cả phản ánh đã gửi, trừ phản ánh chưa hài lòng hoặc phàn nàn chậm.",
    among={
        "standing": frozenset(_MATTERS),
        "opinion": frozenset((Opinion.NONE, Opinion.SATISFIED)),
    },
)
REOPENED = Figure(
    key="reopened",
    name="Được mở lại",
    means="Người gửi đã đề nghị xem lại ít nhất một lần.",
    among=_among(*_MATTERS),
    which=Q(reopenings__gt=0),
)
MERGED = Figure(
    key="merged",
    name="Đã gộp",
    means="Trùng việc; được tính ở phản ánh mà nó gộp vào.",
    among=_among(Standing.MERGED),
)
REFERENCE_ONLY = Figure(
    key="reference_only",
    name="Chỉ chuyển tham khảo",
    means="Người gửi không để lại tên; không có thời hạn trả lời.",
    among=_among(Standing.REFERENCE_ONLY),
)
OUTCOMES = tuple(
    Figure(
        key=f"outcome_{outcome.value}",
        name=outcome.label,
        means=f"Đã trả lời với kết quả: {outcome.label.lower()}.",
        among=_among(*_DONE),
        which=Q(outcome=outcome.value),
    )
    for outcome in Report.Outcome
)

#: What nobody counts in the rates, said beside them.
NOT_COUNTED = (REFUSED, MERGED, REFERENCE_ONLY)
FIGURES = (
    *(RECEIVED, IN_COMPETENCE, ANSWERED, ON_TIME, LATE, WITHOUT_TERM, OPEN, OVERDUE, NOT_YET_DUE, DUE),
    *(INTAKE_DUE, INTAKE_ON_TIME, INTAKE_OVERDUE, RESPONDED, HANDLED),
    *(RATED, DISSATISFIED, CONTENT, REOPENED, *OUTCOMES, *NOT_COUNTED),
)
FIGURE_OF = {figure.key: figure for figure in FIGURES}

QD766_HANDLED = Rate(
    key="qd766_handled",
    name="Xử lý đúng hạn / thuộc thẩm quyền",
    means="Phản ánh được trả lời trước hoặc đúng hạn, chia cho phản ánh thuộc thẩm quyền. Phản ánh chưa đến "
    "hạn vẫn nằm ở mẫu số, nên kỳ đang diễn ra thấp hơn kỳ đã qua.",
    part=ON_TIME,
    whole=IN_COMPETENCE,
    source=QD_766,
)
QD766_CONTENT = Rate(
    key="qd766_content",
    name="Không bị đánh giá chưa hài lòng hoặc phàn nàn chậm",
    means="Tất cả phản ánh trừ phản ánh chưa hài lòng hoặc phàn nàn chậm, chia cho tất cả phản ánh. Ai "
    "không đánh giá thì không bị trừ.",
    part=CONTENT,
    whole=RECEIVED,
    source=QD_766,
)
ON_TIME_RATE = Rate(
    key="on_time_rate",
    name="Đúng hạn trong số đã đến hạn",
    means="Phản ánh được trả lời trước hoặc đúng hạn, chia cho phản ánh đã trả lời hoặc đã quá hạn.",
    part=ON_TIME,
    whole=DUE,
)
INTAKE_RATE = Rate(
    key="intake_rate",
    name="Tiếp nhận đúng hạn",
    means="Phản ánh tiếp nhận trước hoặc đúng hạn, chia cho phản ánh đã tiếp nhận hoặc đã quá hạn tiếp nhận.",
    part=INTAKE_ON_TIME,
    whole=INTAKE_DUE,
)
RATES = (QD766_HANDLED, QD766_CONTENT, ON_TIME_RATE, INTAKE_RATE)
