"""The state of one case: a tree of tokens and a few counters; JSON with exact numbers in and out."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

import msgspec

FORMAT: Final = 1
WIDE: Final = 16
FIELDS: Final = ("live", "vars", "waits", "via", "joins", "multi", "done", "by", "todo", "flag", "retry")

_ENCODER: Final = msgspec.json.Encoder(decimal_format="number")
_DECODER: Final = msgspec.json.Decoder(float_hook=Decimal)

Row = list[Any]


class Unreadable(Exception):
    """The bytes are no state, or of a format that this version does not know."""


class Token:
    """One element instance. Scopes (process, sub-process, event sub-process, multi-instance body) are tokens with
    children, so variables, cancelling and errors all follow the one link `up`.

    live: children plus arrivals at joins · vars: local variables · waits: rows [kind, node, name or due, …] of its own
    event, its boundary events, or the event sub-processes of the scope it is · via: flow by which it came to a join ·
    joins: {gateway: {flow: tokens}} · multi: [total, started, completed, items] of a body · done: compensation records
    [node, variables, nested, times] · by: the token that asked for this compensation · todo: handlers still running ·
    flag: what it waits for (task job call receive wait …) · retry: [step, arguments, flag before] of an incident."""

    __slots__ = ("id", "node", "up", *FIELDS)

    def __init__(self, id: int, node: str, up: int) -> None:
        self.id, self.node, self.up = id, node, up
        self.live = 0
        self.vars: dict[str, Any] | None = None
        self.waits: list[Row] | None = None
        self.via: str | None = None
        self.joins: dict[str, dict[str, int]] | None = None
        self.multi: Row | None = None
        self.done: list[Row] | None = None
        self.by: int | None = None
        self.todo: int | None = None
        self.flag: str | None = None
        self.retry: Row | None = None


class State:
    """`status`: new, active, child (a called case), completed or cancelled. `pending`: [scope, gateway] of inclusive
    and complex joins that hold tokens. `queue`: work left over by the step budget; `rounds`: continuations so far."""

    __slots__ = ("seq", "status", "tokens", "pending", "queue", "rounds")

    def __init__(self) -> None:
        self.seq = 0
        self.status = "new"
        self.tokens: dict[int, Token] = {}
        self.pending: list[Row] = []
        self.queue: list[Row] = []
        self.rounds = 0

    @property
    def root(self) -> Token:
        """The token of the process itself."""
        return self.tokens[1]

    @property
    def over(self) -> bool:
        """Completed or cancelled."""
        return self.status in ("completed", "cancelled")


class Lazy(dict[int, Any]):
    """Tokens of a wide state: a row becomes a Token when first looked at; untouched rows are written as read."""

    def get(self, key: int, default: Any = None) -> Any:
        """The token, decoded."""
        found = dict.get(self, key, default)
        return self[key] if found.__class__ is list else found

    def __getitem__(self, key: int) -> Any:
        found = dict.__getitem__(self, key)
        if found.__class__ is list:
            found = self[key] = _decode(found)
        return found

    def values(self) -> Any:
        """All tokens, decoded."""
        return [self[key] for key in self]

    def raw(self) -> Iterable[Any]:
        """Tokens and rows as they are."""
        return dict.values(self)


def links(tokens: dict[int, Token]) -> Iterator[tuple[int, int]]:
    """(id, up) of every token, without decoding rows."""
    for entry in tokens.raw() if isinstance(tokens, Lazy) else tokens.values():
        yield (entry[0], entry[2]) if entry.__class__ is list else (entry.id, entry.up)


def new_state() -> State:
    """The state of a case that has not begun."""
    return State()


def dump(state: State) -> bytes:
    """The state as JSON bytes; `load` gives an equal state back."""
    tokens = state.tokens
    raw = tokens.raw() if isinstance(tokens, Lazy) else tokens.values()
    rows = [entry if entry.__class__ is list else _encode(entry) for entry in raw]
    body: Row = [FORMAT, state.seq, state.status, state.pending, rows]
    if state.queue or state.rounds:
        body += [state.queue, state.rounds]
    return _ENCODER.encode(body)


def load(blob: bytes) -> State:
    """The state from its bytes; raises Unreadable."""
    try:
        body = _DECODER.decode(blob)
    except msgspec.DecodeError as error:
        raise Unreadable(str(error)) from error
    if not isinstance(body, list) or len(body) < 5 or body[0] != FORMAT:
        raise Unreadable("unknown format of state")
    state = State()
    _, state.seq, state.status, state.pending, rows, *rest = body
    if rest:
        state.queue, state.rounds = rest
    wide = len(rows) > WIDE
    state.tokens = Lazy((row[0], row) for row in rows) if wide else {row[0]: _decode(row) for row in rows}
    return state


def _encode(token: Token) -> Row:
    extra = {name: value for name in FIELDS if (value := getattr(token, name))}
    return [token.id, token.node, token.up, extra] if extra else [token.id, token.node, token.up]


def _decode(row: Row) -> Token:
    token = Token(row[0], row[1], row[2])
    if len(row) > 3:
        for name, value in row[3].items():
            setattr(token, name, value)
    return token
