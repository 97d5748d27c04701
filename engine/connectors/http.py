"""Job type `http`: one request to an outside system, with the job's key as Idempotency-Key.

Inputs: `url` (text), `method` (GET, POST, PUT, PATCH or DELETE; POST), `body` (any JSON), `headers` (context of texts).
The answer's JSON goes to `result` as `{status, body}`. No redirects are followed.
"""

import time
from email.utils import parsedate_to_datetime
from typing import cast

import urllib3

from engine.connectors.address import Refused, Target, check
from engine.connectors.base import Assignment
from engine.domain.codec import received, to_text
from engine.domain.outcome import Done, Failed, Hopeless, Outcome
from engine.settings import Settings

METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
# What the engine says itself: a model that set these could speak to another host, or smuggle a second request.
OURS = frozenset({"host", "idempotency-key", "user-agent", "content-length", "transfer-encoding", "connection"})
NUL = (b"\0", b"\\u0000")
MAY_PASS = frozenset({408, 409, 425, 429})  # client errors that another attempt can mend


def call(assignment: Assignment, settings: Settings) -> Outcome:
    """Do the request once."""
    method = str(assignment.variables.get("method") or "POST").upper()
    url = assignment.variables.get("url")
    if method not in METHODS or not isinstance(url, str):
        return Hopeless(f"the job needs a text `url` and a method of {', '.join(sorted(METHODS))}")
    try:
        target = check(url, frozenset(settings.http_allow))
    except Refused as refused:
        return Hopeless(str(refused))
    body = assignment.variables.get("body")
    content = None if body is None else to_text(body).encode()
    until = time.monotonic() + settings.http_seconds
    try:
        with _pool(target, settings.http_seconds) as pool:
            answer = pool.request(
                method,
                target.path,
                body=content,
                headers=_headers(assignment, target, content is not None),
                redirect=False,
                retries=False,
                preload_content=False,
            )
            data = _read(answer, settings.http_limit + 1, until)
            answer.release_conn()
    except ValueError as error:
        return Hopeless(f"this request cannot be sent: {error}")
    except (urllib3.exceptions.HTTPError, OSError) as error:
        return Failed(f"{target.host} does not answer: {error}")
    return _judge(answer, data, target.host, settings.http_limit)


def _read(answer: urllib3.BaseHTTPResponse, most: int, until: float) -> bytes:
    """At most so many bytes. Raises TimeoutError at `until`: each piece has a time limit of its own, so that whoever
    sends slowly enough would otherwise hold a worker for ever."""
    data = b""
    while len(data) < most and (piece := answer.read1(most - len(data))):
        data += piece
        if time.monotonic() > until:
            raise TimeoutError("the answer comes too slowly")
    return data


def _pool(target: Target, timeout: float) -> urllib3.HTTPConnectionPool:
    """A connection to the checked address, which speaks TLS to the name."""
    limits = urllib3.Timeout(connect=min(timeout, 5), read=timeout)
    if target.scheme == "https":
        return urllib3.HTTPSConnectionPool(
            target.address, target.port, timeout=limits, server_hostname=target.host, assert_hostname=target.host
        )
    return urllib3.HTTPConnectionPool(target.address, target.port, timeout=limits)


def _headers(assignment: Assignment, target: Target, has_body: bool) -> dict[str, str]:
    given = assignment.variables.get("headers")
    own = {str(k): str(v) for k, v in given.items() if str(k).lower() not in OURS} if isinstance(given, dict) else {}
    default_port = 443 if target.scheme == "https" else 80
    fixed = {
        "Host": target.host if target.port == default_port else f"{target.host}:{target.port}",
        "Idempotency-Key": assignment.key,
        "User-Agent": "plus1",
        "Accept": "application/json",
    }
    if has_body:
        fixed["Content-Type"] = "application/json"
    return own | fixed


def _judge(answer: urllib3.BaseHTTPResponse, data: bytes, host: str, most: int) -> Outcome:
    status = answer.status
    if len(data) > most:
        return Hopeless(f"{host} answered more than {most} bytes")
    if any(nul in data for nul in NUL):
        return Hopeless(f"{host} answered a text with a NUL character, which the database cannot keep")
    if 200 <= status < 300:
        return Done({"result": {"status": status, "body": _content(data)}})
    message = f"{host} answered {status}"
    if status >= 500 or status in MAY_PASS:
        return Failed(message, _retry_after(answer.headers.get("Retry-After"), answer.headers.get("Date")))
    return Hopeless(message)


def _content(data: bytes) -> object:
    if not data:
        return None
    try:
        return received(data)
    except ValueError:
        return data.decode("utf-8", "replace")


def _retry_after(value: str | None, date: str | None) -> float | None:
    """Seconds, or a moment (RFC 9110, section 10.2.3), which counts from the answer's own date."""
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
        since = parsedate_to_datetime(cast(str, date))
    except (TypeError, ValueError):
        return None
    return max(0.0, (until - since).total_seconds())
