"""Zalo is switched on whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from motcua import environment
from motcua.environment import EnvironmentProblem

ALL = {
    "MOTCUA_ZALO_APP_ID": "1044",
    "MOTCUA_ZALO_APP_SECRET": "app-secret",
    "MOTCUA_ZALO_OA_ID": "2740",
    "MOTCUA_ZALO_OA_SECRET_KEY": "hook-secret",
}


def read(home: Path, values: dict[str, str]) -> environment.Environment:
    return environment.read({"MOTCUA_HOME": str(home), **values})


def test_without_settings_zalo_is_off(tmp_path: Path) -> None:
    assert read(tmp_path, {}).zalo is None


def test_with_its_ids_and_secrets_zalo_is_on(tmp_path: Path) -> None:
    zalo = read(tmp_path, ALL).zalo
    assert zalo is not None
    assert (zalo.app_id, zalo.oa_id, zalo.base_url) == ("1044", "2740", "")
    assert "zdn.vn" in zalo.media_hosts


@pytest.mark.parametrize("missing", ALL)
def test_a_part_of_them_is_refused_with_what_is_missing(tmp_path: Path, missing: str) -> None:
    values = {name: value for name, value in ALL.items() if name != missing}
    with pytest.raises(EnvironmentProblem, match=f"{missing} is not set") as refusal:
        read(tmp_path, values)
    assert "secret" not in str(refusal.value).replace("secret of the app", "").replace("Secret Key", "")


@pytest.mark.parametrize("extra", ["REFRESH_TOKEN", "BASE_URL", "MEDIA_HOSTS"])
def test_what_is_set_without_the_account_is_told(tmp_path: Path, extra: str) -> None:
    with pytest.raises(EnvironmentProblem, match="switched on in part"):
        read(tmp_path, {f"MOTCUA_ZALO_{extra}": "https://a.vn"})


def test_our_secrets_go_to_another_machine_by_https_only(tmp_path: Path) -> None:
    for here in ("http://127.0.0.1:8082/", "https://zalo.example.vn"):
        zalo = read(tmp_path, {**ALL, "MOTCUA_ZALO_BASE_URL": here}).zalo
        assert zalo is not None
        assert zalo.base_url == here.rstrip("/")
    for wrong in ("http://zalo.example.vn", "127.0.0.1:8082"):
        with pytest.raises(EnvironmentProblem, match="MOTCUA_ZALO_BASE_URL"):
            read(tmp_path, {**ALL, "MOTCUA_ZALO_BASE_URL": wrong})


@pytest.mark.parametrize("wrong", ["https://zdn.vn", "vn", "zdn.vn:443", "zdn.vn/a"])
def test_media_hosts_are_names(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(EnvironmentProblem, match="MOTCUA_ZALO_MEDIA_HOSTS"):
        read(tmp_path, {**ALL, "MOTCUA_ZALO_MEDIA_HOSTS": f"zalo.me,{wrong}"})


def test_the_secrets_are_not_in_what_a_log_would_show(tmp_path: Path) -> None:
    shown = repr(read(tmp_path, {**ALL, "MOTCUA_ZALO_REFRESH_TOKEN": "first-token"}).zalo)
    assert not any(secret in shown for secret in ("app-secret", "hook-secret", "first-token"))
