"""Call activities: the called process, and what goes in and out."""

from bpmn.adopt import extend
from bpmn.adopt.source import Source
from bpmn.readers.names import ZEEBE, Element, attributes, extension, local, ref

_BOUND = (
    "calledElementBinding",
    "calledElementVersion",
    "calledElementVersionTag",
    "calledElementType",
    "sameDeployment",
)
_KNOWN = ("source", "sourceExpression", "target", "variables", "businessKey")


def translate(source: Source, call: Element) -> None:
    """`calledElement` becomes `zeebe:calledElement`; nothing but what is mapped goes in or out, unless all does."""
    if extension(call, ZEEBE, "calledElement") is not None:
        return
    called = call.get("calledElement")
    if not called or source.get(call, "caseRef"):
        return
    marked = "{" in called or called.startswith("=")
    value = source.value(called, call, "calledElement") if marked else (ref(called) or "")
    ways = {"in": source.take(call, "inheritVariables") == "true", "out": False}
    for line in source.own(call, "in", "out"):
        _more(source, call, line)
        if line.get("variables") == "all":
            ways[local(line)] = True
            source.drop(line)
        elif line.get("businessKey") is not None:
            _number(source, call, line)
        elif line.get("target"):
            _line(source, call, line)
    extend.put(
        source,
        call,
        "calledElement",
        processId=value,
        propagateAllParentVariables=str(ways["in"]).lower(),
        propagateAllChildVariables=str(ways["out"]).lower(),
    )
    call.attrib.pop("calledElement", "")
    source.take(call, "inheritBusinessKey")
    bound = [source.take(call, name) for name in _BOUND]
    if any(bound):
        source.notes.once(
            "called-version",
            "",
            call,
            "Welke versie van een ander proces wordt aangeroepen, volgt hier uit het pakket.",
            "Which version of another process is called follows from the package here.",
        )


def _more(source: Source, call: Element, line: Element) -> None:
    """What else stands on a line, such as `local`."""
    more = [f"{name} = {value}" for name, value in attributes(line) if name not in _KNOWN]
    if more:
        source.left_open(line)
        source.notes.warning(
            "look-after",
            line,
            f"'{', '.join(more)}' is niet omgezet. Kijk of deze regel zonder dat klopt.",
            f"'{', '.join(more)}' was not translated. See whether this line is right without it.",
            call.get("id") or "",
        )


def _line(source: Source, call: Element, line: Element) -> None:
    expression = line.get("sourceExpression")
    value = source.condition(expression or line.get("source") or "", line, "#element")
    way = "input" if local(line) == "in" else "output"
    extend.mapping(source, call, way, value, line.get("target") or "")
    if value.startswith("="):
        source.drop(line)
    else:
        line.getparent().remove(line)  # type: ignore[union-attr]  # it stands in extensionElements


def _number(source: Source, call: Element, line: Element) -> None:
    """A called case has the number of its caller."""
    given = line.get("businessKey") or ""
    own = any(word in given for word in ("execution.businessKey", "usinessKey}"))
    if not own:
        source.left_open(line)
        source.notes.warning(
            "case-number",
            line,
            f"De aangeroepen zaak krijgt het nummer van deze zaak, niet '{given}'. Geef die waarde als gegeven mee.",
            f"The called case gets the number of this case here, not '{given}'. Pass that value as a variable.",
            call.get("id") or "",
        )
    source.drop(line)
