"""Officials and citizens at one desk over HTTP: what they do, how long it took, what they were told."""

from __future__ import annotations

import asyncio
import html
import random
import re
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import httpx

from benchmarks.desk_forms import Form, forms_of
from benchmarks.desk_rows import Chat, Seat

#: Seconds, as the pages say (office.js, queue.html): from word of a change to the look at it; the rest of a
#: case before its next look, and of a list (or so many times the last look); between looks without word; and
#: between two words that somebody reads a case.
LOOK_AFTER, CASE_RESTS, LEAVES, LIST_RESTS, LOOK_EVERY, PRESENT_EVERY = (
    0.2,
    0.3,
    40.0,
    (5.0, 15.0),
    60.0,
    30.0,
)
#: Seconds between two acts of an official, and from opening a case to the act; how often each is the next.
THINKS, READS = (20.0, 40.0), (1.0, 3.0)
ACTS = {"claim": 30, "reply": 55, "snooze": 10, "transfer": 8, "release": 7, "close": 20}
KEEPS = {"claim", "reply", "snooze"}
#: Of the cases opened, how many are one's own; the others are among so many on top of the queue.
OWN_CASES, TOP = 0.6, 10
#: Messages of citizens a second, and how many of them to somebody whose page is open.
SAYS_EVERY, TO_AN_OPEN_PAGE = 0.5, 0.7
#: Seconds after which a message that is not on the open page counts as never shown.
TOO_LATE = 5.0
_CASES = re.compile(r'href="/desk/cases/([A-Z]+-\d{4}-\d+)"')
_ANSWERED = {302, 303}


