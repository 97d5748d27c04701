"""Packages: the library reads without findings, ties are checked, the hash is of content, zips are bounded."""

import io
import zipfile
from pathlib import Path

import pytest

from bpmn import archive, package

LIBRARY = Path(__file__).parents[3] / "bpmn/library"
FOLDER = LIBRARY / "evenementenvergunning"
FILES = {str(p.relative_to(FOLDER)): p.read_bytes() for p in sorted(FOLDER.rglob("*")) if p.is_file()}


def read(**changes):
    """The event permit with files changed (`path__with__folders="text"`), or removed by None."""
    files = dict(FILES)
    for path, content in changes.items():
        if content is None:
            files.pop(path)
        else:
            files[path] = content
    return package.read(files)


def changed(path, old, new):
    assert old.encode() in FILES[path]
    return package.read({**FILES, path: FILES[path].replace(old.encode(), new.encode())})


def test_every_shared_process_reads_without_findings():
    folders = [p for p in LIBRARY.iterdir() if p.is_dir()]
    assert folders
    for folder in folders:
        files = {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        found, findings = package.read(files, folder.name)
        assert findings == ()
        assert found.key == folder.name


def test_what_a_package_holds():
    found, _ = read()
    assert found.process.id == "evenementenvergunning"
    assert set(found.decisions) == {"risicoklasse"}
    assert {"aanvraag", "volledigheid", "advies", "voorbereiden", "besluit"} <= set(found.forms)
    assert found.sources["risicoklasse"] == "decisions/risicoklasse.dmn"
    assert {"verleend", "geweigerd", "buiten-behandeling", "ingetrokken"} <= set(found.scenarios)
    assert found.texts["besluitbrief"].startswith("# Besluit")


def test_the_hash_is_of_content_not_of_layout():
    plain = package.content_hash(FILES)
    spaced = FILES["process.bpmn"].replace(b"    <", b"\t\t<")
    assert spaced != FILES["process.bpmn"]
    assert package.content_hash({**FILES, "process.bpmn": spaced}) == plain
    assert (
        package.content_hash({**FILES, "forms/advies.json": FILES["forms/advies.json"].replace(b"\n", b" ")}) == plain
    )
    assert package.content_hash({**FILES, "texts/extra.md": b"x"}) != plain
    for path, content in FILES.items():
        other = content.replace(b"evenement", b"feest") if b"evenement" in content else content + b"x"
        assert package.content_hash({**FILES, path: other}) != plain, path


def test_the_order_of_names_in_json_and_line_ends_of_texts_do_not_count():
    one, other = (package.content_hash({"a.json": j}) for j in (b'{"a": 1, "b": 2}', b'{"b":2,"a":1}'))
    assert one == other
    assert package.content_hash({"a.md": b"x\r\ny"}) == package.content_hash({"a.md": b"x\ny"})


def test_numbers_in_json_keep_their_exact_text_in_the_hash():
    hashes = {package.content_hash({"a.json": b"[%s]" % n}) for n in (b"0.1", b"0.1000000000000000001", b"0.2")}
    assert len(hashes) == 3


@pytest.mark.parametrize(
    ("path", "old", "new", "code", "word"),
    [
        ("process.bpmn", 'formId="advies"', 'formId="avies"', "package-tie", "avies"),
        ("process.bpmn", 'decisionId="risicoklasse"', 'decisionId="risico"', "package-tie", "risico"),
        ("process.bpmn", 'value="besluitbrief"', 'value="brief"', "package-tie", "brief"),
        ("process.bpmn", 'other="Task_Voorbereiden"', 'other="Task_Weg"', "package-tie", "Task_Weg"),
        ("process.bpmn", 'id="vp-risico"', 'id="vp-leges"', "package-double", "vp-leges"),
        ("process.bpmn", 'target="uitkomst"', 'target="leges"', "package-parameter", "leges"),
        ("forms/aanvraag.json", '"key": "locatie"', '"key": "leges"', "package-parameter", "leges"),
        ("forms/advies.json", '"id": "advies"', '"id": "aanvraag"', "package-double", "aanvraag"),
        ("texts/besluitbrief.md", "{{ motivering }}", "{{ motivering + }}", "package-merge-field", "motivering"),
    ],
)
def test_a_broken_tie_is_found_with_its_place(path, old, new, code, word):
    _, findings = changed(path, old, new)
    errors = [f for f in findings if f.code == code]
    assert errors
    assert any(word in f.nl and word in f.en for f in errors)
    assert all(f.element or f.path for f in errors)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"process.bpmn": None}, "package-manifest"),
        ({"process.bpmn": b"<definitions"}, None),
        ({"forms/advies.json": b"{"}, "form-json"),
        ({"scenarios/verleend.json": b"[]"}, "package-scenario"),
        ({"scenarios/verleend.json": b"{"}, "package-scenario"),
        ({"texts/besluitbrief.md": b"\xff"}, "package-text"),
        ({"virus.exe": b"MZ"}, "package-file"),
        ({"../../etc/passwd": b"x"}, "package-path"),
        ({"forms/groot.json": b" " * (5 * 1024 * 1024 + 1)}, "package-size"),
    ],
)
def test_a_bad_file_is_a_finding(changes, code):
    _, findings = read(**changes)
    assert findings
    assert code is None or code in {f.code for f in findings}


def test_all_faults_of_all_files_come_at_once():
    _, findings = read(**{"forms/advies.json": b"{", "scenarios/verleend.json": b"{", "texts/intrekking.md": b"\xff"})
    assert {"forms/advies.json", "scenarios/verleend.json", "texts/intrekking.md"} <= {f.path for f in findings}


def test_another_key_than_expected_is_refused():
    _, findings = package.read(FILES, "verhuizen")
    assert [f.code for f in findings] == ["package-key"]


def zipped(entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in entries:
            target.writestr(name, content)
    return out.getvalue()


def test_pack_and_unpack_give_the_same_files_and_the_same_bytes():
    data = archive.pack(FILES)
    assert archive.unpack(data) == (FILES, ())
    assert archive.pack(dict(reversed(FILES.items()))) == data


def test_one_folder_around_everything_is_taken_off():
    data = zipped([(f"mijn-proces/{path}", content) for path, content in FILES.items()])
    assert archive.unpack(data) == (FILES, ())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 kapot",
        archive.pack(FILES)[:-40],
        zipped([("../process.bpmn", b"x")]),
        zipped([("/etc/passwd", b"x")]),
        zipped([("a\\b.bpmn", b"x")]),
        zipped([("a/.ssh/key", b"x")]),
        zipped([(f"forms/{n}.json", b"x") for n in range(201)]),
        zipped([("process.bpmn", b"0" * 4_000_000)]),
        zipped([("process.bpmn", b"0" * 6_000_000)]),
        b"0" * (10 * 1024 * 1024 + 1),
    ],
    ids=["empty", "broken", "cut", "dots", "absolute", "backslash", "hidden", "count", "ratio", "size", "archive"],
)
def test_a_hostile_zip_is_refused_with_a_finding(data):
    files, findings = archive.unpack(data)
    assert files is None
    assert [(f.code, f.severity) for f in findings] == [("zip", "error")]


def test_a_symbolic_link_and_a_double_name_are_refused():
    link = zipfile.ZipInfo("process.bpmn")
    link.external_attr = 0o120777 << 16
    assert archive.unpack(zipped([(link, b"/etc/passwd")]))[0] is None
    with pytest.warns(UserWarning, match="Duplicate"):
        double = zipped([("process.bpmn", b"a"), ("process.bpmn", b"b")])
    assert archive.unpack(double)[0] is None
