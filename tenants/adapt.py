"""A form adapted by a tenant: fields added, hidden, relabelled, explained and put in another order."""

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from bpmn.forms import Form
from bpmn.forms.read import from_schema
from bpmn.model import Finding
from tenants.variation import VariationPoint

Component = dict[str, object]
ACTIONS = ("add", "hide", "label", "help", "order")
MAX_ADDED = 50


@dataclass(slots=True)
class _Work:
    """A copy of the form's schema, being changed."""

    point: VariationPoint
    components: list[Component]
    readers: Mapping[str, str]
    taken: frozenset[str]
    findings: list[Finding] = field(default_factory=list)

    def fault(self, nl: str, en: str) -> None:
        point = self.point.id
        self.findings.append(Finding("choice-form", "error", f"{point}: {nl}.", f"{point}: {en}.", point))

    def find(self, key: str) -> tuple[list[Component], Component] | None:
        """The component with this dotted key, and the list that it stands in."""
        return next(((among, c) for among, c, k in _keys(self.components, "") if k == key), None)


def adapt(
    form: Form, point: VariationPoint, chosen: Mapping[str, object], readers: Mapping[str, str], taken: frozenset[str]
) -> tuple[Form | None, tuple[Finding, ...]]:
    """The adapted form; None with findings when the choice does not keep to the point.

    `readers`: variable → who reads it, never hidden; `taken`: names that a new field may not have."""
    schema = copy.deepcopy(dict(form.source))
    components = schema["components"]
    work = _Work(point, components if isinstance(components, list) else [], readers, taken)
    for action in sorted(set(chosen) - set(ACTIONS)):
        work.fault(f"'{action}' kan niet bij een formulier", f"'{action}' is not possible for a form")
    for action in ACTIONS:
        given = chosen.get(action)
        if not given:
            continue
        if action not in point.allow:
            work.fault(f"'{action}' mag hier niet", f"'{action}' is not allowed here")
            continue
        _DO[action](work, given)
    adapted, findings = from_schema(schema, form.path)
    for one in findings:
        nl, en = f"{point.id}: {one.nl}", f"{point.id}: {one.en}"
        work.findings.append(Finding(one.code, one.severity, nl, en, point.id))
    failed = any(f.severity == "error" for f in work.findings)
    return (None if failed else adapted), tuple(work.findings)


def labels(form: Form) -> dict[str, str]:
    """Dotted key → label of the components of a form, for sentences."""
    components = form.source.get("components")
    found = _keys(components, "") if isinstance(components, list) else ()
    return {k: str(c.get("dateLabel") or c.get("label") or k) for _, c, k in found}


def _add(work: _Work, given: object) -> None:
    if not isinstance(given, list) or len(given) > MAX_ADDED or not all(isinstance(c, Mapping) for c in given):
        work.fault("'add' moet een lijst van velden zijn", "'add' must be a list of fields")
        return
    for raw in given:
        added = copy.deepcopy(dict(raw))
        key = str(added.get("key") or added.get("path") or "")
        validate = added.get("validate")
        if not key or key.split(".")[0] in work.taken or work.find(key) is not None:
            work.fault(f"veld '{key}' bestaat al of heeft geen naam", f"field '{key}' exists already or has no name")
        if isinstance(validate, Mapping) and validate.get("required"):
            nl = f"veld '{key}' mag nog niet verplicht zijn"
            work.fault(nl, f"field '{key}' cannot be required yet")
        added.setdefault("id", f"eigen-{key.replace('.', '-')}")
        work.components.append(added)


def _hide(work: _Work, given: object) -> None:
    for key in given if isinstance(given, list) else [given]:
        found = work.find(str(key))
        if found is None:
            work.fault(f"er is geen veld '{key}'", f"there is no field '{key}'")
            continue
        among, component = found
        validate = component.get("validate")
        reader = work.readers.get(str(key).split(".", 1)[0])
        if "components" in component or (isinstance(validate, Mapping) and validate.get("required")):
            work.fault(f"veld '{key}' is verplicht en moet blijven", f"field '{key}' is required and must stay")
        elif reader is not None:
            work.fault(f"veld '{key}' wordt gebruikt door '{reader}'", f"field '{key}' is used by '{reader}'")
        else:
            among.remove(component)


def _rename(name: str) -> Callable[[_Work, object], None]:
    def change(work: _Work, given: object) -> None:
        for key, text in given.items() if isinstance(given, Mapping) else [(str(given), None)]:
            found = work.find(key)
            if found is None or not isinstance(text, str) or not 0 < len(text.strip()) <= 500:
                work.fault(
                    f"'{key}' heeft geen goede tekst of is geen veld", f"'{key}' has no good text or is no field"
                )
                continue
            component = found[1]
            component["dateLabel" if name == "label" and "dateLabel" in component else name] = text.strip()

    return change


def _order(work: _Work, given: object) -> None:
    """The named fields of one group take each other's places, in the order given."""
    keys = [str(k) for k in given] if isinstance(given, list) else []
    found = [work.find(k) for k in keys]
    places = [f for f in found if f is not None]
    if not places or len(places) != len(keys) or len(set(keys)) != len(keys):
        work.fault("'order' noemt een veld dat er niet is, of twee keer", "'order' names a field that is not there")
        return
    among = places[0][0]
    if any(other is not among for other, _ in places):
        work.fault("'order' gaat over velden uit één groep", "'order' is about fields of one group")
        return
    slots = sorted(next(i for i, c in enumerate(among) if c is component) for _, component in places)
    for slot, (_, component) in zip(slots, places, strict=True):
        among[slot] = component


def _keys(components: list[Component], above: str) -> Iterator[tuple[list[Component], Component, str]]:
    for component in list(components):
        inside = component.get("components")
        own = component.get("path") if isinstance(inside, list) else component.get("key")
        name = f"{above}{own}" if own else above.rstrip(".")
        if own:
            yield components, component, name
        if isinstance(inside, list):
            yield from _keys(inside, f"{name}." if name else "")


_DO: Mapping[str, Callable[[_Work, object], None]] = {
    "add": _add,
    "hide": _hide,
    "label": _rename("label"),
    "help": _rename("description"),
    "order": _order,
}
