"""What the operator sets in the environment, and what happens when it is wrong."""

from __future__ import annotations

import os
import re
import socket
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner

from motcua import environment
from motcua.cli import main
from motcua.environment import EnvironmentProblem
from tests.conftest import BeyondThisMachine
from tests.journeys.processes import free_port


def test_the_demonstration_makes_a_secret_key_that_only_its_owner_can_read(tmp_path: Path) -> None:
    first = environment.read({"MOTCUA_HOME": str(tmp_path)})
    again = environment.read({"MOTCUA_HOME": str(tmp_path)})
    assert len(first.secret_key) >= 48
    assert again.secret_key == first.secret_key
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_production_without_a_secret_key_says_what_to_set(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="MOTCUA_SECRET_KEY is not set"):
        environment.read({"MOTCUA_HOME": str(tmp_path), "MOTCUA_MODE": "production"})


def test_the_number_of_releases_kept_is_at_least_one(tmp_path: Path) -> None:
    values = {"MOTCUA_HOME": str(tmp_path)}
    assert environment.read(values).releases_kept == 5
    assert environment.read({**values, "MOTCUA_RELEASES_KEPT": "2"}).releases_kept == 2
    for wrong in ("0", "-1", "many"):
        with pytest.raises(EnvironmentProblem, match="MOTCUA_RELEASES_KEPT"):
            environment.read({**values, "MOTCUA_RELEASES_KEPT": wrong})


def test_websites_that_may_show_the_chat_are_named_by_scheme_and_host(tmp_path: Path) -> None:
    values = {"MOTCUA_HOME": str(tmp_path)}
    assert environment.read(values).widget_origins == ()
    given = "https://Phuong.example.vn, https://*.hanoi.gov.vn:8443 http://127.0.0.1:8000"
    assert environment.read({**values, "MOTCUA_WIDGET_ORIGINS": given}).widget_origins == (
        "https://phuong.example.vn",
        "https://*.hanoi.gov.vn:8443",
        "http://127.0.0.1:8000",
    )
    for wrong in (
        *("*", "https://*", "https://*.vn", "http://phuong.example.vn", "https://phuong.example.vn/trang"),
        *("phuong.example.vn", "https://a.vn;", "https://a.vn'", "https://u@a.vn", "javascript:", "'self'"),
    ):
        with pytest.raises(EnvironmentProblem, match="MOTCUA_WIDGET_ORIGINS"):
            environment.read({**values, "MOTCUA_WIDGET_ORIGINS": wrong})


def test_a_rasa_server_is_on_this_machine_unless_the_operator_says_otherwise(tmp_path: Path) -> None:
    values = {"MOTCUA_HOME": str(tmp_path), "MOTCUA_RASA_TOKEN": "t"}
    assert environment.read(values).rasa_url == ""
    for here in ("http://127.0.0.1:5005", "http://localhost:5005", "http://[::1]:5005/"):
        assert environment.read({**values, "MOTCUA_RASA_URL": here}).rasa_url == here
    for elsewhere in ("http://rasa.example.vn:5005", "http://10.0.0.7:5005", "http://0.0.0.0:5005"):
        with pytest.raises(EnvironmentProblem, match="MOTCUA_RASA_REMOTE=allowed"):
            environment.read({**values, "MOTCUA_RASA_URL": elsewhere})
        allowed = {**values, "MOTCUA_RASA_URL": elsewhere, "MOTCUA_RASA_REMOTE": "allowed"}
        assert environment.read(allowed).rasa_url == elsewhere
    with pytest.raises(EnvironmentProblem, match="MOTCUA_RASA_REMOTE is 'yes'"):
        environment.read({**values, "MOTCUA_RASA_REMOTE": "yes"})


def test_a_rasa_server_needs_an_address_and_a_token(tmp_path: Path) -> None:
    values = {"MOTCUA_HOME": str(tmp_path), "MOTCUA_RASA_TOKEN": "t"}
    for wrong in ("127.0.0.1:5005", "ftp://127.0.0.1", "http://127.0.0.1:5005/?token=t"):
        with pytest.raises(EnvironmentProblem, match="MOTCUA_RASA_URL"):
            environment.read({**values, "MOTCUA_RASA_URL": wrong})
    with pytest.raises(EnvironmentProblem, match="MOTCUA_RASA_TOKEN is not set"):
        environment.read({"MOTCUA_HOME": str(tmp_path), "MOTCUA_RASA_URL": "http://127.0.0.1:5005"})


