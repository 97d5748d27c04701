"""Whether the base declares its parameters and points well: types, limits, bindings, one point per parameter."""

import re
from collections.abc import Iterator, Mapping

from bpmn.model import Finding
from bpmn.package import Package
from tenants import alternatives, catalogue, letters, limits, slots
from tenants.variation import TYPES, Parameter, VariationPoint, parameters, points

_BINDING = re.compile(r"start|use|event:[A-Za-z_][A-Za-z0-9_]*")


def check(package: Package) -> tuple[Finding, ...]:
    """Findings about the declarations themselves, each with the parameter or point."""
    return package.once("declarations", lambda: _check(package))


def _check(package: Package) -> tuple[Finding, ...]:
    known = parameters(package)
    found = [finding for one in known.values() for finding in _parameter(one)]
    taken: dict[str, str] = {}
    for point in points(package):
        found.extend(_point(point, known))
        found.extend(_content(package, point))
        if point.kind in {"value", "list"}:
            other = taken.setdefault(point.target, point.id)
            if other != point.id:
                nl = f"Punten '{other}' en '{point.id}' gaan over dezelfde parameter."
                found.append(_wrong("point-double", nl, f"'{other}' and '{point.id}' share a parameter.", point))
    return tuple(found)


def _parameter(one: Parameter) -> Iterator[Finding]:
    if one.type not in TYPES or not one.id:
        nl = f"Parameter '{one.id}' heeft een onbekend type '{one.type}'."
        yield _wrong("parameter-type", nl, f"Parameter '{one.id}' has an unknown type '{one.type}'.", one)
    elif not all(limits.readable(one.type, limit) for limit in (one.min, one.max)):
        nl = f"De grenzen van parameter '{one.id}' passen niet bij een {one.type}."
        yield _wrong("parameter-limit", nl, f"The limits of parameter '{one.id}' do not fit a {one.type}.", one)
    if not _BINDING.fullmatch(one.binding):
        nl = f"Parameter '{one.id}' heeft een onbekende binding '{one.binding}'."
        yield _wrong("parameter-binding", nl, f"Parameter '{one.id}' has an unknown binding '{one.binding}'.", one)


def _point(point: VariationPoint, known: Mapping[str, Parameter]) -> Iterator[Finding]:
    if not point.id:
        yield _wrong("point-id", "Een variatiepunt heeft geen id.", "A variation point has no id.", point)
    if point.on_expiry not in {"default", "stop"}:
        nl = f"Punt '{point.id}' heeft onExpiry '{point.on_expiry}'. Kies default of stop."
        en = f"Point '{point.id}' has onExpiry '{point.on_expiry}'. Choose default or stop."
        yield _wrong("point-expiry", nl, en, point)
    elif point.on_expiry == "default" and not point.safe:
        nl = f"Punt '{point.id}' heeft geen veilige standaard, dus onExpiry kan niet default zijn. Kies stop."
        en = f"Point '{point.id}' has no safe default, so that onExpiry cannot be default. Choose stop."
        yield _wrong("point-expiry", nl, en, point)
    if point.kind == "step" and point.statutory:
        nl = f"Stap '{point.element_name}' is wettelijk ({point.statutory}) en kan niet uit."
        en = f"Step '{point.element_name}' is statutory ({point.statutory}) and cannot be switched off."
        yield _wrong("point-statutory", nl, en, point)
    if point.kind not in {"value", "list"}:
        return
    parameter = known.get(point.target)
    if parameter is None:
        nl = f"Punt '{point.id}' noemt parameter '{point.target}', maar die is er niet."
        yield _wrong("point-parameter", nl, f"'{point.id}' names parameter '{point.target}', not there.", point)
    elif (parameter.type == "list") != (point.kind == "list"):
        nl = f"Punt '{point.id}' past niet bij een parameter van type {parameter.type}."
        yield _wrong("point-parameter", nl, f"'{point.id}' does not fit a parameter of type {parameter.type}.", point)
    elif not all(limits.readable(parameter.type, limit) for limit in (point.min, point.max)):
        nl = f"De grenzen van punt '{point.id}' passen niet bij een {parameter.type}."
        yield _wrong("point-limit", nl, f"The limits of point '{point.id}' do not fit a {parameter.type}.", point)


def _content(package: Package, point: VariationPoint) -> Iterator[Finding]:
    """Letters hold their own obligatory passages; the options of an alternative are there."""
    if point.kind == "alternative":
        for nl, en in alternatives.declared(package.process, point):
            yield _wrong("point-options", f"Punt '{point.id}' {nl}.", f"Point '{point.id}' {en}.", point)
    if point.kind == "slot":
        for nl, en in slots.declared(package.process, point):
            yield _wrong("point-slot", f"Punt '{point.id}' {nl}.", f"Point '{point.id}' {en}.", point)
    if point.kind == "mapping":
        for nl, en in catalogue.declared(point):
            yield _wrong("point-mapping", f"Punt '{point.id}' {nl}.", f"Point '{point.id}' {en}.", point)
    if point.kind != "text" or point.target not in package.texts:
        return
    for name in point.required:
        if name not in package.texts:
            nl = f"Punt '{point.id}' noemt de passage '{name}', maar er is geen texts/{name}.md. Voeg die toe."
            en = f"Point '{point.id}' names the passage '{name}', but there is no texts/{name}.md. Add it."
            yield _wrong("point-passage", nl, en, point)
        elif not letters.holds(package.texts[point.target], package.texts[name]):
            nl = f"In texts/{point.target}.md staat de verplichte passage '{name}' niet. Zet haar erin."
            en = f"The obligatory passage '{name}' is not in texts/{point.target}.md. Put it there."
            yield _wrong("point-passage", nl, en, point)


def _wrong(code: str, nl: str, en: str, where: Parameter | VariationPoint) -> Finding:
    return Finding(code, "error", nl, en, where.id, where.line)
