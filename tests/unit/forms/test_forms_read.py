"""Reading form-js JSON: nothing unknown is dropped silently, and a bad file gives findings, never an exception."""

import json

import pytest

from bpmn import forms


def findings_of(*components, **more):
    schema = {"id": "proef", "type": "default", "components": list(components), **more}
    return forms.read(json.dumps(schema).encode(), "forms/proef.json")


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"{", "form-json"),
        (b"\xff\xfe", "form-json"),
        (b"[" * 100_000, "form-json"),
        (b"[]", "form-shape"),
        (b'{"components": []}', "form-id"),
        (b'{"id": "x", "components": {}}', "form-shape"),
        (b" " * (1024 * 1024 + 1), "form-too-large"),
    ],
)
def test_a_file_that_is_no_form_is_refused(source, code):
    form, findings = forms.read(source, "forms/x.json")
    assert form is None
    assert [(f.code, f.severity, f.path) for f in findings] == [(code, "error", "forms/x.json")]


@pytest.mark.parametrize(
    ("component", "code", "severity"),
    [
        ({"type": "html", "id": "h", "content": "<script>"}, "form-kind", "error"),
        ({"type": "iframe", "id": "h", "url": "https://example.org"}, "form-kind", "error"),
        ({"type": "hologram", "id": "h"}, "form-kind", "error"),
        ("tekst", "form-component", "error"),
        ({"type": "textfield", "id": "a"}, "form-key", "error"),
        ({"type": "textfield", "id": "a", "key": "a b"}, "form-key", "error"),
        ({"type": "textfield", "id": "a", "key": "a", "validate": {"pattern": "["}}, "form-pattern", "error"),
        ({"type": "textfield", "id": "a", "key": "a", "validate": {"minLength": "drie"}}, "form-limit", "error"),
        ({"type": "textfield", "id": "a", "key": "a", "conditional": {"hide": "=1 +"}}, "form-feel", "error"),
        ({"type": "text", "id": "a", "text": "Beste {{ 1 + }}"}, "form-feel", "error"),
        ({"type": "radio", "id": "a", "key": "a"}, "form-options", "error"),
        ({"type": "datetime", "id": "a", "key": "a", "subtype": "eeuw"}, "form-subtype", "error"),
        ({"type": "group", "id": "a", "label": "A"}, "form-component", "error"),
        ({"type": "textfield", "id": "a", "key": "a", "kleur": "rood"}, "form-property", "warning"),
        ({"type": "textfield", "id": "a", "key": "a", "validate": {"streng": True}}, "form-property", "warning"),
    ],
)
def test_what_cannot_be_kept_is_a_finding_with_the_component(component, code, severity):
    _, findings = findings_of(component)
    assert [(f.code, f.severity) for f in findings] == [(code, severity)]
    assert findings[0].path == "forms/proef.json"
    assert findings[0].nl != findings[0].en


def test_paths_inside_each_other_and_double_ids_are_found():
    one = {"type": "textfield", "id": "a", "key": "a"}
    _, findings = findings_of(one, {"type": "textfield", "id": "b", "key": "a.b"}, {**one, "key": "c"})
    assert {f.code for f in findings} == {"form-path", "form-double-id"}


def test_too_deep_nesting_is_refused():
    component = {"type": "textfield", "id": "a", "key": "a"}
    for n in range(12):
        component = {"type": "group", "id": f"g{n}", "label": "G", "components": [component]}
    assert "form-depth" in {f.code for f in findings_of(component)[1]}


def test_what_a_form_writes():
    form, _ = findings_of(
        {
            "type": "group",
            "id": "g",
            "path": "p",
            "label": "G",
            "components": [{"type": "textfield", "id": "a", "key": "a"}],
        },
        {"type": "checkbox", "id": "b", "key": "b"},
        {"type": "textfield", "id": "c", "key": "c", "disabled": True},
    )
    assert form.writes() == {"p", "b"}
