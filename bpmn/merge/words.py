"""Conflicts in plain sentences."""

from typing import Final

from bpmn.merge.model import Conflict, Side
from bpmn.merge.tree import Tree, Value, has_id
from bpmn.readers.names import base

_LONGEST: Final = 2000
_FACETS: Final = {
    "@name": ("de naam", "the name"),
    "@sourceRef": ("waar de pijl begint", "where the flow begins"),
    "@targetRef": ("waar de pijl heen gaat", "where the flow goes to"),
    "@attachedToRef": ("waar de randgebeurtenis aan hangt", "what the boundary event is attached to"),
    "@retries": ("het aantal pogingen", "the number of attempts"),
    "@min": ("het minimum", "the minimum"),
    "@max": ("het maximum", "the maximum"),
    "@formId": ("het formulier", "the form"),
    "@candidateGroups": ("de groep", "the group"),
    "@source": ("de bron", "the source"),
    "@expression": ("de expressie", "the expression"),
    "parent": ("de plaats in het proces", "the place in the process"),
    "lanes": ("de baan", "the lane"),
    "tag": ("de soort", "the kind"),
    "order": ("de volgorde", "the order"),
}
_TEXTS: Final = {
    "conditionExpression": ("de voorwaarde", "the condition"),
    "documentation": ("de toelichting", "the documentation"),
    "timeDuration": ("de duur", "the duration"),
    "timeDate": ("het tijdstip", "the date and time"),
    "timeCycle": ("de herhaling", "the cycle"),
    "question": ("de vraag", "the question"),
    "decisionTable": ("de beslistabel", "the decision table"),
    "text": ("een cel of expressie", "a cell or expression"),
}
_THINGS: Final = {
    "parameter": ("de parameter", "the parameter"),
    "role": ("de rol", "the role"),
    "constraint": ("de eis", "the constraint"),
    "input": ("de invoer", "the input"),
    "output": ("de uitvoer", "the output"),
    "header": ("de instelling", "the header"),
}


def changed(mine: Tree, theirs: Tree, key: str, facet: str, path: str) -> Conflict:
    """Both gave `facet` of the element another value."""
    record = mine.records[key]
    nl, en = _FACETS.get(facet) or _part(base(str(record.facets["tag"])), facet, has_id(key))
    values = [_value(tree, facet, tree.records[key].facets.get(facet, "")) for tree in (mine, theirs)]
    return _conflict(f"{key}{_suffix(facet)}", path, record.about, values, _of(mine, key, nl, en))


def reordered(mine: Tree, theirs: Tree, key: str, path: str) -> Conflict:
    """Both put what stands in the element in another order."""
    about = mine.records[key].about
    values = [", ".join(k.rsplit("#", 1)[-1] for k in tree.records[key].children) for tree in (mine, theirs)]
    return _conflict(f"{key}@order", path, about, values, _of(mine, key, *_FACETS["order"]))


def added_twice(mine: Tree, theirs: Tree, key: str, path: str) -> Conflict:
    """Both added an element with this id, and not the same."""
    name = mine.name(key[1:])
    sentence = (f"U en een ander voegden allebei '{name}' toe.", f"You and someone else both added '{name}'.")
    return _conflict(key, path, key[1:], [_whole(tree, key) for tree in (mine, theirs)], sentence)


def removed(mine: Tree, theirs: Tree, key: str, by: Side, path: str) -> Conflict:
    """One side (`by`) removed what the other changed or connected."""
    kept = theirs if by == "mine" else mine
    record = kept.records[key]
    what_nl, what_en = _called(kept, key)
    sentence = (
        (f"U verwijderde {what_nl}; een ander wijzigde het.", f"You removed {what_en}; someone else changed it.")
        if by == "mine"
        else (f"Een ander verwijderde {what_nl}; u wijzigde het.", f"Someone else removed {what_en}; you changed it.")
    )
    values = [_whole(tree, key) if key in tree.records else "" for tree in (mine, theirs)]
    return _conflict(key, path, record.about, values, sentence)


