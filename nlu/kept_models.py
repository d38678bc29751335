"""A trained model kept in a file, so that it is trained once."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any


def kept(path: Path, train: Callable[[], Any]) -> Any:
    """The model in the file; trained and written there first where there is none.

    Only this program may write to the file's folder: what lies there is unpickled.
    """
    if path.exists():
        # Not joblib, which reads the 200,000 words and places one by one in Python: ten times slower.
        return pickle.loads(path.read_bytes())  # noqa: S301 -- our own folder
    model = train()
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}.new")  # another process may train at the same time
    unfinished.write_bytes(pickle.dumps(model, protocol=pickle.HIGHEST_PROTOCOL))
    unfinished.replace(path)
    return model
