"""Conditions, computed values and limits of a Form.io component, in FEEL and form-js; JavaScript only when simple."""

import re
from collections.abc import Mapping

from bpmn.readers.juel import NotSimple, translate

_ASSIGNED = re.compile(r"^\s*(?:var\s+)?(?:show|value|valid)\s*=(?!=)\s*(.*?);?\s*$", re.DOTALL)
_TEXT = re.compile(r'("(?:[^"\\]|\\.)*")')
_OWNER = re.compile(r"\b(?:data|row)\.")
# GZAC writes where a value lives in front of its name: `pv:` process variable, `doc:` document of the case.
_PREFIX = re.compile(r"^(?:pv|doc|case):/?")
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*")
_OPERATORS: Mapping[str, str] = {
    "isEqual": "=",
    "isNotEqual": "!=",
    "greaterThan": ">",
    "greaterThanOrEqual": ">=",
    "lessThan": "<",
    "lessThanOrEqual": "<=",
    "dateGreaterThan": ">",
    "dateGreaterThanOrEqual": ">=",
    "dateLessThan": "<",
    "dateLessThanOrEqual": "<=",
}


def variable(key: str) -> str:
    """The path of a variable for a key of Form.io: without prefixes of GZAC, and only what FEEL can read."""
    path = _PREFIX.sub("", key).replace("/", ".")
    if _KEY.fullmatch(path):
        return path
    parts = [re.sub(r"\W+", "_", part, flags=re.ASCII).strip("_") or "veld" for part in path.split(".")]
    return ".".join(part if _KEY.fullmatch(part) else f"v_{part}" for part in parts)


def literal(value: object) -> str:
    """A JSON value as FEEL."""
    if isinstance(value, bool) or value in ("true", "false"):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def javascript(text: str) -> str | None:
    """FEEL for `show = data.a === 'x' && data.b > 3` and the like; None for all that is more than one expression."""
    found = _ASSIGNED.match(text)
    if found is None or ";" in found[1]:
        return None
    source = found[1].replace("===", "==").replace("!==", "!=")
    try:
        made = translate("${" + source + "}")
    except NotSimple:
        return None
    parts = _TEXT.split(made or "")
    return "".join(part if at % 2 else _OWNER.sub("", part) for at, part in enumerate(parts)) or None


def shown_when(conditional: object) -> str | None:
    """The FEEL condition under which a component is shown; None without a (complete) simple condition."""
    if not isinstance(conditional, Mapping):
        return None
    many = conditional.get("conditions")
    if isinstance(many, list) and many:
        parts = [made for one in many if isinstance(one, Mapping) and (made := _compared(one))]
        if len(parts) != len(many):
            return None
        joined = (" and " if conditional.get("conjunction", "all") == "all" else " or ").join(parts)
        return joined if _true(conditional.get("show")) else f"not({joined})"
    when = conditional.get("when")
    if not isinstance(when, str) or not when:
        return None
    made = f"{variable(when)} = {literal(conditional.get('eq', ''))}"
    return made if _true(conditional.get("show")) else f"not({made})"


def is_conditional(conditional: object) -> bool:
    """Whether a simple condition says anything; Form.io writes empty ones everywhere."""
    return isinstance(conditional, Mapping) and bool(conditional.get("when") or conditional.get("conditions"))


def _compared(one: Mapping[str, object]) -> str | None:
    name, operator = one.get("component"), str(one.get("operator"))
    if not isinstance(name, str) or not name:
        return None
    name = variable(name)
    if operator in ("isEmpty", "isNotEmpty"):
        empty = f'({name} = null or {name} = "")'
        return empty if operator == "isEmpty" else f"not{empty}"
    if operator in ("includes", "notIncludes"):
        inside = f"contains(string({name}), {literal(one.get('value'))})"
        return inside if operator == "includes" else f"not({inside})"
    sign = _OPERATORS.get(operator)
    return None if sign is None else f"{name} {sign} {literal(one.get('value'))}"


def _true(value: object) -> bool:
    return value is True or value == "true"


def limits(validate: Mapping[str, object], kind: str) -> dict[str, object]:
    """What form-js knows of Form.io's `validate`."""
    made: dict[str, object] = {}
    if validate.get("required") is True:
        made["required"] = True
    names = (
        ("min", "max") if kind == "number" else ("minLength", "maxLength") if kind in ("textfield", "textarea") else ()
    )
    for name in names:
        value = validate.get(name)
        if isinstance(value, str) and value.strip():
            value = float(value) if "." in value else int(value) if value.strip("-").isdigit() else None
        if isinstance(value, int | float) and not isinstance(value, bool):
            made[name] = value
    pattern = validate.get("pattern")
    if kind == "textfield" and isinstance(pattern, str) and pattern:
        # Form.io matches the whole answer, form-js a part of it.
        made["pattern"] = pattern if pattern.startswith("^") else f"^(?:{pattern})$"
        if validate.get("customMessage"):
            made["patternErrorMessage"] = validate["customMessage"]
    return made
