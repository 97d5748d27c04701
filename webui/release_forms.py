"""How a version goes out, and days, as they are typed on a page."""

from collections.abc import Mapping
from datetime import date

from flask import request

from engine.domain.errors import Invalid, Plus1Error, Problem
from tenants.release import EVERYONE, Release
from webui.forms import Fault, dutch

# The names of the API → the fields of the page.
FIELDS = {
    "ring": "ring",
    "pilotOn": "proef",
    "everyoneOn": "iedereen",
    "legalBasis": "artikel",
    "legalReason": "spoed",
    "earlierUntil": "eerder",
    "until": "tot",
    "reason": "reden",
    "policy": "beleid",
}


def day(field: str, at: str) -> date | None:
    """The day in the three boxes of a field; `at`: what a fault is about. Raises Invalid for what is no day."""
    parts = [request.form.get(f"{field}.{part}", "").strip() for part in ("dag", "maand", "jaar")]
    if not any(parts):
        return None
    try:
        found = [int(part) for part in parts]
        return date(found[2], found[1], found[0])
    except ValueError as error:
        nl, en = "Dit is geen datum. Schrijf bijvoorbeeld 27 3 2027.", "This is no date. Write for example 27 3 2027."
        raise Invalid(nl, en, (Problem(at, nl, en),)) from error


def text(field: str) -> str:
    """What stands in a field, without what a database cannot keep."""
    return request.form.get(field, "").replace("\0", "").strip()


def release() -> Release:
    """How the version goes out. Raises Invalid for what is no day."""
    return Release(
        text("ring") or EVERYONE,
        day("proef", "pilotOn"),
        day("iedereen", "everyoneOn"),
        text("artikel"),
        text("spoed"),
        day("eerder", "earlierUntil"),
    )


def typed(*fields: str) -> Mapping[str, list[str]]:
    """The three boxes of each date, as they were typed."""
    return {name: [request.form.get(f"{name}.{part}", "") for part in ("dag", "maand", "jaar")] for name in fields}


def told(error: Plus1Error | None) -> Mapping[str, object]:
    """What a page says of an error: `faults` for its summary, and `by_field` beside the fields."""
    problems = error.problems if error else ()
    found = [Fault(FIELDS.get(one.at, ""), one.nl if dutch() else one.en) for one in problems]
    return {"faults": found, "by_field": {fault.key: fault.text for fault in found}}
