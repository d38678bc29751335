"""What a citizen does, and what an official does at oa.zalo.me, turned into the events Zalo would send."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from emulators.faults import WrongOrder
from emulators.zalo import events
from emulators.zalo.sendings import KINDS, ONE_PIXEL, Order, Stage
from emulators.zalo.world import Json, World


def perform(world: World, order: Order, base_url: str) -> list[str]:
    """Carry out one act and return the ids of the citizen's messages it made, as in

    {"act": "text", "user": "1001", "name": "Chị Lan", "text": "làm khai sinh"}
    """
    act = ACTS.get(str(order.get("act", "")))
    if act is None:
        raise WrongOrder(f"no act {order.get('act')!r}; known: {', '.join(sorted(ACTS))}")
    try:
        person = world.meet(str(order["user"]), str(order.get("name", "Công dân")))
        return act(Stage(world=world, person=person, order=order, base_url=base_url)) or []
    except KeyError as missing:
        raise WrongOrder(f"this act needs {missing}") from missing


def tap(on: Stage) -> list[str]:
    """Tap the button with this title on the newest message that has one.

    A query comes back as a text of the citizen, hidden in the chat or not; the others leave the chat, and the
    account hears nothing of them.
    """
    button = _button(on)
    if not button["type"].startswith("oa.query"):
        return []
    made = on.says("text", text=button["payload"])
    on.person.chat[-1]["is_hidden"] = button["type"] == "oa.query.hide"
    return made


def _button(on: Stage) -> Json:
    for message in reversed(on.person.chat):
        for button in message.get("buttons", []):
            if button["title"] == on.order["label"]:
                return dict(button)
    raise WrongOrder(f"no such button in this chat: {on.order['label']!r}")


def react(on: Stage) -> None:
    message = {"msg_id": _newest_of_account(on), "react_icon": str(on.order.get("icon", "/-heart"))}
    ends = {"sender": {"id": on.person.id}, "recipient": {"id": on.world.credentials.oa_id}}
    on.tells("user_reacted_message", **ends, message=message)


def receive(on: Stage) -> None:
    """The phone has the newest message of the account."""
    events.receipt(on.world, on.person, "user_received_message", {"msg_id": _newest_of_account(on)})


def see(on: Stage) -> None:
    """Everything of the account that is in the chat has been looked at."""
    seen = [message["msg_id"] for message in on.person.chat if message["src"] == 0]
    events.receipt(on.world, on.person, "user_seen_message", {"msg_ids": seen})


def _newest_of_account(on: Stage) -> str:
    for message in reversed(on.person.chat):
        if message["src"] == 0:
            return str(message["msg_id"])
    raise WrongOrder("the account has sent nothing to this chat")


def follow(on: Stage) -> None:
    on.person.follows = True
    on.person.interacts(on.world.now())
    source = str(on.order.get("source", "oa_profile"))
    on.tells("follow", oa_id=on.world.credentials.oa_id, follower={"id": on.person.id}, source=source)


def unfollow(on: Stage) -> None:
    """Leave the account: from then on it may not write (-213) until the person acts again."""
    on.person.follows, on.person.has_left = False, True
    source = str(on.order.get("source", "oa_profile"))
    on.tells("unfollow", oa_id=on.world.credentials.oa_id, follower={"id": on.person.id}, source=source)


def chat_now(on: Stage) -> None:
    """The button on another page that opens the chat: once for each person."""
    on.person.interacts(on.world.now())
    on.tells("user_click_chatnow", oa_id=on.world.credentials.oa_id, user_id=on.person.id)


def submit_info(on: Stage) -> None:
    """Answer the account's request for a contact; the person has to have been asked."""
    if not any(message["kind"] == "request_user_info" for message in on.person.chat):
        raise WrongOrder("the account has not asked this person for a contact")
    wanted = ("phone", "user_dob", "gender", "full_address")
    info = {"name": str(on.order.get("full_name", on.person.name))} | {
        name: str(on.order[name]) for name in wanted if name in on.order
    }
    on.person.interacts(on.world.now())
    ends = {"sender": {"id": on.person.id}, "recipient": {"id": on.world.credentials.oa_id}}
    on.tells("user_submit_info", **ends, info=info)


def withdraw(on: Stage) -> None:
    """Ask that one's data be deleted: the program gets the two ids and nothing else."""
    on.tells("user_withdraw", oa_id=on.world.credentials.oa_id, user_id=on.person.id)


def admin(on: Stage) -> list[str]:
    """An official writes at oa.zalo.me: the event bears `sender.admin_id`."""
    kind = str(on.order.get("kind", "text"))
    if kind not in events.OA_EVENTS:
        raise WrongOrder(f"no kind {kind!r}; known: {', '.join(sorted(events.OA_EVENTS))}")
    made: Json = {"kind": kind, "text": str(on.order.get("text", ""))}
    if kind != "text":
        made["url"] = on.served("cua-can-bo", ONE_PIXEL)
    admin_id = str(on.order.get("admin_id", "3140000000000000001"))
    return [events.from_account(on.world, on.person, made, admin_id=admin_id)]


def tell(on: Stage) -> None:
    """Any other event, in the words of the order: {"act": "tell", "event_name": …, "content": {…}}."""
    on.tells(str(on.order["event_name"]), **dict(on.order.get("content", {})))


def fall_silent(on: Stage) -> None:
    """The last thing this person did lies so many hours back."""
    on.person.last_interaction = on.world.now() - timedelta(hours=float(on.order["hours"]))


def set_person(on: Stage) -> None:
    """What the service knows and the program does not: inactive, restricts, allows_templates, phone."""
    person, order = on.person, on.order
    person.is_inactive = bool(order.get("is_inactive", person.is_inactive))
    person.restricts = bool(order.get("restricts", person.restricts))
    person.allows_templates = bool(order.get("allows_templates", person.allows_templates))
    person.phone = str(order.get("phone", person.phone))


Act = Callable[[Stage], list[str] | None]
ACTS: Mapping[str, Act] = {
    **KINDS,
    **{
        act.__name__: act
        for act in (
            *(tap, react, receive, see, follow, unfollow, chat_now, submit_info, withdraw),
            *(admin, tell, fall_silent, set_person),
        )
    },
}