def whole(path: str, mine: bytes | None, theirs: bytes | None) -> Conflict:
    """Both changed a file that cannot be compared piece by piece, or one removed what the other changed."""
    values = ["" if each is None else each.decode(errors="replace")[:_LONGEST] for each in (mine, theirs)]
    sentence = (f"U en een ander wijzigden allebei het bestand {path}.", f"You and someone else both changed {path}.")
    if mine is None:
        sentence = (
            f"U verwijderde het bestand {path}; een ander wijzigde het.",
            f"You removed {path}; someone else changed it.",
        )
    if theirs is None:
        sentence = (
            f"Een ander verwijderde het bestand {path}; u wijzigde het.",
            f"Someone else removed {path}; you changed it.",
        )
    return _conflict("", path, "", values, sentence)


def _of(tree: Tree, key: str, nl: str, en: str) -> tuple[str, str]:
    if not tree.records[key].about:
        return f"U en een ander wijzigden allebei {nl}.", f"You and someone else both changed {en}."
    of_nl, of_en = _called(tree, key)
    return f"U en een ander wijzigden allebei {nl} van {of_nl}.", f"You and someone else both changed {en} of {of_en}."


def _called(tree: Tree, key: str) -> tuple[str, str]:
    """What people call the thing: a flow by its ends, a parameter by its name, a part of a step by the step."""
    about = tree.records[key].about
    while key in tree.records and not has_id(key):
        facets = tree.records[key].facets
        name = next((str(facets[n]) for n in ("@name", "@id", "@target", "@key") if n in facets), "")
        tag = base(str(facets["tag"]))
        if name and (tag in _THINGS or tag.endswith("Point")):
            nl, en = _THINGS.get(tag, ("het keuzepunt", "the variation point"))
            return f"{nl} '{name}'", f"{en} '{name}'"
        key = str(facets.get("parent", ""))
    own = tree.records[f"#{about}"].facets if f"#{about}" in tree.records else {}
    if base(str(own.get("tag", ""))) != "sequenceFlow":
        return f"'{tree.name(about)}'", f"'{tree.name(about)}'"
    begin, end = (tree.name(str(own.get(f"@{side}", ""))) for side in ("sourceRef", "targetRef"))
    return f"de pijl van '{begin}' naar '{end}'", f"the flow from '{begin}' to '{end}'"


def _part(tag: str, facet: str, own: bool) -> tuple[str, str]:
    if facet in ("text", "content"):
        return _TEXTS.get(tag, (f"de tekst '{tag}'", f"the text '{tag}'"))
    if facet == "@default":
        return ("de standaardpijl", "the default flow") if own else ("de standaardwaarde", "the default value")
    name = base(facet.removeprefix("@"))
    return (f"'{name}'", f"'{name}'") if own else (f"'{name}' bij '{tag}'", f"'{name}' at '{tag}'")


def _suffix(facet: str) -> str:
    return f"@{base(facet.removeprefix('@'))}"


def _value(tree: Tree, facet: str, value: Value) -> str:
    if isinstance(value, tuple):
        return ", ".join(tree.name(str(part).removeprefix("#")) for part in value)[:_LONGEST]
    if facet.endswith("Ref") or facet in ("@default", "parent"):
        return tree.name(value.removeprefix("#"))[:_LONGEST]
    return (base(value) if facet == "tag" else value)[:_LONGEST]


def _whole(tree: Tree, key: str) -> str:
    """The element in a few words: its kind, its name and what it says."""
    lines = []
    for inner in tree.subtree(key):
        facets = tree.records[inner].facets
        said = [
            f"{base(facet.removeprefix('@'))}: {_value(tree, facet, value)}"
            for facet, value in facets.items()
            if facet.startswith("@") or facet in ("text", "content")
        ]
        lines.append(" ".join((base(str(facets["tag"])), ", ".join(said))).strip())
    return "\n".join(lines)[:_LONGEST]


def _conflict(key: str, path: str, about: str, values: list[str], sentence: tuple[str, str]) -> Conflict:
    nl, en = sentence
    id_ = f"{path}{key if not key or key.startswith(('#', '~')) else '#' + key}"
    return Conflict(id_, path, about, f"{nl} Kies wat blijft.", f"{en} Choose what stays.", values[0], values[1])
