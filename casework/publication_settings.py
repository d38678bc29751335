"""What the office decides about publishing reports, with its source."""

from __future__ import annotations

from casework.models import Report
from office import live_settings
from office.setting_kinds import SomeOf, Words

GROUP = "Công khai phản ánh"

OFFERED_KINDS = live_settings.declare(
    name="publication.kinds",
    group=GROUP,
    title="Loại phản ánh được xét công khai",
    kind=SomeOf(choices={key: str(name) for key, name in Report.Kind.choices}),
    default=(Report.Kind.FIELD.value, Report.Kind.REGULATION.value),
    source="Một Cửa chọn sẵn: phản ánh về phục vụ nói về con người cụ thể nên không xét, trừ khi cơ quan bật",
    hint="Phản ánh quy định và phản ánh về phục vụ chỉ được công khai khi không còn tên người.",
)
LICENCE = live_settings.declare(
    name="publication.licence",
    group=GROUP,
    title="Giấy phép của số liệu mở",
    kind=Words(longest=120, when_empty="chưa nêu"),
    default="",
    source="Chưa có quyết định của cơ quan",
    hint="Tên giấy phép ghi kèm số liệu, ví dụ CC-BY-4.0. Để trống thì trang nói rõ là chưa nêu.",
)
