"""The command line from outside: text and exit status, help everywhere, a database started for one command."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from engine.cli import plus1

ROOT = Path(__file__).parents[2]


def run(data_dir: Path, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PLUS1_")}
    return subprocess.run(
        [sys.executable, "-m", "engine.cli", *words],
        cwd=ROOT,
        env=kept | {"PLUS1_DATA_DIR": str(data_dir)} | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = [path]
    for name, command in group.commands.items():
        found += commands(command, (*path, name)) if isinstance(command, click.Group) else [(*path, name)]
    return found


@pytest.mark.parametrize("path", commands(plus1), ids=lambda path: " ".join(path) or "plus1")
def test_every_command_explains_itself(path: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(plus1, [*path, "--help"])
    assert shown.exit_code == 0
    assert "Usage:" in shown.output and len(shown.output.splitlines()) > 4


def test_migrate_and_doctor_on_a_new_embedded_database(tmp_path: Path) -> None:
    first = run(tmp_path / "data", "migrate")
    assert first.returncode == 0, first.stderr
    assert "The tables went from nothing to" in first.stdout
    second = run(tmp_path / "data", "migrate")
    assert "The tables are at" in second.stdout
    checked = run(tmp_path / "data", "doctor")
    assert "The web works as plus1_app." in checked.stdout
    assert "WRONG PostgreSQL" not in checked.stdout and "WRONG The tables" not in checked.stdout


def test_wrong_settings_are_told_without_a_stack(tmp_path: Path) -> None:
    refused = run(tmp_path, "migrate", PLUS1_PORT="door", PLUS1_THREADS="99")
    assert refused.returncode == 1
    assert "PLUS1_PORT" in refused.stderr and "PLUS1_THREADS" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_an_own_server_needs_the_owners_address(tmp_path: Path) -> None:
    own = {"PLUS1_DATABASE_URL": "postgresql+psycopg://plus1_app:x@db.invalid/plus1", "PLUS1_SECRET_KEY": "k" * 32}
    refused = run(tmp_path, "migrate", **own)
    assert refused.returncode == 1
    assert "PLUS1_OWNER_DATABASE_URL" in refused.stderr


def test_the_roles_of_an_own_server_are_printed_as_sql(tmp_path: Path) -> None:
    printed = run(tmp_path, "migrate", "--print-roles")
    assert printed.stdout.count("CREATE ROLE") == 5
    assert "\\connect plus1" in printed.stdout and "BYPASSRLS" not in printed.stdout


def test_doctor_lists_settings_and_hides_secrets(tmp_path: Path) -> None:
    shown = run(tmp_path, "doctor", "--settings", PLUS1_SECRET_KEY="geheim" * 8)
    assert "PLUS1_BODY_LIMIT" in shown.stdout and "geheim" not in shown.stdout


def test_doctor_finds_a_redis_that_does_not_answer(tmp_path: Path) -> None:
    checked = run(tmp_path / "data", "doctor", PLUS1_REDIS_URL="redis://127.0.0.1:1/0")
    assert checked.returncode == 1
    assert "WRONG Redis does not answer" in checked.stdout
