"""A value of Camunda 7 that is made of parts (list, map) or by a script, as one FEEL expression."""

from collections.abc import Callable

from bpmn.model import Expression
from bpmn.readers.dialect import Reading
from bpmn.readers.juel_calls import quote
from bpmn.readers.names import Element, line, local

Single = Callable[[str, Element], Expression]


def composite(reading: Reading, element: Element, single: Single) -> Expression:
    """What an `inputParameter` or `outputParameter` holds; `single` reads a text. A script is an error, never empty."""
    inner = list(element.iterchildren("*"))
    if not inner:
        return single(element.text or "", element)
    return Expression(_part(reading, inner[0], single), True, line(element))


def _part(reading: Reading, element: Element, single: Single) -> str:
    kind = local(element)
    if kind == "list":
        return f"[{', '.join(_item(reading, each, single) for each in element.iterchildren('*'))}]"
    if kind == "map":
        pairs = ((each.get("key") or "", _item(reading, each, single)) for each in element.iterchildren("*"))
        return "{" + ", ".join(f"{quote(key)}: {value}" for key, value in pairs) + "}"
    reading.notes.error(
        "mapping-script",
        element,
        f"Een waarde wordt gemaakt door '{kind}'. Scripts worden niet uitgevoerd. Schrijf de waarde in FEEL.",
        f"A value is made by '{kind}'. Scripts are not run. Write the value in FEEL.",
    )
    return "null"


def _item(reading: Reading, element: Element, single: Single) -> str:
    inner = list(element.iterchildren("*"))
    if inner or local(element) == "script":
        return _part(reading, inner[0] if inner else element, single)
    found = single(element.text or "", element)
    return found.text if found.feel else quote(found.text)
