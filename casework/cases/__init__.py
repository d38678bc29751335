"""Cases: a conversation waits for a person, one person has it, and it is closed with an outcome.

Whoever acts second is told so: every change is a conditional UPDATE that counts its rows, in one transaction
with the change of owner, the message to the citizen and the line in the register.
"""

from __future__ import annotations

from casework.cases.claiming import claim, keep, release_case, take_over
from casework.cases.closing import OUTCOMES, close, close_for_block, end, end_answered, withdraw
from casework.cases.merging import merge, mergeable_into, merged_into, namesakes
from casework.cases.opening import open_case, open_case_of
from casework.cases.ratings import rate
from casework.cases.replies import REPLY_LENGTH, ask_number, citizen_wrote, reply, say, words_of_reply
from casework.cases.snoozing import snooze, wake
from casework.cases.transfers import give_to, send_back, transfer
from casework.cases.undoing import take_back, undo, undoable
from casework.queue_place import position_in_queue

__all__ = [
    "OUTCOMES",
    "REPLY_LENGTH",
    "ask_number",
    "citizen_wrote",
    "claim",
    "close",
    "close_for_block",
    "end",
    "end_answered",
    "give_to",
    "keep",
    "merge",
    "mergeable_into",
    "merged_into",
    "namesakes",
    "open_case",
    "open_case_of",
    "position_in_queue",
    "rate",
    "release_case",
    "reply",
    "say",
    "send_back",
    "snooze",
    "take_back",
    "take_over",
    "transfer",
    "undo",
    "undoable",
    "wake",
    "withdraw",
    "words_of_reply",
]
