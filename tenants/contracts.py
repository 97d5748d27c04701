"""What a choice relies on in its base, and what became of that in another version of the base."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bpmn import dmn, feel, xml
from bpmn.compare.content import content
from bpmn.compare.words import Words
from bpmn.forms import Form
from bpmn.model import Node
from bpmn.package import Package
from tenants import adapt, alternatives, catalogue, limits, rules, slot_contract, structure, variation
from tenants.describe import words
from tenants.override import Choice
from tenants.variation import Parameter, VariationPoint

_VALUES = frozenset({"value", "list"})
_TYPES = {
    "number": Words("een getal", "a number"),
    "text": Words("een tekst", "a text"),
    "boolean": Words("ja of nee", "yes or no"),
    "duration": Words("een termijn", "a term"),
    "date": Words("een datum", "a date"),
    "list": Words("een lijst", "a list"),
    "group": Words("een groep", "a group"),
}
_STEP = ("kind", "name", "triggers", "interrupting", "loop", "inputs", "outputs", "condition", "work", "documentation")


@dataclass(frozen=True, slots=True)
class Side:
    """One version of the base with its points and parameters by id."""

    package: Package
    points: Mapping[str, VariationPoint]
    parameters: Mapping[str, Parameter]


def side(package: Package) -> Side:
    """The points and parameters of a version, found once."""
    return Side(package, {p.id: p for p in variation.points(package)}, variation.parameters(package))


def name(one: Side, point: VariationPoint) -> str:
    """What people call the thing that a point is about: the parameter or the step."""
    parameter = one.parameters.get(point.target) if point.kind in _VALUES else None
    return parameter.name if parameter else point.element_name


def gone(was: Side, now: Side, choice: Choice) -> Words | None:
    """Why a choice has nothing left to be about; None when its point and what that is about are still there."""
    before, after = was.points.get(choice.point), now.points.get(choice.point)
    about = before or after
    if about is None:
        return Words("het model kent dit punt niet", "the model does not know this point")
    lost = _lost(was, now, about, after)
    if lost is not None or after is not None:
        return lost
    called = name(was, about)
    nl = f"bij '{called}' kan een gemeente niet meer kiezen"
    return Words(nl, f"municipalities can no longer choose at '{called}'")


def _lost(was: Side, now: Side, point: VariationPoint, after: VariationPoint | None) -> Words | None:
    called = name(was, point)
    if point.kind in _VALUES:
        if point.target not in now.parameters:
            return Words(f"de parameter '{called}' bestaat niet meer", f"the parameter '{called}' no longer exists")
    elif point.kind == "rule" and point.target not in now.package.decisions:
        return Words(
            f"de beslissing '{point.target}' bestaat niet meer", f"the decision '{point.target}' no longer exists"
        )
    elif point.kind == "form" and point.target not in now.package.forms:
        return Words(f"het formulier '{point.target}' bestaat niet meer", f"the form '{point.target}' no longer exists")
    elif point.kind == "text" and point.target not in now.package.texts:
        return Words(f"de tekst '{point.target}' bestaat niet meer", f"the text '{point.target}' no longer exists")
    same = after is not None and (after.element_kind, after.element_name) == (point.element_kind, point.element_name)
    if point.element_kind == "process" or same or point.element in _elements(now.package):
        return None
    nl, en = ("de tak", "the branch") if point.element_kind == "sequenceFlow" else ("de stap", "the step")
    return Words(f"{nl} '{called}' bestaat niet meer", f"{en} '{called}' no longer exists")


def _elements(package: Package) -> frozenset[str]:
    nodes = package.process.nodes.values()
    return frozenset({n.id for n in nodes} | {f.id for n in nodes for f in n.outgoing})


def heir(was: Side, now: Side, choice: Choice) -> VariationPoint | None:
    """The point that took over, when that is plain: about something of the same kind with the same name."""
    before = was.points.get(choice.point)
    if before is None:
        return None
    called = name(was, before).casefold()
    known = {i for i in was.points if i != choice.point}
    found = [p for i, p in now.points.items() if i not in known and p.kind == before.kind]
    found = [p for p in found if name(now, p).casefold() == called]
    return found[0] if len(found) == 1 else None


def breaks(was: Side, now: Side, choice: Choice) -> Iterator[Words]:
    """What the choice relied on and the new version has otherwise."""
    before, after = was.points.get(choice.point), now.points.get(choice.point)
    if before is None or after is None:
        return
    if before.kind != after.kind:
        yield Words("dit is een ander soort keuze geworden", "this has become another kind of choice")
    elif before.target != after.target:
        yield Words(
            f"de keuze gaat nu over '{name(now, after)}' ({after.target})",
            f"the choice is now about '{name(now, after)}' ({after.target})",
        )
    elif before.kind in _VALUES:
        yield from _retyped(was.parameters.get(before.target), now.parameters.get(after.target))
    elif before.kind == "rule":
        yield from _inputs(was.package, now.package, after.target, str(choice.chosen))
    elif before.kind == "slot":
        yield from slot_contract.broken(before.contract, after.contract)
    elif before.kind == "mapping":
        yield from catalogue.otherwise(before, after)
    elif before.kind == "form" and isinstance(choice.chosen, Mapping):
        yield from _taken(was.package.forms.get(before.target), now.package.forms.get(after.target), choice.chosen)


def _taken(before: Form | None, after: Form | None, chosen: Mapping[str, object]) -> Iterator[Words]:
    """Fields of the tenant's own that the base has made its own."""
    added = chosen.get("add")
    keys = {str(c.get("key")) for c in added if isinstance(c, Mapping)} if isinstance(added, list) else set()
    old, new = (adapt.labels(form) if form else {} for form in (before, after))
    for key in sorted(keys & new.keys() - old.keys()):
        yield Words(f"de basis heeft nu zelf een veld '{key}'", f"the base has a field '{key}' of its own now")


