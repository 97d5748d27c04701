"""Older formats of a state, and how each becomes the next one; states of a newer version are refused.

A case may wait for years, so its state outlives the version that wrote it. Whoever changes what is written (rows,
fields, names of queue steps and their arguments) raises FORMAT in `state`, adds a migration here and leaves golden
states of the format before in the tests."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

import msgspec

from engine.runtime.failures import Unreadable

Body = list[Any]

_ENCODER: Final = msgspec.json.Encoder(decimal_format="number")
_DECODER: Final = msgspec.json.Decoder(float_hook=Decimal)


def _rows_by_id(body: Body) -> Body:
    """1 → 2: tokens are kept under their id, so that one can be found without reading the others. Beside a queue it is
    told whether variables changed; that was not known before, so conditions look once more."""
    format, seq, status, pending, rows, *queue = body
    return [format, seq, status, pending, {id: row for id, *row in rows}, *(queue and [*queue, True, None])]


MIGRATIONS: Final[Mapping[int, Callable[[Body], Body]]] = {1: _rows_by_id}


def brought_up(blob: bytes, to: int) -> bytes:
    """The state in format `to`; raises Unreadable when the bytes are no state, or newer than this version."""
    try:
        body = _DECODER.decode(blob)
    except msgspec.DecodeError as error:
        raise Unreadable(str(error)) from error
    if not isinstance(body, list) or len(body) < 5 or not isinstance(body[0], int):
        raise Unreadable("these bytes are no state of a case")
    if body[0] > to:
        raise Unreadable(f"this state has format {body[0]}, of a newer version of the program; this one knows {to}")
    while body[0] != to:
        if body[0] not in MIGRATIONS:
            raise Unreadable(f"this state has format {body[0]}, which was never written")
        try:
            body = [body[0] + 1, *MIGRATIONS[body[0]](body)[1:]]
        except (TypeError, ValueError) as error:
            raise Unreadable(f"this state is broken: {error}") from error
    return _ENCODER.encode(body)
