"""Rasa's command line with the token out of the environment: on the command line every user could read it.

Runs in Rasa's own environment: `python -m nlu.rasa.serve run …`.
"""

from __future__ import annotations

import os
import sys

#: Where the token waits for this process.
TOKEN = "RASA_AUTH_TOKEN"  # noqa: S105 -- the name, not the token


def authorised(token: str) -> str:
    """The option with its token, in one word: two would be two options where a token begins with a dash."""
    return f"--auth-token={token}"


if __name__ == "__main__":
    from rasa.__main__ import main

    sys.argv.append(authorised(os.environ.pop(TOKEN)))
    main()
