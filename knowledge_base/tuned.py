"""The tuned projection on disk: a matrix in the home folder, and a note of what it was trained on.

projection-<digest>.npy    the matrix, shape (dimensions, dimensions)
projection-<digest>.json   encoder, date, counts and figures; written last, so that a matrix without a note
                           is one whose writing broke off
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from knowledge_base.errors import TuningProblem
from knowledge_base.vectors import Vectors
from nlu.encoders import Encoder

_NOTES = "projection-*.json"
_DAMAGED = (
    "{name} cannot be used ({reason}). Tune again with `motcua encoder tune`, or return to the projection "
    "that every build learns itself: `motcua encoder forget`."
)


@dataclass(frozen=True, kw_only=True)
class Tuned:
    """A matrix for the vectors of one encoder.

    tuned_at: ISO time with zone. release, examples: what it was trained on. figures: of the comparison.
    """

    matrix: Vectors = field(repr=False)
    encoder: str
    tuned_at: str
    release: str
    examples: int
    figures: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """The first 16 digits of the SHA-256 of the matrix."""
        return sha256(np.ascontiguousarray(self.matrix).tobytes()).hexdigest()[:16]

    @property
    def note(self) -> dict[str, Any]:
        """What a manifest says of it."""
        return {
            "from": "motcua encoder tune",
            "digest": self.digest,
            "encoder": self.encoder,
            "dimensions": len(self.matrix),
            "tuned_at": self.tuned_at,
            "release": self.release,
            "examples": self.examples,
            "figures": dict(self.figures),
        }

    def write(self, folder: Path) -> Path:
        """Write it in place of what was there before for any encoder; where the matrix lies."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"projection-{self.digest}.npy"
        draft = path.with_suffix(".writing.npy")
        np.save(draft, np.ascontiguousarray(self.matrix, dtype=np.float32))
        draft.rename(path)
        note = path.with_suffix(".json")
        draft = note.with_suffix(".writing")
        draft.write_text(json.dumps(self.note, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        draft.rename(note)
        forget(folder, but=path)
        return path


def read_tuned(folder: Path, encoder: Encoder) -> Tuned | None:
    """The tuned projection if there is one for this encoder. Raises TuningProblem for a damaged one."""
    for path in sorted(folder.glob(_NOTES)):
        try:
            found = _read(path)
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise TuningProblem(_DAMAGED.format(name=path.name, reason=repr(problem))) from problem
        if f"projection-{found.digest}" != path.stem:
            raise TuningProblem(_DAMAGED.format(name=path.stem, reason="the matrix was changed"))
        if (found.encoder, found.matrix.shape) == (encoder.name, (encoder.dimensions, encoder.dimensions)):
            return found
    return None


def forget(folder: Path, *, but: Path | None = None) -> int:
    """Remove every tuned projection but this one; how many were removed."""
    gone = [path for path in folder.glob("projection-*.npy") if path != but]
    for path in gone:
        path.with_suffix(".json").unlink(missing_ok=True)
        path.unlink()
    return len(gone)


def _read(path: Path) -> Tuned:
    plain = json.loads(path.read_text(encoding="utf-8"))
    names = ("encoder", "tuned_at", "release", "examples", "figures")
    matrix = np.load(path.with_suffix(".npy"), allow_pickle=False)
    return Tuned(matrix=matrix, **{name: plain[name] for name in names})
