"""Drafts: nothing is lost when two are at it, broken work can be kept, limits are told, old revisions go in time."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from bpmn import archive
from bpmn.library import shelf
from engine.domain.caller import Caller
from engine.domain.errors import Forbidden, Invalid, ModelRefused, NotFound, Plus1Error, StaleRevision, StateConflict
from engine.queries import differences
from engine.queries import drafts as queries
from engine.queries import versions as version_queries
from engine.store.transaction import Transactions
from engine.usecases.discard_draft import DiscardDraft, discard_draft
from engine.usecases.import_model import ImportModel, import_model
from engine.usecases.open_draft import OpenDraft, open_draft
from engine.usecases.restore_version import RestoreVersion, restore_version
from engine.usecases.save_draft import SaveDraft, save_draft
from tenants.demo import load
from tests.store import new_bases
from tests.store.editors import BRAM, DAAN, KEY, LOTTE, SMALL, Act, editor
from tests.store.test_contention import at_once


@pytest.fixture
def files(act: Act) -> Callable[..., dict[str, bytes]]:
    def read(caller: Caller, key: str, revision: int | None = None) -> dict[str, bytes]:
        found: dict[str, bytes] = act(queries.draft_files, caller, key, revision)
        return found

    return read


def test_a_draft_begins_from_the_newest_version_and_is_there_once(act: Act, files: Any) -> None:
    first = act(open_draft, LOTTE, OpenDraft(KEY))
    assert (first.revision, first.base_version, first.locked) == (1, "1.0.0", False)
    assert first.name == "Evenementenvergunning"
    assert act(open_draft, BRAM, OpenDraft(KEY)) == first
    assert files(LOTTE, KEY) == shelf.files(KEY)


def test_saving_writes_what_changed_and_keeps_what_was(act: Act, files: Any, clock: Any) -> None:
    act(open_draft, LOTTE, OpenDraft(KEY))
    clock.now += 1000
    changed = {"texts/nieuw.md": b"Dag", "texts/herinnering.md": None, "README.md": shelf.files(KEY)["README.md"]}
    saved = act(save_draft, BRAM, SaveDraft(KEY, 1, changed))
    assert (saved.revision, saved.edited_by, saved.edited_by_name) == (2, "person:bram", "Bram")
    now = files(LOTTE, KEY)
    assert now["texts/nieuw.md"] == b"Dag" and "texts/herinnering.md" not in now
    assert files(LOTTE, KEY, 1) == shelf.files(KEY)
    assert act(save_draft, LOTTE, SaveDraft(KEY, 2, {"texts/nieuw.md": b"Dag"})) == saved
    act(save_draft, LOTTE, SaveDraft(KEY, 2, {"texts/herinnering.md": b"Terug"}))
    assert files(LOTTE, KEY)["texts/herinnering.md"] == b"Terug"
    for revision in (0, 4, -1):
        with pytest.raises(NotFound):
            files(LOTTE, KEY, revision)


def test_a_revision_writes_only_the_rows_that_changed(act: Act, seeded: Transactions) -> None:
    act(open_draft, LOTTE, OpenDraft(KEY))
    same = dict(shelf.files(KEY)) | {"README.md": b"Anders"}
    act(save_draft, LOTTE, SaveDraft(KEY, 1, same))
    with seeded.of(load.PLUS_1) as transaction:
        rows = transaction.run(text("select path from draft_file where revision = 2")).scalars().all()
    assert rows == ["README.md"]


def test_who_saves_on_an_old_revision_is_told(act: Act, files: Any) -> None:
    act(open_draft, LOTTE, OpenDraft(KEY))
    act(save_draft, BRAM, SaveDraft(KEY, 1, {"texts/een.md": b"1"}))
    for verb, command in (
        (save_draft, SaveDraft(KEY, 1, {"texts/een.md": b"2"})),
        (discard_draft, DiscardDraft(KEY, 1)),
        (restore_version, RestoreVersion(KEY, "1.0.0", 1)),
        (restore_version, RestoreVersion(KEY, "1.0.0", None)),
    ):
        with pytest.raises(StaleRevision) as caught:
            act(verb, LOTTE, command)
        assert caught.value.current == 2 and "Bram" in caught.value.nl
    assert files(LOTTE, KEY)["texts/een.md"] == b"1"


def test_two_who_save_at_once_do_not_overwrite_each_other(act: Act, files: Any) -> None:
    act(open_draft, LOTTE, OpenDraft(KEY))

    def save(index: int) -> Any:
        return act(save_draft, editor(load.PLUS_1, f"P{index}"), SaveDraft(KEY, 1, {"texts/een.md": b"%d" % index}))

    saved, errors, _ = at_once(4, save)
    assert len(saved) == 1 and {type(error) for error in errors} == {StaleRevision}
    assert f"person:p{files(LOTTE, KEY)['texts/een.md'].decode()}" == saved[0].edited_by


def test_two_who_open_or_import_at_once_make_one_draft(act: Act) -> None:
    opened, errors, _ = at_once(4, lambda index: act(open_draft, editor(load.PLUS_1, f"P{index}"), OpenDraft(KEY)))
    assert errors == [] and len(set(opened)) == 1
    made, errors, _ = at_once(4, lambda index: act(import_model, LOTTE, ImportModel(SMALL)))
    assert len(made) == 1 and {type(error) for error in errors} == {StateConflict}


def test_broken_work_is_kept_and_its_faults_are_told(act: Act, files: Any) -> None:
    act(open_draft, LOTTE, OpenDraft(KEY))
    good = act(queries.check_draft, LOTTE, KEY)
    assert good.publishable and good.package.key == KEY
    broken = {"process.bpmn": b"<definitions", "forms/aanvraag.json": b"{", "decisions/leeg.dmn": b""}
    act(save_draft, LOTTE, SaveDraft(KEY, 1, broken))
    assert broken.items() <= files(LOTTE, KEY).items()
    found = act(queries.check_draft, LOTTE, KEY)
    assert found.draft.revision == 2 and not found.publishable
    assert broken.keys() <= {finding.path for finding in found.findings}


def test_what_a_draft_changes_is_told_beside_the_newest_version(act: Act) -> None:
    act(open_draft, LOTTE, OpenDraft(KEY))
    same = act(differences.of_draft, LOTTE, KEY)
    assert (same.old.semver, same.comparison.changes, same.comparison.impact) == ("1.0.0", (), "none")
    act(save_draft, LOTTE, SaveDraft(KEY, 1, new_bases.without_fee()))
    found = act(differences.of_draft, LOTTE, KEY)
    assert found.comparison.impact == "major"
    assert {"leges", "vp-leges"} <= {change.id for change in found.comparison.changes}
    act(save_draft, LOTTE, SaveDraft(KEY, 2, {"process.bpmn": b"stuk"}))
    broken = act(differences.of_draft, LOTTE, KEY)
    assert (broken.readable, broken.comparison, broken.old.semver) == (False, None, "1.0.0")
    act(import_model, LOTTE, ImportModel(SMALL))
    first = act(differences.of_draft, LOTTE, "keuze")
    assert (first.readable, first.old, first.comparison) == (True, None, None)


def test_a_draft_that_names_another_model_cannot_be_published(act: Act) -> None:
    act(open_draft, LOTTE, OpenDraft(KEY))
    other = shelf.files(KEY)["process.bpmn"].replace(b'key="evenementenvergunning"', b'key="iets-anders"')
    act(save_draft, LOTTE, SaveDraft(KEY, 1, {"process.bpmn": other}))
    found = act(queries.check_draft, LOTTE, KEY)
    assert "package-key" in {finding.code for finding in found.findings} and not found.publishable


def test_limits_are_told_all_at_once_and_nothing_is_saved(act: Act, files: Any) -> None:
    act(open_draft, LOTTE, OpenDraft(KEY))
    names = ("../process.bpmn", "/etc/x", "texts/.stil.md", "a\\b.md", "texts/\x00.md", "")
    given: dict[str, bytes | None] = dict.fromkeys(names, b"x")
    given |= {"texts/groot.md": b"x" * (archive.MAX_FILE + 1), "process.bpmn": None}
    with pytest.raises(Invalid) as caught:
        act(save_draft, LOTTE, SaveDraft(KEY, 1, given))
    assert {problem.path for problem in caught.value.problems} == given.keys()
    assert all(problem.nl and problem.en and problem.nl != problem.en for problem in caught.value.problems)
    many = {f"texts/{number}.md": b"" for number in range(archive.MAX_FILES)}
    heavy = {f"texts/zwaar-{number}.md": b"x" * archive.MAX_FILE for number in range(5)}
    with pytest.raises(Invalid) as caught:
        act(save_draft, LOTTE, SaveDraft(KEY, 1, many | heavy))
    assert {problem.code for problem in caught.value.problems} == {"files", "size"}
    assert files(LOTTE, KEY) == shelf.files(KEY)


def test_a_discarded_draft_begins_anew_and_its_numbers_never_come_back(act: Act, files: Any) -> None:
    act(open_draft, LOTTE, OpenDraft(KEY))
    act(save_draft, LOTTE, SaveDraft(KEY, 1, {"README.md": b"Anders", "texts/een.md": b"1"}))
    act(discard_draft, BRAM, DiscardDraft(KEY, 2))
    for verb, given in (
        (queries.read_draft, KEY),
        (queries.present, KEY),
        (queries.check_draft, KEY),
        (save_draft, SaveDraft(KEY, 2, {})),
        (discard_draft, DiscardDraft(KEY, 2)),
    ):
        with pytest.raises(NotFound):
            act(verb, LOTTE, given)
    again = act(open_draft, LOTTE, OpenDraft(KEY))
    assert again.revision == 3 and files(LOTTE, KEY) == shelf.files(KEY)
    assert files(LOTTE, KEY, 2)["README.md"] == b"Anders"


def test_restoring_a_version_makes_its_files_the_draft(act: Act, files: Any) -> None:
    made = act(restore_version, LOTTE, RestoreVersion(KEY, "1.0.0", None))
    assert (made.revision, made.base_version) == (1, "1.0.0")
    act(save_draft, LOTTE, SaveDraft(KEY, 1, {"README.md": None, "texts/een.md": b"1"}))
    restored = act(restore_version, LOTTE, RestoreVersion(KEY, "1.0.0", 2))
    assert restored.revision == 3 and files(LOTTE, KEY) == shelf.files(KEY)
    with pytest.raises(NotFound):
        act(restore_version, LOTTE, RestoreVersion(KEY, "9.9.9", 3))


def test_revisions_older_than_two_hundred_are_pruned_and_the_others_read_back(
    act: Act, files: Any, seeded: Transactions
) -> None:
    act(import_model, DAAN, ImportModel(SMALL | {"texts/weg.md": b"weg", "texts/vast.md": b"vast"}))
    act(save_draft, DAAN, SaveDraft("keuze", 1, {"texts/weg.md": None}))
    for revision in range(2, 206):
        act(save_draft, DAAN, SaveDraft("keuze", revision, {"texts/een.md": b"%d" % (revision + 1)}))
    with pytest.raises(NotFound):
        files(DAAN, "keuze", 5)
    for revision in (6, 7, 100, 206):
        was = files(DAAN, "keuze", revision)
        assert was["texts/een.md"] == b"%d" % revision and was["texts/vast.md"] == b"vast"
        assert was.keys() == {"process.bpmn", "texts/vast.md", "texts/een.md"}
    with seeded.of(load.UTRECHT) as transaction:
        kept = transaction.run(text("select path, count(*) as number from draft_file group by path")).all()
    assert {row.path: row.number for row in kept} == {"process.bpmn": 1, "texts/vast.md": 1, "texts/een.md": 201}


def test_a_new_model_is_known_by_the_name_in_its_files(act: Act) -> None:
    made = act(import_model, DAAN, ImportModel(SMALL))
    name = act(queries.check_draft, DAAN, "keuze").package.process.name
    assert (made.key, made.name, made.base_version) == ("keuze", name, None)
    changed = SMALL["process.bpmn"].replace(f'name="{name}"'.encode(), b'name="Kiezen"')
    assert act(save_draft, DAAN, SaveDraft("keuze", 1, {"process.bpmn": changed})).name == "Kiezen"
    assert act(save_draft, DAAN, SaveDraft("keuze", 2, {"process.bpmn": b"stuk"})).name == "Kiezen"


def test_what_cannot_be_imported(act: Act) -> None:
    for caller in (DAAN, LOTTE):
        with pytest.raises(StateConflict) as taken:
            act(import_model, caller, ImportModel(shelf.files(KEY)))
        assert KEY in taken.value.nl and KEY in taken.value.en
    with pytest.raises(Invalid) as missing:
        act(import_model, DAAN, ImportModel({"forms/x.json": b"{}"}))
    assert missing.value.problems[0].path == "process.bpmn"
    with pytest.raises(ModelRefused) as unreadable:
        act(import_model, DAAN, ImportModel({"process.bpmn": b"geen xml"}))
    assert unreadable.value.problems[0].path == "process.bpmn"
    odd = SMALL["process.bpmn"].replace(b'<process id="keuze"', b'<process id="../keuze"')
    with pytest.raises(Plus1Error) as named:
        act(import_model, DAAN, ImportModel({"process.bpmn": odd}))
    assert named.value.problems
    assert act(version_queries.owned_models, DAAN) == []


def test_a_draft_is_its_owners_alone(act: Act) -> None:
    act(open_draft, LOTTE, OpenDraft(KEY))
    for verb, given in (
        (open_draft, OpenDraft(KEY)),
        (save_draft, SaveDraft(KEY, 1, {})),
        (restore_version, RestoreVersion(KEY, "1.0.0", None)),
        (queries.read_draft, KEY),
        (queries.draft_files, KEY),
        (version_queries.model_overview, KEY),
    ):
        with pytest.raises(NotFound):
            act(verb, DAAN, given)
    clerk = replace(LOTTE, rights=frozenset({"clerk"}))
    for verb, given in ((open_draft, OpenDraft(KEY)), (queries.present, KEY), (version_queries.model_overview, KEY)):
        with pytest.raises(Forbidden):
            act(verb, clerk, given)


def test_presence_is_of_the_last_half_minute(act: Act, clock: Any) -> None:
    act(open_draft, LOTTE, OpenDraft(KEY))
    assert act(queries.present, LOTTE, KEY) == []
    clock.now += 20_000
    assert [one.name for one in act(queries.present, BRAM, KEY)] == ["Lotte"]
    clock.now += 11_000
    assert act(queries.present, BRAM, KEY) == []
    assert [one.name for one in act(queries.present, LOTTE, KEY)] == ["Bram"]


def test_models_of_ones_own_with_and_without_a_version(act: Act) -> None:
    act(import_model, LOTTE, ImportModel(SMALL))
    act(open_draft, LOTTE, OpenDraft(KEY))
    found = {one.key: one for one in act(version_queries.owned_models, LOTTE)}
    assert found.keys() == {KEY, "keuze"}
    assert found["keuze"].newest is None and found["keuze"].draft.revision == 1
    assert found[KEY].newest.semver == "1.0.0" and found[KEY].draft.base_version == "1.0.0"
    overview = act(version_queries.model_overview, LOTTE, KEY)
    assert [version.semver for version in overview.versions] == ["1.0.0"] and overview.draft == found[KEY].draft
    assert act(version_queries.model_overview, LOTTE, "keuze").versions == ()
    with pytest.raises(NotFound):
        act(version_queries.model_overview, LOTTE, "bestaat-niet")


def test_what_was_rolled_back_is_not_remembered(act: Act, seeded: Transactions) -> None:
    act(open_draft, LOTTE, OpenDraft(KEY))
    with pytest.raises(ZeroDivisionError), seeded.of(load.PLUS_1) as transaction:
        save_draft(transaction, LOTTE, SaveDraft(KEY, 1, {"forms/aanvraag.json": b"{"}))
        assert not queries.check_draft(transaction, LOTTE, KEY).publishable
        raise ZeroDivisionError
    act(save_draft, LOTTE, SaveDraft(KEY, 1, {"README.md": b"Anders"}))
    assert act(queries.check_draft, LOTTE, KEY).publishable
