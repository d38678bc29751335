"""Plays dialogues to the responder: real rows, one turn after the other, a conversation each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.db.models import DateTimeField, F, Model
from django.utils import timezone
from PIL import Image

from bot.channels import Delivered
from bot.dialogues.actions import actions_of
from bot.dialogues.errors import DialogueProblem
from bot.dialogues.script import Dialogue, Line, Scene
from bot.intake import receive
from bot.responder import Responder
from bot.workers import answer_next
from casework import cases
from casework.models import Case, Report
from conversations.messages import Address, InboundMessage, MediaReference, MessageKind, Position
from conversations.models import Conversation, Turn
from nlu.text import clean
from office.models import Staff

#: Rows that have grown older after a pause; a report's register cannot be changed, not even here.
_DATED: tuple[type[Model], ...] = (Conversation, Turn, Case, Report)


@dataclass(frozen=True, kw_only=True)
class PlayedChannel:
    """A channel to nowhere: replies stay in the outbox, and every picture is one grey pixel."""

    name: str = "webchat"
    account: str = "played"

    def deliver(self, turn: Turn) -> Delivered:  # noqa: ARG002 -- the port names it
        return Delivered()

    def fetch(self, reference: str) -> bytes:  # noqa: ARG002
        picture = BytesIO()
        Image.new("RGB", (1, 1), "grey").save(picture, format="JPEG")
        return picture.getvalue()


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What came of a line: the replies in order, the fields of the form in hand or laid aside, and those of
    the report it sent, if any. It stays as it was when the rows are gone.
    """

    turn: Turn | None
    replies: tuple[Turn, ...]
    form: dict[str, Any] | None
    filed: dict[str, Any] | None

    @property
    def details(self) -> tuple[dict[str, Any], ...]:
        return tuple(reply.payload.get("detail", {}) for reply in self.replies)

    @property
    def actions(self) -> tuple[str, ...]:
        """The name of what each reply does; ("silence",) where none came."""
        return tuple(actions_of(detail)[0] for detail in self.details) or ("silence",)

    @property
    def may_pass_for(self) -> frozenset[str]:
        """All that the replies do."""
        return frozenset(action for detail in self.details for action in actions_of(detail))

    @property
    def codes(self) -> tuple[str, ...]:
        """Of the answers and of the choices."""
        told = [[detail["code"]] if "code" in detail else detail.get("codes", []) for detail in self.details]
        return tuple(code for codes in told for code in codes if code)

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(str(detail["part"]) for detail in self.details if detail.get("part"))

    @property
    def words(self) -> str:
        """All that the citizen can read: text, buttons, the source."""
        return "\n".join(map(_readable, self.replies))

    @property
    def called_first(self) -> str:
        """The address that the first button of the first reply calls, "" if it calls none."""
        choices = self.replies[0].payload.get("choices") if self.replies else None
        url = str(choices[0]["url"]) if choices else ""
        return url if url.startswith("tel:") else ""


def _readable(reply: Turn) -> str:
    source = reply.payload.get("citation") or {}
    labels = [choice["label"] for choice in reply.payload.get("choices", ())]
    return "\n".join([reply.text, *labels, str(source.get("title", "")), str(source.get("note", ""))])


