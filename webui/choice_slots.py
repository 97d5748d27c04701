"""A municipality's own step in a slot, and its ties to the catalogue ↔ the fields of their pages."""

from collections.abc import Mapping

from flask_babel import gettext as _

from bpmn.package import Package
from tenants import catalogue, slots
from tenants.slot_contract import Named
from tenants.variation import VariationPoint
from webui import choice_forms
from webui.choice_forms import Fields, first
from webui.forms import Fault, dutch

KINDS = {"number": "number", "boolean": "checkbox", "date": "datetime"}
FILE, STEP = "bestand", "stap"


def things(point: VariationPoint) -> list[tuple[str, str]]:
    """What a point ties to the catalogue, with its name."""
    known = [(thing, catalogue.THINGS[thing]) for thing in point.maps if thing in catalogue.THINGS]
    return [(thing, words.nl if dutch() else words.en) for thing, words in known]


def read(base: Package, point: VariationPoint, sent: Fields, known: object, faults: list[Fault]) -> object:
    """The process or step that was sent; None when its fields are wrong, which is added to `faults`. `known`: what is
    chosen now."""
    if first(sent, "soort") != FILE:
        return _step(base, point, sent, known, faults)
    before = known if isinstance(known, Mapping) else {}
    text = first(sent, "tabel") or (known if isinstance(known, str) else str(before.get("bpmn") or ""))
    if first(sent, "bestand.fout"):
        faults.append(Fault("bestand", first(sent, "bestand.fout")))
        return None
    if not text:
        faults.append(Fault("bestand", _("Kies een bestand met uw deelproces (.bpmn).")))
        return None
    return {"bpmn": text, "forms": before["forms"]} if before.get("forms") else text


def _step(base: Package, point: VariationPoint, sent: Fields, known: object, faults: list[Fault]) -> object:
    earlier = len(faults)
    name, role = first(sent, "stap.naam").strip(), first(sent, "stap.rol")
    if not name or len(name) > 200:
        faults.append(Fault("stap.naam", _("Geef de stap een naam van hoogstens 200 tekens.")))
    if role not in slots.roles(base):
        faults.append(Fault("stap.rol", _("Maak een keuze.")))
    answers = [
        {"result": value, "label": label}
        for number, value in enumerate(point.contract.values)
        if (label := first(sent, f"antwoord.{number}").strip())
    ]
    if point.contract.results and not answers:
        faults.append(Fault("antwoord.0", _("Vul minstens een antwoord in.")))
    asked = [_asked(one, first(sent, f"vraag.{one.name}").strip() or one.name) for one in point.contract.asked]
    step = known.get("step") if isinstance(known, Mapping) else None
    before = {"add": step.get("form", [])} if isinstance(step, Mapping) else {}
    added = choice_forms.added(sent, before, faults)
    if len(faults) > earlier:
        return None
    return {"step": {"name": name, "role": role, "form": [*asked, *added], "answers": answers}}


def _asked(one: Named, label: str) -> dict[str, object]:
    kind = KINDS.get(one.type, "textfield")
    named = {"subtype": "date", "dateLabel": label} if kind == "datetime" else {"label": label}
    needed: dict[str, object] = {} if kind == "checkbox" else {"validate": {"required": True}}
    return {"type": kind, "key": one.name, **named, **needed}


def fill(point: VariationPoint, chosen: object) -> dict[str, list[str]]:
    """The fields as they stand for a choice that was made; an empty step without one."""
    step = chosen.get("step") if isinstance(chosen, Mapping) else None
    if chosen is not None and not isinstance(step, Mapping):
        return {"soort": [FILE]}
    if not isinstance(step, Mapping):
        return {"soort": [STEP]}
    sent = {"soort": [STEP], "stap.naam": [str(step["name"])], "stap.rol": [str(step["role"])]}
    labels = {str(one["result"]): str(one["label"]) for one in step.get("answers", [])}
    sent |= {f"antwoord.{n}": [labels.get(value, "")] for n, value in enumerate(point.contract.values)}
    form = [one for one in step.get("form", []) if isinstance(one, Mapping)]
    names = point.contract.owed
    told = {str(one.get("key")): str(one.get("dateLabel") or one.get("label") or "") for one in form}
    sent |= {f"vraag.{name}": [told.get(name, "")] for name in names}
    return sent | choice_forms.fill({"add": [one for one in form if one.get("key") not in names]})


def read_ties(point: VariationPoint, sent: Fields, faults: list[Fault]) -> dict[str, str] | None:
    """What was tied; None when something is wrong with it, which is added to `faults`."""
    found = {thing: first(sent, f"koppel.{thing}").strip() for thing in point.maps}
    earlier = len(faults)
    for thing, text in found.items():
        if not text:
            faults.append(Fault(f"koppel.{thing}", _("Vul dit in.")))
        for nl, en in catalogue.wrong(thing, text):
            faults.append(Fault(f"koppel.{thing}", nl if dutch() else en))
    return found if len(faults) == earlier else None


def fill_ties(chosen: object) -> dict[str, list[str]]:
    """The fields of ties that were made."""
    return {f"koppel.{thing}": [str(text)] for thing, text in chosen.items()} if isinstance(chosen, Mapping) else {}
