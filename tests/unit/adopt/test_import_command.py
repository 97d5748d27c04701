"""`plus1 models import`: drafts beside the originals, a report per file, and nothing overwritten unasked."""

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bpmn import blank
from engine.cli.models import models

HERE = Path(__file__).parent
SUBSIDIE = (HERE / "subsidie.bpmn").read_bytes()


@pytest.fixture
def run(tmp_path: Path):
    def call(*arguments: object) -> Result:
        return CliRunner().invoke(models, ["import", *map(str, arguments)])

    (tmp_path / "subsidie.bpmn").write_bytes(SUBSIDIE)
    return call


def test_the_draft_stands_beside_the_original_and_the_report_says_what_is_open(run, tmp_path: Path) -> None:
    done = run(tmp_path / "subsidie.bpmn")
    assert done.exit_code == 0 and b"zeebe:userTask" in (tmp_path / "subsidie.plus1.bpmn").read_bytes()
    assert done.output.startswith("subsidie.bpmn: 77 % translated (35 of 45), 11 open -> ")
    assert "error line 38 Script: A script (groovy) is not run." in done.output
    assert (tmp_path / "subsidie.bpmn").read_bytes() == SUBSIDIE


def test_the_report_is_dutch_when_asked(run, tmp_path: Path) -> None:
    done = run(tmp_path / "subsidie.bpmn", "--lang", "nl", "--out", tmp_path / "uit")
    assert "77 % omgezet (35 van 45), 11 open" in done.output and "fout regel 38 Script: Een script" in done.output
    assert (tmp_path / "uit" / "subsidie.plus1.bpmn").exists()


def test_a_draft_that_is_there_stays_unless_forced(run, tmp_path: Path) -> None:
    (tmp_path / "subsidie.plus1.bpmn").write_text("van mij")
    refused = run(tmp_path / "subsidie.bpmn")
    assert refused.exit_code == 1 and "--force" in refused.output
    assert (tmp_path / "subsidie.plus1.bpmn").read_text() == "van mij"
    assert run(tmp_path / "subsidie.bpmn", "--force").exit_code == 0
    assert (tmp_path / "subsidie.plus1.bpmn").read_text() != "van mij"


def test_a_folder_and_a_zip_are_a_package(run, tmp_path: Path) -> None:
    folder = tmp_path / "pakket"
    (folder / "onder").mkdir(parents=True)
    (folder / "een.bpmn20.xml").write_bytes(SUBSIDIE)
    (folder / "onder" / "twee.bpmn").write_bytes(blank.process("twee", "Twee"))
    (folder / "lees.txt").write_text("x")
    assert run(folder).exit_code == 0 and run(folder, "--force").exit_code == 0
    made = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*.plus1.*"))
    assert made == ["een.plus1.bpmn", "onder/twee.plus1.bpmn"]
    with zipfile.ZipFile(tmp_path / "alles.zip", "w") as packed:
        packed.writestr("een.bpmn", SUBSIDIE)
    assert run(tmp_path / "alles.zip").exit_code == 0
    assert (tmp_path / "alles.plus1" / "een.plus1.bpmn").exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("kapot.bpmn", b"<definitions", "not well-formed"),
        ("leeg.bpmn", b"", "The file is empty"),
        ("groot.bpmn", b"<a>" + b" " * 5_300_000 + b"</a>", "5 MB"),
        ("latin.bpmn", '<?xml version="1.0" encoding="UTF-8"?><definitions name="é"/>'.encode("latin-1"), "not well-"),
        ("html.bpmn", b"<html/>", "no BPMN file"),
        ("doctype.bpmn", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "DOCTYPE"),
        ("niets.bpmn", b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', "contains no process"),
        ("zaak.cmmn", b'<definitions xmlns="http://www.omg.org/spec/CMMN/20151109/MODEL"/>', "CMMN is not supported"),
        ("plaatje.png", b"\x89PNG", "cannot be converted"),
    ],
)
def test_what_cannot_be_used_says_why_and_the_rest_is_done(run, tmp_path: Path, name, content, said) -> None:
    (tmp_path / name).write_bytes(content)
    done = run(tmp_path / name, tmp_path / "subsidie.bpmn")
    assert done.exit_code == 1 and said in done.output and f"{name}: cannot be used" in done.output
    assert (tmp_path / "subsidie.plus1.bpmn").exists()


def test_what_is_ours_already_stays_as_it_is(run, tmp_path: Path) -> None:
    ours = blank.process("mijn", "Mijn")
    (tmp_path / "mijn.bpmn").write_bytes(ours)
    done = run(tmp_path / "mijn.bpmn")
    assert done.exit_code == 0 and "100 %" in done.output and "Nothing was changed" in done.output
    assert (tmp_path / "mijn.plus1.bpmn").read_bytes() == ours


def test_two_files_never_become_one(run, tmp_path: Path) -> None:
    (tmp_path / "subsidie.xml").write_bytes(SUBSIDIE)
    done = run(tmp_path / "subsidie.bpmn", tmp_path / "subsidie.xml")
    assert done.exit_code == 1 and "both become" in done.output
    assert not (tmp_path / "subsidie.plus1.bpmn").exists()


def test_another_encoding_becomes_utf_8(run, tmp_path: Path) -> None:
    wide = SUBSIDIE.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').replace("Subsidie", "Subsidië")
    (tmp_path / "wijd.bpmn").write_bytes(wide.encode("utf-16"))
    assert run(tmp_path / "wijd.bpmn").exit_code == 0
    assert "Subsidië aanvragen" in (tmp_path / "wijd.plus1.bpmn").read_text("utf-8")
