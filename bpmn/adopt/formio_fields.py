"""The fields of a Form.io form that hold a value → form-js."""

from collections.abc import Mapping

from bpmn.adopt.formio_parts import Converting, Made, Raw, builds, condition, key_of, label_of, leave, name_of
from bpmn.adopt.formio_rules import javascript, limits, literal

_KINDS = {
    "textfield": "textfield",
    "email": "textfield",
    "phoneNumber": "textfield",
    "url": "textfield",
    "textarea": "textarea",
    "number": "number",
    "currency": "number",
    "checkbox": "checkbox",
    "radio": "radio",
    "select": "select",
    "selectboxes": "checklist",
    "datetime": "datetime",
    "day": "datetime",
    "time": "datetime",
}
_SHAPES = {"email": "email", "phoneNumber": "phone"}
# What a person fills in here comes out in another shape than from Form.io.
_OTHER_VALUE = {
    "selectboxes": (
        "een lijst van de gekozen waarden, geen object met true en false",
        "a list of the values chosen, no object of true and false",
    ),
    "day": ("JJJJ-MM-DD, niet MM/DD/JJJJ", "YYYY-MM-DD, not MM/DD/YYYY"),
}
_CODE = ("calculateValue", "customDefaultValue", "logic", "inputMask")
_CHECKS = ("custom", "json")


@builds(*_KINDS)
def input_field(raw: Raw, work: Converting, depth: int) -> list[Made]:
    """A field that people fill in, or, when its value is computed, an expression and a text that shows it."""
    key, formio = key_of(raw, work), str(raw["type"])
    calculated = raw.get("calculateValue")
    computed = javascript(calculated) if isinstance(calculated, str) and calculated.strip() else None
    if computed is not None:
        return _computed(raw, key, computed, work)
    kind = _KINDS[formio]
    made: Made = {"type": kind, "id": work.id(f"veld-{key}"), "key": key, "label": label_of(raw)}
    hint = raw.get("description") or raw.get("tooltip") or raw.get("placeholder")
    if isinstance(hint, str) and hint:
        made["description"] = hint
    if raw.get("disabled") is True:
        made["disabled"] = True
    _settings(raw, made, work)
    validate = raw.get("validate")
    rules = limits(validate, kind) if isinstance(validate, Mapping) else {}
    if formio in _SHAPES:
        rules["validationType"] = _SHAPES[formio]
        rules.pop("pattern", None)
    if rules:
        made["validate"] = rules
    _default(raw, made)
    condition(raw, made, work)
    if formio in _OTHER_VALUE:
        nl, en = _OTHER_VALUE[formio]
        nl, en = f"'{key}' geeft {nl}. Pas aan wat het leest.", f"'{key}' gives {en}. Adapt what reads it."
        work.say("formio-value", name_of(raw), nl, en, "warning")
    _left(raw, made, work)
    return [made]


@builds("hidden")
def hidden(raw: Raw, work: Converting, depth: int) -> list[Made]:
    """A hidden field with a fixed value is computed; without one the variable simply stays with the case."""
    value = raw.get("defaultValue")
    if value in (None, ""):
        return []
    key = key_of(raw, work)
    made: Made = {"type": "expression", "id": work.id(f"veld-{key}"), "key": key, "expression": f"={literal(value)}"}
    return [{**made, "computeOn": "presentation"}]


def _computed(raw: Raw, key: str, expression: str, work: Converting) -> list[Made]:
    shown: Made = {"type": "text", "id": work.id(f"tekst-{key}"), "text": f"**{label_of(raw)}:** {{{{{key}}}}}"}
    condition(raw, shown, work)
    computed: Made = {"type": "expression", "id": work.id(f"veld-{key}"), "key": key, "expression": f"={expression}"}
    return [{**computed, "computeOn": "change"}, shown]


def _left(raw: Raw, made: Made, work: Converting) -> None:
    """Code and settings with no counterpart."""
    validate = raw.get("validate")
    checks = validate if isinstance(validate, Mapping) else {}
    found = {name: raw.get(name) for name in _CODE} | {f"validate.{name}": checks.get(name) for name in _CHECKS}
    for name, value in found.items():
        if value:
            leave(raw, made, work, name, value if isinstance(value, str) else str(value))
    if raw.get("multiple") is True and made["type"] not in ("taglist", "checklist"):
        leave(raw, made, work, "multiple", "true")


def _default(raw: Raw, made: Made) -> None:
    value = raw.get("defaultValue")
    if isinstance(value, dict):
        value = [name for name, chosen in value.items() if chosen is True] if made["type"] == "checklist" else None
    if value not in (None, "", []):
        made["defaultValue"] = value


def _settings(raw: Raw, made: Made, work: Converting) -> None:
    """What only this kind of field has."""
    if made["type"] == "number":
        _number(raw, made)
    elif made["type"] == "datetime":
        _moment(raw, made)
    elif made["type"] in ("radio", "select", "checklist"):
        _choices(raw, made, work)


def _number(raw: Raw, made: Made) -> None:
    digits = raw.get("decimalLimit", 2 if raw["type"] == "currency" else None)
    if isinstance(digits, int):
        made["decimalDigits"] = digits
    around = {f"{side}Adorner": str(raw[side]) for side in ("prefix", "suffix") if raw.get(side)}
    if raw["type"] == "currency":
        currency = str(raw.get("currency") or "EUR")
        around["prefixAdorner"] = "€" if currency == "EUR" else currency
    if around:
        made["appearance"] = around


def _choices(raw: Raw, made: Made, work: Converting) -> None:
    data = raw.get("data")
    values = raw.get("values") or (data.get("values") if isinstance(data, Mapping) else None)
    found = [one for one in (values if isinstance(values, list) else []) if isinstance(one, Mapping)]
    found = [one for one in found if one.get("value") not in (None, "")]
    if raw.get("dataSrc") in ("url", "resource", "custom", "json") or not found:
        # The form stays usable: the list is a variable that some step before it has to fill.
        made["valuesExpression"] = f"=keuzes_{str(made['key']).replace('.', '_')}"
        leave(raw, made, work, "dataSrc", f"{raw.get('dataSrc') or 'values'}: {data}")
        return
    made["values"] = [{"label": str(one.get("label") or one["value"]), "value": one["value"]} for one in found]
    if made["type"] == "select" and raw.get("multiple") is True:
        made["type"] = "taglist"


def _moment(raw: Raw, made: Made) -> None:
    subtype = {"day": "date", "time": "time"}.get(str(raw["type"]), "datetime")
    if raw["type"] == "datetime" and False in (raw.get("enableTime"), raw.get("enableDate")):
        subtype = "date" if raw.get("enableTime") is False else "time"
    label = made.pop("label")
    made["subtype"] = subtype
    if subtype != "time":
        made["dateLabel"] = label
    if subtype != "date":
        made |= {"timeLabel": label if subtype == "time" else "Tijd", "timeInterval": 15, "use24h": True}
