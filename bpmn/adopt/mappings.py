"""`inputOutput` of Camunda 7: inputs and outputs of a step."""

from bpmn.adopt import extend
from bpmn.adopt.source import Source
from bpmn.readers.juel_calls import quote
from bpmn.readers.names import Element, local


def inputs(source: Source, element: Element) -> None:
    """Every input that is a value, a list, a map or an expression; they stand before what a call or job is given."""
    for box in source.own(element, "inputOutput"):
        lines = [line for line in box if local(line) == "inputParameter"]
        for line in lines:
            parameter(source, element, line)
        if lines and local(element) in ("serviceTask", "sendTask"):
            source.notes.warning(
                "only-inputs-seen",
                element,
                "Deze stap heeft invoer. Het systeem dat het werk doet, krijgt hier alleen die gegevens; in de andere"
                " engine kon het alle gegevens lezen. Voeg een regel toe voor elk gegeven dat het nodig heeft.",
                "This step has input mappings. The system that does the work gets only those values here; in the other"
                " engine it could read all. Add a line for each value that it needs.",
            )


def outputs(source: Source, element: Element) -> None:
    """Every output likewise, behind the result of the step itself; what could not be written stays for a finding."""
    for box in source.own(element, "inputOutput"):
        lines = [line for line in box if local(line) == "outputParameter"]
        for line in lines:
            parameter(source, element, line)
        if not any(source.is_open(line) and _scripted(line) for line in box.iterchildren("*")):
            source.drop(box)
        if lines and local(element) in ("userTask", "receiveTask", "serviceTask", "sendTask"):
            _narrowed(source, element)


def _scripted(line: Element) -> bool:
    return next(line.iterchildren("*"), None) is not None


def parameter(source: Source, element: Element, line: Element, ours: str = "") -> bool:
    """Writes one line; False when it could not, and then it is left for a finding. `ours`: another target."""
    way = "input" if local(line) == "inputParameter" else "output"
    target = ours or line.get("name") or ""
    found = _value(source, line, line)
    if found is None or not target:
        source.left_open(line)
        source.notes.error(
            "mapping-script",
            line,
            f"De waarde van '{target}' wordt door een script gemaakt. Scripts worden niet uitgevoerd. Schrijf de waarde"
            " in FEEL bij de invoer of uitvoer van deze stap.",
            f"The value of '{target}' is made by a script. Scripts are not run. Write the value in FEEL in the input or"
            " output mapping of this step.",
            element.get("id") or "",
        )
        return False
    extend.mapping(source, element, way, found, target)
    return True


def _value(source: Source, e: Element, line: Element) -> str | None:
    inner = list(e.iterchildren("*"))
    if not inner:
        return source.value(e.text or "", line, "#element")
    kind = local(inner[0])
    if kind == "list":
        items = [_feel(source, item, line) for item in inner[0].iterchildren("*")]
        return None if None in items else f"=[{', '.join(each or '' for each in items)}]"
    if kind == "map":
        entries = [(x.get("key") or "", _feel(source, x, line)) for x in inner[0].iterchildren("*")]
        if any(value is None for _, value in entries):
            return None
        return "={" + ", ".join(f"{quote(key)}: {value}" for key, value in entries) + "}"
    return None


def _feel(source: Source, e: Element, line: Element) -> str | None:
    """An item of a list or map as a part of a FEEL expression."""
    if local(e) == "script":
        return None
    found = _value(source, e, line)
    if found is None or found.startswith(("${", "#{")):
        return None
    return found[1:] if found.startswith("=") else quote(found)


def _narrowed(source: Source, element: Element) -> None:
    source.notes.warning(
        "only-mapped-leaves",
        element,
        "Deze stap heeft uitvoer. Alleen de gegevens die daar staan gaan hier de stap uit; in de andere engine gingen"
        " alle ingevulde gegevens mee. Voeg een regel toe voor elk gegeven dat later nodig is.",
        "This step has output mappings. Only what stands there leaves the step here; in the other engine everything"
        " that was filled in did. Add a line for each value that is needed later.",
    )
