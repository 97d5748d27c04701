"""The web server as a child process: gunicorn with threads, its arguments, and when it takes requests."""

import http.client
import shutil
import signal
import socket
import subprocess
import sys
import time

from engine import settings as environment
from engine.settings import Settings

APPLICATION = "webui.site:create()"
LIVES = "/v1/openapi.json"
_STOP_SECONDS = 20.0


def start(settings: Settings) -> "subprocess.Popen[bytes]":
    """Start gunicorn with exactly these settings, in a session of its own, so that we stop things in order.

    On Linux it ends with us when we are killed.
    """
    guard = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
    return subprocess.Popen(
        [*guard, sys.executable, "-m", "gunicorn", *arguments(settings), APPLICATION],
        env=environment.environment(settings),
        start_new_session=True,
    )


def arguments(settings: Settings) -> list[str]:
    """gunicorn's arguments: one process, since compiled models are kept in it, and threads."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return [
        *("--worker-class", "gthread", "--workers", "1", "--threads", str(settings.threads)),
        *("--bind", f"{host}:{settings.port}", "--timeout", "120", "--graceful-timeout", "10"),
        *("--keep-alive", "15"),
        *(
            "--log-level",
            "warning",
            "--no-control-socket",
            "--config",
            "python:engine.cli.hooks",
            "--limit-request-line",
            "8190",
        ),
    ]


def taken(settings: Settings) -> bool:
    """Whether somebody already listens on our address."""
    try:
        socket.create_connection((_reachable(settings.host), settings.port), timeout=1).close()
    except OSError:
        return False
    return True


def wait(process: "subprocess.Popen[bytes]", settings: Settings, seconds: float = 60.0) -> bool:
    """Wait until the server answers; False when it ended or took too long. (It listens before it can answer.)"""
    deadline = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < deadline:
        if _answers(settings):
            return True
        time.sleep(0.05)
    return False


def _answers(settings: Settings) -> bool:
    connection = http.client.HTTPConnection(_reachable(settings.host), settings.port, timeout=2)
    try:
        connection.request("HEAD", LIVES)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _reachable(host: str) -> str:
    """Where we find ourselves when we listen on every address."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Let running requests and jobs finish, then end the server."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
