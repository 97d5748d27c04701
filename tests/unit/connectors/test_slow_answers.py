"""An outside system that drips its answer, asks to wait for ever, or sends what no database keeps, holds nothing up."""

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest

from engine.connectors import http
from engine.connectors.base import Assignment
from engine.domain.outcome import Done, Failed, Hopeless, Outcome
from engine.settings import Settings


class Server:
    """Answers one request with these pieces, a pause before each."""

    def __init__(self, pieces: list[bytes], pause: float) -> None:
        self._pieces, self._pause = pieces, pause
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.host = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        with self._socket, self._socket.accept()[0] as connection:
            connection.recv(65_536)
            for piece in self._pieces:
                time.sleep(self._pause)
                try:
                    connection.sendall(piece)
                except OSError:
                    return

    def call(self, seconds: float = 5.0) -> Outcome:
        url: object = f"http://{self.host}/"
        job = Assignment("t:1", "http", {}, {"url": url}, {}, {}, "Z-7", UUID(int=1), "Utrecht", 0, 1)
        settings = replace(Settings(), http_allow=(self.host,), http_seconds=seconds)
        try:
            return http.call(job, settings)
        finally:
            self._thread.join()


def answer(status: str, body: bytes, *headers: str) -> bytes:
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""])
    return head.encode("latin-1") + body


@pytest.fixture
def patience() -> Iterator[None]:
    """A call that is never broken off would take half a minute."""
    began = time.monotonic()
    yield
    assert time.monotonic() - began < 15


def test_an_answer_that_drips_is_broken_off(patience: None) -> None:
    whole = answer("200 OK", b"x" * 100)
    head, body = whole[:-100], whole[-100:]
    pieces = [head, *(body[i : i + 1] for i in range(100))]
    assert isinstance(Server(pieces, 0.25).call(seconds=1.0), Failed)


def test_an_answer_in_pieces_is_put_together() -> None:
    whole = answer("200 OK", b'{"nummer": "M-7"}')
    found = Server([whole[:30], whole[30:-5], whole[-5:]], 0.05).call()
    assert found == Done({"result": {"status": 200, "body": {"nummer": "M-7"}}})


@pytest.mark.parametrize("asked", ["\xb2", "9" * 400, "-5", "1e3", "Thu, 99 Foo 2026"])
def test_an_odd_retry_after_is_no_fault_of_ours(asked: str) -> None:
    found = Server([answer("503 No", b"", f"Retry-After: {asked}")], 0).call()
    assert isinstance(found, Failed) and (found.after is None or found.after > 0)


@pytest.mark.parametrize("body", [b'{"a": "\\u0000"}', b"a\0b"])
def test_an_answer_that_no_database_keeps_is_hopeless(body: bytes) -> None:
    found = Server([answer("200 OK", body)], 0).call()
    assert isinstance(found, Hopeless) and "NUL" in found.message
