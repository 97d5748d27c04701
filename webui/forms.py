"""A form of the model on a page: what is shown, what was typed, and its errors in the reader's language."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask import request
from flask_babel import get_locale

from bpmn import feel
from bpmn import forms as models
from engine.domain.errors import Invalid

OWN = frozenset({"csrf_token", "idempotency_key", "revision", "meer"})


@dataclass(frozen=True, slots=True)
class Fault:
    """An error with the field that it belongs to."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Filled:
    """What the template needs: the visible components, errors in order, and whether answers change what is shown."""

    shown: Sequence[models.Shown]
    errors: Sequence[Fault]
    by_field: Mapping[str, str]
    moving: bool


def answer_key(one: models.Shown) -> str:
    """What stands for a component on its page."""
    return f"{one.name}#{one.field.id}"


def left_out(shown: Sequence[models.Shown]) -> list[str]:
    """The keys of the components that are left out for the answers so far."""
    found = []
    for one in shown:
        found += [answer_key(one)] if one.hidden else []
        for inner in (one.children, *one.rows):
            found += left_out(inner)
    return found


def dutch() -> bool:
    """Is the reader's language Dutch?"""
    return str(get_locale() or "nl").startswith("nl")


def posted() -> dict[str, list[str]]:
    """The fields of the form that was sent, without our own hidden ones."""
    sent = ((name, values) for name, values in request.form.lists() if name not in OWN)
    found = {name: [value.replace("\0", "") for value in values] for name, values in sent}
    longer = request.form.get("meer", "")
    if longer:
        rows = {name[len(longer) + 1 :].split(".")[0] for name in found if name.startswith(f"{longer}.")}
        found[f"{longer}.{len(rows)}."] = [""]
    return found


def filled(
    form: models.Form | None,
    scope: Mapping[str, object],
    now: int,
    sent: Mapping[str, Sequence[str]] | None = None,
    error: Invalid | None = None,
    seen: Collection[str] | None = None,
) -> Filled:
    """The form over the case's variables (`scope`), or with what was sent and refused. `seen`: the names of those that
    the reader may see; None for all."""
    if form is None:
        return Filled((), (), {}, moving=False)
    evaluation = feel.Evaluation(now)

    def known(name: str) -> object:
        return scope.get(name, feel.MISSING)

    def told(name: str) -> object:
        return known(name) if seen is None or name in seen else feel.MISSING

    shown = models.present(form, {}, known, evaluation, sent, told)
    faults = tuple(Fault(p.at, p.nl if dutch() else p.en) for p in error.problems) if error else ()
    moving = _moving(form.fields)
    return Filled(shown, faults, {fault.key: fault.text for fault in faults}, moving)


def _moving(fields: Sequence[models.FormField]) -> bool:
    return any(field.hide is not None or _moving(field.children) for field in fields)
