"""Zalo: our Official Account. Off until the operator gives its names and secrets.

This package alone knows Zalo. No SDK: there is none for Python, and the calls are few.
"""

from bot.channels.zalo.account import ZaloAccount, zalo_account
from bot.channels.zalo.channel import ZaloChannel
from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.errors import ZaloError
from bot.channels.zalo.receiving import take_in
from bot.channels.zalo.signature import HEADER, genuine_event

__all__ = [
    "HEADER",
    "ZaloAccount",
    "ZaloChannel",
    "ZaloClient",
    "ZaloError",
    "genuine_event",
    "take_in",
    "zalo_account",
]
