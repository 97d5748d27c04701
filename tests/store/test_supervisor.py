"""`plus1 serve` from outside: it serves, mends a killed database, stops in order, and leaves nothing when killed."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.embedded import layout
from tests.serving import ROOT, Served, until
from webui import assets

pytestmark = pytest.mark.skipif(not assets.DIST.exists(), reason="the web files are not built: make build")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    tmp_path.chmod(0o711)
    running = Served(tmp_path / "data")
    yield running
    if running.process.poll() is None:
        running.process.terminate()
        running.process.wait(30)


def test_it_serves_mends_the_database_and_stops_in_order(served: Served) -> None:
    assert until(served.answers), served.log.read_text()
    assert f"http://localhost:{served.port}" in served.log.read_text()
    server = served.server_pid()
    os.kill(server, signal.SIGKILL)
    assert until(lambda: served.server_pid() not in (0, server) and served.answers()), served.log.read_text()
    served.process.terminate()
    assert served.process.wait(30) == 0, served.log.read_text()
    text = served.log.read_text()
    assert text.index("Stopping the web server") < text.index("Stopping PostgreSQL")
    assert not layout.alive(served.server_pid())


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's death signal is Linux's")
def test_killed_it_leaves_nothing_running_and_starts_again(served: Served) -> None:
    assert until(served.answers), served.log.read_text()
    server = served.server_pid()
    served.process.kill()
    served.process.wait()
    assert until(lambda: not layout.alive(server) and not listening(served.port))
    again = Served(served.data_dir)
    try:
        assert until(again.answers), again.log.read_text()
    finally:
        again.process.terminate()
        assert again.process.wait(30) == 0


def listening(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_an_address_in_use_is_told_at_once(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        words = [sys.executable, "-m", "engine.cli", "serve"]
        taken = os.environ | {"PLUS1_DATA_DIR": str(tmp_path / "data"), "PLUS1_PORT": str(other.getsockname()[1])}
        refused = subprocess.run(words, cwd=ROOT, env=taken, capture_output=True, text=True, timeout=30)
    assert refused.returncode == 1
    assert "already listens" in refused.stderr and "PLUS1_PORT" in refused.stderr
    assert not (tmp_path / "data").exists()
