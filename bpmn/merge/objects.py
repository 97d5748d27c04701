"""Merges JSON: objects by key, lists of objects by their id or key, anything else as a value."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

import msgspec

from bpmn.merge import order
from bpmn.merge.model import SIDES, Conflict, Deciding, Side

_DECODER: msgspec.json.Decoder[object] = msgspec.json.Decoder(float_hook=Decimal)
_ENCODER: Final = msgspec.json.Encoder(decimal_format="number")
_SORTED: Final = msgspec.json.Encoder(order="sorted", decimal_format="number")
_NAMES: Final = ("id", "key", "value")
# Stands before what is an item of a list, and so has a name of its own.
_ITEM: Final = "#"
_LISTS: Final = ("components", "values")
_LONGEST: Final = 2000


class _Absent:
    """Stands for a key that a side does not have; null is a value."""


_ABSENT: Final = _Absent()


def merge(base: bytes | None, mine: bytes, theirs: bytes, deciding: Deciding) -> bytes | None:
    """The merged file, indented; None when one of the sides is no JSON."""
    try:
        sides = [_ABSENT if each is None else _DECODER.decode(each) for each in (base, mine, theirs)]
        merged = _value(sides[0], sides[1], sides[2], (), deciding)
        return msgspec.json.format(_ENCODER.encode(merged), indent=2) + b"\n"
    except (msgspec.DecodeError, RecursionError):
        return None


def _same(one: object, other: object) -> bool:
    """Equal as JSON: `true` is not 1, and the order of keys does not count."""
    if isinstance(one, _Absent) or isinstance(other, _Absent):
        return one is other
    return _SORTED.encode(one) == _SORTED.encode(other)


def _value(base: object, mine: object, theirs: object, at: tuple[str, ...], deciding: Deciding) -> object:
    if _same(mine, theirs) or _same(theirs, base):
        return mine
    if _same(mine, base):
        return theirs
    if isinstance(mine, dict) and isinstance(theirs, dict):
        return _object(base if isinstance(base, dict) else {}, mine, theirs, at, deciding)
    if isinstance(mine, list) and isinstance(theirs, list):
        lists = (base if isinstance(base, list) else [], mine, theirs)
        by = next((name for name in _NAMES if all(_named(each, name) for each in lists)), None)
        if by is not None:
            return _list(lists, by, at, deciding)
    return (mine, theirs)[SIDES.index(_decide(mine, theirs, at, deciding))]


def _object(
    base: Mapping[str, object],
    mine: Mapping[str, object],
    theirs: Mapping[str, object],
    at: tuple[str, ...],
    deciding: Deciding,
    mark: str = "",
) -> dict[str, object]:
    keys = order.merge([*base], [*mine], [*theirs], {*base, *mine, *theirs})
    gone = [key for key in base if key not in keys]
    found = {
        key: _value(
            base.get(key, _ABSENT), mine.get(key, _ABSENT), theirs.get(key, _ABSENT), (*at, f"{mark}{key}"), deciding
        )
        for key in (*keys, *gone)
    }
    return {key: value for key, value in found.items() if value is not _ABSENT}


def _named(items: Sequence[object], name: str) -> bool:
    names = [item.get(name) if isinstance(item, dict) else None for item in items]
    texts = [each for each in names if isinstance(each, str)]
    return len(texts) == len(items) == len(set(texts))


def _list(lists: tuple[list[object], ...], by: str, at: tuple[str, ...], deciding: Deciding) -> list[object]:
    base, mine, theirs = ({str(item[by]): item for item in each if isinstance(item, dict)} for each in lists)
    prefer: Side | str = ""
    if order.moved_by_both([*base], [*mine], [*theirs]):
        prefer = _decide([*mine], [*theirs], (*at, "volgorde"), deciding)
    found = _object(base, mine, theirs, at, deciding, _ITEM)
    return [found[key] for key in order.merge([*base], [*mine], [*theirs], found.keys(), prefer)]


def _decide(mine: object, theirs: object, at: tuple[str, ...], deciding: Deciding) -> Side:
    place = " › ".join(part.removeprefix(_ITEM) for part in at if part not in _LISTS)
    where_nl, where_en = (f" bij '{place}'", f" at '{place}'") if at else ("", "")
    gone_nl, gone_en = ("verwijderden of wijzigden", "removed or changed")
    both_nl, both_en = ("wijzigden allebei iets", "both changed something")
    gone = isinstance(mine, _Absent) or isinstance(theirs, _Absent)
    nl = f"U en een ander {f'{gone_nl} iets' if gone else both_nl}{where_nl}. Kies wat blijft."
    en = f"You and someone else {f'{gone_en} something' if gone else both_en}{where_en}. Choose what stays."
    name = "/".join(part.replace("~", "~0").replace("/", "~1") for part in at)
    element = next((part[1:] for part in reversed(at) if part.startswith(_ITEM)), "")
    return deciding.choose(
        Conflict(f"{deciding.path}#{name}", deciding.path, element, nl, en, _words(mine), _words(theirs))
    )


def _words(value: object) -> str:
    if isinstance(value, _Absent):
        return ""
    if isinstance(value, str):
        return value[:_LONGEST]
    if isinstance(value, dict):
        label = next((value[k] for k in ("label", "name", "text") if isinstance(value.get(k), str)), None)
        if label is not None:
            return str(label)[:_LONGEST]
    return _ENCODER.encode(value).decode()[:_LONGEST]
