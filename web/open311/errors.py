"""Why a request is not met, as the specification answers: a list of codes with descriptions.

Open311Problem
├── Invalid                 400: an argument is missing or wrong
├── NoKey                   403: no key, or none that is in use
├── NotFound                404: what is named does not exist, or is not for the public
├── NotTaken                400: what is sent is no report; the description says where to turn
└── TooFast                 429: the key sends more than it may
"""

from __future__ import annotations

from typing import ClassVar


class Open311Problem(Exception):
    """Unexpected problem of the interface."""

    status: ClassVar[int] = 400

    def __init__(self, *descriptions: str) -> None:
        super().__init__(*descriptions)
        self.descriptions = descriptions


class Invalid(Open311Problem):
    """An argument is missing or wrong: each description names one and says how to write it."""


class NotTaken(Open311Problem):
    """This is nothing to be filed as a report: the description says where to turn."""


class NoKey(Open311Problem):
    """There is no api_key, or none that is in use."""

    status = 403

    def __init__(self) -> None:
        super().__init__("Thiếu api_key, hoặc khoá không đúng hay đã bị thu hồi: hỏi cơ quan để được cấp.")


class NotFound(Open311Problem):
    """What is named does not exist here, or is not for the public."""

    status = 404


class TooFast(Open311Problem):
    """The key sends more than it may."""

    status = 429

    def __init__(self) -> None:
        super().__init__("Khoá này đang gửi quá nhanh. Anh/chị chờ một giây rồi gửi lại.")
