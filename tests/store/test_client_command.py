"""The command `plus1-client` against the real product: a model in a folder becomes a version, and what goes wrong."""

import json
import os
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from api.client_command import plus1_client
from bpmn import archive
from bpmn.library import shelf
from tests.serving import ROOT, Served, until
from tests.store.editors import KEY
from webui import assets

pytestmark = pytest.mark.skipif(not assets.DIST.exists(), reason="the web files are not built: make build")
NAME = 'name="Besluit nemen"'
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with tempfile.TemporaryDirectory(prefix="plus1-client-") as folder:
        Path(folder).chmod(0o711)
        running = Served(Path(folder) / "data")
        assert until(running.answers), running.log.read_text()
        yield running
        running.process.terminate()
        running.process.wait(30)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shared model as an owner has it in git."""
    for path, content in shelf.files(KEY).items():
        (tmp_path / "model" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "model" / path).write_bytes(content)
    (tmp_path / "model" / ".git").mkdir()
    (tmp_path / "model" / ".git" / "config").write_text("[core]")
    return tmp_path / "model"


def asked(server: str, key: str, *words: str) -> Result:
    return CliRunner().invoke(plus1_client, words, env={"MODEL_SERVER": server, "MODEL_API_KEY": key})


@pytest.fixture
def run(served: Served) -> Run:
    """As the collective's system."""
    key = json.loads((served.data_dir / "demo-keys.json").read_text())["plus-1"]
    return lambda *words: asked(f"http://127.0.0.1:{served.port}", key, *map(str, words))


def told(result: Result, status: int = 0) -> str:
    assert result.exit_code == status, (result.output, result.exception)
    assert "Traceback" not in result.output
    return str(result.output)


def rename(folder: Path, name: str) -> None:
    process = folder / "process.bpmn"
    process.write_text(process.read_text().replace(NAME, f'name="{name}"'))


def commands() -> list[list[str]]:
    assert isinstance(plus1_client, click.Group)
    return [[], *([name] for name in plus1_client.commands)]


@pytest.mark.parametrize("path", commands(), ids=lambda path: " ".join(path) or "plus1-client")
def test_every_command_of_the_client_explains_itself(path: list[str]) -> None:
    shown = told(CliRunner().invoke(plus1_client, [*path, "--help"]))
    assert "Usage:" in shown and len(shown.splitlines()) > 8 and "api-key" not in shown


def test_from_a_folder_to_a_proposal_and_back(run: Run, folder: Path, tmp_path: Path) -> None:
    assert "This package can be published." in told(run("check", folder))
    rename(folder, "Besluit vaststellen")
    assert re.fullmatch(rf"{KEY}: draft \d+\n", told(run("draft", KEY, folder)))
    assert "nothing differs" in told(run("draft", KEY, folder))
    assert "can be published" in told(run("findings", KEY))
    assert json.loads(told(run("findings", KEY, "--json")))["publishable"] is True
    difference = told(run("difference", KEY))
    assert "1.0.0 → 1.0.1 (patch)" in difference and "Besluit vaststellen" in difference
    assert "heet nu" in told(run("difference", KEY, "--language", "nl"))
    proposed = told(run("propose", KEY, "-m", "Andere naam", "--from", "2099-01-01"))
    proposal = proposed.split()[0]
    assert f"{KEY} 1.0.1 is proposed" in proposed
    refused = told(run("approve", proposal, "--remark", "Zelf"), 1)
    assert "You proposed this version yourself" in refused
    assert "You proposed this version yourself" in told(run("reject", proposal, "--remark", "Nee"), 1)
    assert "now: locked" in told(run("draft", KEY, folder), 1)
    assert "is withdrawn" in told(run("withdraw", proposal))
    assert "now: withdrawn" in told(run("withdraw", proposal), 1)
    out = tmp_path / "uit"
    assert f"{len(shelf.files(KEY))} files" in told(run("export", KEY, out))
    assert (out / "process.bpmn").read_bytes() == (folder / "process.bpmn").read_bytes()
    (out / "forms" / "oud.json").write_text("{}")
    assert "oud.json is no part of it" in told(run("export", KEY, out, "--version", "1.0.0"))
    told(run("export", KEY, tmp_path / "uit.zip", "--version", "1.0.0"))
    assert archive.unpack((tmp_path / "uit.zip").read_bytes())[0] == shelf.files(KEY)
    assert told(run("versions", KEY)).startswith("1.0.0 ")
    rollout = told(run("rollout", KEY, "1.0.0"))
    assert "adopted   Emmen\n" in rollout and "Utrecht" in rollout


def test_errors_are_told_with_their_place(run: Run, folder: Path) -> None:
    (folder / "forms" / "aanvraag.json").write_text("{")
    rename(folder, '"/><kapot x="')
    found = told(run("check", folder), 1)
    assert re.search(r"error process\.bpmn:\d+", found) and "cannot be published" in found
    told(run("draft", KEY, folder))
    assert "forms/aanvraag.json" in told(run("findings", KEY), 1)
    assert "see `plus1-client findings" in told(run("difference", KEY), 1)
    refused = told(run("propose", KEY, "-m", "Kapot", "--version", "1"), 1)
    assert re.search(r"process\.bpmn:\d+ ", refused) and "version: Use the form 1.4.0." in refused
    problem = told(run("propose", KEY, "-m", "Kapot", "--json"), 1)
    assert '"code": "model-refused"' in problem


