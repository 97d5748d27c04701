"""A form as a municipality wants it ↔ the fields of its page: own fields, other labels and help, fields left out."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from bpmn.forms import Form
from tenants import adapt
from tenants.variation import VariationPoint
from webui.forms import Fault

Fields = Mapping[str, Sequence[str]]
PARTS = {"label": "label", "help": "uitleg"}
KINDS = ("textfield", "textarea", "number", "checkbox", "datetime")


@dataclass(frozen=True, slots=True)
class BaseField:
    """A field of the base's form: `name` its key with dots, `hideable`: it may be left out as far as the form knows."""

    name: str
    label: str
    help: str
    hideable: bool


@dataclass(frozen=True, slots=True)
class OwnField:
    """A field that the municipality adds, as it was typed."""

    number: int
    kind: str
    label: str
    key: str


def first(sent: Fields, name: str) -> str:
    """The first value of a field; empty when it was not sent."""
    values = sent.get(name, ())
    return values[0] if values else ""


def base_fields(form: Form, point: VariationPoint) -> list[BaseField]:
    """The input fields of the base's form, in its order."""
    labels, found = adapt.labels(form), []
    for name, component in _inputs(form.source.get("components"), ""):
        validate = component.get("validate")
        required = isinstance(validate, Mapping) and bool(validate.get("required"))
        hideable = "hide" in point.allow and not required
        found.append(BaseField(name, labels.get(name, name), str(component.get("description") or ""), hideable))
    return found


def own_fields(sent: Fields) -> list[OwnField]:
    """The added fields as they were typed, in their order."""
    numbers = {int(n) for name in sent if (n := _row(name)) is not None}
    return [
        OwnField(n, *(first(sent, f"eigen.{n}.{part}").strip() for part in ("soort", "naam", "sleutel")))
        for n in sorted(numbers)[: adapt.MAX_ADDED]
    ]


def read(sent: Fields, known: Mapping[str, object]) -> tuple[dict[str, object], list[Fault]]:
    """The choice, and what is wrong with it; `known`: the choice that is changed, of which the order of fields and the
    details of added fields are kept."""
    chosen: dict[str, object] = {"order": known["order"]} if known.get("order") else {}
    faults: list[Fault] = []
    own = added(sent, known, faults)
    named = {action: _texts(sent, part) for action, part in PARTS.items()}
    hidden = sorted(name[5:-4] for name in sent if name.startswith("veld.") and name.endswith(".weg"))
    chosen |= {name: given for name, given in (("add", own), ("hide", hidden), *named.items()) if given}
    return chosen, faults


def added(sent: Fields, known: Mapping[str, object], faults: list[Fault]) -> list[dict[str, object]]:
    """The own fields as components of a form; what is wrong with them is added to `faults`."""
    return [component for one in own_fields(sent) if (component := _added(one, known, faults)) is not None]


def fill(chosen: Mapping[str, object]) -> dict[str, list[str]]:
    """The fields of the page for a choice that was made."""
    sent: dict[str, list[str]] = {}
    added, hidden = chosen.get("add"), chosen.get("hide")
    for n, component in enumerate(added if isinstance(added, list) else []):
        label = component.get("dateLabel") or component.get("label") or ""
        told = (("soort", component.get("type")), ("naam", label), ("sleutel", component.get("key") or ""))
        sent |= {f"eigen.{n}.{part}": [str(text)] for part, text in told}
    for action, part in PARTS.items():
        given = chosen.get(action)
        sent |= {f"veld.{k}.{part}": [str(text)] for k, text in (given.items() if isinstance(given, Mapping) else ())}
    return sent | {f"veld.{key}.weg": ["on"] for key in (hidden if isinstance(hidden, list) else [])}


def rearranged(sent: Mapping[str, list[str]], action: str) -> dict[str, list[str]]:
    """The fields after `erbij` or `weg.2`."""
    verb, __, place = action.partition(".")
    kept = dict(sent)
    if verb == "weg":
        return {name: values for name, values in kept.items() if not name.startswith(f"eigen.{place}.")}
    after = max((one.number for one in own_fields(sent)), default=-1) + 1
    if verb == "erbij" and len(own_fields(sent)) < adapt.MAX_ADDED:
        kept |= {f"eigen.{after}.soort": ["textfield"], f"eigen.{after}.naam": [""], f"eigen.{after}.sleutel": [""]}
    return kept


def key_of(label: str) -> str:
    """A name for the data from a label: `Er is vuurwerk` → `erIsVuurwerk`."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    words = re.findall(r"[A-Za-z0-9]+", plain)
    name = "".join([words[0].lower(), *(word[:1].upper() + word[1:].lower() for word in words[1:])]) if words else ""
    return name if not name[:1].isdigit() else f"veld{name}"


def _added(one: OwnField, known: Mapping[str, object], faults: list[Fault]) -> dict[str, object] | None:
    at = f"eigen.{one.number}"
    if not one.label or len(one.label) > 500:
        faults.append(Fault(f"{at}.naam", _("Geef het veld een naam.")))
        return None
    key = one.key or key_of(one.label)
    given = known.get("add")
    before = (c for c in (given if isinstance(given, list) else []) if isinstance(c, Mapping))
    same = next((c for c in before if c.get("key") == key and c.get("type") == one.kind), None)
    if same is None and one.kind not in KINDS:
        faults.append(Fault(f"{at}.soort", _("Maak een keuze.")))
        return None
    named: dict[str, object] = {"type": one.kind, "key": key}
    named |= {"subtype": "date", "dateLabel": one.label} if one.kind == "datetime" else {"label": one.label}
    return {**(same or {}), **named}


def _texts(sent: Fields, part: str) -> dict[str, str]:
    ending = f".{part}"
    names = (name for name in sent if name.startswith("veld.") and name.endswith(ending))
    return {name[5 : -len(ending)]: text for name in names if (text := first(sent, name).strip())}


def _row(name: str) -> str | None:
    found = re.fullmatch(r"eigen\.([0-9]{1,3})\.(?:soort|naam|sleutel)", name)
    return found[1] if found else None


def _inputs(components: object, above: str) -> list[tuple[str, Mapping[str, object]]]:
    found: list[tuple[str, Mapping[str, object]]] = []
    for one in components if isinstance(components, list) else []:
        if isinstance(one.get("components"), list):
            own = one.get("path")
            found += _inputs(one["components"], f"{above}{own}." if own else above)
        elif one.get("key"):
            found.append((f"{above}{one['key']}", one))
    return found
