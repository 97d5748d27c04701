"""Settings: every bad value at once, by name and with its remedy; nothing silently ignored."""

from dataclasses import replace
from pathlib import Path

import pytest

from engine import settings
from engine.settings import SettingsRefused


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in settings.names():
        monkeypatch.delenv(settings.PREFIX + name.upper(), raising=False)


def test_nothing_set_is_an_embedded_demo_on_loopback() -> None:
    read = settings.read()
    assert read.embedded and read.demo and read.loopback
    assert read.address == "http://localhost:8000"
    assert read.body_limit == 1_000_000
    assert read.data_dir.name in ("var", "plus1")


def test_there_are_at_most_forty() -> None:
    assert len(settings.names()) <= 40


def test_every_bad_value_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    bad = {
        "PLUS1_PORT": "http",
        "PLUS1_THREADS": "0",
        "PLUS1_DATABASE_URL": "mysql://x",
        "PLUS1_LOG_LEVEL": "loud",
        "PLUS1_DEMO": "perhaps",
        "PLUS1_DATABSE_URL": "postgresql://x",
    }
    for name, value in bad.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsRefused) as refused:
        settings.read()
    assert set(refused.value.problems) == set(bad)
    assert "did you mean PLUS1_DATABASE_URL?" in refused.value.problems["PLUS1_DATABSE_URL"]
    assert "between 1 and 64" in refused.value.problems["PLUS1_THREADS"]
    assert "postgresql+psycopg://" in refused.value.problems["PLUS1_DATABASE_URL"]


def test_demo_identities_never_face_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUS1_HOST", "0.0.0.0")
    assert not settings.read().demo
    monkeypatch.setenv("PLUS1_DEMO", "yes")
    with pytest.raises(SettingsRefused, match="PLUS1_DEMO"):
        settings.read()


def test_a_server_of_ones_own_needs_a_secret_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUS1_DATABASE_URL", "postgresql+psycopg://plus1_app:x@db/plus1")
    with pytest.raises(SettingsRefused, match="PLUS1_SECRET_KEY: is needed"):
        settings.read()
    monkeypatch.setenv("PLUS1_SECRET_KEY", "short")
    with pytest.raises(SettingsRefused, match="at least 32"):
        settings.read()
    monkeypatch.setenv("PLUS1_SECRET_KEY", "k" * 32)
    read = settings.read()
    assert not read.embedded and not read.demo


def test_an_empty_value_means_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUS1_REDIS_URL", "")
    monkeypatch.setenv("PLUS1_PORT", "")
    assert (settings.read().redis_url, settings.read().port) == ("", 8000)


def test_a_child_process_reads_the_same_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    wanted = replace(settings.read(), port=8123, http_allow=("a.nl", "b.nl"), data_dir=tmp_path, demo=False)
    for name, value in settings.environment(wanted).items():
        monkeypatch.setenv(name, value)
    assert settings.read() == wanted


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = settings.table(replace(settings.read(), secret_key="geheim" * 8, redis_url="redis://:geheim@r"))
    assert "geheim" not in str(shown)
    assert all(meaning for _, _, meaning in shown)


def test_a_job_belongs_to_its_worker_for_longer_than_its_longest_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUS1_HTTP_SECONDS", "60")
    with pytest.raises(SettingsRefused, match="PLUS1_LEASE_SECONDS"):
        settings.read()
    monkeypatch.setenv("PLUS1_LEASE_SECONDS", "180")
    assert settings.read().http_seconds == 60
