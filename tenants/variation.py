"""Variation points and parameters: what the base declares open, typed, with its limits."""

from collections.abc import Iterator
from dataclasses import dataclass

from bpmn.model import Declared
from bpmn.package import Package
from tenants import slot_contract
from tenants.slot_contract import Contract

KINDS = {
    "valuePoint": "value",
    "listPoint": "list",
    "textPoint": "text",
    "rulePoint": "rule",
    "formPoint": "form",
    "outcomePoint": "outcome",
    "stepPoint": "step",
    "alternativePoint": "alternative",
    "slotPoint": "slot",
    "mappingPoint": "mapping",
}
READY = frozenset({"value", "list", "text", "rule", "form", "step", "alternative", "slot", "mapping"})
TYPES = frozenset({"number", "text", "boolean", "duration", "date", "list", "group"})
NO_CONTRACT = Contract()
_TARGETS = ("parameter", "decision", "form", "text", "variable")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A declared value. `default` and limits are texts as in the file; `binding`: start, use or event:<variable>."""

    id: str
    name: str
    type: str
    default: str
    item: str = ""
    unit: str = ""
    min: str = ""
    max: str = ""
    source: str = ""
    role: str = ""
    binding: str = "start"
    line: int = 0


@dataclass(frozen=True, slots=True)
class WhenOff:
    """What a switched-off step still writes: `target` gets `value` (FEEL without `=`, or a literal text)."""

    target: str
    value: str
    feel: bool


@dataclass(frozen=True, slots=True)
class VariationPoint:
    """A place that the base declares open. `kind`: see KINDS; `element`: id of the node, flow or process that
    carries it; `target`: the parameter, decision, form or text that it is about; `default_on`: a step's state;
    `safe`: whether the default may be taken without asking, which it may unless the base says no; `required`: passages
    of a text that must stay; `options`: the flows of which an alternative takes one; `contract`: what a slot asks;
    `maps`: what a mapping ties to the catalogue; `on_expiry`: what happens to a choice that does not fit when earlier
    versions may no longer begin cases, `default` or `stop`."""

    id: str
    kind: str
    element: str
    element_name: str
    element_kind: str
    target: str = ""
    owner: str = "municipality"
    question: str = ""
    min: str = ""
    max: str = ""
    allowed: tuple[str, ...] = ()
    allow: frozenset[str] = frozenset()
    hit_policy_fixed: bool = False
    default_on: bool = True
    safe: bool = True
    statutory: str = ""
    when_off: tuple[WhenOff, ...] = ()
    voids: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    on_expiry: str = "stop"
    contract: Contract = NO_CONTRACT
    maps: tuple[str, ...] = ()
    line: int = 0


def parameters(package: Package) -> dict[str, Parameter]:
    """The parameters of a package by id, in file order."""
    return package.once("parameters", lambda: _parameters(package))


def _parameters(package: Package) -> dict[str, Parameter]:
    found = {}
    for one in package.declared("parameter"):
        a = one.attributes
        name, kind = a.get("id", ""), a.get("type", "text")
        found[name] = Parameter(
            id=name,
            name=a.get("name", name),
            type=kind,
            default=a.get("default", ""),
            item=a.get("item", "text"),
            unit=a.get("unit", ""),
            min=a.get("min", ""),
            max=a.get("max", ""),
            source=a.get("source", ""),
            role=a.get("role", ""),
            binding=a.get("binding", "start"),
            line=one.line,
        )
    return found


def points(package: Package) -> tuple[VariationPoint, ...]:
    """Every declared point of the package, in file order: of the process, of its nodes, of its flows."""
    return package.once("points", lambda: tuple(_points(package)))


def _points(package: Package) -> Iterator[VariationPoint]:
    process = package.process
    for one in process.declared:
        if one.tag in KINDS:
            yield _point(one, process.id, process.name or process.id, "process", "")
    for node in process.nodes.values():
        if node.id == process.id:
            continue
        basis = next((d.attributes.get("basis") or "wettelijk" for d in node.declared if d.tag == "statutory"), "")
        for one in node.declared:
            if one.tag in KINDS:
                yield _point(one, node.id, node.name or node.id, node.kind, basis)
        for flow in node.outgoing:
            for one in flow.declared:
                if one.tag in KINDS:
                    yield _point(one, flow.id, flow.name or flow.id, "sequenceFlow", "")


def _point(one: Declared, element: str, name: str, kind: str, statutory: str) -> VariationPoint:
    a = one.attributes
    return VariationPoint(
        id=a.get("id", ""),
        kind=KINDS[one.tag],
        element=element,
        element_name=name,
        element_kind=kind,
        target=next((a[t] for t in _TARGETS if t in a), ""),
        owner=a.get("owner", "municipality"),
        question=next((c.text for c in one.children if c.tag == "question"), ""),
        min=a.get("min", ""),
        max=a.get("max", ""),
        allowed=tuple(v for v in a.get("allowed", "").split("|") if v),
        allow=frozenset(a.get("allow", "").split()),
        hit_policy_fixed=a.get("hitPolicyFixed") == "true",
        default_on=a.get("default", "on") != "off",
        safe=a.get("safe") != "false",
        statutory=statutory,
        when_off=tuple(_when_off(c) for c in one.children if c.tag == "whenOff"),
        voids=tuple(c.attributes.get("scenario", "") for c in one.children if c.tag == "voids"),
        required=tuple(a.get("required", "").split()),
        options=tuple(a.get("options", "").split()),
        on_expiry=a.get("onExpiry", "stop"),
        contract=slot_contract.read(one) if one.tag == "slotPoint" else NO_CONTRACT,
        maps=tuple(dict.fromkeys(a.get("maps", "").split())),
        line=one.line,
    )


def _when_off(one: Declared) -> WhenOff:
    value = one.attributes.get("value", "=null")
    return WhenOff(one.attributes.get("target", ""), value.removeprefix("="), value.startswith("="))
