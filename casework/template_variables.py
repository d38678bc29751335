"""The variables of reply templates, each declared once: how it is written, what it says, how it is filled in.

A variable for which nothing is known stays in the words as it is written, is told, and is never sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from django.utils import timezone

from casework import visibility
from casework.errors import UnfilledVariable, UnknownVariable
from casework.models import Case
from office.hotlines import city_hotline
from office.models import Staff
from office.opening_hours import WORKING_HOURS, write_hours
from office.service_points import counters

_BRACES = re.compile(r"\{([^{}\n]{0,60})\}")


@dataclass(frozen=True, kw_only=True)
class Variable:
    """says: what stands in its place; example: shown in a preview; value: "" where it is not known."""

    says: str
    example: str
    value: Callable[[Case, Staff], str]


def _citizen(case: Case, _staff: Staff) -> str:
    return case.conversation.citizen_name


def _number(case: Case, _staff: Staff) -> str:
    return case.number


def _official(_case: Case, staff: Staff) -> str:
    return staff.display_name


def _unit(_case: Case, staff: Staff) -> str:
    unit = visibility.speaks_for(staff)
    return unit.name if unit else ""


def _hours(_case: Case, _staff: Staff) -> str:
    return write_hours(WORKING_HOURS.current())


def _counter(case: Case, _staff: Staff) -> str:
    """The first counter of the unit that has the case: its name and, where known, its address."""
    today = timezone.localdate()
    mine = (one for one in counters() if one.unit == case.unit.code and one.is_open_on(today))
    found = next(mine, None)
    return ", ".join(filter(None, (found.name, found.address))) if found else ""


def _hotline(_case: Case, _staff: Staff) -> str:
    return city_hotline().number


def _today(_case: Case, _staff: Staff) -> str:
    return f"{timezone.localdate():%d/%m/%Y}"


VARIABLES = MappingProxyType(
    {
        "ten_nguoi_dan": Variable(says="tên người dân", example="Chị Mai", value=_citizen),
        "ma_ho_so": Variable(says="mã hồ sơ chuyển xử lý", example="HT-2026-000045", value=_number),
        "can_bo": Variable(says="tên cán bộ đang trả lời", example="Nguyễn Thị Hà", value=_official),
        "don_vi": Variable(says="đơn vị của cán bộ", example="Tổ tiếp nhận trung tâm", value=_unit),
        "gio_lam_viec": Variable(says="giờ làm việc", example="08:00-12:00, 13:00-17:00", value=_hours),
        "diem_tiep_nhan": Variable(
            says="điểm tiếp nhận của đơn vị giữ hồ sơ",
            example="Điểm phục vụ hành chính công phường Ba Đình",
            value=_counter,
        ),
        "duong_day": Variable(says="đường dây của Thành phố", example="1022", value=_hotline),
        "hom_nay": Variable(says="ngày hôm nay", example="23/11/2026", value=_today),
    }
)


@dataclass(frozen=True, kw_only=True)
class Filled:
    """Words with what is known in place. missing: the names of the variables that stay as written."""

    text: str
    missing: tuple[str, ...]


def check(text: str) -> None:
    """Raises UnknownVariable when the words name a variable that is not declared."""
    unknown = [name for name in _BRACES.findall(text) if name not in VARIABLES]
    if unknown:
        raise UnknownVariable(
            f"Không có biến {{{unknown[0]}}}. Dùng được: {', '.join(f'{{{name}}}' for name in VARIABLES)}."
        )


def fill_in(text: str, case: Case, staff: Staff) -> Filled:
    """The words for this case, in the name of this person."""
    values = {name: VARIABLES[name].value(case, staff) for name in named_in(text)}
    missing = tuple(name for name, value in values.items() if not value)
    return Filled(text=_replaced(text, values), missing=missing)


def example_of(text: str) -> str:
    """The words with examples in place, for a preview."""
    return _replaced(text, {name: VARIABLES[name].example for name in named_in(text)})


def named_in(text: str) -> tuple[str, ...]:
    """The declared variables that the words name, each once."""
    return tuple(dict.fromkeys(name for name in _BRACES.findall(text) if name in VARIABLES))


def check_filled(words: str) -> None:
    """Raises UnfilledVariable when a variable still stands in words that are to be sent."""
    left = named_in(words)
    if left:
        says = ", ".join(f"{{{name}}} ({VARIABLES[name].says})" for name in left)
        raise UnfilledVariable(f"Còn chỗ chưa điền: {says}. Anh/chị ghi vào rồi gửi; chưa có gì được gửi.")


def _replaced(text: str, values: dict[str, str]) -> str:
    return _BRACES.sub(lambda found: values.get(found.group(1)) or found.group(), text)
