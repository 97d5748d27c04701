"""Two versions of a form, field by field."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bpmn.compare.changes import About, Change, added, greatest, removed
from bpmn.compare.content import content
from bpmn.compare.facts import Fact, Label, compared, differences, major, of, order, paired, patch
from bpmn.compare.words import Words, kind, said
from bpmn.forms import Form, FormField
from bpmn.forms.schema import INPUTS

FIELD: Mapping[str, Label] = {
    "kind": Label("soort", "kind", major),
    "subtype": Label("soort datum of tijd", "kind of date or time", major),
    "label": Label("vraag", "label", patch),
    "description": Label("uitleg", "explanation", patch),
    "text": Label("tekst", "text", patch),
    "options_from": Label("antwoorden komen uit", "options come from"),
    "hide": Label("verborgen als", "hidden when"),
    "closed": Label("alleen lezen", "read-only"),
    "closed_when": Label("alleen lezen als", "read-only when"),
    "compute": Label("berekening", "computation"),
    "default": Label("beginwaarde", "default value"),
}
LIMITS: Mapping[str, Label] = {
    "required": Label("verplicht", "required", lambda before, after: "major" if after else "minor"),
    "min": Label("laagste waarde", "minimum"),
    "max": Label("hoogste waarde", "maximum"),
    "min_length": Label("minste tekens", "minimum length"),
    "max_length": Label("meeste tekens", "maximum length"),
    "pattern": Label("patroon", "pattern"),
    "pattern_message": Label("melding bij het patroon", "message of the pattern", patch),
    "shape": Label("vorm", "shape"),
    "digits": Label("aantal decimalen", "number of decimals"),
    "not_past": Label("niet in het verleden", "not in the past"),
}


@dataclass(frozen=True, slots=True)
class _Placed:
    """A field with the field that holds it."""

    field: FormField
    within: str


def about(form: Form) -> About:
    """What is said of a form as a whole."""
    return About("form", form.id, Words(f"Formulier '{form.id}'", f"Form '{form.id}'"), form.path)


def changes(old: Form, new: Form) -> Iterator[Change]:
    """What differs between two versions of a form."""
    before, after = _fields(old), _fields(new)
    gone, came, stayed = paired(before, after)
    moved = {"path": Fact("bestand", "file", old.path, patch)}, {"path": Fact("bestand", "file", new.path, patch)}
    orders = [order(mine, theirs) for mine, theirs in ((before, after), (after, before))]
    sorted_ = [
        {"order": Fact("volgorde van de velden", "order of the fields", keys, patch, _labels(keys, fields))}
        for keys, fields in zip(orders, (before, after), strict=True)
    ]
    yield from compared(about(new), moved[0] | sorted_[0], moved[1] | sorted_[1])
    rekeyed = dict(_rekeyed(gone, before, came, after))
    for key in [k for k in gone if k not in rekeyed]:
        yield removed(_about(before[key], old), "major" if _holds(before[key].field) else "patch")
    now_keyed = set(rekeyed.values())
    for key in [k for k in came if k not in now_keyed]:
        placed = after[key]
        blank = _Placed(FormField(placed.field.id, "", placed.field.path, placed.field.label), placed.within)
        bare = {name: fact for name, fact in _facts(blank, blank).items() if name != "kind"}
        yield added(_about(placed, new), _weight(placed.field), differences(bare, _facts(placed, blank))[0])
    for was, now in [*rekeyed.items(), *((k, k) for k in stayed)]:
        mine, theirs = before[was], after[now]
        yield from compared(_about(theirs, new), _facts(mine, theirs), _facts(theirs, mine))


def _rekeyed(
    gone: Iterable[str], before: Mapping[str, _Placed], came: Iterable[str], after: Mapping[str, _Placed]
) -> Iterator[tuple[str, str]]:
    """Fields that are the same component with its value in another place: the editor keeps their ids."""
    ids = {after[k].field.id: k for k in came}
    for key in gone:
        one = before[key].field
        now = ids.pop(one.id, None)
        if now is not None and after[now].field.kind == one.kind:
            yield key, now


def impact(old: Form | None, new: Form | None) -> str:
    """How much it weighs for those who fill in the form when `new` takes the place of `old`."""
    if old is None or new is None:
        return "minor" if old is None else "major"
    return greatest(one.impact for one in changes(old, new))


def _fields(form: Form) -> dict[str, _Placed]:
    """The fields by the place of their value, others by id, in the order in which they are shown."""
    seen: Counter[str] = Counter()
    found: dict[str, _Placed] = {}
    for key, placed in _walk(form.fields, "", ""):
        seen[key] += 1
        found[key if seen[key] == 1 else f"{key} {seen[key]}"] = placed
    return found


def _walk(fields: tuple[FormField, ...], rows: str, within: str) -> Iterator[tuple[str, _Placed]]:
    for one in fields:
        key = f"{rows}{one.name}" if _holds(one) else f"#{rows}{one.id}"
        yield key, _Placed(one, within)
        yield from _walk(one.children, f"{key}[]." if one.kind == "dynamiclist" else rows, one.label or one.id)


def _holds(field: FormField) -> bool:
    """Whether a field holds a value that others may read or send."""
    return field.kind in INPUTS or field.kind in {"dynamiclist", "expression"}


def _weight(field: FormField) -> str:
    if not _holds(field):
        return "patch"
    return "major" if field.limits.required else "minor"


def _about(placed: _Placed, form: Form) -> About:
    one = placed.field
    name = one.label or one.name or one.id
    if not _holds(one):
        what = Words("groep", "group") if one.kind == "group" else Words("onderdeel", "part")
        nl, en = f"{what.nl.capitalize()} '{name}'", f"{what.en.capitalize()} '{name}'"
    else:
        nl, en = f"Veld '{name}'", f"Field '{name}'"
    called = Words(f"{nl} van formulier '{form.id}'", f"{en} of form '{form.id}'")
    return About("field", one.name if _holds(one) else one.id, called, form.path)


def _facts(placed: _Placed, theirs: _Placed) -> dict[str, Fact]:
    one = placed.field
    facts = dict(of(one, FIELD))
    facts["kind"] = Fact("soort", "kind", one.kind, major, kind(one.kind))
    facts["path"] = Fact("sleutel", "key", one.path, major, said(one.name))
    facts["id"] = Fact("id", "id", one.id, patch)
    facts["within"] = Fact("staat in", "stands in", placed.within, patch)
    facts.update(of(one.limits, LIMITS, "limits."))
    for option in one.options:
        nl, en = f"antwoord '{option.key}'", f"answer '{option.key}'"
        answer = (option.value, option.label)
        facts[f"option.{option.key}"] = Fact(nl, en, answer, _answer, Words(option.label, option.label))
    keys = order((o.key for o in one.options), (o.key for o in theirs.field.options))
    facts["options"] = Fact("volgorde van de antwoorden", "order of the answers", keys, patch)
    return facts


def _answer(before: object, after: object) -> str:
    """An answer that is gone or has another value is refused from who still sends it; another label is wording."""
    if not isinstance(before, tuple):
        return "minor"
    return "major" if not isinstance(after, tuple) or content(before[0]) != content(after[0]) else "patch"


def _labels(keys: tuple[str, ...], fields: Mapping[str, _Placed]) -> Words:
    return said(tuple(fields[k].field.label or fields[k].field.name or fields[k].field.id for k in keys))
