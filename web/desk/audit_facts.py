"""The facts beside an act in the register, in the words of the desk: names of units, hours of Hà Nội."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from casework.models import Block, Case, DataRequest, Report
from office.models import Staff, Unit

#: What a fact beside an act is called; one that is not listed keeps its own word.
FACTS: Mapping[str, str] = {
    "reason": "lý do",
    "outcome": "kết quả",
    "turn": "lượt",
    "files": "số tệp",
    "unit": "đơn vị",
    "units": "đơn vị",
    "state": "trạng thái",
    "role": "vai trò",
    "note": "ghi chú",
    "notes": "kèm ghi chú nội bộ",
    "address": "địa chỉ mạng",
    "name": "tên",
    "score": "điểm",
    "until": "đến",
    "since": "từ",
    "source": "nguồn",
    "changed": "đã sửa",
    "value": "giá trị",
    "was": "trước đó",
    "lines": "số dòng",
    "reports": "số phản ánh",
    "format": "dạng tệp",
    "narrowed": "lọc theo",
    "number": "số",
    "digest": "dấu nội dung",
    "to": "đến",
    "given": "giao cho",
    "by": "bởi",
    "days": "số ngày",
    "priority": "ưu tiên",
    "label": "nhãn",
    "named": "số người được nhắc",
    "operator": "người vận hành",
    "decision": "quyết định",
    "held_by": "người giữ trước",
    "written_by": "người viết",
    "staff": "cán bộ",
    "kind": "loại",
    "into": "vào",
    "other": "hồ sơ gộp vào",
    "appointment": "lịch hẹn",
    "due": "hạn",
    "step": "bước",
    "channel": "kênh",
    "replies": "số tin",
    "sessions": "số phiên",
    "case": "hồ sơ",
    "parent": "cấp trên",
    "ward": "phường, xã",
    "procedure": "thủ tục",
    "before": "trước đó",
    "system": "hệ thống",
    "citizens": "số người dân giả định",
    "because": "vì",
    "device": "thiết bị",
    "email": "thư điện tử",
    "name_before": "tên trước đó",
    "role_before": "vai trò trước đó",
    "units_before": "đơn vị trước đó",
}

#: What stands for a value of ours; what people typed is in none of them.
VALUES: Mapping[str, Mapping[str, str]] = {
    "kind": {**dict(Report.Kind.choices), **dict(DataRequest.Kind.choices)},
    "reason": {**dict(Case.Reason.choices), **dict(Block.Reason.choices)},
    "state": {**dict(Report.State.choices), **dict(Case.State.choices)},
    "role": dict(Staff.Role.choices),
    "role_before": dict(Staff.Role.choices),
    "email": {"changed": "đã đổi"},
    "notes": {"0": "không", "1": "có"},
}

#: What the first word of a subject is called; a case, a report and a request are known by their numbers.
SUBJECTS: Mapping[str, str] = {
    "account": "tài khoản",
    "api_key": "khoá API số",
    "budget": "ngân sách của kênh",
    "channel": "kênh",
    "conversation": "cuộc trò chuyện",
    "day": "ngày",
    "duty": "ca trực của",
    "label": "nhãn số",
    "local-value": "quy định của Hà Nội:",
    "reply-template": "mẫu trả lời số",
    "service-point": "điểm tiếp nhận",
    "setting": "cài đặt",
    "staff": "cán bộ",
    "template": "mẫu tin trả phí:",
    "turn": "tin số",
    "unit": "đơn vị",
}

#: Facts that may hold the code of a unit, and those that hold several, with commas between.
OF_UNITS = frozenset({"unit", "to", "parent", "ward"})
OF_MANY_UNITS = frozenset({"units", "units_before"})


def unit_names() -> dict[str, str]:
    """By code. One query."""
    return dict(Unit.objects.values_list("code", "name"))


def subject_told(subject: str, *, unit_names: Mapping[str, str]) -> str:
    """What an act was done to: "duty:lan" as "ca trực của lan"; a number is its own word."""
    kind, _, which = subject.partition(":" if ":" in subject else " ")
    if kind not in SUBJECTS or not which:
        return subject
    return f"{SUBJECTS[kind]} {unit_names.get(which, which) if kind == 'unit' else which}"


def facts_told(detail: Mapping[str, Any], *, unit_names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Name and value of each fact that says something."""
    given = ((name, value) for name, value in detail.items() if value not in (None, "", [], {}))
    return tuple((FACTS.get(name, name), _told(name, value, unit_names)) for name, value in given)


def _told(name: str, value: object, unit_names: Mapping[str, str]) -> str:
    """A nested fact, such as counts, as "name value, name value"."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_told(key, one, unit_names)}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(_told(name, one, unit_names) for one in value)
    if name in OF_MANY_UNITS:
        return ", ".join(unit_names.get(code, code) for code in str(value).split(","))
    known = unit_names if name in OF_UNITS else VALUES.get(name, {})
    return known.get(str(value)) or _moment(value) or str(value)


def _moment(value: object) -> str:
    """A moment as the register keeps it, by the clock of Hà Nội; "" for anything else."""
    moment = _parsed(value) if isinstance(value, str) and "T" in value else None
    return f"{timezone.localtime(moment):%H:%M %d/%m/%Y}" if moment and timezone.is_aware(moment) else ""


def _parsed(value: str) -> datetime | None:
    try:
        return parse_datetime(value)
    except ValueError:
        return None
