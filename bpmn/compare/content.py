"""The content of a value of the model without where it stands: lines never count as a difference."""

from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass

import msgspec
from lxml import etree

_JSON = msgspec.json.Encoder(order="sorted", decimal_format="number")


def content(value: object) -> Hashable:
    """A comparable form of a value of the typed model: dataclasses by field, mappings by key, lines left out."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return tuple(content(one) for one in value)
    if isinstance(value, dict | list):
        return ("json", written(value))
    if isinstance(value, Mapping):
        return tuple(sorted((str(key), content(one)) for key, one in value.items()))
    if is_dataclass(value) and not isinstance(value, type):
        return tuple((f.name, content(getattr(value, f.name))) for f in fields(value) if f.name != "line")
    if isinstance(value, bool):
        # True equals 1 in Python, but not in a form or a process.
        return ("boolean", value)
    return value


def written(value: object) -> str:
    """A JSON-like value as text with sorted keys; a mark for one that nests too deep to be written."""
    try:
        return _JSON.encode(value).decode()
    except RecursionError:
        return "…"


def tree(element: etree._Element, without: frozenset[str] = frozenset()) -> Hashable:
    """A comparable form of an XML element: tags, attributes save those of `without`, and texts without blanks around
    them; order of attributes, prefixes and indentation never count."""
    attributes = sorted((str(k), str(v)) for k, v in element.attrib.items() if k not in without)
    return (
        str(element.tag),
        tuple(attributes),
        (element.text or "").strip(),
        tuple((tree(child, without), (child.tail or "").strip()) for child in element),
    )
