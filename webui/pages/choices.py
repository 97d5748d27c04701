"""A municipality's process owner changes its choices: a page per open point, in force at once for new cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from bpmn.package import MANIFEST, Package
from engine.domain.caller import Caller
from engine.domain.errors import Invalid, NotFound, Plus1Error, StaleRevision
from engine.domain.rights import require
from engine.queries import models as queries
from engine.store import people
from engine.store.transaction import Transaction
from engine.usecases.change_override import ChangeOverride, change_override
from engine.usecases.effective_model import base_package, local_day
from tenants.override import Choice
from webui import choice_days, choice_forms, choice_view, choices, desk, forms
from webui.choice_fields import Open, rows
from webui.choice_forms import first
from webui.errors import again
from webui.forms import Fault
from webui.texts import attachment

blueprint = Blueprint("choices", __name__, url_prefix="/<place>/inrichting/<key>")


@dataclass(frozen=True, slots=True)
class Desk:
    """What the pages of one point work with: the choices as they stand, the point, and today."""

    view: queries.ChoicesView
    opened: Open
    on: date

    def choice(self, start: str) -> Choice | None:
        """The choice of this point that begins on that day, or, when there is none (any more), what counts today."""
        point, known = self.opened.point.id, self.view.chosen.choices
        found = choice_days.find(known, point, start)
        over = found is None or (found.valid_until is not None and found.valid_until < self.on)
        return choice_days.counting(known, point, self.on) if over else found


class Refused(Exception):
    """Nothing is stored; `faults` say why."""

    def __init__(self, faults: list[Fault], error: Plus1Error) -> None:
        super().__init__()
        self.faults, self.error = faults, error


@blueprint.get("/schema.bpmn")
def diagram(place: str, key: str) -> Response:
    """The base's BPMN, for the viewer."""
    with desk.acting(place) as (transaction, caller):
        _view, base = _read(transaction, caller, key)
    return Response(base.files[MANIFEST], mimetype="application/xml", headers={"Cache-Control": "private, no-cache"})


@blueprint.get("/schema.json")
def marks(place: str, key: str) -> AnyResponse:
    """Which elements are open, changed or off."""
    with desk.acting(place) as (transaction, caller):
        view, base = _read(transaction, caller, key)
    return jsonify({"marks": choice_view.marks(view, base)})


@blueprint.get("/<point>")
def edit(place: str, key: str, point: str) -> Any:
    """The page of one point; `?vanaf=` opens a choice that begins on that day, `?bestand=basis` gives the table."""
    with desk.acting(place) as (transaction, caller):
        at = _desk(transaction, caller, key, point)
    wanted = request.args.get("bestand")
    if wanted:
        return _file(at, wanted)
    present = at.choice(request.args.get("vanaf", ""))
    return _page(place, at, choices.fill(at.opened, present, at.on), present)


@blueprint.post("/<point>")
def save(place: str, key: str, point: str) -> Any:
    """Save the choice; with faults the page comes back as it was typed."""
    sent = _sent()
    start, action = first(sent, "keuze"), first(sent, "actie")
    with desk.acting(place) as (transaction, caller):
        at = _desk(transaction, caller, key, point)
    if action and action != "bewaren":
        return _page(place, at, choices.rearranged(at.opened, sent, action), at.choice(start))
    try:
        with desk.acting(place) as (transaction, caller):
            at = _desk(transaction, caller, key, point)
            if desk.once(transaction, caller):
                _save(transaction, caller, at, sent, at.choice(start))
    except Refused as refused:
        return again(_page(place, at, sent, at.choice(start), refused.faults), refused.error)
    except StaleRevision as error:
        return again(_page(place, at, sent, at.choice(start), conflict=error), error)
    flash(_("De keuze is bewaard. Nieuwe zaken werken er meteen mee."), "ok")
    return redirect(url_for("models.read_choices", place=place, key=key))


@blueprint.get("/<point>/basis")
def ask_base(place: str, key: str, point: str) -> str:
    """Ask whether the choice may go."""
    return _base_page(place, key, point, request.args.get("vanaf", ""))


@blueprint.post("/<point>/basis")
def to_base(place: str, key: str, point: str) -> Any:
    """Back to the base from today; what counted earlier stays known, for the cases of those days."""
    start = request.form.get("keuze", "")
    try:
        with desk.acting(place) as (transaction, caller):
            at = _desk(transaction, caller, key, point)
            present = choice_days.find(at.view.chosen.choices, point, start)
            if present is not None and desk.once(transaction, caller):
                left = choice_days.end(at.view.chosen.choices, present, at.on)
                command = ChangeOverride(key, [choice_days.as_json(one) for one in left], _revision())
                change_override(transaction, caller, command)
    except (Invalid, StaleRevision) as error:
        return again(_base_page(place, key, point, start, error), error)
    flash(_("Dit gaat nu zoals de basis.") if present else _("Deze keuze was er niet meer."), "ok")
    return redirect(url_for("models.read_choices", place=place, key=key))


