"""Every message accounted for: what was said, against the rows and against what reached the citizens."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from benchmarks.far_ends import Reached

#: Procedures of the starter: a question that names one is answered with its source, which names it again.
CODES = (
    *("1.000656", "1.000689", "1.000894", "1.001022", "1.001193", "1.001266", "1.001437", "1.001456"),
    *("1.001570", "1.001612", "1.001613", "1.001656", "1.001939", "1.002179", "1.002693", "1.002755"),
)


@dataclass(frozen=True, kw_only=True)
class Said:
    """A message of one citizen; no other of this citizen is about the same procedure."""

    chat: int
    code: str

    @property
    def text(self) -> str:
        return f"Lệ phí của thủ tục {self.code}"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A received turn of our database, with its replies."""

    id: int
    chat: str
    text: str
    status: str
    replies: tuple[tuple[int, str], ...]


@dataclass(frozen=True, kw_only=True)
class Account:
    """What came of `said` messages.

    lost: without an answer at the far end. answered_twice: with two rows, or a row with two answers.
    out_of_order: conversations in which answers stand in another order than the messages came in.
    came_out_of_order: in which messages came in in another order than they were said.
    repeats: answers that reached somebody once more. failed: replies given up. unsent: not sent yet.
    """

    said: int
    lost: int
    answered_twice: int
    out_of_order: int
    came_out_of_order: int
    repeats: int
    failed: int
    unsent: int

    @property
    def holds(self) -> bool:
        """Nothing lost, doubled, out of order or under way; repeats are for the caller to judge."""
        return not any((self.lost, self.answered_twice, self.out_of_order, self.failed, self.unsent))


def conversations(first: int, *, messages: int, each: int = 5, side_by_side: int = 20) -> list[Said]:
    """So many messages of citizens from chat `first` on, `each` of one citizen, the citizens mixed."""
    said: list[Said] = []
    for block in range(0, messages // each, side_by_side):
        chats = range(first + block, min(first + block + side_by_side, first + messages // each))
        said += [Said(chat=chat, code=CODES[(chat + n) % len(CODES)]) for n in range(each) for chat in chats]
    return said


def account(said: Sequence[Said], rows: Sequence[Row], reached: Sequence[Reached]) -> Account:
    """Compare. Pure."""
    chats = _by_chat(said, rows, reached)
    expected = {(str(message.chat), message.code) for message in said}
    arrived = [(one.chat, code) for one in reached for code in _codes(one.text)]
    ours = [pair for pair in arrived if pair in expected]
    mine = [row for row in rows if row.chat in chats]
    return Account(
        said=len(said),
        lost=len(expected - set(arrived)),
        answered_twice=sum(len(row.replies) != 1 for row in mine) + len(mine) - len(expected),
        out_of_order=sum(not chat.is_answered_in_order() for chat in chats.values()),
        came_out_of_order=sum(chat.said != chat.received for chat in chats.values()),
        repeats=len(ours) - len(set(ours)),
        failed=sum(status == "failed" for row in mine for _, status in row.replies),
        unsent=sum(status not in {"sent", "failed"} for row in mine for _, status in row.replies),
    )


@dataclass(frozen=True, kw_only=True)
class _Chat:
    """One citizen's messages by their codes: as said, as received, as heard; replies by their ids."""

    said: Sequence[str]
    received: Sequence[str]
    heard: Sequence[str]
    replies: Sequence[int]

    def is_answered_in_order(self) -> bool:
        """A repeat stands right behind what it repeats."""
        once = [code for code, _ in groupby(self.heard)]
        return once == list(self.received) and list(self.replies) == sorted(self.replies)


def _by_chat(said: Iterable[Said], rows: Iterable[Row], reached: Iterable[Reached]) -> Mapping[str, _Chat]:
    spoken, heard = defaultdict(list), defaultdict(list)
    received, replies = defaultdict(list), defaultdict(list)
    for message in said:
        spoken[str(message.chat)].append(message.code)
    for one in reached:
        heard[one.chat] += _codes(one.text)
    for row in rows:
        received[row.chat] += _codes(row.text)
        replies[row.chat] += [number for number, _ in row.replies]
    return {
        chat: _Chat(said=codes, received=received[chat], heard=heard[chat], replies=replies[chat])
        for chat, codes in spoken.items()
    }


def _codes(text: str) -> list[str]:
    """The procedure that a text names, in a list of one; [] when it names none of ours, or several."""
    named = [code for code in CODES if code in text]
    return named if len(named) == 1 else []


QUERY = """
    SELECT turn.id, conversation.chat, turn.text, turn.status, reply.id, reply.status
    FROM conversations_turn turn
    JOIN conversations_conversation conversation ON conversation.id = turn.conversation_id
    LEFT JOIN conversations_turn reply ON reply.in_reply_to_id = turn.id
    WHERE turn.direction = 'in' ORDER BY turn.id, reply.id
"""


def rows_of(home: Path, database_url: str = "") -> list[Row]:
    """The received turns, read beside the running program."""
    found = select(home, database_url, QUERY)
    return [
        Row(
            id=number,
            chat=chat,
            text=text,
            status=status,
            replies=tuple((line[4], line[5]) for line in lines if line[4] is not None),
        )
        for (number, chat, text, status), lines in (
            (key, list(group)) for key, group in groupby(found, key=lambda line: line[:4])
        )
    ]


def replies_sent(home: Path, database_url: str = "") -> int:
    """How many replies went out so far, by the rows: cheap, for the pace of a run."""
    query = "SELECT count(*) FROM conversations_turn WHERE direction = 'out' AND status = 'sent'"
    return int(select(home, database_url, query)[0][0])


def select(home: Path, database_url: str, query: str) -> list[tuple[Any, ...]]:
    if not database_url:
        with closing(sqlite3.connect(f"file:{home}/motcua.sqlite3?mode=ro", uri=True, timeout=20)) as rows:
            return rows.execute(query).fetchall()
    import psycopg  # noqa: PLC0415 -- an extra, needed on PostgreSQL alone

    with psycopg.connect(database_url) as connection:
        return connection.execute(query).fetchall()
