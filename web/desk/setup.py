"""The rooms where the office is set up: entered now and then, so they share one door in the bar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from office.models import Staff
from office.units import oversees_the_city
from web.desk.counts import counts_for
from web.desk.doors import DeskRequest, overseers_page


@dataclass(frozen=True, kw_only=True)
class Room:
    """key: what its pages call themselves; address: a name of desk/urls.py; tells: what one does there."""

    key: str
    name: str
    address: str
    tells: str
    may_enter: Callable[[Staff], bool]


def _oversees(staff: Staff) -> bool:
    return staff.may_oversee


def _administers(staff: Staff) -> bool:
    return staff.may_administer


ROOMS = (
    Room(
        key="duty",
        name="Trực",
        address="desk:duty",
        tells="Ai đang trực, ai có lịch lúc nào, mỗi người nhận bao nhiêu, thạo việc gì.",
        may_enter=_oversees,
    ),
    Room(
        key="blocks",
        name="Tạm ngừng trả lời",
        address="desk:blocks",
        tells="Ai đang bị tạm ngừng, ai đề nghị xem lại.",
        may_enter=_oversees,
    ),
    Room(
        key="routing",
        name="Quy tắc chuyển phản ánh",
        address="desk:routing",
        tells="Loại việc và nơi nào thì đơn vị nào nhận. Thử trên phản ánh đã có rồi mới lưu.",
        may_enter=oversees_the_city,
    ),
    Room(
        key="units",
        name="Đơn vị",
        address="desk:units",
        tells="Ai là cấp trên của ai, ai nhận thẳng phản ánh, ai chỉ chỉ nơi liên hệ.",
        may_enter=oversees_the_city,
    ),
    Room(
        key="staff",
        name="Cán bộ",
        address="desk:staff",
        tells="Mời, giao vai trò và đơn vị, đặt lại mật khẩu, tắt tài khoản.",
        may_enter=_oversees,
    ),
    Room(
        key="reply-templates",
        name="Mẫu trả lời",
        address="desk:reply-templates",
        tells="Lời soạn sẵn, cho một đơn vị hay dùng chung; tên, mã, giờ làm việc tự điền.",
        may_enter=_oversees,
    ),
    Room(
        key="labels",
        name="Nhãn",
        address="desk:labels",
        tells="Từ để gom hồ sơ cùng loại việc; cán bộ gắn ở trang hồ sơ.",
        may_enter=_oversees,
    ),
    Room(
        key="entrances",
        name="Mã QR",
        address="desk:entrances",
        tells="Mã dán ở quầy, dẫn thẳng vào trò chuyện về phường, xã hay thủ tục đó.",
        may_enter=_oversees,
    ),
    Room(
        key="audit",
        name="Sổ ghi việc làm",
        address="desk:audit",
        tells="Ai đã làm gì, lúc nào. Tìm, xuất ra tệp; không ai sửa được.",
        may_enter=_oversees,
    ),
    Room(
        key="calendar",
        name="Lịch làm việc",
        address="desk:calendar",
        tells="Ngày nghỉ, ngày làm bù theo quyết định. Đổi thì xem trước hạn nào phải tính lại.",
        may_enter=_administers,
    ),
    Room(
        key="settings",
        name="Cài đặt",
        address="desk:settings",
        tells="Thời hạn và lựa chọn của cơ quan, mỗi giá trị có nguồn.",
        may_enter=_administers,
    ),
    Room(
        key="channels",
        name="Kênh",
        address="desk:channels",
        tells="Web, Zalo, Telegram: đang gửi, tạm dừng hay tắt.",
        may_enter=_administers,
    ),
    Room(
        key="digests",
        name="Thư tóm tắt",
        address="desk:digests",
        tells="Báo qua thư số việc đang chờ; thư nào chưa gửi được.",
        may_enter=_administers,
    ),
    Room(
        key="keys",
        name="Khoá API",
        address="desk:keys",
        tells="Hệ thống nào được gửi phản ánh vào đây.",
        may_enter=_administers,
    ),
)
KEYS = frozenset(room.key for room in ROOMS)


@overseers_page("GET")
def show(request: DeskRequest) -> HttpResponse:
    rooms = [room for room in ROOMS if room.may_enter(request.user)]
    return render(
        request,
        "desk/setup.html",
        {"room": "setup", "rooms": rooms, "appeals": counts_for(request.user).appeals},
    )
