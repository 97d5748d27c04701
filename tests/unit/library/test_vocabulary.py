"""The moddle descriptor knows every `plus1` element and attribute that the library and the code use."""

import json
from pathlib import Path

import pytest
from lxml import etree

from tenants import variation

ROOT = Path(__file__).parents[3]
DESCRIPTOR = json.loads((ROOT / "bpmn/language/plus1.json").read_text("utf-8"))
TYPES = {t["name"]: t for t in DESCRIPTOR["types"]}
LIBRARY = sorted((ROOT / "bpmn/library").rglob("*.bpmn"))


def type_of(tag):
    return TYPES[tag[0].upper() + tag[1:]]


def properties(type_):
    """Own and inherited ones; `Element` is moddle's own root."""
    found = {p["name"]: p for p in type_.get("properties", ())}
    for above in type_.get("superClass", ()):
        found |= properties(TYPES[above]) if above in TYPES else {}
    return found


@pytest.mark.parametrize("path", LIBRARY, ids=lambda p: p.parent.name)
def test_everything_in_the_library_is_described(path):
    elements = list(etree.parse(path).iter(f"{{{DESCRIPTOR['uri']}}}*"))
    assert elements
    for element in elements:
        known = properties(type_of(etree.QName(element).localname))
        assert {etree.QName(a).localname for a in element.attrib} <= {n for n, p in known.items() if p.get("isAttr")}
        for child in element:
            inside = {p["type"] for p in known.values() if not p.get("isAttr")}
            assert type_of(etree.QName(child).localname)["name"] in inside


def test_every_point_that_the_code_knows_is_described_and_the_other_way_round():
    described = {t["name"] for t in DESCRIPTOR["types"] if "Point" in t.get("superClass", ())}
    assert described == {tag[0].upper() + tag[1:] for tag in variation.KINDS}
    assert set(variation.READY) <= set(variation.KINDS.values())


def test_names_types_and_super_classes_fit_together():
    assert len(TYPES) == len(DESCRIPTOR["types"])
    plain = {"String", "Boolean", "Integer"}
    for type_ in DESCRIPTOR["types"]:
        assert set(type_.get("superClass", ())) <= set(TYPES) | {"Element"}
        for one in type_.get("properties", ()):
            assert one["type"] in plain | set(TYPES), (type_["name"], one["name"])
    assert all(t.get("description") for t in DESCRIPTOR["types"] if "extends" not in t)