@dataclass(kw_only=True)
class Seen:
    """What happened. took: seconds by kind of page; accepted: acts by kind, each (who, case, words);
    refused: by act and what was answered; said: words of citizens, each (case, words); shown: seconds until
    an open page had them."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    accepted: dict[str, list[tuple[str, str, str]]] = field(default_factory=lambda: defaultdict(list))
    refused: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    said: list[tuple[str, str]] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    never_shown: int = 0
    problems: list[str] = field(default_factory=list)


@dataclass(kw_only=True)
class Official:
    """One official with one page open, whose live part looks again after each word of a change."""

    http: httpx.AsyncClient
    seat: Seat
    chance: random.Random
    seen: Seen
    cases: set[str]
    thinks: tuple[float, float] = THINKS
    page: str = "/desk/"
    digest: str = ""
    live: str = "/desk/live"
    awaited: dict[str, float] = field(default_factory=dict)
    turned: asyncio.Event = field(default_factory=asyncio.Event)
    spoken: int = 0

    @property
    def open_case(self) -> str:
        """The number of the case whose page is open, "" on the queue."""
        return self.page.rpartition("/")[2]

    async def work(self, until: float) -> None:
        await asyncio.sleep(self.chance.uniform(0, self.thinks[1]))
        live = asyncio.create_task(self._watch())
        try:
            while time.monotonic() < until:
                await self._try()
                await asyncio.sleep(
                    min(self.chance.uniform(*self.thinks), max(0.0, until - time.monotonic()))
                )
        finally:
            live.cancel()
            with suppress(asyncio.CancelledError):
                await live

    async def _try(self) -> None:
        try:
            await self._act()
        except httpx.HTTPError as problem:
            self.seen.problems.append(f"{type(problem).__name__} {problem}")

    async def _act(self) -> None:
        """Look at the queue, open a case, read it, do one of the acts that its page offers."""
        listed = _CASES.findall(await self._open("/desk/", "queue"))
        case = self._chosen(listed)
        if not case:
            return
        path = f"/desk/cases/{case}"
        forms = forms_of(await self._open(path, "case"))
        offered = {act: weight for act, weight in ACTS.items() if f"{path}/{act}" in forms}
        if offered:
            await asyncio.sleep(self.chance.uniform(*READS))
            act = self.chance.choices(list(offered), list(offered.values()))[0]
            await self._send(act, case, forms[f"{path}/{act}"])

    def _chosen(self, listed: Sequence[str]) -> str:
        """One of his own, or one of the list: who takes the next takes the one on top, as all others do."""
        if self.cases and self.chance.random() < OWN_CASES:
            return self.chance.choice(sorted(self.cases))
        others = [case for case in dict.fromkeys(listed) if case not in self.cases]
        return self.chance.choice(others[:TOP]) if others else ""

    async def _open(self, path: str, kind: str) -> str:
        response = await self._get(path, kind)
        self.page, self.digest = response.url.path, ""
        self.live = _live_of(response.text)
        self._note_shown(response.text)
        self._give_up_waiting()
        self.turned.set()
        return response.text

    async def _get(self, path: str, kind: str, **more: dict[str, str]) -> httpx.Response:
        began = time.perf_counter()
        response = await self.http.get(path, **more)
        self.seen.took[kind].append(time.perf_counter() - began)
        if response.status_code >= 400:
            self.seen.problems.append(f"{kind}: {response.status_code} at {path}")
        return response

    async def _send(self, act: str, case: str, form: Form) -> None:
        self.spoken += 1
        words = f"Chào anh/chị, {self.seat.username} lần {self.spoken} tại {case}."
        response = await self._post(form.action, form.filled(words, self.chance), f"act: {act}")
        if response.status_code in _ANSWERED:
            await self._follow(act, case, words, response.headers["location"])
        else:
            self.seen.refused[f"{act}: {response.status_code}"] += 1

    async def _post(self, path: str, filled: Mapping[str, str], kind: str) -> httpx.Response:
        headers = {"X-CSRFToken": self.http.cookies.get("csrftoken", ""), "Referer": f"{self.http.base_url}"}
        began = time.perf_counter()
        response = await self.http.post(path, data=filled, headers=headers)
        self.seen.took[kind].append(time.perf_counter() - began)
        return response

    async def _follow(self, act: str, case: str, words: str, location: str) -> None:
        """Where the act leads says how it went."""
        text = await self._open(location, "case" if "/cases/" in location else "queue")
        if 'class="notice warning"' in text:
            self.seen.refused[f"{act}: told who was first"] += 1
        else:
            self.seen.accepted[act].append((self.seat.username, case, words))
            (self.cases.add if act in KEEPS else self.cases.discard)(case)

    async def _watch(self) -> None:
        """The open page: word of a change over the live stream, then a look at its part."""
        while True:
            self.turned.clear()
            word = asyncio.Event()
            stream = asyncio.create_task(self._listen(word))
            looks = asyncio.create_task(self._look_after(word))
            presence = asyncio.create_task(self._be_present())
            try:
                await self.turned.wait()
            finally:
                for task in (stream, looks, presence):
                    task.cancel()
                await asyncio.gather(stream, looks, presence, return_exceptions=True)

    async def _be_present(self) -> None:
        while self.open_case:
            with suppress(httpx.HTTPError):
                await self._post(f"{self.page}/presence", {}, "presence")
            await asyncio.sleep(PRESENT_EVERY)

    async def _listen(self, word: asyncio.Event) -> None:
        while True:
            with suppress(httpx.HTTPError):
                async with self.http.stream("GET", self.live, timeout=None) as response:
                    async for line in response.aiter_lines():
                        if line.startswith("event: change"):
                            word.set()
            await asyncio.sleep(2)

    async def _look_after(self, word: asyncio.Event) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY):
                    await word.wait()
            await asyncio.sleep(LOOK_AFTER)
            word.clear()
            began = time.perf_counter()
            with suppress(httpx.HTTPError):
                await self._look()
            took = time.perf_counter() - began
            rests = CASE_RESTS if self.open_case else sorted((LEAVES * took, *LIST_RESTS))[1]
            await asyncio.sleep(max(0.0, rests - LOOK_AFTER - took))

    async def _look(self) -> None:
        kind = "case part" if self.open_case else "queue part"
        response = await self._get(
            self.page, kind, params={"seen": self.digest}, headers={"HX-Request": "true"}
        )
        if response.status_code == httpx.codes.OK:
            self.digest = response.headers.get("X-Seen", "")
            self._note_shown(response.text)

    def _note_shown(self, text: str) -> None:
        now, text = time.monotonic(), html.unescape(text)
        for words in [words for words in self.awaited if words in text]:
            self.seen.shown.append(now - self.awaited.pop(words))

    def _give_up_waiting(self) -> None:
        """The page is another one now; what it should have shown long before counts as never shown."""
        now = time.monotonic()
        self.seen.never_shown += sum(now - since > TOO_LATE for since in self.awaited.values())
        self.awaited.clear()


def _live_of(text: str) -> str:
    """The stream a page listens to, as it says."""
    found = re.search(r'data-live="([^"]+)"', text)
    return html.unescape(found.group(1)) if found else "/desk/live"


@dataclass(kw_only=True)
class Citizens:
    """All citizens: one of them writes every now and then, most often one whose case is on a screen."""

    http: httpx.AsyncClient
    chats: Sequence[Chat]
    officials: Sequence[Official]
    chance: random.Random
    seen: Seen

    async def write(self, until: float) -> None:
        number = 0
        writing: set[asyncio.Task[None]] = set()
        while time.monotonic() < until:
            await asyncio.sleep(self.chance.expovariate(1 / SAYS_EVERY))
            number += 1
            writing.add(asyncio.create_task(self._say(self._who(), f"Bác viết thêm lần {number}.")))
        await asyncio.gather(*writing)

    def _who(self) -> Chat:
        watched = {official.open_case for official in self.officials} - {""}
        if watched and self.chance.random() < TO_AN_OPEN_PAGE:
            return self._chat_of(self.chance.choice(sorted(watched)))
        return self.chance.choice(self.chats)

    def _chat_of(self, case: str) -> Chat:
        return self.chats[int(case.rpartition("-")[2]) - 1]

    async def _say(self, chat: Chat, words: str) -> None:
        watching = [one for one in self.officials if one.open_case == chat.case]
        for official in watching:
            official.awaited[words] = time.monotonic()
        fields = {
            "text": words,
            "event_id": f"{chat.case}-{len(self.seen.said)}-{self.chance.getrandbits(32):x}",
        }
        headers = {"X-Chat-Token": chat.token, "Accept": "application/json"}
        try:
            response = await self.http.post("/chat/messages", json=fields, headers=headers)
            response.raise_for_status()
            self.seen.said.append((chat.case, words))
        except httpx.HTTPError as problem:
            self.seen.problems.append(f"citizen: {type(problem).__name__} {problem}")
