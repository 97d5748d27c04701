"""JSON with exact numbers: text of the database ↔ JSON-like values, where every number is an int or a Decimal.

Plain float parsing would lose digits of an amount; orjson does (tried), msgspec with these hooks does not.
"""

from collections.abc import Mapping
from decimal import Decimal

import msgspec

DEEPEST = 64  # FEEL walks 100 deep, and a case puts what it got into values of its own
_DECODER = msgspec.json.Decoder(float_hook=Decimal)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)  # a read-only view
    raise TypeError(f"no JSON for {type(value).__name__}")


_ENCODER = msgspec.json.Encoder(decimal_format="number", enc_hook=_plain)


def from_text(text: str | bytes) -> object:
    """JSON text to values; raises ValueError with the place of a fault, or when it nests too deep."""
    try:
        return _DECODER.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError(str(error)) from error


def received(text: str | bytes) -> object:
    """JSON from outside to values; raises ValueError also when it nests deeper than what FEEL and pages can walk.

    Such a value would go into a case, and nobody could read that case again."""
    value = from_text(text)
    inside = [(value, 1)]
    while inside:
        one, depth = inside.pop()
        if depth > DEEPEST:
            raise ValueError(f"nested deeper than {DEEPEST}")
        members = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        inside += [(member, depth + 1) for member in members if isinstance(member, dict | list)]
    return value


def to_text(value: object) -> str:
    """Values to JSON text. Source of the format: RFC 8259."""
    return _ENCODER.encode(value).decode()
