"""A form of Form.io (as GZAC and Valtimo keep them) becomes a form-js form; what has no counterpart is told."""

import re

import msgspec

from bpmn import forms
from bpmn.adopt import formio_fields, formio_layout
from bpmn.adopt.adoption import Adoption
from bpmn.adopt.formio_parts import Converting, convert

MAX_BYTES = 1024 * 1024
# The builders register when their modules are imported.
_ROOMS = (formio_fields, formio_layout)


def is_formio(source: object) -> bool:
    """Whether decoded JSON is a form of Form.io: its components say `input`, form-js has no such property."""
    parts = source.get("components") if isinstance(source, dict) else None
    return isinstance(parts, list) and any(isinstance(one, dict) and "input" in one for one in parts)


def adopt(name: str, source: bytes) -> Adoption:
    """The form-js JSON of a Form.io form; the parts that are counted are its components.

    A component that cannot be kept becomes a text in its place that says so, and its finding tells what to do."""
    work = Converting(name)
    form: object = None
    if len(source) > MAX_BYTES:
        work.say("formio-too-large", "", "Het formulier is groter dan 1 MB. Deel het op.", _LARGE)
        return Adoption(None, tuple(work.findings))
    try:
        form = msgspec.json.decode(source)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        work.say("formio-json", "", f"Dit is geen geldige JSON: {error}", f"This is not valid JSON: {error}")
        return Adoption(None, tuple(work.findings))
    if not isinstance(form, dict) or not is_formio(form):
        known, findings = forms.read(source, name)
        if known is not None:
            return Adoption(source, findings)
        nl = "Dit is geen formulier van Form.io: er zijn geen onderdelen met 'input'. Kies een ander bestand."
        work.say("formio-shape", "", nl, "This is no form of Form.io: no component has 'input'. Choose another file.")
        return Adoption(None, tuple(work.findings))
    if form.get("display") == "wizard":
        nl = "De stappen van het formulier staan nu onder elkaar. Kijk of de volgorde klopt."
        en = "The pages of the form stand below each other now. See whether the order is right."
        work.say("formio-wizard", "", nl, en, "info")
    parts = [made for raw in form["components"] for made in convert(raw, work, 0)]
    made = {
        "schemaVersion": 18,
        "type": "default",
        "id": _id(form, name),
        "executionPlatform": "Camunda Cloud",
        "executionPlatformVersion": "8.8.0",
        "components": parts,
    }
    content = msgspec.json.format(msgspec.json.encode(made)) + b"\n"
    return Adoption(content, tuple(work.findings), work.done, work.total)


_LARGE = "The form is larger than 1 MB. Divide it."


def _id(form: dict[str, object], name: str) -> str:
    """The name by which tasks refer to the form: its path or name, else that of the file."""
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].split(".", 1)[0]
    found = next((str(form[key]) for key in ("path", "name") if form.get(key)), "") or stem or "formulier"
    return re.sub(r"[^A-Za-z0-9_-]+", "-", found).strip("-") or "formulier"