def test_production_accepts_no_host_until_one_is_named(tmp_path: Path) -> None:
    values = {"MOTCUA_HOME": str(tmp_path), "MOTCUA_MODE": "production", "MOTCUA_SECRET_KEY": "k" * 50}
    assert [host for host in environment.read(values).allowed_hosts if host] == []
    named = environment.read({**values, "MOTCUA_ALLOWED_HOSTS": "motcua.example.vn,127.0.0.1"})
    assert named.allowed_hosts == ("motcua.example.vn", "127.0.0.1")


def test_an_unknown_mode_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="'live'; set it to 'demo' or 'production'"):
        environment.read({"MOTCUA_HOME": str(tmp_path), "MOTCUA_MODE": "live"})


def test_a_misspelt_setting_is_named_and_not_left_out_in_silence(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match=r"^MOTCUA_PRODUCTION: no such setting.*MOTCUA_MODE"):
        environment.read({"MOTCUA_HOME": str(tmp_path), "MOTCUA_PRODUCTION": "1"})


def test_every_setting_that_is_documented_is_known_and_the_other_way_round() -> None:
    page = (environment.ROOT / "docs/operators/settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(MOTCUA_[A-Z_]+)`", page, flags=re.MULTILINE)) == environment.SETTINGS


def test_a_home_that_cannot_be_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EnvironmentProblem, match=r"file, which cannot be used as a folder \(File exists\)"):
        environment.read({"MOTCUA_HOME": str(tmp_path / "file")})


def test_a_database_that_is_not_postgresql_is_refused_without_its_password(tmp_path: Path) -> None:
    values = {"MOTCUA_HOME": str(tmp_path), "MOTCUA_DATABASE_URL": "mysql://root:hunter2@db/motcua"}
    with pytest.raises(EnvironmentProblem, match="postgres://USER:PASSWORD@HOST:5432/NAME") as refusal:
        environment.read(values)
    assert "hunter2" not in str(refusal.value)


def test_a_database_that_does_not_answer_ends_every_command_with_what_to_check(tmp_path: Path) -> None:
    pytest.importorskip("psycopg", reason="the driver of PostgreSQL is not installed")
    settings = {
        "MOTCUA_HOME": str(tmp_path),
        "MOTCUA_DATABASE_URL": f"postgres://a:b@127.0.0.1:{free_port()}/c",
    }
    commands = (["run", "--port", str(free_port())], ["chat", "khai sinh"], ["kb", "list"], ["evaluate", "."])
    with ThreadPoolExecutor() as at_once:
        for ended in at_once.map(lambda command: motcua(*command, **settings), commands):
            assert ended.returncode == 2, ended.args
            assert "Check that it runs, and MOTCUA_DATABASE_URL" in ended.stderr, ended.args
            assert "Traceback" not in ended.stderr, ended.args


def test_nothing_starts_with_an_encoder_that_cannot_be_opened(tmp_path: Path) -> None:
    port = str(free_port())
    ended = motcua("run", "--port", port, MOTCUA_HOME=str(tmp_path), MOTCUA_ENCODER="/nowhere/model")
    assert ended.returncode == 2
    assert "MOTCUA_ENCODER" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""


def motcua(*command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "motcua.cli", *command],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("port", ["0", "99999", "abc"])
def test_a_port_that_does_not_exist_is_refused_as_a_wrong_option(port: str) -> None:
    result = CliRunner().invoke(main, ["run", "--port", port])
    assert result.exit_code == 2
    assert "--port" in result.output


def test_no_test_reaches_beyond_this_machine() -> None:
    with pytest.raises(BeyondThisMachine, match=r"192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(BeyondThisMachine, match=r"example\.org"):
        socket.getaddrinfo("example.org", 443)
