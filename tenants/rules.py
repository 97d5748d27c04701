"""A decision table of the tenant's own in place of the base's: same outputs, a catch-all row, only known names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from bpmn import dmn, xml
from bpmn.model import Finding
from bpmn.package import Package
from tenants.variation import VariationPoint


@dataclass(frozen=True, slots=True)
class Table:
    """The outside of a decision table: `outputs` by name with their type, `inputs` by expression with their type,
    `rules` the number of rows, `catch_all`: a row without conditions, or a default for every output."""

    hit_policy: str
    outputs: Mapping[str, str]
    rules: int
    catch_all: bool
    inputs: Mapping[str, str]


def replace(
    package: Package, point: VariationPoint, source: str, known: frozenset[str]
) -> tuple[dmn.DecisionModel | None, tuple[Finding, ...]]:
    """The tenant's decisions when they may stand in for the base's file; findings with the point's id otherwise."""
    path = package.sources.get(point.target, "")
    model, findings = dmn.read(source.encode(), path=path)
    faults = [Finding(f.code, f.severity, f"{point.id}: {f.nl}", f"{point.id}: {f.en}", point.id) for f in findings]
    if model is None or any(f.severity == "error" for f in faults):
        return None, tuple(faults)
    before = package.decisions.get(point.target)
    faults.extend(_compare(package, point, source, model, before))
    if point.target in model.decisions:
        decision = model.decisions[point.target]
        for name in sorted(decision.reads - decision.maybe - known):
            nl = f"de tabel leest '{name}', maar geen formulier of stap vult dat"
            faults.append(_fault(point, nl, f"the table reads '{name}', which no form or step fills"))
    return model, tuple(faults)


def table(source: bytes, decision_id: str) -> Table | None:
    """The table of a decision in a DMN file; None when it is no table. Raises xml.Unreadable."""
    for decision in xml.parse(source).iter("{*}decision"):
        found = decision.find("{*}decisionTable")
        if decision.get("id") == decision_id and found is not None:
            columns = found.findall("{*}input/{*}inputExpression")
            inputs = {(c.findtext("{*}text") or "").strip(): c.get("typeRef") or "" for c in columns}
            outputs = {o.get("name") or "": o.get("typeRef") or "" for o in found.findall("{*}output")}
            rules = found.findall("{*}rule")
            with_default = [o for o in found.findall("{*}output") if _texts(o, "defaultOutputEntry") not in ([], [""])]
            catches = any(all(t in {"", "-"} for t in _texts(rule, "inputEntry")) for rule in rules)
            return Table(
                found.get("hitPolicy") or "UNIQUE",
                outputs,
                len(rules),
                catches or (bool(outputs) and len(with_default) == len(outputs)),
                inputs,
            )
    return None


def _compare(
    package: Package,
    point: VariationPoint,
    source: str,
    model: dmn.DecisionModel,
    before: dmn.DecisionModel | None,
) -> Iterator[Finding]:
    missing = sorted((set(before.decisions) if before else {point.target}) - set(model.decisions))
    for name in missing:
        yield _fault(point, f"beslissing '{name}' ontbreekt", f"decision '{name}' is missing")
    other = {d: p for d, p in package.sources.items() if p != package.sources.get(point.target)}
    for name in sorted(set(model.decisions) & set(other)):
        yield _fault(point, f"beslissing '{name}' bestaat al", f"decision '{name}' exists already")
    if missing or point.target not in package.sources:
        return
    base = table(package.files[package.sources[point.target]], point.target)
    own = table(source.encode(), point.target)
    if base is None or own is None:
        if base is not own:
            yield _fault(point, "dit moet een beslistabel zijn", "this must be a decision table")
        return
    if dict(base.outputs) != dict(own.outputs):
        names = ", ".join(f"{n} ({t or '?'})" for n, t in base.outputs.items())
        yield _fault(point, f"de uitkomsten moeten zijn: {names}", f"the outputs must be: {names}")
    if point.hit_policy_fixed and base.hit_policy != own.hit_policy:
        nl = f"de trefregel moet {base.hit_policy} zijn, niet {own.hit_policy}"
        yield _fault(point, nl, f"the hit policy must be {base.hit_policy}, not {own.hit_policy}")
    if not own.catch_all:
        nl = "de tabel mist een laatste regel die altijd geldt"
        yield _fault(point, nl, "the table has no row that always holds")


def _texts(element: etree._Element, tag: str) -> list[str]:
    return [(e.findtext("{*}text") or "").strip() for e in element.findall(f"{{*}}{tag}")]


def _fault(point: VariationPoint, nl: str, en: str) -> Finding:
    return Finding("choice-rule", "error", f"{point.id}: {nl}.", f"{point.id}: {en}.", point.id)
