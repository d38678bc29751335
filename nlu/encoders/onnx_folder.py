"""Where the converted model lies: written once, whole or not at all, and checked whenever it is opened."""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import Any

from nlu.encoders import pieces
from nlu.errors import EncoderUnavailable

MODEL, PIECES, _MANIFEST = "model.onnx", "pieces.model", "manifest.json"
# Raised when the graph changes, so that no model of an older graph is taken for the present one.
FORMAT = 1
_NAME, _DRAFT = "e5-small-q4", "e5-small-q4.draft"


def converted(folder: Path, *, tell: Callable[[str], None]) -> Path:
    """The folder of the model inside `folder`, converted now (seconds, 75 MB) unless it is there and whole.

    Processes that ask at the same time wait for one conversion. tell is given a line before it begins.
    Raises EncoderUnavailable when the folder cannot be written.
    """
    place = folder / _NAME
    if _is_whole(place):
        return place
    try:
        with _alone(folder):
            if not _is_whole(place):
                tell("Đang chuyển bộ mã hoá câu hỏi sang ONNX (chỉ một lần, vài giây)…")
                _convert(folder / _DRAFT)
                shutil.rmtree(place, ignore_errors=True)
                (folder / _DRAFT).rename(place)
    except OSError as problem:
        raise EncoderUnavailable(
            f"The encoder cannot be converted into {folder} ({problem.strerror}): 100 MB are written there "
            "once. Make room and let this user write there, or set MOTCUA_ENCODER to 'bundled'."
        ) from problem
    return place


def _convert(draft: Path) -> None:
    """Write the model beside its place. What an interrupted conversion left is thrown away first."""
    import onnx  # noqa: PLC0415 -- needed only to convert

    from nlu.encoders.onnx_graph import graph_of  # noqa: PLC0415
    from nlu.encoders.weights import bundled_weights, read_weights  # noqa: PLC0415

    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    weights = read_weights(bundled_weights())
    onnx.save(graph_of(weights), draft / MODEL)
    pieces.write(weights, draft / PIECES)
    manifest = {"format": FORMAT, "files": {name: _digest(draft / name) for name in (MODEL, PIECES)}}
    (draft / _MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def _is_whole(place: Path) -> bool:
    """Whether a model of the present format lies there, every byte as it was written."""
    try:
        manifest: dict[str, Any] = json.loads((place / _MANIFEST).read_text(encoding="utf-8"))
        files = {name: _digest(place / name) for name in (MODEL, PIECES)}
    except (OSError, ValueError):
        return False
    return manifest == {"format": FORMAT, "files": files}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
