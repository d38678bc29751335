"""Who takes the papers of a procedure, by the agencies and the field of its record. Pure rules as data.

The ward's counter and the service centre take what the city's committees settle; police, land registration,
tax, social insurance and others of the State's own branches have counters of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge_base.content import ProcedureContent
from office.counters import CounterKind


@dataclass(frozen=True, kw_only=True)
class Receiver:
    """Who takes the papers. name: as a citizen calls it. sentence: says so, and what it is not.

    is_of_the_city: it belongs to the city's committee.
    """

    kind: CounterKind
    name: str
    sentence: str
    is_of_the_city: bool = False


@dataclass(frozen=True, kw_only=True)
class _Rule:
    """agencies, fields: patterns over lower-case text; a field counts only where no agency is named."""

    receiver: Receiver
    agencies: re.Pattern[str]
    fields: re.Pattern[str] | None = None


POLICE = Receiver(
    kind=CounterKind.POLICE,
    name="cơ quan Công an",
    sentence="Nơi nhận là cơ quan Công an, không phải quầy của Ủy ban nhân dân phường, xã.",
)
LAND = Receiver(
    kind=CounterKind.LAND,
    name="cơ quan đăng ký đất đai",
    sentence="Nơi nhận là cơ quan đăng ký đất đai, không phải quầy hộ tịch của phường, xã.",
    is_of_the_city=True,
)
TAX = Receiver(
    kind=CounterKind.TAX,
    name="cơ quan Thuế",
    sentence="Nơi nhận là cơ quan Thuế, không phải quầy của Ủy ban nhân dân phường, xã.",
)
SOCIAL_INSURANCE = Receiver(
    kind=CounterKind.SOCIAL_INSURANCE,
    name="cơ quan Bảo hiểm xã hội",
    sentence="Nơi nhận là cơ quan Bảo hiểm xã hội, không phải quầy của phường, xã.",
)
CUSTOMS = Receiver(
    kind=CounterKind.OTHER,
    name="cơ quan Hải quan",
    sentence="Nơi nhận là cơ quan Hải quan, không phải quầy của Ủy ban nhân dân phường, xã.",
)
STATE_BANK = Receiver(
    kind=CounterKind.OTHER,
    name="Ngân hàng Nhà nước",
    sentence="Nơi nhận là Ngân hàng Nhà nước, không phải quầy của Ủy ban nhân dân phường, xã.",
)
TREASURY = Receiver(
    kind=CounterKind.OTHER,
    name="Kho bạc Nhà nước",
    sentence="Nơi nhận là Kho bạc Nhà nước, không phải quầy của Ủy ban nhân dân phường, xã.",
)
CENTRAL = Receiver(
    kind=CounterKind.OTHER,
    name="cơ quan trung ương ghi trên",
    sentence="Đây là thủ tục cấp bộ: nơi nhận là cơ quan ghi trên, không phải quầy của phường, xã.",
)
COMMITTEE = Receiver(
    kind=CounterKind.WARD,
    name="Ủy ban nhân dân hoặc Trung tâm Phục vụ hành chính công",
    sentence="",
    is_of_the_city=True,
)

_COMMITTEE = re.compile(
    r"(?:ủy|uỷ) ban nhân dân|\bubnd\b|hành chính công|một cửa|(?<!cơ )\bsở\b"
    r"|cơ quan (?:đăng ký kinh doanh|chuyên môn|quản lý nhà nước|quản lý chuyên ngành)[^;,]* cấp (?:xã|tỉnh)"
)
# The first rule whose words stand among the agencies decides; agencies of two rules decide nothing.
_RULES = (
    _Rule(
        receiver=POLICE,
        agencies=re.compile(
            r"công an|cảnh sát (?:giao thông|quản lý hành chính|phòng cháy)|xuất nhập cảnh|an ninh mạng"
        ),
        fields=re.compile(
            r"quản lý cư trú|căn cước|xuất nhập cảnh|giấy phép lái xe|vũ khí, vật liệu nổ"
            r"|đăng ký, quản lý phương tiện|định danh và xác thực|lý lịch tư pháp|con dấu"
        ),
    ),
    _Rule(receiver=LAND, agencies=re.compile(r"đăng ký đất đai")),
    _Rule(
        receiver=SOCIAL_INSURANCE,
        agencies=re.compile(r"bảo hiểm xã hội"),
        fields=re.compile(r"\bbhxh\b|\bbhyt\b"),
    ),
    _Rule(receiver=CUSTOMS, agencies=re.compile(r"hải quan"), fields=re.compile(r"^hải quan$")),
    _Rule(
        receiver=TAX,
        agencies=re.compile(r"\bthuế\b"),
        fields=re.compile(r"^thuế$"),
    ),
    _Rule(receiver=STATE_BANK, agencies=re.compile(r"ngân hàng nhà nước")),
    _Rule(receiver=TREASURY, agencies=re.compile(r"kho bạc nhà nước")),
)
_COMMITTEE_FIELDS = re.compile(r"hộ tịch|chứng thực|hộ kinh doanh|nuôi con nuôi|hợp tác xã|giảm nghèo")
# The portal's headings for who decides or takes part; who carries it out stands without one.
_HEADED = re.compile(r"^Cơ quan (?:có thẩm quyền|được ủy quyền|phối hợp):")
MINISTRY_LEVEL = "Cấp bộ"
WARD_LEVEL = "Cấp xã"
_ABOVE_THE_CITY = {MINISTRY_LEVEL, "Cơ quan khác"}


def receiver_of(content: ProcedureContent) -> Receiver | None:
    """Who takes the papers; None where the record is silent, or names agencies of several kinds."""
    named = receivers_named(content)
    if named:
        return named[0] if len(named) == 1 else None
    if content.agencies and set(content.levels) == {MINISTRY_LEVEL}:
        return CENTRAL
    return None if _performing(content) else _by_field(content.field.lower())


def receivers_named(content: ProcedureContent) -> tuple[Receiver, ...]:
    """Every kind of receiver among the agencies that carry it out; the committee also where it decides."""
    performing = _performing(content)
    found = tuple(rule.receiver for rule in _RULES if rule.agencies.search(performing))
    takes_part = performing or " ; ".join(content.agencies).lower()
    return (COMMITTEE, *found) if _COMMITTEE.search(takes_part) else found


def _performing(content: ProcedureContent) -> str:
    return " ; ".join(agency for agency in content.agencies if not _HEADED.match(agency)).lower()


def _by_field(field: str) -> Receiver | None:
    if _COMMITTEE_FIELDS.search(field):
        return COMMITTEE
    return next((rule.receiver for rule in _RULES if rule.fields and rule.fields.search(field)), None)


def is_of_the_city(content: ProcedureContent) -> bool:
    """Whether the city's committee manages it, so that the city's own rules on paying hold."""
    named = receivers_named(content)
    if named:
        return any(receiver.is_of_the_city for receiver in named)
    receiver = receiver_of(content)
    if receiver:
        return receiver.is_of_the_city
    return not content.agencies or not is_settled_above(content)


def is_settled_above(content: ProcedureContent) -> bool:
    """Whether an authority above the city also settles it."""
    return not _ABOVE_THE_CITY.isdisjoint(content.levels)
