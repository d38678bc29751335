"""The Rasa project in this folder: validated, trained into a model named by its digest, served.

Rasa runs as a child in an environment of its own (constraints-py311.txt); nothing of it is imported here.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from nlu.errors import RasaProjectProblem
from nlu.rasa import serve

FOLDER = Path(__file__).parent
_NLU = FOLDER.parent
#: What the model depends on: the project, and the code and words its components read texts with.
_SOURCES = (
    *("rasa/config.yml", "rasa/domain.yml", "rasa/data/*.yml"),
    *("rasa/components.py", "rasa/constraints-py311.txt"),
    *("*.py", "entities/*.py", "data/*.yml", "data/*.tsv"),
)
_QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONWARNINGS": "ignore",
    # Nothing here trains a network: one thread does the little there is, and leaves the other cores alone.
    "OMP_NUM_THREADS": "1",
}
#: What of our environment Rasa gets: no setting of ours, such as a secret key, is any business of its.
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "TMPDIR", "TZ")


@dataclass(frozen=True, kw_only=True)
class Process:
    """A process to start: its arguments, its environment and the folder it runs in."""

    arguments: list[str]
    environment: Mapping[str, str]
    folder: Path


@dataclass(frozen=True, kw_only=True)
class RasaProject:
    """python: of Rasa's environment. home: folder of the models, which only this program writes.

    A model is code once it is loaded (CVE-2024-49375): none is served that was not trained here.
    """

    python: Path
    home: Path

    @property
    def model(self) -> Path:
        """Where the model of today's data and pipeline is, or will be."""
        return self.home / "models" / f"motcua-{_digest()}.tar.gz"

    def validate(self) -> None:
        """Have Rasa check data, domain and pipeline. Raises RasaProjectProblem with what it says."""
        self._run("data", "validate", "--fail-on-warnings", *_files(data="--data"))

    def train(self) -> Path:
        """The model, trained if it is not there yet; older ones are removed. Raises RasaProjectProblem."""
        if self.model.exists():
            return self.model
        self.model.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            dir=self.home
        ) as folder:  # another process may train at the same time
            self._run("train", "nlu", *_files(data="--nlu"), "--out", folder, "--fixed-model-name", "model")
            Path(folder, "model.tar.gz").replace(self.model)
        for older in set(self.model.parent.glob("motcua-*.tar.gz")) - {self.model}:
            older.unlink(missing_ok=True)
        return self.model

    def server(self, *, port: int, token: str) -> Process:
        """The server of the trained model, on this machine only; it answers nothing without the token."""
        listening = ("--interface", "127.0.0.1", "--port", str(port))
        started = ("run", "--enable-api", "--model", str(self.train()), *listening)
        beside = (f"--{name}={FOLDER / name}.yml" for name in ("endpoints", "credentials"))
        return self._process("nlu.rasa.serve", *started, *beside, environment={serve.TOKEN: token})

    def _run(self, *arguments: str) -> None:
        process = self._process("rasa", *arguments)
        done = subprocess.run(  # noqa: S603 -- our own arguments
            process.arguments,
            env=process.environment,
            cwd=process.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            said = "\n".join((done.stdout + done.stderr).splitlines()[-15:])
            raise RasaProjectProblem(f"rasa {' '.join(arguments[:2])} failed:\n{said}")

    def _process(self, module: str, *arguments: str, environment: Mapping[str, str] | None = None) -> Process:
        if not self.python.exists():
            raise RasaProjectProblem(f"{self.python} does not exist: install Rasa by `make rasa-install`.")
        self.home.mkdir(parents=True, exist_ok=True)
        return Process(
            arguments=[str(self.python), "-m", module, *arguments],
            environment={**self._environment(), **(environment or {})},
            folder=self.home,
        )

    def _environment(self) -> dict[str, str]:
        passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        places = {
            "HOME": str(self.home),  # where its libraries keep their own files
            "RASA_CACHE_DIRECTORY": str(self.home / "cache"),
            "PYTHONPATH": str(_NLU.parent),
        }
        return {**passed_on, **_QUIET, **places}


def _files(*, data: str) -> Iterator[str]:
    yield from (data, str(FOLDER / "data"))
    yield from ("--config", str(FOLDER / "config.yml"), "--domain", str(FOLDER / "domain.yml"))


def _digest() -> str:
    files = sorted(file for pattern in _SOURCES for file in _NLU.glob(pattern))
    parts = [str(file.relative_to(_NLU)).encode() + b"\0" + file.read_bytes() for file in files]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]
