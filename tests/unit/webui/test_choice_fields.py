"""Choices on a page: what was typed, the days of one point, and words for tables and limits."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel
from hypothesis import given
from hypothesis import strategies as st

from bpmn import package
from tenants import override
from tenants.override import Choice
from webui import choice_days, choice_fields, choice_forms, choice_view, choices

LIBRARY = Path(__file__).parents[3] / "bpmn" / "library" / "evenementenvergunning"
TODAY = date(2026, 11, 24)
GROUPS = {"politie": "Politie", "mandaathouders": "Mandaathouders"}
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def base() -> package.Package:
    files = {str(p.relative_to(LIBRARY)): p.read_bytes() for p in LIBRARY.rglob("*") if p.is_file()}
    found, _ = package.read(files)
    assert found
    return found


BASE = base()


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    app = Flask("test")
    Babel(app, default_locale="nl")
    with app.test_request_context():
        yield


def point(id_: str) -> choice_fields.Open:
    found = choices.find(BASE, id_, GROUPS)
    assert found
    return found


def fee(value: int, since: date | None, until: date | None = None) -> Choice:
    return Choice("vp-leges", "value", value, "x", valid_from=since, valid_until=until)


@pytest.mark.parametrize(
    ("id_", "typed", "kept"),
    [
        ("vp-leges", {"waarde": ["95,50"]}, Decimal("95.50")),
        ("vp-leges", {"waarde": ["1.250"]}, Decimal(1250)),
        ("vp-beslistermijn", {"waarde": ["8"], "eenheid": ["W"]}, "P8W"),
        ("vp-beslistermijn", {"waarde": ["60"], "eenheid": ["D"]}, "P60D"),
        ("vp-mandaatgroep", {"waarde": ["politie"]}, "politie"),
        ("vp-publicatie", {"waarde": [" https://voorbeeld.nl "]}, "https://voorbeeld.nl"),
        ("vp-adviseurs", {"items.10": ["politie"], "items.2": ["mandaathouders"]}, ["mandaathouders", "politie"]),
        ("vp-schouw", {"waarde": ["uit"]}, False),
    ],
)
def test_what_is_typed_is_kept_as_the_engine_takes_it(id_: str, typed: dict[str, list[str]], kept: object) -> None:
    found = choices.read(point(id_), typed | {"reden": ["Omdat"]}, None, TODAY)
    assert (found.faults, found.chosen, found.since, found.until) == ([], kept, TODAY, None)
    made = choices.choice(point(id_), found, "Daan")
    read, findings = override.read({"key": BASE.key, "choices": [choice_days.as_json(made)]})
    assert findings == () and read and read.choices == (made,)
    again = choices.read(point(id_), choices.fill(point(id_), made, TODAY) | {"reden": ["x"]}, made, TODAY)
    assert again.chosen == kept, "the page of a choice shows that choice"


@pytest.mark.parametrize(
    ("id_", "typed", "fields"),
    [
        ("vp-leges", {"waarde": ["veel"]}, ["waarde", "reden"]),
        ("vp-beslistermijn", {"waarde": ["8"], "eenheid": ["X"]}, ["waarde", "reden"]),
        ("vp-beslistermijn", {"waarde": ["٨"], "eenheid": ["W"]}, ["waarde", "reden"]),
        ("vp-mandaatgroep", {"waarde": ["van elders"]}, ["waarde", "reden"]),
        ("vp-schouw", {}, ["waarde", "reden"]),
        ("vp-risico", {}, ["bestand", "reden"]),
        ("vp-leges", {"waarde": ["1"], "vanaf.dag": ["31"]}, ["reden", "vanaf"]),
        (
            "vp-leges",
            {"waarde": ["1"], "reden": ["x"], "tot.dag": ["1"], "tot.maand": ["1"], "tot.jaar": ["2020"]},
            ["tot"],
        ),
    ],
)
def test_every_fault_names_its_field(id_: str, typed: dict[str, list[str]], fields: list[str]) -> None:
    assert [fault.key for fault in choices.read(point(id_), typed, None, TODAY).faults] == fields


def test_what_counted_earlier_keeps_its_days() -> None:
    old, later = fee(95, date(2026, 1, 1)), fee(100, date(2027, 1, 1))
    planned = choice_days.put([old], later, old, TODAY)
    assert planned == (replace(old, valid_until=date(2026, 12, 31)), later)
    changed = choice_days.put(planned, fee(90, TODAY), planned[0], TODAY)
    assert [(c.chosen, c.valid_from, c.valid_until) for c in changed] == [
        (95, date(2026, 1, 1), TODAY - timedelta(days=1)),
        (100, date(2027, 1, 1), None),
        (90, TODAY, date(2026, 12, 31)),
    ]
    corrected = choice_days.put(changed, fee(91, TODAY), changed[2], TODAY)
    assert [c.chosen for c in corrected] == [95, 100, 91]
    moved = choice_days.put(corrected, fee(101, date(2027, 2, 1)), corrected[1], TODAY)
    assert [c.chosen for c in moved] == [95, 91, 101], "what has not begun leaves nothing behind"


def test_the_end_of_a_choice() -> None:
    old, later = fee(95, date(2026, 1, 1)), fee(100, date(2027, 1, 1))
    assert choice_days.end([old, later], old, TODAY) == (replace(old, valid_until=TODAY - timedelta(days=1)), later)
    assert choice_days.end([old, later], later, TODAY) == (old,)
    over = replace(old, valid_until=TODAY - timedelta(days=9))
    assert choice_days.end([over], over, TODAY) == (over,), "what is over is not made longer"
    assert choice_days.end([fee(1, TODAY)], fee(1, TODAY), TODAY) == (fee(1, TODAY),), "another one is not this one"


@given(st.lists(st.tuples(DAYS, st.integers(0, 60)), max_size=5), DAYS, st.integers(0, 400), st.booleans())
def test_every_other_choice_stays(spans: list[tuple[date, int]], start: date, days: int, open_ended: bool) -> None:
    """Whatever is put in: choices of other points are untouched, and of this point each day before the new one is as
    it was; with an open end nothing overlaps that did not overlap before."""
    own: list[Choice] = []
    for n, (first, length) in enumerate(sorted(spans)):
        if not own or first > (own[-1].valid_until or date.max):
            own.append(fee(n, first, first + timedelta(days=length)))
    other = Choice("vp-schouw", "on", False, "x")
    new = fee(99, start, None if open_ended else start + timedelta(days=days))
    after = choice_days.put([*own, other], new, None, TODAY)
    assert other in after
    day = start - timedelta(days=1)
    before = [c.chosen for c in own if c.holds(day)]
    assert [c.chosen for c in after if c.point == "vp-leges" and c.holds(day)] == before
    read, _ = override.read({"key": "x", "choices": [choice_days.as_json(c) for c in after]})
    same_start = any(c.valid_from == start for c in own)
    assert read is not None or same_start or not open_ended


def test_limits_and_tables_in_words() -> None:
    assert choice_view.limit_words(point("vp-leges")) == "Minstens € 0,00, hoogstens € 500,00."
    assert choice_view.limit_words(point("vp-beslistermijn")).startswith("Minstens 2 weken, hoogstens 12 weken (Awb")
    assert choice_view.limit_words(point("vp-adviseurs")) == "Minstens 1, hoogstens 8."
    assert choice_view.limit_words(point("vp-schouw")) == ""
    source = choice_view.table_file(BASE, point("vp-risico").point)
    table = choice_view.table(source, "risicoklasse")
    assert table and table.hit_policy == "FIRST" and len(table.rows) == 5
    assert table.columns == ["Aantal bezoekers", "Versterkt geluid", "Weg afsluiten", "Risicoklasse", "Uitleg"]
    assert table.rows[1][:4] == ["[2000..5000)", "ja", "ja", "C"]
    assert choice_view.table(b"<geen", "risicoklasse") is None and choice_view.table(source, "anders") is None


def test_a_term_with_its_unit() -> None:
    assert choices.units(point("vp-beslistermijn"), None) == [("W", "weken"), ("D", "dagen")]
    assert [choice_fields.unit_of(t) for t in ("P8W", "P60D", "P1W2D", "P1M", "PT4H", "P1Y2M", None)] == [
        ("8", "W"),
        ("60", "D"),
        ("9", "D"),
        ("1", "M"),
        ("4", "H"),
        ("", "W"),
        ("", "W"),
    ]


def test_a_name_for_the_data_comes_from_the_label() -> None:
    labels = ("Er is vuurwerk", "Één café?", "2 tenten", "???")
    assert [choice_forms.key_of(label) for label in labels] == ["erIsVuurwerk", "eenCafe", "veld2Tenten", ""]


def test_a_form_keeps_what_the_page_does_not_show() -> None:
    added = {"type": "select", "key": "zaal", "label": "Zaal", "values": [{"label": "A", "value": "a"}]}
    known = {"add": [added], "order": ["soort", "evenement"], "hide": ["weg"], "help": {"soort": "Kies"}}
    sent = choice_forms.fill(known)
    assert choice_forms.read(sent, known) == (known, [])
    renamed, _ = choice_forms.read(sent | {"eigen.0.naam": ["Welke zaal?"]}, known)
    assert renamed["add"] == [added | {"label": "Welke zaal?"}]
    _, faults = choice_forms.read(sent | {"eigen.0.sleutel": ["anders"]}, known)
    assert [fault.key for fault in faults] == ["eigen.0.soort"], "a list of options cannot be made here"
