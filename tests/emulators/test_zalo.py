"""The emulated Zalo, asked by plain HTTP: what it takes, what it refuses, who pays."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from typing import Any

import httpx
import pytest

from emulators.zalo.client import Emulator

LAN = "1001"
JPEG = b"\xff\xd8\xff\xe0 a picture"


def post(zalo: Emulator, path: str, body: Any, *, token: str | None = None) -> httpx.Response:
    opened = zalo.tokens()["access_token"] if token is None else token
    return httpx.post(f"{zalo.url}{path}", json=body, headers={"access_token": opened}, timeout=10)


def send(zalo: Emulator, message: Any, user_id: Any = LAN) -> dict[str, Any]:
    body = {"recipient": {"user_id": user_id}, "message": message}
    return dict(post(zalo, "/v3.0/oa/message/cs", body).json())


def get(zalo: Emulator, path: str, data: str = "{}") -> Any:
    headers = {"access_token": zalo.tokens()["access_token"]}
    return httpx.get(f"{zalo.url}{path}", params={"data": data}, headers=headers, timeout=10).json()


def upload(zalo: Emulator, kind: str, name: str, content: bytes) -> dict[str, Any]:
    headers = {"access_token": zalo.tokens()["access_token"]}
    address = f"{zalo.url}/v2.0/oa/upload/{kind}"
    return dict(httpx.post(address, files={"file": (name, content)}, headers=headers, timeout=10).json())


def refresh(zalo: Emulator, token: str, **changed: str) -> dict[str, Any]:
    known = zalo.credentials
    form = {"refresh_token": token, "app_id": known.app_id, "grant_type": "refresh_token", **changed}
    secret = {"secret_key": known.app_secret}
    return dict(httpx.post(f"{zalo.url}/v4/oa/access_token", data=form, headers=secret, timeout=10).json())


def buttons(*given: Any) -> dict[str, Any]:
    return {"text": "Hỏi gì?", "attachment": {"type": "template", "payload": {"buttons": list(given)}}}


def button(**changed: Any) -> dict[str, Any]:
    return {"title": "Lệ phí", "type": "oa.query.hide", "payload": "#p:1.004194:fee", **changed}


def media(**element: Any) -> dict[str, Any]:
    payload = {"template_type": "media", "elements": [{"media_type": "image", **element}]}
    return {"attachment": {"type": "template", "payload": payload}}


def contact_card(**changed: Any) -> dict[str, Any]:
    card = {
        "title": "Liên hệ",
        "subtitle": "Để chúng tôi gọi lại",
        "image_url": "https://a.vn/a.png",
        **changed,
    }
    payload = {"template_type": "request_user_info", "elements": [card]}
    return {"attachment": {"type": "template", "payload": payload}}


def test_an_answer_within_48_hours_is_free_and_is_named_so(zalo: Emulator) -> None:
    zalo.citizen(LAN).says("chào")
    answer = send(zalo, {"text": "Xin chào"})
    assert (answer["error"], answer["message"]) == (0, "Success")
    assert answer["data"]["quota"]["quota_type"] == "reply"
    assert answer["data"]["user_id"] == LAN
    (heard,) = zalo.citizen(LAN).heard()
    assert (heard["msg_id"], heard["text"]) == (answer["data"]["message_id"], "Xin chào")


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({}, -201),
        ({"text": ""}, -201),
        ({"text": " \n"}, -201),
        ({"text": 1}, -201),
        ({"text": "a" * 2001}, -210),
        ({"text": "👤" * 1001}, -210),
        ({"text": "a", "quick_replies": []}, -201),
        ({"text": "a", "quote_message_id": "unknown"}, -201),
        (buttons(), -201),
        (buttons(*[button()] * 6), -210),
        (buttons(button(title="")), -201),
        (buttons(button(title="a" * 101)), -210),
        (buttons(button(payload="a" * 1001)), -210),
        (buttons(button(payload="")), -201),
        (buttons(button(payload={"url": "https://a.vn"})), -201),
        (buttons(button(type="oa.query")), -201),
        (buttons(button(type="oa.open.url", payload={"url": "tel:113"})), -201),
        (buttons(button(type="oa.open.sms", payload={"phone_code": "113"})), -201),
        (buttons(button(type="oa.open.phone", payload={})), -201),
        ({"attachment": {"type": "template", "payload": {"buttons": [button()]}}}, -201),
        ({"attachment": {"type": "template", "payload": {"template_type": "list", "elements": [{}]}}}, -233),
        ({"attachment": {"type": "file", "payload": {"token": "unknown"}}}, -201),
        ({"attachment": {"type": "poll", "payload": {}}}, -201),
        ({"attachment": "a"}, -201),
        (media(attachment_id="unknown"), -201),
        (media(url="file:///etc/passwd"), -201),
        (media(url="https://a.vn/a.png", attachment_id="1"), -201),
        (media(media_type="film", url="https://a.vn/a.mp4"), -201),
        (contact_card(title="a" * 101), -210),
        (contact_card(subtitle="a" * 501), -210),
        (contact_card(image_url="https://a.vn/a.webp"), -201),
    ],
)
def test_a_message_the_service_would_refuse_is_refused(
    zalo: Emulator, message: dict[str, Any], code: int
) -> None:
    zalo.citizen(LAN).says("chào")
    assert send(zalo, message)["error"] == code
    assert zalo.citizen(LAN).heard() == []


@pytest.mark.parametrize(
    "message",
    [
        {"text": "a" * 2000},
        {"text": "👤" * 1000},
        buttons(*[button(title="a" * 100, payload="a" * 1000)] * 5),
        buttons(
            button(type="oa.open.url", payload={"url": "https://dichvucong.gov.vn/"}),
            button(type="oa.open.phone", payload={"phone_code": "84243"}),
            button(type="oa.open.sms", payload={"phone_code": "84243", "content": "Chào"}),
            button(type="oa.query.show"),
        ),
        media(url="https://a.vn/a.png"),
        media(url="https://a.vn/a.png") | {"text": "Sơ đồ"},
        contact_card(title="a" * 100, subtitle="a" * 500),
    ],
)
def test_a_message_at_the_limit_is_taken(zalo: Emulator, message: dict[str, Any]) -> None:
    zalo.citizen(LAN).says("chào")
    assert send(zalo, message)["error"] == 0


@pytest.mark.parametrize("user_id", [1001, None, "", "4040"])
def test_a_recipient_is_a_text_and_known(zalo: Emulator, user_id: Any) -> None:
    zalo.citizen(LAN).says("chào")
    refused = send(zalo, {"text": "chào"}, user_id)
    assert (refused["error"], refused["message"]) == (-201, "user_id is invalid!")


def test_after_48_hours_a_message_is_billed_and_after_7_days_refused(zalo: Emulator) -> None:
    citizen = zalo.citizen(LAN)
    citizen.says("chào")
    citizen.falls_silent(hours=47.9)
    assert send(zalo, {"text": "một"})["data"]["quota"]["quota_type"] == "reply"
    citizen.falls_silent(hours=48.1)
    assert send(zalo, {"text": "hai"})["data"]["quota"]["quota_type"] == "sub_quota"
    assert zalo.state()["quotas"]["sub_quota"] == 499
    citizen.falls_silent(hours=168.1)
    assert send(zalo, {"text": "ba"})["error"] == -230
    citizen.says("tôi hỏi tiếp")
    assert send(zalo, {"text": "bốn"})["data"]["quota"]["quota_type"] == "reply"


def test_quotas_are_used_one_after_the_other_and_then_nothing_goes(zalo: Emulator) -> None:
    citizen = zalo.citizen(LAN)
    citizen.says("chào")
    citizen.falls_silent(hours=50)
    zalo.account(quotas={"sub_quota": 1, "purchase_quota": 1})
    used = [send(zalo, {"text": "nhắc"}).get("data", {}).get("quota", {}).get("quota_type") for _ in range(2)]
    assert used == ["sub_quota", "purchase_quota"]
    assert send(zalo, {"text": "nhắc"})["error"] == -211


def test_somebody_who_left_gets_nothing_until_they_write_again(zalo: Emulator) -> None:
    citizen = zalo.citizen(LAN)
    citizen.follows()
    citizen.unfollows()
    assert send(zalo, {"text": "chào"})["error"] == -213
    citizen.says("tôi lại hỏi")
    assert send(zalo, {"text": "chào"})["error"] == 0


@pytest.mark.parametrize(
    ("known", "code"), [({"is_inactive": True}, -227), ({"restricts": True}, -244), ({}, 0)]
)
def test_what_the_service_knows_of_a_person_decides(
    zalo: Emulator, known: dict[str, bool], code: int
) -> None:
    zalo.citizen(LAN).says("chào")
    zalo.citizen(LAN).does("set_person", **known)
    assert send(zalo, {"text": "chào"})["error"] == code


def test_somebody_who_never_wrote_cannot_be_written_to(zalo: Emulator) -> None:
    zalo.citizen(LAN).does("set_person")
    assert send(zalo, {"text": "chào"})["error"] == -232


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ({"app_is_active": False}, -209),
        ({"is_disabled": True}, -204),
        ({"is_verified": False}, -221),
        ({"has_package": False}, -224),
    ],
)
def test_an_account_in_a_state_that_allows_nothing_is_refused(
    zalo: Emulator, state: dict[str, bool], code: int
) -> None:
    zalo.citizen(LAN).says("chào")
    zalo.account(**state)
    assert send(zalo, {"text": "chào"})["error"] == code
    assert get(zalo, "/v2.0/oa/getoa")["error"] == code


def test_each_answer_tells_the_rate_and_past_it_nothing_is_done(zalo: Emulator) -> None:
    zalo.citizen(LAN).says("chào")
    zalo.account(requests_a_minute=1)
    body = {"recipient": {"user_id": LAN}, "message": {"text": "chào"}}
    answers = [post(zalo, "/v3.0/oa/message/cs", body) for _ in range(3)]
    assert -32 in [answer.json()["error"] for answer in answers]
    assert all(answer.headers["X-RateLimit-Limit"] == "1" for answer in answers)
    assert all(answer.headers["X-RateLimit-Remain"] == "0" for answer in answers)
    assert all(answer.status_code == 200 for answer in answers)


def test_a_token_opens_for_25_hours(zalo: Emulator) -> None:
    zalo.citizen(LAN).says("chào")
    token = zalo.tokens()["access_token"]
    path, body = "/v3.0/oa/message/cs", {"recipient": {"user_id": LAN}, "message": {"text": "chào"}}
    assert post(zalo, path, body, token="").json()["error"] == -216
    assert post(zalo, path, body, token="invented").json()["error"] == -216
    zalo.moves_clock(hours=24.9)
    assert post(zalo, path, body, token=token).json()["error"] == 0
    zalo.moves_clock(hours=0.2)
    assert post(zalo, path, body, token=token).json()["error"] == -220


def test_a_refresh_token_is_used_once_and_gives_a_new_pair(zalo: Emulator) -> None:
    old = zalo.tokens()
    new = refresh(zalo, old["refresh_token"])
    assert new["expires_in"] == "90000"
    assert new["access_token"] != old["access_token"]
    again = refresh(zalo, old["refresh_token"])
    assert again["error"] != 0
    assert "access_token" not in again
    assert zalo.tokens()["access_token"] == new["access_token"]
    refused = post(zalo, "/v3.0/oa/quota/message", {}, token=old["access_token"]).json()
    assert refused["error"] == -220


def test_a_refresh_wants_the_app_its_secret_and_a_live_token(zalo: Emulator) -> None:
    token = zalo.tokens()["refresh_token"]
    assert refresh(zalo, token, app_id="1")["error"] != 0
    assert refresh(zalo, token, grant_type="password")["error"] != 0
    wrong = httpx.post(f"{zalo.url}/v4/oa/access_token", data={"app_id": zalo.credentials.app_id}, timeout=10)
    assert (wrong.status_code, wrong.json()["error"]) == (200, -14004)
    zalo.moves_clock(hours=24 * 91)
    assert refresh(zalo, token)["error"] != 0


def test_a_code_gives_a_pair_once_within_ten_minutes(zalo: Emulator) -> None:
    known = zalo.credentials
    asked = {"app_id": known.app_id, "redirect_uri": "https://motcua.example.vn/back", "state": "s"}
    sent_back = httpx.get(f"{zalo.url}/v4/oa/permission", params=asked, timeout=10)
    back = httpx.URL(sent_back.headers["location"])
    assert (back.host, back.params["state"]) == ("motcua.example.vn", "s")
    code = {"grant_type": "authorization_code", "code": back.params["code"]}
    assert refresh(zalo, "", **code)["expires_in"] == "90000"
    assert refresh(zalo, "", **code)["error"] != 0
    late = zalo.authorises()
    zalo.moves_clock(hours=0.2)
    assert refresh(zalo, "", grant_type="authorization_code", code=late)["error"] != 0


def test_a_code_is_bound_to_its_challenge_and_to_the_app(zalo: Emulator) -> None:
    verifier = "a" * 43
    digest = hashlib.sha256(verifier.encode()).digest()
    challenge = urlsafe_b64encode(digest).rstrip(b"=").decode()
    code = {"grant_type": "authorization_code", "code": zalo.authorises(challenge)}
    assert refresh(zalo, "", **code, code_verifier="b" * 43)["error"] != 0
    code["code"] = zalo.authorises(challenge)
    assert refresh(zalo, "", **code, code_verifier=verifier)["expires_in"] == "90000"
    wrong = httpx.get(f"{zalo.url}/v4/oa/permission", params={"app_id": "1"}, timeout=10)
    assert wrong.json()["error"] == -14003


def test_a_permission_taken_back_ends_every_token(zalo: Emulator) -> None:
    zalo.citizen(LAN).says("chào")
    old = zalo.tokens()
    zalo.revokes_tokens()
    body = {"recipient": {"user_id": LAN}, "message": {"text": "chào"}}
    assert post(zalo, "/v3.0/oa/message/cs", body, token=old["access_token"]).json()["error"] == -220
    assert refresh(zalo, old["refresh_token"])["error"] != 0


def test_pictures_and_files_are_uploaded_first_and_expire_after_seven_days(zalo: Emulator) -> None:
    zalo.citizen(LAN).says("chào")
    picture = upload(zalo, "image", "a.jpg", JPEG)["data"]["attachment_id"]
    form = upload(zalo, "file", "don.pdf", b"%PDF-1.7")["data"]["token"]
    assert send(zalo, media(attachment_id=picture))["error"] == 0
    assert send(zalo, {"attachment": {"type": "file", "payload": {"token": form}}})["error"] == 0
    assert send(zalo, {"attachment": {"type": "file", "payload": {"token": picture}}})["error"] == -201
    zalo.moves_clock(hours=24 * 7)
    refresh(zalo, zalo.tokens()["refresh_token"])
    zalo.citizen(LAN).says("còn đó không?")
    assert send(zalo, media(attachment_id=picture))["error"] == -100


@pytest.mark.parametrize(
    ("kind", "name", "content", "code"),
    [
        ("image", "a.jpg", JPEG + b"a" * 1024 * 1024, -210),
        ("image", "a.jpg", b"GIF89a", -201),
        ("gif", "a.gif", b"GIF89a", 0),
        ("gif", "a.gif", JPEG, -201),
        ("file", "a.pdf", b"%PDF" + b"a" * 5 * 1024 * 1024, -210),
        ("file", "a.pdf", JPEG, -201),
        ("file", "a.exe", b"MZ", -201),
        ("file", "a.csv", b"", -201),
        ("file", "a.docx", b"PK\x03\x04", 0),
    ],
)
def test_uploads_are_checked_by_size_kind_and_content(
    zalo: Emulator, kind: str, name: str, content: bytes, code: int
) -> None:
    assert upload(zalo, kind, name, content)["error"] == code


def test_only_so_many_uploads_go_in_a_month(zalo: Emulator) -> None:
    zalo.account(uploads_a_month=1)
    assert upload(zalo, "image", "a.jpg", JPEG)["error"] == 0
    assert upload(zalo, "image", "a.jpg", JPEG)["error"] == -211


def template(zalo: Emulator, **changed: Any) -> dict[str, Any]:
    data = {"code": "PA-2026-000123", "state": "Đã xử lý", "link": "https://motcua.example.vn/x"}
    body = {"user_id": LAN, "template_id": "350001", "template_data": data, **changed}
    return dict(post(zalo, "/v3.0/oa/message/template", body).json())


def test_a_template_goes_whenever_the_person_last_wrote_and_is_paid(zalo: Emulator) -> None:
    citizen = zalo.citizen(LAN)
    citizen.says("chào")
    citizen.allows_templates()
    citizen.falls_silent(hours=24 * 30)
    assert template(zalo)["error"] == 0
    assert zalo.state()["balance"] == 100_000 - 300
    assert citizen.heard()[0]["template_data"]["state"] == "Đã xử lý"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"template_id": "999999"}, -201),
        ({"template_id": "350003"}, -201),
        ({"template_id": "350002", "template_data": {"code": "a", "otp": "1"}}, -249),
        ({"template_data": {"code": "PA"}}, -201),
        ({"template_data": {"code": "PA", "state": "a", "link": "b", "more": "c"}}, -201),
        ({"template_data": {"code": "a" * 31, "state": "a", "link": "b"}}, -201),
        ({"template_data": {"code": 1, "state": "a", "link": "b"}}, -201),
        ({"user_id": "4040"}, -201),
    ],
)
def test_a_template_goes_only_as_it_was_approved(zalo: Emulator, changed: dict[str, Any], code: int) -> None:
    zalo.citizen(LAN).allows_templates()
    assert template(zalo, **changed)["error"] == code
    assert zalo.state()["balance"] == 100_000


def test_a_template_wants_consent_and_money(zalo: Emulator) -> None:
    zalo.citizen(LAN).says("chào")
    assert template(zalo)["error"] == -244
    zalo.citizen(LAN).allows_templates()
    zalo.account(balance=299)
    assert template(zalo)["error"] == -321
    zalo.account(has_cloud_account=False)
    assert template(zalo)["error"] == -320


@pytest.mark.parametrize(
    ("phone", "code"),
    [("84912345678", 0), ("0912345678", -108), ("+84912345678", -108), ("84900000001", -114)],
)
def test_a_template_by_telephone_wants_the_number_of_a_person_who_consents(
    zalo: Emulator, phone: str, code: int
) -> None:
    zalo.citizen(LAN).allows_templates(phone="84912345678")
    data = {"code": "PA-2026-000123", "otp": "123456"}
    body = {"phone": phone, "template_id": "350002", "template_data": data, "tracking_id": "t1"}
    assert post(zalo, "/message/template", body).json()["error"] == code


def test_a_quota_asked_for_tells_the_last_interaction_and_the_free_window(zalo: Emulator) -> None:
    citizen = zalo.citizen(LAN)
    citizen.says("chào")
    told = post(zalo, "/v3.0/oa/quota/message", {"user_id": LAN}).json()["data"]
    assert int(told["cs_reply"]["expired_date"]) - int(told["last_interaction"]) == 48 * 3_600_000
    citizen.falls_silent(hours=49)
    assert post(zalo, "/v3.0/oa/quota/message", {"user_id": LAN}).json()["data"]["cs_reply"] == {}


def test_the_account_its_people_and_its_chats_can_be_asked_for(zalo: Emulator) -> None:
    citizen = zalo.citizen(LAN, "Chị Lan")
    citizen.follows()
    citizen.says("chào")
    send(zalo, {"text": "Xin chào"})
    assert get(zalo, "/v2.0/oa/getoa")["data"]["num_follower"] == 1
    detail = get(zalo, "/v3.0/oa/user/detail", '{"user_id": "1001"}')["data"]
    assert (detail["display_name"], detail["user_is_follower"]) == ("Chị Lan", True)
    assert get(zalo, "/v3.0/oa/user/getlist", '{"count": 50}')["data"]["users"] == [{"user_id": LAN}]
    assert get(zalo, "/v3.0/oa/user/getlist", '{"count": 51}')["error"] == -210
    rows = get(zalo, "/v2.0/oa/conversation", '{"user_id": "1001", "offset": 0, "count": 10}')["data"]
    assert [(row["src"], row["message"]) for row in rows] == [(0, "Xin chào"), (1, "chào")]
    recent = get(zalo, "/v2.0/oa/listrecentchat", '{"offset": 0, "count": 1}')["data"]
    assert [row["message"] for row in recent] == ["Xin chào"]


def test_the_old_way_of_sending_is_shut(zalo: Emulator) -> None:
    body = {"recipient": {"user_id": LAN}, "message": {"text": "chào"}}
    assert post(zalo, "/v2.0/oa/message", body).json()["error"] == -240
