"""The page of one point, for the version in force or one to come: what it works with, what was sent, and the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Response, render_template, request, url_for

from engine.domain.caller import Caller
from engine.domain.errors import Invalid, NotFound, Plus1Error
from engine.domain.rights import require
from engine.queries.models import ChoicesView
from engine.store import people
from engine.store.transaction import Transaction
from engine.usecases.effective_model import base_package
from tenants import letters
from tenants.override import Choice
from webui import choice_days, choice_forms, choice_view, choices, desk, forms
from webui.choice_fields import Open, rows
from webui.choice_forms import first
from webui.forms import Fault
from webui.texts import attachment


@dataclass(frozen=True, slots=True)
class Desk:
    """What the pages of one point work with: the choices as they stand, and the point."""

    view: ChoicesView
    opened: Open

    @property
    def on(self) -> date:
        """The day that the page is about: today, or the first of a version to come."""
        return self.view.on

    def choice(self, start: str) -> Choice | None:
        """The choice of this point that begins on that day, or, when there is none (any more), what counts on the day
        that the page is about; never one of another kind, as a version to come may ask."""
        point, known = self.opened.point, self.view.chosen.choices
        found = choice_days.find(known, point.id, start)
        if found is None or found.over(self.on):
            found = choice_days.counting(known, point.id, self.on)
        return found if found is not None and found.content == choices.CONTENT[point.kind] else None


@dataclass(frozen=True, slots=True)
class Around:
    """Where the page stands. `here`: where it is sent to; `back`: where to go without saving; `crumbs`: text and
    address of what is above it; `ahead`: the version to come that it is about, "" for the one in force; `unfit`: why
    the choice of now does not fit that version."""

    here: str
    back: str
    crumbs: Sequence[tuple[str, str]]
    ahead: str = ""
    unfit: str = ""


class Refused(Exception):
    """Nothing is stored; `faults` say why."""

    def __init__(self, faults: list[Fault], error: Plus1Error) -> None:
        super().__init__()
        self.faults, self.error = faults, error


def open_point(transaction: Transaction, caller: Caller, view: ChoicesView, point: str) -> Desk:
    """Raises Forbidden, or NotFound when there is no such point to change."""
    require(caller, "override.change")
    base = base_package(transaction, view.version.owner_id, view.version.id)
    opened = choices.find(base, point, people.group_names(transaction))
    if opened is None:
        raise NotFound
    return Desk(view, opened)


def read(caller: Caller, at: Desk, sent: Mapping[str, list[str]], present: Choice | None) -> Choice:
    """The choice that was sent, for the versions for which `present` counts. Raises Refused with all faults."""
    found = choices.read(at.opened, sent, present, at.on)
    made = choices.choice(at.opened, found, caller.name, present)
    if found.faults:
        more = choices.beyond(at.opened, made, sent) if found.chosen is not None else []
        raise Refused([*more, *found.faults], Invalid("De keuze klopt niet.", "The choice is wrong."))
    return made


def render(
    place: str,
    at: Desk,
    around: Around,
    sent: Mapping[str, list[str]],
    present: Choice | None,
    faults: list[Fault] | None = None,
    conflict: Plus1Error | None = None,
) -> str:
    """The page, with what was typed and what is wrong with it."""
    opened, card = at.opened, choice_view.card(at.view, at.opened.base, at.opened.point, at.opened.groups)
    form = opened.base.forms.get(opened.point.target)
    return render_template(
        "pages/choice.html",
        title=card.title,
        card=card,
        view=at.view,
        opened=opened,
        around=around,
        base_address=None if around.ahead else _ask_base(place, at),
        sent={name: values[0] for name, values in sent.items() if values},
        rows=rows(sent),
        own_fields=choice_forms.own_fields(sent),
        field_kinds=choices.field_kinds(sent),
        allowed=[(text, text) for text in opened.point.allowed],
        base_fields=choice_forms.base_fields(form, opened.point) if form else (),
        letter=opened.base.texts.get(opened.point.target, "") if opened.point.kind == "text" else "",
        passages=letters.passages(opened.point, opened.base.texts),
        **_tables(opened, sent, present),
        limits=choice_view.limit_words(opened),
        when=choice_view.when_words(opened),
        units=choices.units(opened, present),
        present=present,
        start=choice_days.start(present) if present else "",
        errors=faults or [],
        by_field={fault.key: fault.text for fault in faults or []},
        conflict=conflict,
        form_key=desk.form_key(),
        place=place,
    )


def _tables(opened: Open, sent: Mapping[str, list[str]], present: Choice | None) -> dict[str, choice_view.Rows | None]:
    """The base's table, and the own one: as it was sent, else as it stands."""
    if opened.point.kind != "rule":
        return {"base_table": None, "own_table": None}
    own = first(sent, "tabel") or (str(present.chosen) if present else "")
    base = choice_view.table(choice_view.table_file(opened.base, opened.point), opened.point.target)
    return {"base_table": base, "own_table": choice_view.table(own.encode(), opened.point.target) if own else None}


def _ask_base(place: str, at: Desk) -> str:
    return url_for("choices.ask_base", place=place, key=at.view.version.key, point=at.opened.point.id)


def table_file(at: Desk, wanted: str) -> Response:
    """The table as a file: the base's, or the own one that begins on the day in `?vanaf=`."""
    opened = at.opened
    present = at.choice(request.args.get("vanaf", ""))
    if opened.point.kind != "rule" or (wanted != "basis" and (present is None or present.content != "dmn")):
        raise NotFound
    own = wanted != "basis" and present is not None
    content = str(present.chosen).encode() if own and present else choice_view.table_file(opened.base, opened.point)
    return attachment(f"{opened.point.target}-{'eigen' if own else 'basis'}", "application/dmn+xml", content)


def sent() -> dict[str, list[str]]:
    """The fields, and the uploaded table as a field, so that it is not lost when the page comes back."""
    found = forms.posted()
    file = request.files.get("bestand")
    if file is not None and file.filename:
        content = file.stream.read(choices.MAX_FILE + 1)
        text = choices.readable(content)
        found |= {"bestand.fout": [choices.file_fault(content)]} if text is None else {"tabel": [text]}
        found["bestand.naam"] = [file.filename[:100]]
    return found


def revision() -> int:
    """Of the choices that the sender looked at; -1 for what is no number."""
    given = request.form.get("revision", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1
