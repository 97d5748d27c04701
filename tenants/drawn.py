"""Choices drawn by chance on the points of a model, all of them allowed by it: for rehearsals of a roll-out."""

from collections.abc import Iterator
from decimal import Decimal
from random import Random
from typing import Final

from lxml import etree

from bpmn import xml
from bpmn.package import Package
from tenants import alternatives, durations, limits, slots, variation
from tenants.variation import Parameter, VariationPoint

Choices = list[dict[str, object]]
STRUCTURAL: Final = frozenset({"rule", "form", "step", "alternative", "slot"})
_REASON: Final = "Getrokken voor een proef"
_TRIES: Final = 50


def structures(package: Package, number: int, random: Random) -> list[Choices]:
    """So many different sets of structural choices, the first of them empty; fewer when the model has fewer points."""
    points = [point for point in _open(package) if point.kind in STRUCTURAL and not point.statutory]
    found: list[Choices] = [[]]
    tried = 0
    while len(found) < number and points and tried < number * _TRIES:
        tried += 1
        chosen = random.sample(points, random.randint(1, len(points)))
        one = [made for point in sorted(chosen, key=lambda p: p.id) for made in _structural(package, point, random)]
        if one and one not in found:
            found.append(one)
    return found


def values(package: Package, newer: Package, random: Random) -> Choices:
    """Choices of values and lists for one tenant. `newer`: the version to come, whose own values are among those that
    are drawn, so that a choice may turn out to say the same as it."""
    now, then = variation.parameters(package), variation.parameters(newer)
    found: Choices = []
    for point in _open(package):
        if point.kind == "mapping" and random.random() < 0.5:
            found.append(_choice(point, "map", {thing: f"{thing} {random.randint(1, 99)}" for thing in point.maps}))
        parameter = now.get(point.target)
        if parameter is None or point.kind not in ("value", "list") or random.random() < 0.4:
            continue
        chosen = _default(then.get(point.target)) if random.random() < 0.1 else None
        chosen = _drawn(parameter, point, random) if chosen is None else chosen
        if chosen is not None and not any(limits.check(point, parameter, chosen)):
            found.append(_choice(point, "value" if point.kind == "value" else "items", chosen))
    return found


def _open(package: Package) -> Iterator[VariationPoint]:
    return (point for point in variation.points(package) if point.owner == "municipality")


def _choice(point: VariationPoint, content: str, chosen: object) -> dict[str, object]:
    return {"point": point.id, content: chosen, "reason": _REASON}


def _structural(package: Package, point: VariationPoint, random: Random) -> Iterator[dict[str, object]]:
    if point.kind == "step":
        yield _choice(point, "on", not point.default_on)
    elif point.kind == "alternative":
        options = [flow.id for flow in alternatives.flows(package.process, point)]
        if options:
            yield _choice(point, "option", random.choice(options))
    elif point.kind == "slot":
        step = _step(package, point, random)
        if step is not None:
            yield _choice(point, "process", {"step": step})
    elif point.kind == "rule":
        table = _table(package.files[package.sources[point.target]], random)
        if table is not None:
            yield _choice(point, "dmn", table)
    elif point.kind == "form" and "add" in point.allow:
        number = random.randint(1, 99)
        field = {"type": "textfield", "key": f"eigenVeld{number}", "label": f"Eigen vraag {number}"}
        yield _choice(point, "form", {"add": [field]})


def _step(package: Package, point: VariationPoint, random: Random) -> dict[str, object] | None:
    """A step of the wizard that keeps the contract; None when the base has no role for it."""
    known, contract = slots.roles(package), point.contract
    if not known:
        return None
    fields = [
        {"type": "textfield", "key": name, "label": name, "validate": {"required": True}}
        for name in sorted(contract.owed)
    ]
    answers = [{"result": value, "label": value} for value in contract.values]
    name = f"Eigen stap {random.randint(1, 99)}"
    return {"name": name, "role": random.choice(known), "form": fields, "answers": answers}


def _table(source: bytes, random: Random) -> str | None:
    """The base's table with one number in its conditions changed; None when it has none."""
    root = xml.parse(source)
    cells = [cell for cell in root.iterfind(".//{*}inputEntry/{*}text") if _number(cell.text or "")]
    if not cells:
        return None
    cell = random.choice(cells)
    number = _number(cell.text or "")
    cell.text = (cell.text or "").replace(number, str(int(number) + random.randint(1, 400)), 1)
    return etree.tostring(root, encoding="unicode")


def _number(text: str) -> str:
    """The first whole number of a condition such as `>= 5000`; of a range none, whose ends belong together."""
    digits = "".join(char if char.isdigit() else " " for char in text).split()
    return digits[0] if len(digits) == 1 and "." not in text else ""


def _default(parameter: Parameter | None) -> object:
    if parameter is None or parameter.default.startswith("="):
        return None
    return Decimal(parameter.default) if parameter.type == "number" else parameter.default or None


def _drawn(parameter: Parameter, point: VariationPoint, random: Random) -> object:
    low, high = point.min or parameter.min, point.max or parameter.max
    if point.allowed:
        return random.choice(point.allowed)
    if parameter.type == "number":
        least, most = (int(Decimal(limit)) if limit else other for limit, other in ((low, 0), (high, 500)))
        return random.randint(least, max(least, most))
    if parameter.type == "duration":
        return f"P{random.randint(_weeks(low, 1), max(_weeks(low, 1), _weeks(high, 12)))}W"
    if parameter.type == "boolean":
        return random.random() < 0.5
    if parameter.type == "text":
        return f"https://gemeente-{random.randint(1, 999)}.example/berichten"
    return None


def _weeks(limit: str, other: int) -> int:
    term = durations.parse(limit) if limit else None
    years, months, weeks, days, _, _ = term.parts if term else (0, 0, other, 0, 0, 0)
    return max(1, weeks + days // 7 + months * 4 + years * 52)
