"""Who calls: the only reader of identity headers, and the door to a transaction for that caller."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

from flask import Flask, Response, g, request

from engine.domain.caller import Caller
from engine.domain.codec import from_text, to_text
from engine.domain.errors import Invalid, Problem, RevisionMissing, StaleRevision, StateConflict, Unauthenticated
from engine.store import gate, idempotency
from engine.store.transaction import Transaction, Transactions

LONGEST_KEY = 255


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: JSON body, status, and headers such as ETag and Location."""

    body: object
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()

    def response(self) -> Response:
        """As a response of Flask."""
        return Response(to_text(self.body), self.status, list(self.headers), mimetype="application/json")


Act = Callable[[Transaction, Caller], Answer]


def install(app: Flask, transactions: Transactions) -> None:
    """Make the transactions known to every request of the app."""

    @app.before_request
    def hand_over() -> None:
        remember("transactions", transactions)


def transactions() -> Transactions:
    """The transactions of this process."""
    return cast(Transactions, g.transactions)


def remember(name: str, value: object) -> None:
    """Keep something for the rest of this request."""
    setattr(g, name, value)


def recall(name: str) -> object:
    """What was kept under that name in this request; None when nothing was."""
    return getattr(g, name, None)


@contextmanager
def acting() -> Iterator[tuple[Transaction, Caller]]:
    """A transaction for the client behind the API key. Raises Unauthenticated."""
    with transactions().at_gate() as transaction:
        yield transaction, gate.authenticate(transaction, _api_key())


def _api_key() -> str:
    key = request.headers.get("X-Api-Key")
    bearer = request.authorization
    if key is None and bearer is not None and bearer.type == "bearer":
        key = bearer.token
    if not key:
        raise Unauthenticated(
            "Stuur uw API-sleutel mee in de header X-Api-Key.", "Send your API key in the header X-Api-Key."
        )
    return key


def read(act: Act) -> Response:
    """Answer a question."""
    with acting() as (transaction, caller):
        answer = act(transaction, caller)
    return answer.response()


def once(act: Act) -> Response:
    """Do what may be sent twice but must happen once: the answer is kept with its effect, and a repeat gets it.

    Raises Invalid without an Idempotency-Key, KeyReused when the key stood for another request."""
    key, asked = idempotency_key(), request_hash()
    try:
        return _first(act, key, asked)
    except (StateConflict, StaleRevision):
        with acting() as (transaction, caller):
            kept = idempotency.find(transaction, caller.id, key, asked)
        if kept is None:
            raise
        return _replayed(kept)  # this same request was being done, and is done now


def _first(act: Act, key: str, asked: str) -> Response:
    with acting() as (transaction, caller):
        kept = idempotency.find(transaction, caller.id, key, asked)
        if kept is not None:
            return _replayed(kept)
        answer = act(transaction, caller)
        text = to_text([answer.body, answer.status, answer.headers])
        if not idempotency.keep(transaction, caller.id, key, asked, text):
            raise StateConflict(
                "Ditzelfde verzoek wordt al uitgevoerd. Stuur het opnieuw voor het antwoord.",
                "This same request is being done already. Send it again for the answer.",
                current="in-progress",
            )
    return answer.response()


def _replayed(kept: str) -> Response:
    body, status, headers = cast(tuple[object, int, list[tuple[str, str]]], from_text(kept))
    answer = Answer(body, status, tuple((name, value) for name, value in headers)).response()
    answer.headers["Idempotency-Replayed"] = "true"
    return answer


def idempotency_key() -> str:
    """The key of this request. Raises Invalid."""
    key = request.headers.get("Idempotency-Key", "")
    if not 1 <= len(key) <= LONGEST_KEY or not key.isprintable():
        nl = f"Stuur een Idempotency-Key mee: een tekst van 1 tot {LONGEST_KEY} tekens, nieuw voor elk verzoek."
        en = f"Send an Idempotency-Key: a text of 1 to {LONGEST_KEY} characters, new for each request."
        raise Invalid(nl, en, (Problem("Idempotency-Key", nl, en, "required"),))
    return key


def request_hash() -> str:
    """SHA-256 of what is asked: method, path, revision and body."""
    seen = hashlib.sha256(f"{request.method} {request.path} {request.headers.get('If-Match', '')}\n".encode())
    seen.update(request.get_data(cache=True))
    return seen.hexdigest()


def revision() -> int:
    """The revision in If-Match, as an ETag gave it. Raises RevisionMissing (none) or Invalid (no revision)."""
    value = request.headers.get("If-Match")
    if value is None:
        raise RevisionMissing("Stuur If-Match mee met de ETag die u las.", "Send If-Match with the ETag that you read.")
    plain = value.removeprefix("W/").strip('"')
    if not (plain.isascii() and plain.isdigit()) or len(plain) > 9:
        nl, en = "If-Match is geen ETag van ons.", "If-Match is no ETag of ours."
        raise Invalid(nl, en, (Problem("If-Match", nl, en),))
    return int(plain)


def expected_revision() -> int | None:
    """The revision in If-Match; None for `If-None-Match: *`, which expects that there is nothing yet.

    Raises RevisionMissing (neither) or Invalid."""
    absent = request.headers.get("If-None-Match")
    if "If-Match" in request.headers and absent is None:
        return revision()
    if absent is None:
        raise RevisionMissing(
            "Stuur If-Match mee met de ETag die u las, of If-None-Match: * als er nog niets is.",
            "Send If-Match with the ETag that you read, or If-None-Match: * when there is nothing yet.",
        )
    if absent.strip() != "*" or "If-Match" in request.headers:
        nl = "Stuur If-Match met een ETag van ons, of alleen If-None-Match: *, niet allebei."
        en = "Send If-Match with an ETag of ours, or only If-None-Match: *, not both."
        raise Invalid(nl, en, (Problem("If-None-Match", nl, en),))
    return None


def etag(number: int) -> tuple[str, str]:
    """The header for a revision."""
    return ("ETag", f'"{number}"')
