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
    "@default": ("de standaardpijl", "the default flow"),
    "@attachedToRef": ("waar de randgebeurtenis aan hangt", "what the boundary event is attached to"),
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
}


def changed(mine: Tree, theirs: Tree, key: str, facet: str, path: str) -> Conflict:
    """Both gave `facet` of the element another value."""
    record = mine.records[key]
    tag = base(str(record.facets["tag"]))
    nl, en = _FACETS.get(facet) or _part(tag, facet, has_id(key))
    values = [_value(tree, facet, tree.records[key].facets.get(facet, "")) for tree in (mine, theirs)]
    return _conflict(f"{key}{_suffix(facet)}", path, record.about, values, _of(mine, record.about, nl, en))


def reordered(mine: Tree, theirs: Tree, key: str, path: str) -> Conflict:
    """Both put what stands in the element in another order."""
    about = mine.records[key].about
    values = [", ".join(k.rsplit("#", 1)[-1] for k in tree.records[key].children) for tree in (mine, theirs)]
    return _conflict(f"{key}@order", path, about, values, _of(mine, about, *_FACETS["order"]))


def added_twice(mine: Tree, theirs: Tree, key: str, path: str) -> Conflict:
    """Both added an element with this id, and not the same."""
    name = mine.name(key[1:])
    sentence = (f"U en een ander voegden allebei '{name}' toe.", f"You and someone else both added '{name}'.")
    return _conflict(key, path, key[1:], [_whole(tree, key) for tree in (mine, theirs)], sentence)


def removed(mine: Tree, theirs: Tree, key: str, by: Side, path: str) -> Conflict:
    """One side (`by`) removed what the other changed or connected."""
    kept = theirs if by == "mine" else mine
    record = kept.records[key]
    name = kept.name(record.about)
    what_nl, what_en = f"'{name}'", f"'{name}'"
    if key != f"#{record.about}":
        part = base(str(record.facets["tag"]))
        what_nl, what_en = f"'{part}' van '{name}'", f"'{part}' of '{name}'"
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


def _of(tree: Tree, about: str, nl: str, en: str) -> tuple[str, str]:
    name = tree.name(about)
    if not about:
        return f"U en een ander wijzigden allebei {nl}.", f"You and someone else both changed {en}."
    return (
        f"U en een ander wijzigden allebei {nl} van '{name}'.",
        f"You and someone else both changed {en} of '{name}'.",
    )


def _part(tag: str, facet: str, own: bool) -> tuple[str, str]:
    if facet in ("text", "content"):
        return _TEXTS.get(tag, (f"de tekst '{tag}'", f"the text '{tag}'"))
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
