"""The manifest of a release: what it was built from and with, and the digests that prove it whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any

from knowledge_base.decision import Calibration, Chance, Costs
from knowledge_base.errors import OutdatedRelease, ReleaseProblem
from knowledge_base.ranking import FEATURES, Ranker
from nlu.encoders import Encoder

FORMAT = 3
FILE_NAME = "manifest.json"
_PLAIN = (
    *("format", "encoder", "dimensions", "built_at", "made_by"),
    *("learned_from", "changed_since", "breadth", "recall"),
)


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How much a release holds."""

    procedures: int
    passages: int
    probes: int


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a release says of itself.

    built_at: ISO time with zone. files: SHA-256 by file name. report: what was measured when it learned.
    learned_from: digest of what weights and calibration were learned from, "" when they are the shipped ones.
    changed_since: how many probes came, went or changed since they were learned. made_by: digest of what made
    the release from its contents; a release made by something else is not built upon. breadth, recall: of the
    vector index (knowledge_base.vectors).
    """

    format: int
    encoder: str
    dimensions: int
    built_at: str
    counts: Counts
    files: Mapping[str, str]
    ranker: Ranker
    calibration: Calibration
    learned_from: str
    report: Mapping[str, Any]
    changed_since: int = 0
    made_by: str = ""
    breadth: int = 0
    recall: float = 1.0

    def as_json(self) -> dict[str, Any]:
        """JSON values only, for the file and for the row of the release."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return plain

    def write(self, folder: Path) -> None:
        """Write it into the folder."""
        text = json.dumps(self.as_json(), ensure_ascii=False, indent=1)
        (folder / FILE_NAME).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a release folder. Raises ReleaseProblem with what to do.

    An OutdatedRelease when it is of another format.
    """
    try:
        plain = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise ReleaseProblem(
            f"{folder.name} has no readable {FILE_NAME}. Build a release: `motcua kb build`."
        ) from problem
    if not isinstance(plain, dict) or plain.get("format") != FORMAT:
        found = plain.get("format") if isinstance(plain, dict) else None
        raise OutdatedRelease(
            f"{folder.name} has format {found}, this program reads {FORMAT}. Build anew: `motcua kb build`."
        )
    try:
        return _manifest(plain)
    except (KeyError, TypeError, ValueError) as problem:
        raise ReleaseProblem(
            f"The manifest of {folder.name} is not complete ({problem!r}). Build anew: `motcua kb build`."
        ) from problem


def check(manifest: Manifest, folder: Path, encoder: Encoder) -> None:
    """Raise ReleaseProblem unless this encoder built the release and every file is as it was written."""
    if (manifest.encoder, manifest.dimensions) != (encoder.name, encoder.dimensions):
        raise ReleaseProblem(
            f"{folder.name} was built by the encoder {manifest.encoder} ({manifest.dimensions} dimensions), "
            f"but MOTCUA_ENCODER now gives {encoder.name} ({encoder.dimensions}). Build a new release with "
            "`motcua kb build`, or set MOTCUA_ENCODER back."
        )
    for name, digest in manifest.files.items():
        path = folder / name
        if not path.is_file() or digest_of(path) != digest:
            raise ReleaseProblem(
                f"{name} of {folder.name} is missing or was changed after the build. "
                "Build a new release with `motcua kb build`."
            )


def digest_of(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def calibration_of(plain: Mapping[str, Any]) -> Calibration:
    """The calibration as it stands in a manifest, of whatever format."""
    return Calibration(
        first=Chance(**plain["first"]), four=Chance(**plain["four"]), costs=Costs(**plain["costs"])
    )


def _manifest(plain: Mapping[str, Any]) -> Manifest:
    weights = {name: float(plain["ranker"]["weights"][name]) for name in FEATURES}
    return Manifest(
        **{name: plain[name] for name in _PLAIN if name in plain},
        counts=Counts(**plain["counts"]),
        files=dict(plain["files"]),
        ranker=Ranker(weights=weights),
        calibration=calibration_of(plain["calibration"]),
        report=plain["report"],
    )