@dataclass(kw_only=True)
class Player:
    """One citizen at one address, whose lines are answered as they come."""

    responder: Responder
    chat: str = field(default_factory=lambda: uuid4().hex)
    channel: PlayedChannel = field(default_factory=PlayedChannel)

    def play(self, line: Line) -> Heard:
        """Let it happen, and be answered."""
        if line.pause is not None:
            self._age(line.pause)
        elif line.official:
            self._official(line)
        else:
            turn = receive(self._message(line))
            self._let_answer()
            return self._heard(turn)
        return Heard(turn=None, replies=(), form=self._form(), filed=None)

    def _message(self, line: Line) -> InboundMessage:
        pictures = line.count if line.kind is MessageKind.PHOTO else 0
        return InboundMessage(
            address=Address(channel=self.channel.name, account=self.channel.account, chat=self.chat),
            event_id=uuid4().hex,
            kind=line.kind,
            sent_at=timezone.now(),
            text=self._label(line) if line.kind is MessageKind.CHOICE else line.text,
            choice=self._payload(line) if line.kind is MessageKind.CHOICE else "",
            position=Position(latitude=line.at[0], longitude=line.at[1]) if line.at else None,
            media=tuple(MediaReference(reference=uuid4().hex) for _ in range(pictures)),
        )

    def _button(self, line: Line) -> dict[str, str]:
        """The newest button whose words hold these, or whose payload they are."""
        wanted = clean(line.text).lower()
        for reply in self._turns().filter(direction=Turn.Direction.OUT).order_by("-id"):
            for choice in reply.payload.get("choices", ()):
                if wanted in choice["label"].lower() or wanted == choice["payload"]:
                    return dict(choice)
        raise DialogueProblem(f"no reply offered a button {line.text!r}")

    def _label(self, line: Line) -> str:
        return self._button(line)["label"]

    def _payload(self, line: Line) -> str:
        return self._button(line)["payload"]

    def _let_answer(self) -> None:
        """Without the wait between attempts: a turn that fails is tried until it is put aside."""
        waiting = Turn.objects.filter(status=Turn.Status.RECEIVED, due_at__isnull=False)
        while answer_next(self.responder) or waiting.update(due_at=None):
            pass

    def _heard(self, turn: Turn) -> Heard:
        kept = Turn.objects.filter(pk=turn.pk).first()
        # A citizen who had everything erased reads what came after it, in a conversation that began anew.
        replies = tuple((kept.replies if kept else self._turns()).order_by("id"))
        details = [reply.payload.get("detail", {}) for reply in replies]
        code = next((detail["code"] for detail in details if detail.get("move") == "report_filed"), "")
        report = Report.objects.select_related("ward", "named_unit").filter(code=code).first()
        return Heard(
            turn=kept,
            replies=replies,
            form=self._form(),
            filed=_fields(report) if report else None,
        )

    def _turns(self) -> Any:
        return Turn.objects.filter(conversation__chat=self.chat)

    def _form(self) -> dict[str, Any] | None:
        conversation = Conversation.objects.filter(chat=self.chat).first()
        state = conversation.state if conversation else {}
        laid_aside = state.get("draft") or {}
        return state.get("form") or laid_aside.get("form")

    def _age(self, pause: timedelta) -> None:
        """As if all that has happened had happened so long before."""
        for model in _DATED:
            dates = [f.name for f in model._meta.get_fields() if isinstance(f, DateTimeField)]
            model.objects.update(**{name: F(name) - pause for name in dates})  # type: ignore[attr-defined]
        conversation = Conversation.objects.filter(chat=self.chat).first()
        if conversation:
            conversation.state = _aged(conversation.state, pause)
            conversation.save(update_fields=["state"])

    def _official(self, line: Line) -> None:
        staff = Staff.objects.get_or_create(username="played-official")[0]
        conversation = Conversation.objects.get(chat=self.chat)
        case = Case.objects.filter(conversation=conversation, closed_at=None).latest("id")
        match line.official:
            case "nhận":
                cases.claim(case, staff)
            case "trả lời":
                cases.reply(case, staff, line.text)
            case "xong":
                cases.close(case, staff, "done")


def _aged(value: Any, pause: timedelta) -> Any:
    """A remembered value with its moments so much earlier."""
    if isinstance(value, dict):
        return {key: _aged(held, pause) for key, held in value.items()}
    if isinstance(value, list):
        return [_aged(held, pause) for held in value]
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return value
    return (moment - pause).isoformat() if moment.tzinfo else value


def _fields(report: Report) -> dict[str, Any]:
    return {
        "category": report.category,
        "kind": report.kind,
        "text": report.text,
        "place": report.place,
        "ward": report.ward.name if report.ward else "",
        "urgent": report.is_urgent,
        "media": list(range(report.photos.count())),
        "position": {"latitude": report.latitude} if report.latitude is not None else None,
        "contact_name": report.contact_name,
        "contact_phone": report.contact_phone,
        "is_reference_only": report.is_reference_only,
        "named_unit": report.named_unit.name if report.named_unit else "",
    }


def play(dialogue: Dialogue, responder: Responder) -> Sequence[tuple[Scene, Heard]]:
    """All scenes, one after the other."""
    player = Player(responder=responder)
    return [(scene, player.play(scene.line)) for scene in dialogue.scenes]
