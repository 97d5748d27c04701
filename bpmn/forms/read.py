"""Reads form-js JSON: a `Form`, and findings for all that cannot be kept."""

from collections.abc import Iterator

import msgspec

from bpmn.forms.parts import Reading, component, fault
from bpmn.forms.schema import Form, FormField
from bpmn.model import Finding

MAX_BYTES = 1024 * 1024
MAX_FIELDS = 500
_KNOWN = frozenset(
    {
        "components",
        "executionPlatform",
        "executionPlatformVersion",
        "exporter",
        "generator",
        "id",
        "schemaVersion",
        "type",
        "versionTag",
    }
)


def read(source: bytes, path: str = "") -> tuple[Form | None, tuple[Finding, ...]]:
    """A form from JSON of at most 1 MB; None when it cannot be used at all, else findings say what is wrong."""
    reading = Reading(path=path)
    if len(source) > MAX_BYTES:
        fault(reading, "form-too-large", "Het formulier is groter dan 1 MB.", "The form is larger than 1 MB.")
        return None, tuple(reading.findings)
    try:
        schema: object = msgspec.json.decode(source)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        fault(reading, "form-json", f"Dit is geen geldige JSON: {error}", f"This is not valid JSON: {error}")
        return None, tuple(reading.findings)
    return from_schema(schema, path)


def from_schema(schema: object, path: str = "") -> tuple[Form | None, tuple[Finding, ...]]:
    """A form from decoded JSON; see `read`."""
    reading = Reading(path=path)
    if not isinstance(schema, dict) or not isinstance(schema.get("components"), list):
        fault(
            reading,
            "form-shape",
            "Een formulier is een object met 'id' en 'components'.",
            "A form is an object with 'id' and 'components'.",
        )
        return None, tuple(reading.findings)
    form_id = schema.get("id")
    if not isinstance(form_id, str) or not form_id:
        fault(reading, "form-id", "Het formulier heeft geen id.", "The form has no id.")
        return None, tuple(reading.findings)
    for name in sorted(set(schema) - _KNOWN):
        fault(
            reading,
            "form-property",
            f"Het formulier heeft een onbekende eigenschap '{name}'.",
            f"The form has an unknown property '{name}'.",
            severity="warning",
        )
    fields = tuple(f for c in schema["components"] if (f := component(c, reading, (), 0)) is not None)
    _check_names(fields, reading)
    return Form(form_id, fields, schema, path), tuple(reading.findings)


def _check_names(fields: tuple[FormField, ...], reading: Reading) -> None:
    """Ids are unique, and no field's value lies inside another's (`a` beside `a.b`)."""
    everything = list(_walk(fields))
    if len(everything) > MAX_FIELDS:
        fault(
            reading,
            "form-too-many",
            f"Het formulier heeft meer dan {MAX_FIELDS} velden.",
            f"The form has more than {MAX_FIELDS} fields.",
        )
    seen: set[str] = set()
    for one in everything:
        if one.id in seen:
            fault(
                reading,
                "form-double-id",
                f"Id '{one.id}' komt twee keer voor.",
                f"Id '{one.id}' is used twice.",
                one.id,
            )
        seen.add(one.id)
    paths = {f.path for f in fields_with_values(fields)}
    for longer in sorted(paths):
        for cut in range(1, len(longer)):
            if longer[:cut] in paths:
                inner, outer = ".".join(longer), ".".join(longer[:cut])
                fault(
                    reading,
                    "form-path",
                    f"Veld '{inner}' ligt binnen veld '{outer}'.",
                    f"Field '{inner}' lies inside field '{outer}'.",
                    inner,
                )


def fields_with_values(fields: tuple[FormField, ...]) -> tuple[FormField, ...]:
    """The fields of one level that hold a value, groups opened."""
    return Form("", fields, {}).inputs()


def _walk(fields: tuple[FormField, ...]) -> Iterator[FormField]:
    for one in fields:
        yield one
        yield from _walk(one.children)
