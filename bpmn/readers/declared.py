"""Keeps the elements of the `plus1` vocabulary as they stand in the file; `tenants` gives them meaning."""

from types import MappingProxyType

from bpmn.model import Declared
from bpmn.readers.names import Element, attributes, base, extensions, is_plus1, line, local


def declared(element: Element) -> tuple[Declared, ...]:
    """The `plus1` extension elements of a BPMN element, in file order."""
    return tuple(_one(e) for e in extensions(element) if is_plus1(e.tag))


def _one(element: Element) -> Declared:
    return Declared(
        tag=local(element),
        attributes=MappingProxyType({base(k): v for k, v in attributes(element)}),
        text=(element.text or "").strip(),
        children=tuple(_one(c) for c in element if is_plus1(c.tag)),
        line=line(element),
    )


def attribute(element: Element, name: str) -> str | None:
    """The value of a `plus1:name` attribute."""
    found = (v for k, v in attributes(element) if is_plus1(k) and base(k) == name)
    return next(found, None)