def _retyped(before: Parameter | None, after: Parameter | None) -> Iterator[Words]:
    if before is None or after is None:
        return
    if before.type != after.type:
        old, new = (_TYPES.get(t, Words(t, t)) for t in (before.type, after.type))
        yield Words(f"'{after.name}' was {old.nl} en is nu {new.nl}", f"'{after.name}' was {old.en}, now {new.en}")
    elif (before.item, before.unit) != (after.item, after.unit):
        old_unit, new_unit = (p.unit or p.item for p in (before, after))
        yield Words(
            f"'{after.name}' was in {old_unit} en is nu in {new_unit}",
            f"'{after.name}' was in {old_unit}, now in {new_unit}",
        )


def _inputs(was: Package, now: Package, decision: str, own: str) -> Iterator[Words]:
    """Inputs of the base that the tenant's own table reads too, and that are gone or have another type."""
    model, _ = dmn.read(own.encode())
    if model is None or decision not in model.decisions or decision not in was.decisions:
        return
    before, after = (p.decisions[decision].decisions[decision].reads for p in (was, now))
    added = ", ".join(f"'{n}'" for n in sorted(after - before))
    for lost in sorted((before - after) & model.decisions[decision].reads):
        nl, en = f"de tabel leest '{lost}', de basis niet meer", f"the table reads '{lost}', the base no longer does"
        yield Words(f"{nl} (nieuw is {added})" if added else nl, f"{en} (new is {added})" if added else en)
    old, new, mine = (_columns(s, decision) for s in (_source(was, decision), _source(now, decision), own.encode()))
    for text in sorted(set(old) & set(new) & set(mine)):
        if old[text] != new[text]:
            yield Words(
                f"'{text}' was van type {old[text] or '?'} en is nu {new[text] or '?'}",
                f"'{text}' was of type {old[text] or '?'}, now {new[text] or '?'}",
            )


def _columns(source: bytes, decision: str) -> Mapping[str, str]:
    """Expression → type of the inputs of a table; empty when it is none."""
    try:
        found = rules.table(source, decision)
    except xml.Unreadable:
        return {}
    return found.inputs if found else {}


def _source(package: Package, decision: str) -> bytes:
    return package.files.get(package.sources.get(decision, ""), b"")


