"""Faults to order: which call goes wrong, how, how often; updates that come twice, out of order or late."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field, fields
from random import Random
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from emulators.loopback import cut_off

#: The name under which the faults of updates are ordered, in place of a call.
UPDATES = "updates"
#: What an emulator answers in its own words.
REFUSALS = frozenset({"too_many_requests", "server_error", "expired_token"})
CALL_FAULTS = REFUSALS | {"slow", "time_out", "silence", "drop", "cut"}
UPDATE_FAULTS = frozenset({"duplicate", "reorder", "late"})


class WrongOrder(ValueError):
    """A fault that does not exist. The text says what does."""


@dataclass(kw_only=True)
class Fault:
    """One ordered misbehaviour: `after` calls go well, then `times` go wrong (None: every one).

    call: the name of a call, "*" for each of them, or "updates".
    kind of a call's fault:
        too_many_requests, server_error, expired_token: refused in the words of the service;
        slow: the true answer, `seconds` late;
        time_out: a gateway's 504 after `seconds`;
        silence: no answer, until the caller hangs up;
        drop: the connection is closed without a byte;
        cut: the connection is closed in the middle of the answer.
    kind of an update's fault:
        duplicate: sent again `seconds` later;
        reorder: sent right after the next one, or alone after `seconds` when none comes;
        late: sent after `seconds`.
    seconds: as above, or the wait that too_many_requests asks for.
    performed: the call takes effect although its answer is lost: repeating it sends the message twice.
    probability: of each call (0 < p ≤ 1), drawn from `seed`, so that a run can be repeated.
    chat: only what concerns this chat or citizen; "" for all.
    """

    call: str
    kind: str
    after: int = 0
    times: int | None = 1
    seconds: float = 1
    performed: bool = False
    probability: float = 1.0
    seed: int = 0
    chat: str = ""
    _dice: Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        kinds = UPDATE_FAULTS if self.call == UPDATES else CALL_FAULTS
        if self.kind not in kinds:
            raise WrongOrder(f"no fault {self.kind!r} of {self.call}; known: {', '.join(sorted(kinds))}")
        if not 0 < self.probability <= 1:
            raise WrongOrder(f"a probability is over 0 and at most 1, not {self.probability}")
        self._dice = Random(self.seed)  # noqa: S311 -- repeatable, not secret

    def concerns(self, call: str, chat: str) -> bool:
        wanted = self.call.lower()
        is_meant = wanted == call.lower() or (wanted == "*" and call != UPDATES)
        return is_meant and self.chat in ("", chat)

    def happens(self) -> bool:
        """Whether this time it goes wrong. To be asked once for every call that is concerned."""
        if self.times == 0:
            return False
        if self.after:
            self.after -= 1
            return False
        if self._dice.random() >= self.probability:
            return False
        if self.times is not None:
            self.times -= 1
        return True

    def as_json(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self) if each.init}


@dataclass(kw_only=True)
class Faults:
    """What is ordered, in the order in which it was, and how often each has happened."""

    ordered: list[Fault] = field(default_factory=list)
    happened: Counter[str] = field(default_factory=Counter)

    def order(self, wanted: Mapping[str, Any]) -> None:
        """Raises WrongOrder for a fault that does not exist."""
        try:
            self.ordered.append(Fault(**wanted))
        except TypeError as problem:
            raise WrongOrder(f"no such fault: {problem}") from problem

    def forget(self) -> None:
        self.ordered.clear()

    def strikes(self, call: str, chat: str = "") -> Fault | None:
        """The first ordered fault that happens to this call, used up once."""
        for fault in self.ordered:
            if fault.concerns(call, chat) and fault.happens():
                self.happened[f"{call} {fault.kind}"] += 1
                return fault
        return None

    def as_json(self) -> dict[str, Any]:
        return {"ordered": [fault.as_json() for fault in self.ordered], "happened": dict(self.happened)}


Perform = Callable[[], Awaitable[Response]]


async def answered(
    request: Request, fault: Fault | None, perform: Perform, refuse: Callable[[Fault], Response]
) -> Response:
    """The answer to a call. `refuse` words the faults of REFUSALS as the service does."""
    if fault is None:
        return await perform()
    true_answer = await perform() if fault.performed or fault.kind == "slow" else None
    if fault.kind in REFUSALS:
        return refuse(fault)
    if true_answer is not None and fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
        return true_answer
    return await _lost(request, fault)


async def _lost(request: Request, fault: Fault) -> Response:
    """What the caller sees of an answer that does not reach it."""
    if fault.kind == "cut":
        return StreamingResponse(_half_a_body(), headers={"content-length": "1000"})
    if fault.kind == "drop":
        cut_off(request)
    if fault.kind == "silence":
        while (await request.receive())["type"] != "http.disconnect":
            continue
    if fault.kind == "time_out":
        await asyncio.sleep(fault.seconds)
    return Response("Gateway Timeout", status_code=504)


async def _half_a_body() -> AsyncIterator[bytes]:
    """Less than was promised: uvicorn closes the connection."""
    yield b'{"ok": '


@dataclass(kw_only=True)
class Disturbance:
    """The way of updates to the program: straight, unless a fault of updates strikes; none is lost on it.

    Lives in the event loop of the server.
    """

    faults: Faults
    send: Callable[[dict[str, Any]], None]
    _overtaken: list[dict[str, Any]] = field(default_factory=list)
    _planned: int = 0

    @property
    def is_clear(self) -> bool:
        """Whether nothing is held back."""
        return not self._planned

    def pass_on(self, update: dict[str, Any], chat: str) -> None:
        """Send the update as the ordered faults have it."""
        fault = self.faults.strikes(UPDATES, chat)
        if fault is not None and fault.kind == "reorder":
            self._overtaken.append(update)
            self._after(fault.seconds, self._release)
            return
        if fault is None or fault.kind == "duplicate":
            self.send(update)
            self._release()
        if fault is not None:
            self._after(fault.seconds, lambda: self.send(update))

    def _after(self, seconds: float, act: Callable[[], None]) -> None:
        self._planned += 1

        def due() -> None:
            self._planned -= 1
            act()

        asyncio.get_running_loop().call_later(seconds, due)

    def _release(self) -> None:
        overtaken, self._overtaken = self._overtaken, []
        for update in overtaken:
            self.send(update)
