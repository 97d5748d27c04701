"""JSON with exact numbers: text of the database ↔ JSON-like values, where every number is an int or a Decimal.

Plain float parsing would lose digits of an amount; orjson does (tried), msgspec with these hooks does not.
"""

from collections.abc import Mapping
from decimal import Decimal

import msgspec

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


def to_text(value: object) -> str:
    """Values to JSON text. Source of the format: RFC 8259."""
    return _ENCODER.encode(value).decode()
