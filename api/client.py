"""A client for owners who keep models elsewhere: one call per method; the command `plus1-client` is made of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import uuid4

import urllib3

from bpmn import archive

JSON, PROBLEM, ZIP = "application/json", "application/problem+json", "application/zip"
AWAY = (500, 502, 503, 504)
SECONDS = 60


class Away(Exception):
    """The server does not answer, or what answers is no Plus-1."""


class Refused(Exception):
    """The server says no. `problem`: its document, with `code`, `detail` and maybe `errors` and `current`."""

    def __init__(self, problem: Mapping[str, Any]) -> None:
        super().__init__(str(problem.get("detail") or problem.get("title") or "refused"))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Body:
    """What is sent, and as what."""

    data: bytes
    kind: str


class Client:
    """The models of the authority that an API key belongs to. Every method raises Away or Refused.

    Sends once what changes something, unless the server knows a repeat when it sees one."""

    def __init__(self, server: str, key: str, language: str = "nl") -> None:
        """`server`: such as https://plus1.example.nl; `language`: nl or en, of what the server says."""
        self._server = server.rstrip("/")
        self._headers = {"X-Api-Key": key, "Accept-Language": language, "User-Agent": "plus1-client"}
        self._pool = urllib3.PoolManager(timeout=urllib3.Timeout(connect=10, read=SECONDS))

    def close(self) -> None:
        """Hang up."""
        self._pool.clear()

    @property
    def private(self) -> bool:
        """Whether nobody on the way can read the key."""
        address = urlsplit(self._server)
        return address.scheme == "https" or address.hostname in ("localhost", "127.0.0.1", "::1")

    def check(self, files: Mapping[str, bytes]) -> Any:
        """What publishing would say of a package: `publishable` and `findings`; nothing is kept."""
        return self._json("POST", "packages/check", _zipped(files), again=True)

    def draft(self, key: str) -> Any:
        """The draft of a model; None when there is none."""
        try:
            return self._json("GET", f"drafts/{_part(key)}")
        except Refused as refused:
            if refused.problem.get("code") == "not-found":
                return None
            raise

    def put_draft(self, key: str, files: Mapping[str, bytes], revision: int | None) -> Any:
        """Make a package the draft. `revision`: the draft's, as it was read; None: there is none yet."""
        expected = {"If-None-Match": "*"} if revision is None else {"If-Match": f'"{revision}"'}
        return self._json("PUT", f"drafts/{_part(key)}/package", _zipped(files), expected)

    def findings(self, key: str) -> Any:
        """What publishing would say of the draft."""
        return self._json("GET", f"drafts/{_part(key)}/findings")

    def difference(self, key: str) -> Any:
        """What the draft changes of the newest version."""
        return self._json("GET", f"drafts/{_part(key)}/difference")

    def propose(
        self,
        key: str,
        revision: int,
        changelog: str,
        version: str | None,
        first_day: str | None,
        release: Mapping[str, str] | None = None,
    ) -> Any:
        """Propose the draft. `version` None: the number that its changes ask for; `first_day`: ISO, None: at once;
        `release`: how it goes out, as the API has it, None: to everyone."""
        told = {"revision": revision, "changelog": changelog, "version": version, "effectiveFrom": first_day}
        told |= {"release": release} if release else {}
        return self._once(f"drafts/{_part(key)}/proposals", told)

    def approve(self, proposal: str, remark: str = "") -> Any:
        """Approve, which publishes."""
        return self._once(f"proposals/{_part(proposal)}/approval", {"remark": remark})

    def reject(self, proposal: str, remark: str) -> Any:
        """Reject, saying what has to change."""
        return self._once(f"proposals/{_part(proposal)}/rejection", {"remark": remark})

    def withdraw(self, proposal: str) -> Any:
        """Take a proposal back."""
        return self._once(f"proposals/{_part(proposal)}/withdrawal", {})

    def versions(self, key: str) -> Any:
        """The versions of a model, the newest first."""
        return self._json("GET", f"models/{_part(key)}/versions")

    def rollout(self, key: str, version: str) -> Any:
        """How a version stands for each municipality."""
        return self._json("GET", f"models/{_part(key)}/versions/{_part(version)}/rollout")

    def package(self, key: str, version: str | None = None) -> bytes:
        """The zip of a version, or of the draft."""
        where = f"drafts/{_part(key)}" if version is None else f"models/{_part(key)}/versions/{_part(version)}"
        return self._ask("GET", f"{where}/package", None, {}, True, ZIP)

    def _once(self, path: str, told: object) -> Any:
        """What happens once, however often it is sent."""
        body = Body(json.dumps(told).encode(), JSON)
        return self._json("POST", path, body, {"Idempotency-Key": uuid4().hex}, again=True)

    def _json(
        self,
        method: str,
        path: str,
        body: Body | None = None,
        headers: Mapping[str, str] | None = None,
        again: bool = False,
    ) -> Any:
        return json.loads(self._ask(method, path, body, headers or {}, again or method == "GET", JSON))

    def _ask(
        self, method: str, path: str, body: Body | None, headers: Mapping[str, str], again: bool, wanted: str
    ) -> bytes:
        sent = self._headers | dict(headers) | ({"Content-Type": body.kind} if body else {})
        # A redirect would send the key elsewhere.
        retries = urllib3.Retry(
            2 if again else 0,
            redirect=False,
            allowed_methods=None,
            status_forcelist=AWAY[1:],
            backoff_factor=0.5,
            raise_on_status=False,
        )
        address = f"{self._server}/v1/{path}"
        try:
            answer = self._pool.request(
                method, address, body=body.data if body else None, headers=sent, retries=retries, redirect=False
            )
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise Away(f"{self._server} does not answer: {_cause(error)}") from error
        return _judged(answer, self._server, wanted)


def _judged(answer: urllib3.BaseHTTPResponse, server: str, wanted: str) -> bytes:
    kind = answer.headers.get("Content-Type", "").split(";")[0]
    if answer.status in AWAY:
        raise Away(f"{server} has a problem of its own ({answer.status}). Try again later.")
    if answer.status >= 400 and kind == PROBLEM:
        raise Refused(json.loads(answer.data))
    if 200 <= answer.status < 300 and kind == wanted:
        return answer.data
    where = answer.headers.get("Location")
    hint = f"It points to {where}." if where else "Is the address right?"
    raise Away(f"{server} does not answer as Plus-1 does ({answer.status} {kind}). {hint}")


def _zipped(files: Mapping[str, bytes]) -> Body:
    data = archive.pack(files)
    if len(data) > archive.MAX_ARCHIVE:
        # A server that refuses while we still send may break the connection before we read why.
        raise Refused({"code": "too-large", "detail": "This package is larger than 10 MB, packed. Nothing was sent."})
    return Body(data, ZIP)


def _part(text: str) -> str:
    """Text as one part of a path."""
    return quote(text, safe="")


def _cause(error: Exception) -> str:
    """Without the layers around it."""
    inner = getattr(error, "reason", None)
    return str(inner if isinstance(inner, Exception) else error)
