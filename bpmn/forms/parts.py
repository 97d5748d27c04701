"""One component of a form-js schema → a `FormField`, with findings for what is not supported."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

import regex

from bpmn import feel
from bpmn.forms.schema import CHOICES, CONTAINERS, KINDS, MANY, TEXTS, FormField, Limits, Option
from bpmn.forms.texts import merge_fields
from bpmn.model import Expression, Finding

MAX_DEPTH = 8
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*")
_COMMON = {"type", "id", "key", "path", "label", "description", "conditional", "layout", "properties", "validate"}
_BY_KIND: dict[str, set[str]] = {
    "text": {"text"},
    "number": {"decimalDigits", "increment", "appearance"},
    "textfield": {"appearance"},
    "textarea": {"appearance"},
    "select": {"searchable"},
    "datetime": {
        "subtype",
        "dateLabel",
        "timeLabel",
        "timeInterval",
        "use24h",
        "disallowPassedDates",
        "timeSerializingFormat",
    },
    "group": {"components", "showOutline", "verticalAlignment"},
    "dynamiclist": {
        "components",
        "showOutline",
        "isRepeating",
        "allowAddRemove",
        "defaultRepetitions",
        "verticalAlignment",
    },
    "expression": {"expression", "computeOn"},
    "spacer": {"height"},
    "button": {"action"},
}
_INPUT = {"defaultValue", "disabled", "readonly"}
_OPTIONS = {"values", "valuesKey", "valuesExpression"}
_VALIDATE = {"required", "min", "max", "minLength", "maxLength", "pattern", "patternErrorMessage", "validationType"}


@dataclass(slots=True)
class Reading:
    """What is gathered while reading one file."""

    path: str = ""
    findings: list[Finding] = field(default_factory=list)


def fault(reading: Reading, code: str, nl: str, en: str, element: str = "", severity: str = "error") -> None:
    """Adds a finding about the file, or about component `element`."""
    reading.findings.append(Finding(code, severity, nl, en, element, 0, reading.path))


def component(raw: object, reading: Reading, above: tuple[str, ...], depth: int) -> FormField | None:
    """The field that `raw` describes; None with a finding when its kind cannot be used."""
    if not isinstance(raw, dict) or not isinstance(raw.get("type"), str):
        fault(reading, "form-component", "Een onderdeel heeft geen 'type'.", "A component has no 'type'.")
        return None
    kind, name = raw["type"], str(raw.get("id") or raw.get("key") or raw.get("path") or raw["type"])
    if not _supported(kind, name, reading) or depth > MAX_DEPTH:
        if depth > MAX_DEPTH:
            fault(reading, "form-depth", f"'{name}' ligt te diep.", f"'{name}' is nested too deep.", name)
        return None
    _unknown_properties(raw, kind, name, reading)
    path = _path(raw, kind, name, reading, above)
    if path is None:
        return None
    inner_path = () if kind == "dynamiclist" else path
    inside = raw.get("components") if kind in CONTAINERS else []
    if not isinstance(inside, list):
        fault(reading, "form-component", f"'{name}' heeft geen onderdelen.", f"'{name}' has no components.", name)
        inside = []
    children = [c for one in inside if (c := component(one, reading, inner_path, depth + 1)) is not None]
    return _field(raw, kind, name, reading, path, tuple(children))


def _field(
    raw: dict[str, object],
    kind: str,
    name: str,
    reading: Reading,
    path: tuple[str, ...],
    children: tuple[FormField, ...],
) -> FormField:
    conditional = raw.get("conditional")
    hide = conditional.get("hide") if isinstance(conditional, dict) else None
    readonly = raw.get("readonly")
    label = raw.get("dateLabel") or raw.get("timeLabel") or raw.get("label")
    default = raw.get("defaultValue")
    return FormField(
        id=name,
        kind=kind,
        path=path,
        label=_text(label),
        description=_text(raw.get("description")),
        text=_merged(raw, kind, name, reading),
        subtype=_subtype(raw, name, reading) if kind == "datetime" else "",
        limits=_limits(raw, kind, name, reading),
        options=_options(raw, kind, name, reading),
        options_from=_options_from(raw, name, reading),
        hide=expression(hide, name, reading) if hide is not None else None,
        closed=raw.get("disabled") is True or readonly is True,
        closed_when=expression(readonly, name, reading) if isinstance(readonly, str) else None,
        compute=expression(raw.get("expression"), name, reading) if kind == "expression" else None,
        default=Decimal(str(default)) if isinstance(default, float) else default,
        children=children,
    )


def expression(raw: object, name: str, reading: Reading) -> Expression | None:
    """A FEEL text of the form (with or without `=`); None with a finding when it cannot be compiled."""
    text = _text(raw).removeprefix("=").strip()
    try:
        feel.compile(text, dialect="camunda8")
    except feel.FeelSyntaxError as error:
        fault(
            reading,
            "form-feel",
            f"De expressie '{text}' van '{name}' klopt niet: {error.nl}",
            f"The expression '{text}' of '{name}' is wrong: {error.en}",
            name,
        )
        return None
    return Expression(text, feel=True)


def _supported(kind: str, name: str, reading: Reading) -> bool:
    if kind in KINDS:
        return True
    if kind in {"html", "iframe"}:
        nl, en = "is niet toegestaan: het kan code bevatten", "is not allowed: it may hold code"
    else:
        nl, en = "wordt niet ondersteund", "is not supported"
    fault(
        reading,
        "form-kind",
        f"Onderdeel '{name}' van soort '{kind}' {nl}.",
        f"Component '{name}' of kind '{kind}' {en}.",
        name,
    )
    return False


def _unknown_properties(raw: dict[str, object], kind: str, name: str, reading: Reading) -> None:
    known = _COMMON | _BY_KIND.get(kind, set()) | _INPUT
    if kind in CHOICES | MANY:
        known = known | _OPTIONS
    validate = raw.get("validate")
    unknown = set(raw) - known
    if isinstance(validate, dict):
        unknown |= {f"validate.{k}" for k in set(validate) - _VALIDATE}
    for one in sorted(unknown):
        fault(
            reading,
            "form-property",
            f"Onderdeel '{name}': eigenschap '{one}' wordt niet gebruikt.",
            f"Component '{name}': property '{one}' is not used.",
            name,
            "warning",
        )


def _path(
    raw: dict[str, object], kind: str, name: str, reading: Reading, above: tuple[str, ...]
) -> tuple[str, ...] | None:
    own = raw.get("path") if kind in CONTAINERS else raw.get("key")
    if kind in {"text", "separator", "spacer", "button"} or (kind == "group" and not own):
        return above
    if not isinstance(own, str) or not _KEY.fullmatch(own):
        fault(
            reading,
            "form-key",
            f"Onderdeel '{name}' heeft geen bruikbare sleutel: '{own}'.",
            f"Component '{name}' has no usable key: '{own}'.",
            name,
        )
        return None
    return above + tuple(own.split("."))


def _subtype(raw: dict[str, object], name: str, reading: Reading) -> str:
    subtype = raw.get("subtype", "date")
    if subtype in ("date", "time", "datetime"):
        return str(subtype)
    nl, en = f"'{name}' is geen datum of tijd: '{subtype}'.", f"'{name}' is no date or time: '{subtype}'."
    fault(reading, "form-subtype", nl, en, name)
    return "date"


def _merged(raw: dict[str, object], kind: str, name: str, reading: Reading) -> str:
    """The text of a text component; nothing of it is kept when one of its expressions is wrong."""
    text = _text(raw.get("text")) if kind == "text" else ""
    sources = [text[1:]] if text.startswith("=") else merge_fields(text)
    read = [expression(one, name, reading) for one in sources]
    return "" if None in read else text


def _limits(raw: dict[str, object], kind: str, name: str, reading: Reading) -> Limits:
    validate = raw.get("validate")
    rules: dict[str, object] = validate if isinstance(validate, dict) else {}
    pattern = rules.get("pattern")
    if isinstance(pattern, str):
        try:
            regex.compile(pattern)
        except regex.error as error:
            fault(
                reading,
                "form-pattern",
                f"Het patroon van '{name}' klopt niet: {error}",
                f"The pattern of '{name}' is wrong: {error}",
                name,
            )
            pattern = None
    return Limits(
        required=rules.get("required") is True,
        min=_bound(rules.get("min"), name, reading) if kind == "number" else None,
        max=_bound(rules.get("max"), name, reading) if kind == "number" else None,
        min_length=_whole(rules.get("minLength"), name, reading) if kind in TEXTS else None,
        max_length=_whole(rules.get("maxLength"), name, reading) if kind in TEXTS else None,
        pattern=pattern if isinstance(pattern, str) and pattern and kind in TEXTS else None,
        pattern_message=_text(rules.get("patternErrorMessage")),
        shape=_text(rules.get("validationType")) if kind in TEXTS else "",
        digits=_whole(raw.get("decimalDigits"), name, reading) if kind == "number" else None,
        not_past=raw.get("disallowPassedDates") is True,
    )


def _bound(raw: object, name: str, reading: Reading) -> Expression | None:
    if raw is None or raw == "":
        return None
    return expression(str(raw), name, reading)


def _whole(raw: object, name: str, reading: Reading) -> int | None:
    if raw is None or raw == "":
        return None
    if isinstance(raw, int) and not isinstance(raw, bool) and raw >= 0:
        return raw
    fault(
        reading,
        "form-limit",
        f"'{raw}' bij '{name}' is geen heel getal.",
        f"'{raw}' at '{name}' is no whole number.",
        name,
    )
    return None


def _options(raw: dict[str, object], kind: str, name: str, reading: Reading) -> tuple[Option, ...]:
    if kind not in CHOICES | MANY or "valuesExpression" in raw or "valuesKey" in raw:
        return ()
    values = raw.get("values")
    made = [option(v) for v in values] if isinstance(values, list) else []
    if not made or None in made:
        fault(reading, "form-options", f"'{name}' heeft geen goede keuzes.", f"'{name}' has no proper options.", name)
    return tuple(o for o in made if o is not None)


def _options_from(raw: dict[str, object], name: str, reading: Reading) -> Expression | None:
    source = raw.get("valuesExpression") or raw.get("valuesKey")
    return expression(source, name, reading) if source else None


def option(raw: object) -> Option | None:
    """One option from `{label, value}` or a bare value; None when it is neither."""
    if isinstance(raw, dict):
        if "value" not in raw:
            return None
        return Option(raw["value"], option_key(raw["value"]), _text(raw.get("label")) or option_key(raw["value"]))
    return None if raw is None or isinstance(raw, list) else Option(raw, option_key(raw), option_key(raw))


def option_key(value: object) -> str:
    """How an option's value is written in HTML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _text(raw: object) -> str:
    return raw if isinstance(raw, str) else ""
