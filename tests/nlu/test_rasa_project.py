"""The Rasa project: what is trained when, and what Rasa is told.

A script stands in Rasa's place here; the real one is in test_classifier_contract.py.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from click.testing import CliRunner

from motcua.commands.rasa import rasa
from nlu.errors import RasaProjectProblem
from nlu.rasa.project import RasaProject
from nlu.rasa.serve import authorised

TRAINS = """#!/bin/sh
echo "$@" >> "$HOME/calls"
env > "$HOME/environment"
while [ "$1" != --out ]; do shift; [ $# -gt 0 ] || exit 0; done
echo model > "$2/model.tar.gz"
"""
FAILS = """#!/bin/sh
echo "a line of no interest"
echo "intent greet is named twice" >&2
exit 1
"""


def project(folder: Path, script: str) -> RasaProject:
    python = folder / "python"
    python.write_text(script)
    python.chmod(0o755)
    return RasaProject(python=python, home=folder / "rasa")


def test_a_model_is_trained_once_for_a_state_of_data_and_pipeline(tmp_path: Path) -> None:
    ours = project(tmp_path, TRAINS)
    assert ours.train() == ours.train()
    assert ours.model.read_text() == "model\n"
    [call] = (ours.home / "calls").read_text().splitlines()
    assert call.startswith("-m rasa train nlu --nlu ")


def test_an_older_model_is_removed_and_no_other_file(tmp_path: Path) -> None:
    ours = project(tmp_path, TRAINS)
    ours.model.parent.mkdir(parents=True)
    (ours.model.parent / "motcua-0123456789abcdef.tar.gz").touch()
    (ours.model.parent / "notes.txt").touch()
    ours.train()
    assert {file.name for file in ours.model.parent.iterdir()} == {ours.model.name, "notes.txt"}


def test_what_rasa_says_against_the_data_is_told(tmp_path: Path) -> None:
    with pytest.raises(
        RasaProjectProblem, match=r"rasa data validate failed:\n.*\nintent greet is named twice"
    ):
        project(tmp_path, FAILS).validate()
    with pytest.raises(RasaProjectProblem, match="rasa train nlu failed"):
        project(tmp_path, FAILS).train()


def test_the_server_listens_here_and_its_token_is_on_no_command_line(tmp_path: Path) -> None:
    process = project(tmp_path, TRAINS).server(port=5999, token="very-secret")
    line = " ".join(process.arguments)
    assert "--interface 127.0.0.1 --port 5999" in line
    assert "very-secret" not in line
    assert "very-secret" in process.environment.values()


def test_rasa_gets_no_setting_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_SECRET_KEY", "very-secret")
    ours = project(tmp_path, TRAINS)
    ours.train()
    given = (ours.home / "environment").read_text()
    assert "RASA_TELEMETRY_ENABLED=false" in given
    assert "MOTCUA" not in given
    assert "very-secret" not in given


def test_without_rasa_the_command_says_how_to_install_it(tmp_path: Path) -> None:
    result = CliRunner().invoke(rasa, ["train", "--environment", str(tmp_path)])
    assert result.exit_code == 2
    assert "make rasa-install" in result.output


def test_a_token_that_begins_with_a_dash_is_no_option_of_rasas() -> None:
    rasa = argparse.ArgumentParser()
    rasa.add_argument("-t", "--auth-token")
    assert rasa.parse_args([authorised("-x_9")]).auth_token == "-x_9"
