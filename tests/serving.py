"""The whole product as a process, for tests from outside: `plus1 serve` on a free port with data of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from engine.embedded import layout

ROOT = Path(__file__).parents[1]


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
