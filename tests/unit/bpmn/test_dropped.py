"""Files that somebody brings: each finds its place, and what cannot be used is told and changes nothing."""

import json
import random
from pathlib import Path

import pytest

from bpmn import archive, blank, dropped, package
from bpmn.library import shelf
from engine.usecases.check_package import check_package

SUBSIDIE = (Path(__file__).parents[1] / "adopt" / "subsidie.bpmn").read_bytes()
FILES = dict(shelf.files("evenementenvergunning"))


def test_a_new_process_can_be_published_as_it_is() -> None:
    found, findings = check_package({"process.bpmn": blank.process("standplaats", 'Standplaats "A" & <B>')}, 0)
    assert found is not None and [one for one in findings if one.severity != "info"] == []
    assert found.key == "standplaats" and found.process.name == 'Standplaats "A" & <B>'


def test_a_diagram_takes_the_place_of_the_main_process() -> None:
    mine = blank.process("evenementenvergunning", "Anders")
    assert dropped.changes("Mijn proces.BPMN", mine, FILES) == ({"process.bpmn": mine}, ())


def test_a_diagram_of_another_engine_becomes_canonical_and_that_is_told_once() -> None:
    changes, told = dropped.changes("Subsidie (oud).bpmn", SUBSIDIE, {})
    assert changes is not None and list(changes) == ["process.bpmn"]
    assert len(told) == 1 and told[0].code == "adopted" and "77 %" in told[0].nl and "Open punten: 11" in told[0].nl
    again = dropped.changes("process.bpmn", changes["process.bpmn"] or b"", {})
    assert again == (changes, ())


def test_a_zip_that_was_not_packed_here_brings_its_only_diagram() -> None:
    changes, told = dropped.changes("oud.zip", archive.pack({"subsidie.bpmn": SUBSIDIE, "lees.md": b"x"}), {})
    assert changes is not None and set(changes) == {"process.bpmn", "lees.md"}
    assert b"zeebe:userTask" in (changes["process.bpmn"] or b"") and [one.code for one in told] == ["adopted"]
    two = archive.pack({"a.bpmn": SUBSIDIE, "b.bpmn": SUBSIDIE})
    assert dropped.changes("twee.zip", two, {})[0] is None


def test_a_table_takes_the_place_of_the_one_with_its_decision() -> None:
    table = FILES["decisions/risicoklasse.dmn"]
    assert dropped.changes("emmen.dmn", table, FILES) == ({"decisions/risicoklasse.dmn": table}, ())
    assert dropped.changes("tabel (2).dmn", table, {}) == ({"decisions/tabel--2.dmn": table}, ())


def test_a_form_takes_the_place_of_the_one_with_its_id() -> None:
    form = FILES["forms/besluit.json"]
    assert dropped.changes("x.form", form, {"forms/anders.json": form}) == ({"forms/anders.json": form}, ())
    assert dropped.changes("x.form", form, {}) == ({"forms/besluit.json": form}, ())


def test_texts_and_scenarios_find_their_folder() -> None:
    assert dropped.changes("Brief.md", b"Geachte", {}) == ({"texts/Brief.md": b"Geachte"}, ())
    scenario = FILES["scenarios/verleend.json"]
    assert dropped.changes("C:\\proef\\snel.json", scenario, {}) == ({"scenarios/snel.json": scenario}, ())


def test_a_zip_is_the_whole_package() -> None:
    files = {"process.bpmn": blank.process("proef", "Proef")}
    changes, findings = dropped.changes("proef.zip", archive.pack(files), FILES)
    assert findings == () and changes is not None
    assert {path for path, content in changes.items() if content is None} == FILES.keys() - files.keys()
    assert package.content_hash({p: c for p, c in changes.items() if c is not None}) == package.content_hash(files)


REFUSED = [
    ("plaatje.png", b"\x89PNG", "geen bestand voor een proces"),
    ("geen-ending", b"x", "geen bestand voor een proces"),
    ("groot.bpmn", b"<" * (archive.MAX_FILE + 1), "groter dan 5 MB"),
    ("groot.zip", b"P" * (archive.MAX_ARCHIVE + 1), "groter dan 10 MB"),
    ("kapot.bpmn", b"<definitions", ""),
    ("geen.bpmn", b"<html/>", "geen BPMN-bestand"),
    ("doctype.bpmn", b'<!DOCTYPE x [<!ENTITY a "b">]><definitions/>', "DOCTYPE"),
    ("kapot.zip", b"PK\x03\x04 en dan niets", "kapot"),
    ("leeg.zip", archive.pack({"lees.md": b"x"}), "process.bpmn"),
    ("kapot.dmn", b"<definitions", ""),
    ("kapot.json", b"{", "geen geldige JSON"),
    ("lijst.json", b"[]", ""),
    ("brief.md", b"\xff\xfe", "geen tekst"),
]


@pytest.mark.parametrize(("name", "content", "said"), REFUSED, ids=[each[0] for each in REFUSED])
def test_what_cannot_be_used_is_told(name: str, content: bytes, said: str) -> None:
    changes, findings = dropped.changes(name, content, FILES)
    assert changes is None and findings and said in " ".join(one.nl for one in findings)
    assert all(one.nl and one.en for one in findings)


def test_no_bytes_whatever_break_it() -> None:
    draw = random.Random(3)
    sources = [(path.rsplit("/", 1)[-1], content) for path, content in FILES.items()]
    for _ in range(400):
        name, content = draw.choice(sources)
        broken = bytearray(content)
        for _ in range(draw.randint(1, 8)):
            broken[draw.randrange(len(broken))] = draw.randrange(256)
        changes, findings = dropped.changes(draw.choice([name, "a.zip", "b.form"]), bytes(broken), {})
        assert (changes is None) == bool(findings)


def test_paths_are_always_safe() -> None:
    for name in ("../../etc/passwd.md", "ü ñ.md", ".md", "a" * 300 + ".md", "a/b\\c.md"):
        changes, _ = dropped.changes(name, b"tekst", {})
        assert changes is not None and all(archive.safe(path) and Path(path).parts[0] == "texts" for path in changes)


def test_a_deep_json_is_refused() -> None:
    changes, findings = dropped.changes("diep.json", b"[" * 100_000, {})
    assert changes is None and findings
    assert json.dumps(findings[0].nl)
