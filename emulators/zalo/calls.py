"""The calls of the API: functions of the world and what was asked, returning what stands under `data`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from emulators.zalo.sending import message_v2, send_consulting, send_template, send_template_by_phone
from emulators.zalo.telling import (
    conversation,
    get_oa,
    quota_message,
    recent_messages,
    user_detail,
    user_list,
)
from emulators.zalo.uploading import upload_file, upload_gif, upload_image
from emulators.zalo.world import World

Call = Callable[[World, Request], Awaitable[Any]]


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """One call: `name` is what a fault is ordered for."""

    name: str
    method: str
    path: str
    call: Call


def _endpoint(name: str, method: str, path: str, call: Call) -> Endpoint:
    return Endpoint(name=name, method=method, path=path, call=call)


ENDPOINTS = (
    _endpoint("message/cs", "POST", "/v3.0/oa/message/cs", send_consulting),
    _endpoint("message/template", "POST", "/v3.0/oa/message/template", send_template),
    _endpoint("business/template", "POST", "/message/template", send_template_by_phone),
    _endpoint("message/v2", "POST", "/v2.0/oa/message", message_v2),
    _endpoint("upload/image", "POST", "/v2.0/oa/upload/image", upload_image),
    _endpoint("upload/gif", "POST", "/v2.0/oa/upload/gif", upload_gif),
    _endpoint("upload/file", "POST", "/v2.0/oa/upload/file", upload_file),
    _endpoint("user/detail", "GET", "/v3.0/oa/user/detail", user_detail),
    _endpoint("user/getlist", "GET", "/v3.0/oa/user/getlist", user_list),
    _endpoint("quota/message", "POST", "/v3.0/oa/quota/message", quota_message),
    _endpoint("getoa", "GET", "/v2.0/oa/getoa", get_oa),
    _endpoint("conversation", "GET", "/v2.0/oa/conversation", conversation),
    _endpoint("listrecentchat", "GET", "/v2.0/oa/listrecentchat", recent_messages),
)
