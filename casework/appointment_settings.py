"""What the office decides about appointments."""

from __future__ import annotations

from office import live_settings
from office.errors import WrongSettingValue
from office.links import safe_url
from office.setting_kinds import Words


class StateLink(Words):
    """An https address of a state body, "" for none."""

    def read(self, typed: str) -> str:
        link = super().read(typed)
        if link and not (link.startswith("https://") and safe_url(link)):
            raise WrongSettingValue("Ghi địa chỉ https://… ở một trang của cơ quan nhà nước (…gov.vn).")
        return link


VIDEO_LINK = live_settings.declare(
    name="appointments.video_link",
    group="Lịch hẹn",
    title="Phòng họp trực tuyến để hẹn người dân",
    hint="Để trống thì chỉ hẹn tại quầy. Người dân mở được liên kết này, nên phải ở trang …gov.vn.",
    kind=StateLink(longest=300, when_empty="không hẹn trực tuyến"),
    default="",
    source="Cơ quan chưa cung cấp phòng họp",
    is_undecided=True,
)
