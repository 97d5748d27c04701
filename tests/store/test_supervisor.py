"""`plus1 serve` from outside: it serves, mends a killed database, stops in order, and leaves nothing when killed."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.embedded import layout
from webui import assets

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(not assets.DIST.exists(), reason="the web files are not built: make build")


class Served:
    """A running `plus1 serve` with its address, output and data."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PLUS1_")}
        self.log = data_dir / "output.log"
        data_dir.mkdir(mode=0o711, exist_ok=True)
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "engine.cli", "serve"],
                cwd=ROOT,
                env=kept | {"PLUS1_DATA_DIR": str(data_dir), "PLUS1_PORT": str(self.port)},
                stdout=output,
                stderr=output,
            )

    def answers(self) -> bool:
        """Whether the API tells its models: web server, worker's process and database all work."""
        keys = self.data_dir / "demo-keys.json"
        if not keys.exists():
            return False
        key = keys.read_text().split('"utrecht": "')[1].split('"')[0]
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}/v1/models", headers={"X-Api-Key": key})
        try:
            with urllib.request.urlopen(asked, timeout=5) as answer:
                return "evenementenvergunning" in answer.read().decode()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def server_pid(self) -> int:
        found = layout.postmaster(self.data_dir)
        return found.pid if found else 0


def until(true: Callable[[], bool], seconds: float = 40) -> bool:
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.1)
    return true()


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