def test_what_somebody_else_did_is_not_overwritten(run: Run, served: Served, folder: Path) -> None:
    words = ["models", "draft", str(folder), "--tenant", "plus-1"]
    revision = re.search(r"draft (\d+)", told(run("draft", KEY, folder)))
    assert revision
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PLUS1_")}
    line = [sys.executable, "-m", "engine.cli"]
    environment = kept | {"PLUS1_DATA_DIR": str(served.data_dir)}

    def administrator(*words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run([*line, *words], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)

    refused = administrator(*words)
    assert refused.returncode == 1 and f"Say --revision {revision[1]}" in refused.stderr
    rename(folder, "Vaststellen")
    done = administrator(*words, "--revision", revision[1])
    assert done.stdout == f"{KEY}: draft {int(revision[1]) + 1}\n", done.stderr
    for words in (["draft", KEY, str(folder)], ["propose", KEY, "-m", "Anders"]):
        assert "command-line changed this draft last" in told(run(*words), 1)
    assert f"now: {int(revision[1]) + 1}" in told(run("draft", KEY, folder, "--revision", revision[1]), 1)
    proposed = administrator("models", "propose", KEY, "--tenant", "plus-1", "--version", "1.1.0", "--note", "Anders")
    assert "1.1.0 is proposed" in proposed.stdout, proposed.stderr
    assert "1.1.0 is approved" in told(run("approve", proposed.stdout.split()[0]))
    listed = administrator("models", "versions", KEY, "--tenant", "plus-1")
    assert [row.split()[0] for row in listed.stdout.splitlines()] == ["1.1.0", "1.0.0"]
    assert "Demosysteem" not in told(run("rollout", KEY, "1.1.0"))


def test_what_is_no_package_is_not_sent(run: Run, tmp_path: Path) -> None:
    (tmp_path / "leeg").mkdir()
    (tmp_path / "geen.zip").write_bytes(b"PK")
    (tmp_path / "groot.zip").write_bytes(b"x" * (archive.MAX_ARCHIVE + 1))
    (tmp_path / "ander.zip").write_bytes(archive.pack({"README.md": b"x"}))
    noise = tmp_path / "ruis"
    noise.mkdir()
    (noise / "process.bpmn").write_bytes(shelf.files(KEY)["process.bpmn"])
    for number in range(3):
        (noise / f"{number}.md").write_bytes(secrets.token_bytes(4 * 1024 * 1024))
    for name, word in (
        ("leeg", "there is no process.bpmn"),
        ("geen.zip", "broken or encrypted"),
        ("groot.zip", "larger than 10 MB"),
        ("ander.zip", "there is no process.bpmn"),
        ("ruis", "larger than 10 MB, packed"),
    ):
        assert word in told(run("draft", KEY, tmp_path / name), 1)
    assert "does not exist" in told(run("draft", KEY, tmp_path / "nergens"), 2)


def test_wrong_keys_and_names(run: Run, served: Served, folder: Path, tmp_path: Path) -> None:
    server = f"http://127.0.0.1:{served.port}"
    keys = json.loads((served.data_dir / "demo-keys.json").read_text())
    assert "unknown or has expired" in told(asked(server, "geen-sleutel", "versions", KEY), 1)
    assert "publisher" in told(asked(server, keys["utrecht"], "draft", KEY, str(folder)), 1)
    assert "no API key" in told(asked(server, " ", "versions", KEY), 2)
    assert "geheim" not in told(asked(server, "ge heim\ngeheim", "versions", KEY), 2)
    assert "No such option" in told(run("versions", KEY, "--api-key", "x"), 2)
    (tmp_path / "sleutel").write_text(f"{keys['plus-1']}\n")
    assert "1.0.0" in told(asked(server, "fout", "versions", KEY, "--key-file", str(tmp_path / "sleutel")))
    assert "does not exist" in told(run("versions", "geen-model"), 1)
    assert "Not found" in told(run("findings", "a/../b"), 1)
    assert "no draft" in told(run("propose", "geen-model", "-m", "x"), 1)
    assert "is not a valid UUID" in told(run("approve", "1"), 2)
    assert "does not exist" in told(run("approve", "019b0000-0000-7000-9000-000000000099"), 1)
    assert "belongs" not in told(run("export", KEY, folder / "process.bpmn"), 1)


class Other(BaseHTTPRequestHandler):
    """A server that is no Plus-1."""

    seen: list[str] = []

    def do_GET(self) -> None:
        Other.seen.append(self.headers["X-Api-Key"])
        status = int(self.path.rsplit("/", 2)[1])
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:1/elders")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Nobody reads along."""


def test_a_server_that_is_away_or_another(folder: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{free.getsockname()[1]}"
    assert "does not answer" in told(asked(nobody, "sleutel", "draft", KEY, str(folder)), 3)
    assert "does not answer" in told(asked("http://geen.invalid", "sleutel", "versions", KEY), 3)
    for server in ("localhost:8000", "ftp://x", "http://", ""):
        assert "Usage" in told(asked(server, "sleutel", "versions", KEY), 2)
    other = HTTPServer(("127.0.0.1", 0), Other)
    threading.Thread(target=other.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{other.server_port}"
    for status, tries, word in (("200", 1, "does not answer as Plus-1"), ("302", 1, "points to"), ("503", 3, "later")):
        Other.seen.clear()
        assert word in told(asked(address, "sleutel", "versions", status), 3)
        assert Other.seen == ["sleutel"] * tries
    other.shutdown()
    other.server_close()
