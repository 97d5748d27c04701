"""Two people on one draft, and files from elsewhere: both changes go in, or it is asked; what is of no use is told."""

import pytest

from bpmn import archive, blank
from bpmn.library import shelf
from engine.domain.caller import Caller
from engine.domain.errors import Forbidden, Invalid, StaleRevision, StateConflict
from engine.queries import drafts as queries
from engine.usecases.import_file import ImportFile, ImportNew, import_file, import_new
from engine.usecases.merge_draft import MergeDraft, merge_draft
from engine.usecases.open_draft import OpenDraft, open_draft
from engine.usecases.save_draft import SaveDraft, save_draft
from tests.store.editors import BRAM, DAAN, KEY, LOTTE, Act

PROCESS = "process.bpmn"
BASE = shelf.files(KEY)[PROCESS]
ONE = BASE.replace(b'name="Besluit nemen"', b'name="Besluit vaststellen"')
OTHER = BASE.replace(b'name="Volledigheid controleren"', b'name="Compleet?"')
SAME = BASE.replace(b'name="Besluit nemen"', b'name="Beslissen"')


def test_changes_in_different_places_both_stay(act: Act) -> None:
    act(open_draft, LOTTE, OpenDraft(KEY))
    act(save_draft, BRAM, SaveDraft(KEY, 1, {PROCESS: OTHER, "texts/bram.md": b"Van Bram"}))
    with pytest.raises(StaleRevision):
        act(save_draft, LOTTE, SaveDraft(KEY, 1, {PROCESS: ONE}))
    merged = act(merge_draft, LOTTE, MergeDraft(KEY, 1, {PROCESS: ONE, "texts/lotte.md": b"Van Lotte"}, {}))
    assert merged.conflicts == () and merged.draft.revision == 3 and merged.draft.edited_by_name == "Lotte"
    files = act(queries.draft_files, LOTTE, KEY)
    assert b"Besluit vaststellen" in files[PROCESS] and b"Compleet?" in files[PROCESS]
    assert (files["texts/bram.md"], files["texts/lotte.md"]) == (b"Van Bram", b"Van Lotte")


def test_what_both_changed_is_asked_and_nothing_is_stored_before(act: Act) -> None:
    act(open_draft, LOTTE, OpenDraft(KEY))
    act(save_draft, BRAM, SaveDraft(KEY, 1, {PROCESS: SAME}))
    asked = act(merge_draft, LOTTE, MergeDraft(KEY, 1, {PROCESS: ONE}, {}))
    assert asked.draft is None and [one.element for one in asked.conflicts] == ["Task_Besluiten"]
    assert asked.conflicts[0].nl and asked.conflicts[0].en
    assert act(queries.read_draft, LOTTE, KEY).revision == 2
    for side, name in (("theirs", b"Beslissen"), ("mine", b"Besluit vaststellen")):
        done = act(merge_draft, LOTTE, MergeDraft(KEY, 1, {PROCESS: ONE}, {asked.conflicts[0].id: side}))
        assert done.conflicts == () and name in act(queries.draft_files, LOTTE, KEY)[PROCESS]


def test_a_removed_file_is_removed_for_both(act: Act) -> None:
    act(open_draft, LOTTE, OpenDraft(KEY))
    act(save_draft, BRAM, SaveDraft(KEY, 1, {"texts/bram.md": b"Van Bram"}))
    act(merge_draft, LOTTE, MergeDraft(KEY, 1, {"texts/herinnering.md": None}, {}))
    files = act(queries.draft_files, LOTTE, KEY)
    assert "texts/herinnering.md" not in files and "texts/bram.md" in files


def test_a_base_that_is_gone_is_told(act: Act) -> None:
    act(open_draft, LOTTE, OpenDraft(KEY))
    with pytest.raises(StateConflict) as told:
        act(merge_draft, LOTTE, MergeDraft(KEY, 0, {PROCESS: ONE}, {}))
    assert "te lang geleden" in told.value.nl


def test_a_file_takes_its_place(act: Act) -> None:
    act(open_draft, LOTTE, OpenDraft(KEY))
    draft = act(import_file, LOTTE, ImportFile(KEY, 1, "mijn.bpmn", ONE)).draft
    assert draft.revision == 2 and act(queries.draft_files, LOTTE, KEY)[PROCESS] == ONE
    with pytest.raises(Invalid) as told:
        act(import_file, LOTTE, ImportFile(KEY, 2, "plaatje.png", b"\x89PNG"))
    assert told.value.problems[0].path == "plaatje.png"
    with pytest.raises(StaleRevision):
        act(import_file, LOTTE, ImportFile(KEY, 1, "brief.md", b"Dag"))
    assert act(queries.read_draft, LOTTE, KEY).revision == 2


def test_a_new_model_begins_with_a_file(act: Act) -> None:
    files = {PROCESS: blank.process("standplaats", "Standplaats"), "texts/brief.md": b"Dag"}
    draft = act(import_new, DAAN, ImportNew("standplaats.zip", archive.pack(files))).draft
    assert (draft.key, draft.name, draft.base_version) == ("standplaats", "Standplaats", None)
    assert act(queries.draft_files, DAAN, "standplaats") == files
    with pytest.raises(Invalid):
        act(import_new, DAAN, ImportNew("brief.md", b"Dag"))


def test_only_owners_may(act: Act) -> None:
    clerk = Caller(LOTTE.tenant, "person", "kees", "Kees", frozenset({"clerk"}))
    for verb, command in (
        (merge_draft, MergeDraft(KEY, 1, {}, {})),
        (import_file, ImportFile(KEY, 1, "a.md", b"")),
        (import_new, ImportNew("a.md", b"")),
    ):
        with pytest.raises(Forbidden):
            act(verb, clerk, command)
