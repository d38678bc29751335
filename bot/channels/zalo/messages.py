"""A reply as Zalo takes it: the body of a consultation message. Pure.

Buttons whose tap is ours are `oa.query.hide`: the payload comes back as a text that the citizen does not see
in the chat; with a "#" before it, so that Zalo's filter "only texts that begin with #" passes it, too.
"""

from __future__ import annotations

from bot.channels.rendering import Bubble, Button
from bot.channels.zalo.values import Json

#: At most 100 and 500 characters.
CARD_TITLE = "Gửi số điện thoại của tôi"
CARD_SUBTITLE = "Chỉ cán bộ phụ trách xem được, để gọi lại về việc này."


def message(bubble: Bubble) -> Json:
    """Text, and the buttons below it if there are any."""
    buttons = [_button(button) for row in bubble.rows for button in row]
    return {"text": bubble.text, **({"attachment": _template(buttons)} if buttons else {})}


def image(attachment_id: str, text: str) -> Json:
    """A picture that was uploaded, with the words under it."""
    element = {"media_type": "image", "attachment_id": attachment_id}
    payload = {"template_type": "media", "elements": [element]}
    return {"text": text, "attachment": {"type": "template", "payload": payload}}


def file(token: str) -> Json:
    """A file that was uploaded; it takes no words."""
    return {"attachment": {"type": "file", "payload": {"token": token}}}


def contact_request(image_url: str) -> Json:
    """A card that asks for name and telephone number; what is given comes as `user_submit_info`."""
    card = {"title": CARD_TITLE, "subtitle": CARD_SUBTITLE, "image_url": image_url}
    payload = {"template_type": "request_user_info", "elements": [card]}
    return {"attachment": {"type": "template", "payload": payload}}


def _template(buttons: list[Json]) -> Json:
    return {"type": "template", "payload": {"buttons": buttons}}


def _button(button: Button) -> Json:
    if button.url.startswith("tel:"):
        call = {"phone_code": button.url.removeprefix("tel:")}
        return {"title": button.label, "type": "oa.open.phone", "payload": call}
    if button.url:
        return {"title": button.label, "type": "oa.open.url", "payload": {"url": button.url}}
    return {"title": button.label, "type": "oa.query.hide", "payload": f"#{button.payload}"}
