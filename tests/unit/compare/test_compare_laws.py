"""Laws of comparing: nothing differs from itself; added is removed the other way round; no difference goes untold."""

from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn import package
from bpmn.compare import compare, forms, steps
from bpmn.compare.content import content
from bpmn.forms.schema import FormField, Limits
from bpmn.model import Flow, Loop, Node, Trigger, Work
from tests.unit.compare.mutating import json_mutants, mutant, places
from tests.unit.tenants.versions import FILES, base

MODELS = sorted(
    path
    for path in (Path(__file__).parents[4] / "shared/conformance/models").rglob("*")
    if path.suffix in {".xml", ".bpmn"}
)
QUICK = settings(max_examples=120, deadline=None)


@cache
def library():
    return base()


@cache
def everywhere():
    return [(p, place) for p in FILES if p.endswith((".bpmn", ".dmn")) for place in places(FILES[p])]


@cache
def in_forms():
    return [(p, at, new) for p in FILES if p.startswith("forms/") for at, new in json_mutants(FILES[p])]


def model(read):
    """All that the engine reads of a package, decisions aside, which hold functions."""
    processes = tuple(sorted((i, content(process)) for i, process in read.processes.items()))
    shapes = tuple(sorted((i, content(form.fields)) for i, form in read.forms.items()))
    return processes, shapes, content(dict(read.texts)), content(dict(read.scenarios))


def is_told(old, files):
    """A change of content is told, and as no mere drawing; one of the model also says what it is about."""
    new, _ = package.read(files)
    if new is None or new.hash == old.hash:
        return
    subjects = {c.subject for c in compare(old, new).changes} - {"layout"}
    assert subjects
    assert subjects != {"other"} or model(new) == model(old)


def test_a_package_does_not_differ_from_itself():
    assert compare(library(), library()).changes == ()
    assert compare(library(), base()).impact == "none"


@QUICK
@given(st.data())
def test_no_change_of_a_drawing_or_table_goes_untold(data):
    path, place = data.draw(st.sampled_from(everywhere()))
    is_told(library(), {**FILES, path: mutant(FILES[path], place)})


@QUICK
@given(st.data())
def test_no_change_of_a_form_goes_untold(data):
    path, _, new = data.draw(st.sampled_from(in_forms()))
    is_told(library(), {**FILES, path: new})


@pytest.mark.skipif(not MODELS, reason="the models of other engines are not beside this checkout")
@QUICK
@given(st.data())
def test_no_change_of_the_models_of_other_engines_goes_untold(data):
    source = data.draw(st.sampled_from(MODELS)).read_bytes()
    place = data.draw(st.sampled_from(places(source)))
    old, _ = package.read({"process.bpmn": source})
    is_told(old, {"process.bpmn": mutant(source, place)})


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_what_is_added_one_way_is_removed_the_other_way(data):
    path, place = data.draw(st.sampled_from(everywhere()))
    new, _ = package.read({**FILES, path: mutant(FILES[path], place)})
    if new is None:
        return

    def told(old, new, kind):
        return {(c.subject, c.id) for c in compare(old, new).changes if c.kind == kind and c.path != "README.md"}

    assert told(library(), new, "added") == told(new, library(), "removed")


@pytest.mark.parametrize(
    ("kind", "labels", "elsewhere"),
    [
        (
            Node,
            steps.NODE,
            "id kind name scope outgoing incoming default triggers attached boundary handler"
            " compensable starts events loop inputs outputs work lane declared line",
        ),
        (Trigger, steps.TRIGGER, "line"),
        (Loop, steps.LOOP, ""),
        (Work, steps.WORK, "headers"),
        (Flow, {}, "id source target name condition declared line"),
        (FormField, forms.FIELD, "id path limits options children"),
        (Limits, forms.LIMITS, ""),
    ],
)
def test_a_new_attribute_of_the_model_needs_a_name_here(kind, labels, elsewhere):
    """What is not in a table of names is compared by hand, or follows from what is."""
    assert {f.name for f in fields(kind)} == {*labels, *elsewhere.split()}


def test_line_numbers_and_indentation_are_no_difference():
    shifted = FILES["process.bpmn"].replace(b"<process ", b"\n\n\n<process ", 1)
    new, _ = package.read({**FILES, "process.bpmn": shifted})
    assert compare(library(), new).changes == ()


def test_what_is_drawn_elsewhere_is_one_change_per_file():
    moved = compare(library(), base(("process.bpmn", '<dc:Bounds x="160" y="80"', '<dc:Bounds x="161" y="80"')))
    assert [(c.kind, c.subject, c.impact, c.nl) for c in moved.changes] == [
        ("moved", "layout", "patch", "In process.bpmn is 1 onderdeel anders getekend.")
    ]
    assert moved.impact == "patch"
    coloured = base(("process.bpmn", "<dc:Bounds", "<di:extension/><dc:Bounds"))
    (many,) = compare(library(), coloured).changes
    assert many.subject == "layout" and many.nl.startswith("In process.bpmn zijn ")
    wider = base(("forms/aanvraag.json", '"id": "veld-soort"', '"id": "veld-soort", "layout": {"columns": 8}'))
    assert [c.subject for c in compare(library(), wider).changes] == ["layout"]
