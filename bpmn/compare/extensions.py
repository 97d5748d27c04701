"""The `plus1` elements of two processes: parameters, points, roles, constraints, duties, by what they are about."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bpmn.compare import narrowing
from bpmn.compare.changes import About, Change, added, removed
from bpmn.compare.facts import Fact, Grade, compared, differences, major, minor, order, paired, patch
from bpmn.compare.steps import called, flow_called
from bpmn.compare.words import Words, kind, said
from bpmn.model import Declared, Process

_SUBJECTS = {
    "parameter": "parameter",
    "role": "role",
    "constraint": "constraint",
    "visibleTo": "visibility",
    "statutory": "statutory",
    "fourEyes": "four-eyes",
    "package": "package",
}
_KEYS = {"constraint": "expression", "visibleTo": "variable"}
_LABELS: Mapping[str, tuple[str, str]] = {
    "key": ("sleutel", "key"),
    "uses": ("gebruikte pakketten", "used packages"),
    "name": ("naam", "name"),
    "type": ("soort", "type"),
    "item": ("soort onderdelen", "type of the items"),
    "unit": ("eenheid", "unit"),
    "default": ("standaard", "default"),
    "min": ("ondergrens", "minimum"),
    "max": ("bovengrens", "maximum"),
    "source": ("bron", "source"),
    "role": ("rol", "role"),
    "roles": ("rollen", "roles"),
    "binding": ("moment van vaststellen", "binding"),
    "expression": ("voorwaarde", "expression"),
    "message": ("melding", "message"),
    "owner": ("wie kiest", "who chooses"),
    "safe": ("standaard is veilig", "default is safe"),
    "onExpiry": ("wat er gebeurt als eerdere versies niet meer mogen", "what happens when earlier versions end"),
    "parameter": ("parameter", "parameter"),
    "allowed": ("toegestane waarden", "allowed values"),
    "allow": ("wat mag", "what is allowed"),
    "decision": ("beslissing", "decision"),
    "hitPolicyFixed": ("trefregel ligt vast", "hit policy is fixed"),
    "form": ("formulier", "form"),
    "text": ("tekst", "text"),
    "required": ("verplichte passages", "required passages"),
    "question": ("vraag", "question"),
    "whenOff": ("waarde als de stap uit staat", "value when the step is off"),
    "voids": ("vervallen scenario", "scenario that no longer applies"),
    "basis": ("grondslag", "legal basis"),
    "other": ("andere stap", "other step"),
    "variable": ("gegeven", "variable"),
    "input": ("krijgt", "gets"),
    "output": ("geeft terug", "gives back"),
    "result": ("resultaat", "result"),
    "class": ("uitgang", "exit"),
    "ends": ("einde van de basis", "end of the base"),
    "replace": ("mag de aanroep vervangen", "may replace what is called"),
    "maps": ("koppelt aan de catalogus", "ties to the catalogue"),
}
_NAMED = frozenset({"name", "value"})
_GRADES: Mapping[str, Mapping[str, Grade]] = {
    "parameter": {
        **dict.fromkeys(("id", "type", "item", "unit"), major),
        "name": patch,
        "source": patch,
        "min": narrowing.lowest,
        "max": narrowing.highest,
    },
    "constraint": {"expression": major, "message": patch},
    "package": {"key": major},
}
_POINT: Mapping[str, Grade] = {
    "default": minor,
    "question": patch,
    "voids": patch,
    "whenOff": minor,
    "min": narrowing.lowest,
    "max": narrowing.highest,
    "allow": narrowing.members(None, empty_is_all=False),
    "allowed": narrowing.members("|", empty_is_all=True),
    "hitPolicyFixed": narrowing.shut,
    "safe": narrowing.opened,
    "onExpiry": minor,
}


@dataclass(frozen=True, slots=True)
class Place:
    """A `plus1` element with the element that carries it."""

    declared: Declared
    owner: str
    called: Words

    @property
    def tag(self) -> str:
        """The name of the element."""
        return self.declared.tag


def places(process: Process) -> dict[str, Place]:
    """The `plus1` elements of a process, its lanes apart, by what stays the same when their attributes change."""
    found: dict[str, Place] = {}
    seen: Counter[str] = Counter()
    for place in _all(process):
        key = _key(place)
        seen[key] += 1
        found[key if seen[key] == 1 else f"{key} {seen[key]}"] = place
    return found


def _all(process: Process) -> Iterator[Place]:
    name = process.name or process.id
    for one in process.declared:
        yield Place(one, "", Words(f"Proces '{name}'", f"Process '{name}'"))
    for node in process.nodes.values():
        if node.id != process.id:
            for one in node.declared:
                yield Place(one, node.id, called(node, process))
        for flow in node.outgoing:
            for one in flow.declared:
                yield Place(one, flow.id, flow_called(flow, process))


def _key(place: Place) -> str:
    one, tag = place.declared, place.tag
    if tag.endswith("Point"):
        return f"point {one.attributes.get('id', '')}"
    if tag in {"parameter", "role"}:
        return f"{tag} {place.owner} {one.attributes.get('id', '')}"
    return f"{tag} {place.owner} {one.attributes.get(_KEYS.get(tag, ''), '')}"


def changes(old: Process, new: Process) -> Iterator[Change]:
    """What differs between the `plus1` elements of two processes."""
    before, after = places(old), places(new)
    gone, came, stayed = paired(before, after)
    may_go = optional(before)
    reworded = list(zip(_constraints(gone), _constraints(came), strict=False))
    former, latter = {a for a, _ in reworded}, {b for _, b in reworded}
    for key in [k for k in gone if k not in former]:
        yield removed(_about(before[key], old), _gone(before[key].tag))
    for key in [k for k in came if k not in latter]:
        details, _ = differences({}, {k: fact for k, fact in _facts(after[key]).items() if k != "@id"})
        yield added(_about(after[key], new), _came(after[key], may_go), details)
    for was, now in [*reworded, *((k, k) for k in stayed)]:
        mine, theirs = before[was], after[now]
        facts, facts_now = _facts(mine) | _order(mine, theirs), _facts(theirs) | _order(theirs, mine)
        yield from compared(_about(theirs, new), facts, facts_now, _about(mine, old))


def _constraints(keys: Iterable[str]) -> list[str]:
    """Constraints have no id: those whose expression changed are taken in the order of the file."""
    return [k for k in keys if k.startswith("constraint ")]


def optional(found: Mapping[str, Place]) -> frozenset[str]:
    """Ids of the elements that a municipality may switch off."""
    return frozenset(place.owner for place in found.values() if place.tag == "stepPoint")


def role_facts(declared: tuple[Declared, ...]) -> dict[str, Fact]:
    """The `plus1` elements of a lane as facts of that lane."""
    return {
        f"{number} {key}": fact
        for number, one in enumerate(declared)
        for key, fact in _facts(Place(one, "", said(None))).items()
    }


def _gone(tag: str) -> str:
    return "major" if tag.endswith("Point") or tag == "parameter" else "minor"


def _came(place: Place, may_go: frozenset[str]) -> str:
    """A new constraint, or a duty on a step that could be switched off, may refuse what others chose."""
    refuses = place.tag == "constraint" or (place.tag == "statutory" and place.owner in may_go)
    return "major" if refuses else "minor"


def _about(place: Place, process: Process) -> About:
    tag, attributes = place.tag, place.declared.attributes
    subject = "point" if tag.endswith("Point") else _SUBJECTS.get(tag, "other")
    name = attributes.get("name") or attributes.get("id") or place.owner
    nl, en = {
        "parameter": (f"Parameter '{name}'", f"Parameter '{name}'"),
        "role": (f"Rol '{name}'", f"Role '{name}'"),
        "constraint": (f"Voorwaarde '{_message(place)}'", f"Constraint '{_message(place)}'"),
        "visibility": _with("Afscherming van", "Restriction on", attributes.get("variable", "")),
        "statutory": (f"{place.called.nl}: wettelijke plicht", f"{place.called.en}: statutory duty"),
        "four-eyes": (f"{place.called.nl}: eis van vier ogen", f"{place.called.en}: four eyes"),
        "package": (f"Pakket '{attributes.get('key', '')}'", f"Package '{attributes.get('key', '')}'"),
        "point": _with("Open punt", "Variation point", _question(place.declared) or name),
        "other": (f"{place.called.nl}: '{tag}'", f"{place.called.en}: '{tag}'"),
    }[subject]
    own = attributes.get("id") if subject in {"parameter", "role", "point"} else place.owner
    return About(subject, own or place.owner or process.id, Words(nl, en), process.path)


def _with(nl: str, en: str, name: str) -> tuple[str, str]:
    return f"{nl} '{name}'", f"{en} '{name}'"


def _message(place: Place) -> str:
    return place.declared.attributes.get("message") or place.declared.attributes.get("expression", "")


def _question(one: Declared) -> str:
    return next((c.text for c in one.children if c.tag == "question"), "")


def _facts(place: Place) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    if place.tag.endswith("Point"):
        facts["tag"] = Fact("soort punt", "kind of point", place.tag, major, kind(place.tag))
        facts["where"] = Fact("staat bij", "stands at", place.owner, minor, place.called)
    for key, value, tag, name in _values(place.declared, "", ""):
        nl, en = _LABELS.get(tag or name, (tag or name, tag or name))
        if tag in {"input", "output", "result"} and name not in _NAMED:
            more = _LABELS.get(name, (name, name))
            nl, en = f"{nl}, {more[0]}", f"{en}, {more[1]}"
        grade = _grade(place.tag, tag or name)
        words = kind(value) if name in {"type", "owner"} or value in {"on", "off", "true", "false"} else None
        facts[key] = Fact(nl, en, value, grade, words)
    return facts


def _order(place: Place, other: Place) -> dict[str, Fact]:
    mine, theirs = ([_child(c) for c in p.declared.children] for p in (place, other))
    return {"order": Fact("volgorde van de onderdelen", "order of the parts", order(mine, theirs))}


def _child(one: Declared) -> str:
    """What tells a child of a `plus1` element from another with its tag."""
    own = next((one.attributes[n] for n in ("target", "scenario", "name", "value") if n in one.attributes), "")
    return f"{one.tag} {own}"


def _grade(tag: str, name: str) -> Grade:
    if tag.endswith("Point"):
        # What a slot, an outcome or a target promises is a contract; only what is added to it is no break.
        return _POINT.get(name, _contract)
    return _GRADES.get(tag, {}).get(name, minor)


def _contract(before: object, after: object) -> str:
    return "minor" if before is None else "major"


def _values(one: Declared, above: str, tag: str) -> Iterator[tuple[str, str, str, str]]:
    """Key, value, tag of the child (empty for the element itself) and attribute, through all children."""
    for name, value in one.attributes.items():
        yield f"{above}@{name}", value, tag, name
    if one.text:
        yield f"{above}#", one.text, tag, "text"
    seen: Counter[str] = Counter()
    for child in one.children:
        key = _child(child)
        seen[key] += 1
        yield from _values(child, f"{above}{key} {seen[key]}/", child.tag)
