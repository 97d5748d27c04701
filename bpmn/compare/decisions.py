"""Two versions of the decisions of a package: inputs, outputs and rules of tables, and other logic."""

from collections.abc import Iterator, Mapping

from bpmn.compare.changes import About, Change, added, removed
from bpmn.compare.facts import Fact, Grade, compared, differences, major, minor, order, paired, patch
from bpmn.compare.tables import Column, Part, Rule
from bpmn.compare.words import Words, said

_TAGS = {
    "decision": Words("Beslissing", "Decision"),
    "inputData": Words("Invoergegeven", "Input data"),
    "businessKnowledgeModel": Words("Rekenregel", "Business knowledge model"),
    "decisionService": Words("Beslisdienst", "Decision service"),
    "itemDefinition": Words("Gegevenssoort", "Item definition"),
}


def changes(old: Mapping[str, Part], new: Mapping[str, Part], relied: frozenset[str]) -> Iterator[Change]:
    """What differs between the elements of two sets of DMN files. `relied`: decisions that others may replace by a
    table of their own, so that their inputs and outputs are a contract."""
    gone, came, stayed = paired(old, new)
    for key in gone:
        yield removed(_about(old[key]), "major" if key in relied else "minor")
    for key in came:
        yield added(_about(new[key]), "minor")
    for key in stayed:
        yield from _part(old[key], new[key], major if key in relied else minor)


def _about(part: Part) -> About:
    noun, name = _TAGS.get(part.tag, Words(part.tag, part.tag)), part.name or part.id
    called = Words(f"{noun.nl} '{name}'", f"{noun.en} '{name}'")
    return About("decision" if part.tag == "decision" else "logic", part.id, called, part.path)


def _part(old: Part, new: Part, grade: Grade) -> Iterator[Change]:
    yield from compared(_about(new), _facts(old, new, grade), _facts(new, old, grade))
    for subject, nl, en in (("input", "Invoer", "Input"), ("output", "Uitkomst", "Output")):
        before, after = ((p.inputs if subject == "input" else p.outputs) or {} for p in (old, new))
        gone, came, stayed = paired(before, after)
        for key in gone:
            yield removed(_column_about(subject, nl, en, before[key], old), grade(1, None))
        for key in came:
            yield added(_column_about(subject, nl, en, after[key], new), grade(None, 1))
        for key in stayed:
            about = _column_about(subject, nl, en, after[key], new)
            yield from compared(about, _column(before[key], grade), _column(after[key], grade))
    yield from _rules(old, new)


def _facts(part: Part, other: Part, grade: Grade) -> dict[str, Fact]:
    facts = {
        "name": Fact("naam", "name", part.name, patch),
        "tag": Fact("soort", "kind", part.tag),
        "path": Fact("bestand", "file", part.path, patch),
        "notes": Fact("uitleg", "description", part.notes, patch),
        "needs": Fact("wat nodig is", "what it requires", part.needs),
        "gives": Fact("variabele", "variable", part.gives, grade),
        "table": Fact("beslistabel", "decision table", part.rules is not None, grade),
        "policy": Fact("trefregel", "hit policy", part.policy, grade),
        "logic": Fact("inhoud", "logic", part.logic, minor, said(part.said)),
    }
    for name, nl, en, weight in (
        ("inputs", "volgorde van de invoer", "order of the inputs", patch),
        ("outputs", "volgorde van de uitkomsten", "order of the outputs", minor),
        ("rules", "volgorde van de regels", "order of the rules", minor),
    ):
        keys = order(getattr(part, name) or (), getattr(other, name) or ())
        facts[name] = Fact(nl, en, keys, weight, _names(part, name, keys))
    return facts


def _names(part: Part, name: str, keys: tuple[str, ...]) -> Words:
    if name == "rules":
        notes = {k: (part.rules or {})[k].notes for k in keys}
        return said(tuple(notes[k].splitlines()[0] if notes[k] else k.rsplit(" ", 1)[0] for k in keys))
    columns = (part.inputs if name == "inputs" else part.outputs) or {}
    return said(tuple(columns[k].called for k in keys))


def _column_about(subject: str, nl: str, en: str, column: Column, part: Part) -> About:
    name, decision = column.called, part.name or part.id
    called = Words(f"{nl} '{name}' van beslissing '{decision}'", f"{en} '{name}' of decision '{decision}'")
    return About(subject, part.id, called, part.path)


def _column(column: Column, grade: Grade) -> dict[str, Fact]:
    return {
        "label": Fact("kop", "label", column.label, patch),
        "text": Fact("gegeven", "what it is about", column.text, grade),
        "type": Fact("soort", "type", column.type, grade),
        "allowed": Fact("toegestane waarden", "allowed values", column.allowed),
        "default": Fact("standaard", "default", column.default),
    }


def _rules(old: Part, new: Part) -> Iterator[Change]:
    before, after = old.rules or {}, new.rules or {}
    gone, came, stayed = paired(before, after)
    for key in gone:
        details, _ = differences(_rule(before[key], old), {})
        yield removed(_rule_about(before[key], key, old), "minor", details)
    for key in came:
        details, _ = differences({}, _rule(after[key], new))
        yield added(_rule_about(after[key], key, new), "minor", details)
    for key in stayed:
        yield from compared(_rule_about(after[key], key, new), _rule(before[key], old), _rule(after[key], new))


def _rule_about(rule: Rule, key: str, part: Part) -> About:
    note = f" ({rule.notes.splitlines()[0][:80]})" if rule.notes else ""
    decision = part.name or part.id
    called = Words(
        f"Regel {rule.number}{note} van beslissing '{decision}'", f"Rule {rule.number}{note} of decision '{decision}'"
    )
    return About("rule", key.rsplit(" ", 1)[0], called, part.path)


def _rule(rule: Rule, part: Part) -> dict[str, Fact]:
    facts = {}
    for columns, cells, side in ((part.inputs, rule.cells, "in"), (part.outputs, rule.outputs, "out")):
        for key, text in cells.items():
            name = (columns or {})[key].called if key in (columns or {}) else key
            facts[f"{side} {key}"] = Fact(f"'{name}'", f"'{name}'", text or None)
    if any(rule.width):
        facts["width"] = Fact("cellen te veel of te weinig", "cells too many or too few", rule.width)
    facts["notes"] = Fact("toelichting", "annotation", rule.notes or None, patch)
    return facts
