"""Each part of another engine that goes in is translated or comes out as an open point: nothing is lost silently."""

import random
import re
from pathlib import Path

import pytest
from lxml import etree

from bpmn import adopt, checks, readers
from tests.unit.adopt.adopting import VENDORS, adopted, codes

HERE = Path(__file__).parent
MODELS = Path(__file__).parents[4] / "shared" / "conformance" / "models"
FILES = sorted([*HERE.glob("*.bpmn"), *MODELS.rglob("*.bpmn"), *MODELS.rglob("*.xml")])
MARKED = re.compile(r"[$#]\{[^}]*\}")
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


def of_vendor(name: str) -> bool:
    return name[1:].split("}")[0] in VENDORS if name.startswith("{") else False


def counted(source: bytes) -> int:
    """Elements and attributes of a vendor, expressions in attributes and texts of BPMN, scripts."""
    number = 0
    for e in etree.fromstring(source).iter("*"):
        tag = str(e.tag)
        number += of_vendor(tag) + sum(of_vendor(str(name)) for name in e.attrib)
        if not tag.startswith(BPMN) or tag == f"{BPMN}documentation":
            continue
        number += sum(not str(k).startswith("{") and bool(MARKED.search(v)) for k, v in e.attrib.items())
        text = (e.text or "").strip()
        number += bool(text) and (bool(MARKED.search(text)) or tag == f"{BPMN}script")
    return number


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_what_goes_in_is_translated_or_open(path: Path) -> None:
    source = path.read_bytes()
    found = adopted(source)
    assert found.total == (0 if codes(found) == ["already-canonical"] else counted(source))
    assert 0 <= found.translated <= found.total
    assert bool(found.open) >= (found.translated < found.total)


def test_everything_wrong_at_once_gives_a_draft_and_every_point_with_its_line() -> None:
    source = (HERE / "alles-mis.bpmn").read_bytes()
    found = adopted(source)
    lines = source.decode().splitlines()
    assert found.share < 60 and all(0 < f.line <= len(lines) and f.nl and f.en for f in found.open)
    said = {(f.code, f.element) for f in found.findings}
    assert said >= {
        ("juel", "a"), ("form-to-make", "a"), ("mapping-script", "a"), ("juel", "f2"), ("unsupported-language", "f3"),
        ("script-refused", "d"), ("case-number", "e"), ("timer-form", "t"),
        ("message-made", "r"), ("dangling-flow", "f9"), ("always-taken", "f1"),
    }  # fmt: skip
    for word in ("skipExpression", "onbekend", "eventListener", "variableMappingClass", "businessCalendarName"):
        assert any(word in f.nl for f in found.open), word


@pytest.mark.parametrize("name", ["alles-mis.bpmn", "subsidie.bpmn"])
def test_the_draft_goes_on_showing_every_open_point(name: str) -> None:
    found = adopted((HERE / name).read_bytes())
    processes, read = readers.read(found.content or b"")
    shown = {f.element for f in (*read, *checks.run(processes, (), ())) if f.severity != "info"}
    # What the job types of the installation are, only the engine knows.
    assert {f.element for f in found.open if f.code != "implement-me"} <= shown
    assert {f.code for f in read} >= {"left-over", "open-point"}
    assert all(f.nl != f.en and " | " not in f.nl for f in read if f.code == "open-point")


@pytest.mark.parametrize("seed", range(60))
def test_parts_taken_away_or_doubled_never_break_it(seed: int) -> None:
    chance = random.Random(seed)
    root = etree.fromstring((HERE / chance.choice(["alles-mis.bpmn", "subsidie.bpmn"])).read_bytes())
    for _ in range(12):
        e = chance.choice([one for one in root.iter("*") if one.tag != f"{BPMN}process"])
        parent = e.getparent()
        if parent is None:
            continue
        if chance.random() < 0.5:
            parent.remove(e)
        elif e.attrib:
            name = chance.choice(list(e.attrib))
            e.set(name, chance.choice(["", "${", "${x", "#{a.b(c)}", "=", "a:b:c", "&<>", "Start", "x" * 3000]))
    source = etree.tostring(root)
    found = adopt.adopt("kapot.bpmn", source)
    if found.content is None:
        assert [f for f in found.findings if f.severity == "error"]
    else:
        adopted(source)
        assert found.total in (0, counted(source))
