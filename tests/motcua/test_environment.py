"""What the operator sets in the environment, and what happens when it is wrong."""

from __future__ import annotations

import socket
import stat
from pathlib import Path

import pytest

from motcua import environment
from motcua.environment import EnvironmentProblem
from tests.conftest import BeyondThisMachine


def test_the_demonstration_makes_a_secret_key_that_only_its_owner_can_read(tmp_path: Path) -> None:
    first = environment.read({"MOTCUA_HOME": str(tmp_path)})
    again = environment.read({"MOTCUA_HOME": str(tmp_path)})
    assert len(first.secret_key) >= 48
    assert again.secret_key == first.secret_key
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_production_without_a_secret_key_says_what_to_set(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="MOTCUA_SECRET_KEY is not set"):
        environment.read({"MOTCUA_HOME": str(tmp_path), "MOTCUA_MODE": "production"})


def test_production_accepts_no_host_until_one_is_named(tmp_path: Path) -> None:
    values = {"MOTCUA_HOME": str(tmp_path), "MOTCUA_MODE": "production", "MOTCUA_SECRET_KEY": "k" * 50}
    assert [host for host in environment.read(values).allowed_hosts if host] == []
    named = environment.read({**values, "MOTCUA_ALLOWED_HOSTS": "motcua.example.vn,127.0.0.1"})
    assert named.allowed_hosts == ("motcua.example.vn", "127.0.0.1")


def test_an_unknown_mode_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="'live'; set it to 'demo' or 'production'"):
        environment.read({"MOTCUA_HOME": str(tmp_path), "MOTCUA_MODE": "live"})


def test_no_test_reaches_beyond_this_machine() -> None:
    with pytest.raises(BeyondThisMachine, match=r"192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(BeyondThisMachine, match=r"example\.org"):
        socket.getaddrinfo("example.org", 443)