def _save(
    transaction: Transaction, caller: Caller, at: Desk, sent: Mapping[str, list[str]], present: Choice | None
) -> None:
    """Raises Refused with every fault at once, StaleRevision."""
    found = choices.read(at.opened, sent, present, at.on)
    made = choices.choice(at.opened, found, caller.name)
    if found.faults:
        more = choices.beyond(at.opened, made, sent) if found.chosen is not None else []
        raise Refused([*more, *found.faults], Invalid("De keuze klopt niet.", "The choice is wrong."))
    everything = choice_days.put(at.view.chosen.choices, made, present, at.on)
    command = ChangeOverride(at.view.version.key, [choice_days.as_json(one) for one in everything], _revision())
    try:
        change_override(transaction, caller, command)
    except Invalid as error:
        raise Refused(choices.refusals(at.opened, sent, error), error) from error


def _read(transaction: Transaction, caller: Caller, key: str) -> tuple[queries.ChoicesView, Package]:
    view = queries.read_choices(transaction, caller, key)
    return view, base_package(transaction, view.version.owner_id, view.version.id)


def _desk(transaction: Transaction, caller: Caller, key: str, point: str) -> Desk:
    """Raises Forbidden, or NotFound when there is no such point to change."""
    require(caller, "override.change")
    view, base = _read(transaction, caller, key)
    opened = choices.find(base, point, people.group_names(transaction))
    if opened is None:
        raise NotFound
    return Desk(view, opened, local_day(transaction.at))


def _page(
    place: str,
    at: Desk,
    sent: Mapping[str, list[str]],
    present: Choice | None,
    faults: list[Fault] | None = None,
    conflict: Plus1Error | None = None,
) -> str:
    opened = at.opened
    form = opened.base.forms.get(opened.point.target)
    own = first(sent, "tabel") or (str(present.chosen) if present and present.content == "dmn" else "")
    is_rule = opened.point.kind == "rule"
    base_table = choice_view.table_file(opened.base, opened.point) if is_rule else b""
    return render_template(
        "pages/choice.html",
        title=choice_view.card(at.view, opened.base, opened.point, opened.groups).title,
        card=choice_view.card(at.view, opened.base, opened.point, opened.groups),
        view=at.view,
        opened=opened,
        sent={name: values[0] for name, values in sent.items() if values},
        rows=rows(sent),
        own_fields=choice_forms.own_fields(sent),
        field_kinds=choices.field_kinds(sent),
        allowed=[(text, text) for text in opened.point.allowed],
        base_fields=choice_forms.base_fields(form, opened.point) if form else (),
        base_table=choice_view.table(base_table, opened.point.target) if is_rule else None,
        own_table=choice_view.table(own.encode(), opened.point.target) if is_rule and own else None,
        limits=choice_view.limit_words(opened),
        when=choice_view.when_words(opened),
        units=choices.units(opened, present),
        present=present,
        start=present.valid_from.isoformat() if present and present.valid_from else "",
        errors=faults or [],
        by_field={fault.key: fault.text for fault in faults or []},
        conflict=conflict,
        form_key=desk.form_key(),
        place=place,
    )


def _base_page(place: str, key: str, point: str, start: str, error: Plus1Error | None = None) -> str:
    with desk.acting(place) as (transaction, caller):
        at = _desk(transaction, caller, key, point)
    present = choice_days.find(at.view.chosen.choices, point, start)
    shown = choice_view.card(at.view, at.opened.base, at.opened.point, at.opened.groups)
    own = [shown.now, *shown.later] if shown.now else list(shown.later)
    return render_template(
        "pages/choice_base.html",
        title=_("Terug naar de basis"),
        card=shown,
        view=at.view,
        own=next((one for one in own if present and one.start == start), None),
        when=choice_view.when_words(at.opened),
        error=error,
        form_key=desk.form_key(),
        place=place,
    )


def _file(at: Desk, wanted: str) -> Response:
    """The table as a file: the base's, or the own one that begins on the day in `?vanaf=`."""
    opened = at.opened
    present = at.choice(request.args.get("vanaf", ""))
    if opened.point.kind != "rule" or (wanted != "basis" and (present is None or present.content != "dmn")):
        raise NotFound
    own = wanted != "basis" and present is not None
    content = str(present.chosen).encode() if own and present else choice_view.table_file(opened.base, opened.point)
    return attachment(f"{opened.point.target}-{'eigen' if own else 'basis'}", "application/dmn+xml", content)


def _sent() -> dict[str, list[str]]:
    """The fields, and the uploaded table as a field, so that it is not lost when the page comes back."""
    sent = forms.posted()
    file = request.files.get("bestand")
    if file is not None and file.filename:
        content = file.stream.read(choices.MAX_FILE + 1)
        text = choices.readable(content)
        sent |= {"bestand.fout": [choices.file_fault(content)]} if text is None else {"tabel": [text]}
        sent["bestand.naam"] = [file.filename[:100]]
    return sent


def _revision() -> int:
    given = request.form.get("revision", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1
