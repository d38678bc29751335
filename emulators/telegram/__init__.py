"""A Telegram Bot API server to test against: the other end of the wire, as strict as the real one.

Run it with `python -m emulators.telegram`; from Python, see emulators/telegram/client.py.
What it refuses and the words of its refusals follow https://core.telegram.org/bots/api and the answers of the
real server (github.com/tdlib/telegram-bot-api).
"""
