"""The content of a value of the model without where it stands: lines never count as a difference."""

from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass


def content(value: object) -> Hashable:
    """A comparable form of a value of the typed model: dataclasses by field, mappings by key, lines left out."""
    if isinstance(value, tuple | list):
        return tuple(content(one) for one in value)
    if isinstance(value, Mapping):
        return tuple(sorted((str(key), content(one)) for key, one in value.items()))
    if is_dataclass(value) and not isinstance(value, type):
        return tuple((f.name, content(getattr(value, f.name))) for f in fields(value) if f.name != "line")
    if isinstance(value, bool):
        # True equals 1 in Python, but not in a form or a process.
        return ("boolean", value)
    return value