def changed(was: Side, now: Side, choice: Choice) -> Words | None:
    """What changed in the base where the choice stands, while the choice still fits; None when nothing did."""
    before, after = was.points.get(choice.point), now.points.get(choice.point)
    if before is None or after is None:
        return None
    if after.kind in _VALUES:
        return _default(was.parameters.get(before.target), now.parameters.get(after.target))
    if after.kind == "rule":
        sources = [structure.bare(_source(one.package, after.target)) for one in (was, now)]
        nl = f"de tabel van de basis bij '{after.element_name}' is veranderd"
        return Words(nl, f"the base's table at '{after.element_name}' has changed") if len(set(sources)) > 1 else None
    if after.kind == "form":
        forms = [one.package.forms.get(after.target) for one in (was, now)]
        nl = f"het formulier van de basis bij '{after.element_name}' is veranderd"
        en = f"the base's form at '{after.element_name}' has changed"
        return Words(nl, en) if len({content(f.fields) for f in forms if f}) > 1 else None
    if after.kind == "text" and len({one.package.texts.get(after.target) for one in (was, now)}) > 1:
        nl = f"de tekst van de basis bij '{after.element_name}' is veranderd"
        return Words(nl, f"the base's text at '{after.element_name}' has changed")
    if after.kind == "alternative" and _options(was.package, before) != _options(now.package, after):
        nl = f"de keuzes van de basis bij '{after.element_name}' zijn veranderd"
        return Words(nl, f"the base's options at '{after.element_name}' have changed")
    if after.kind == "slot" and (before.contract != after.contract or _slot(was, before) != _slot(now, after)):
        nl = f"het slot '{after.element_name}' is in de basis veranderd"
        return Words(nl, f"the slot '{after.element_name}' has changed in the base")
    if after.kind == "step" and _step(was.package, before) != _step(now.package, after):
        nl = f"de stap '{after.element_name}' is in de basis veranderd"
        return Words(nl, f"the step '{after.element_name}' has changed in the base")
    return None


def _default(before: Parameter | None, after: Parameter | None) -> Words | None:
    if before is None or after is None:
        return None
    if before.default != after.default:
        old, new = shown(before), shown(after)
        return Words(f"de basis had {old.nl} en heeft nu {new.nl}", f"the base had {old.en} and now has {new.en}")
    if (before.binding, before.role) != (after.binding, after.role):
        nl = f"de basis gebruikt '{after.name}' op een ander moment of voor een andere rol"
        return Words(nl, f"the base uses '{after.name}' at another moment or for another role")
    return None


def shown(parameter: Parameter) -> Words:
    """The base's value of a parameter in words; as it stands in the file when that has not its type."""
    try:
        return words(parameter, limits.default(parameter, feel.Evaluation(0)))
    except limits.Wrong:
        return Words(parameter.default, parameter.default)


def _step(package: Package, point: VariationPoint) -> object:
    """What the element of a step point does, with all that stands inside it."""
    nodes = package.process.nodes
    flow = next((f for n in nodes.values() for f in n.outgoing if f.id == point.element), None)
    if flow is not None:
        return flow.name, content(flow.condition), flow.source, flow.target
    return tuple((n.id, *(content(getattr(n, f)) for f in _STEP)) for n in _inside(package, point.element))


def _slot(one: Side, point: VariationPoint) -> object:
    """What the base does in a slot, apart from its contract: what it gives, and the process that it calls itself."""
    node = one.package.process.nodes.get(point.element)
    process = one.package.processes.get(node.work.called.text) if node and node.work.called else None
    inside = [(n.id, *(content(getattr(n, f)) for f in _STEP)) for n in process.nodes.values()] if process else []
    return _step(one.package, point), inside


def _options(package: Package, point: VariationPoint) -> object:
    """What can be chosen at an alternative: the flows by name and where they lead, and the base's own."""
    process = package.process
    return alternatives.default(process, point), [
        (flow.id, alternatives.called(process, flow), flow.target) for flow in alternatives.flows(process, point)
    ]


def _inside(package: Package, element: str) -> Iterator[Node]:
    nodes = package.process.nodes
    scopes: set[str | None] = {element}
    # A container stands before its content.
    for node in nodes.values():
        if node.id == element or node.scope in scopes:
            scopes.add(node.id)
            yield node


def equal(now: Side, choice: Choice, effective: Package) -> bool:
    """Whether the choice says what the new base says by itself. `effective`: the base with the choice applied."""
    point = now.points[choice.point]
    parameter = now.parameters.get(point.target)
    if point.kind in _VALUES and parameter is not None:
        try:
            return limits.plain(parameter, choice.chosen) == limits.default(parameter, feel.Evaluation(0))
        except limits.Wrong:
            return False
    if point.kind == "step":
        return choice.chosen is point.default_on
    if point.kind == "rule":
        return structure.bare(str(choice.chosen).encode()) == structure.bare(_source(now.package, point.target))
    if point.kind == "text":
        return str(choice.chosen).split() == now.package.texts.get(point.target, "").split()
    if point.kind == "alternative":
        return alternatives.same(now.package.process, point, choice.chosen)
    if point.kind == "form" and point.target in effective.forms:
        return dict(effective.forms[point.target].source) == dict(now.package.forms[point.target].source)
    return False
