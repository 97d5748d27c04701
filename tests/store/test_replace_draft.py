"""A whole package as draft: exactly its files, whoever was first stays, and another model's package is a mistake."""

from dataclasses import replace
from typing import Any

import pytest

from bpmn.library import shelf
from engine.domain.caller import system
from engine.domain.errors import Forbidden, Invalid, ModelRefused, NotFound, StaleRevision, StateConflict
from engine.queries import drafts as queries
from engine.usecases.discard_draft import DiscardDraft, discard_draft
from engine.usecases.publish_model import PublishModel, publish_model
from engine.usecases.replace_draft import ReplaceDraft, replace_draft
from tenants.demo import load
from tests.store.editors import BRAM, DAAN, KEY, LOTTE, SMALL, Act
from tests.store.test_contention import at_once

FEWER = {path: content for path, content in shelf.files(KEY).items() if not path.startswith("scenarios/")}


def test_the_draft_has_exactly_the_files_of_the_package(act: Act) -> None:
    begun = act(replace_draft, LOTTE, ReplaceDraft(KEY, None, FEWER))
    assert (begun.begun, begun.draft.revision, begun.draft.base_version) == (True, 1, "1.0.0")
    assert act(queries.draft_files, LOTTE, KEY) == FEWER
    again = act(replace_draft, BRAM, ReplaceDraft(KEY, 1, FEWER))
    assert (again.begun, again.draft) == (False, begun.draft)
    more = act(replace_draft, BRAM, ReplaceDraft(KEY, 1, shelf.files(KEY)))
    assert (more.draft.revision, more.draft.edited_by) == (2, "person:bram")
    act(discard_draft, LOTTE, DiscardDraft(KEY, 2))
    anew = act(replace_draft, LOTTE, ReplaceDraft(KEY, None, FEWER))
    assert anew.begun and anew.draft.revision > 2 and act(queries.draft_files, LOTTE, KEY) == FEWER


@pytest.mark.parametrize(("key", "files"), [(KEY, FEWER), ("keuze", SMALL)])
def test_of_two_who_begin_at_once_one_is_told(act: Act, key: str, files: dict[str, bytes]) -> None:
    def begin(index: int) -> Any:
        return act(replace_draft, (LOTTE, BRAM)[index], ReplaceDraft(key, None, files | {"README.md": b"%d" % index}))

    done, errors, _ = at_once(2, begin)
    (late,) = errors
    assert len(done) == 1 and isinstance(late, StaleRevision) and late.current == 1
    assert done[0].draft.edited_by_name in late.nl
    assert act(queries.read_draft, LOTTE, key) == done[0].draft


def test_errors_are_kept_for_a_known_model_only(act: Act) -> None:
    broken = {"process.bpmn": b"<kapot"}
    act(replace_draft, LOTTE, ReplaceDraft(KEY, None, broken))
    assert act(queries.draft_files, LOTTE, KEY) == broken
    with pytest.raises(ModelRefused):
        act(replace_draft, LOTTE, ReplaceDraft("nieuw", None, broken))
    for key, revision in ((KEY, 1), ("nieuw", None)):
        for files, word in ((SMALL, "keuze"), ({"README.md": b""}, "process.bpmn"), (SMALL | {"../x": b""}, "../x")):
            with pytest.raises(Invalid) as caught:
                act(replace_draft, LOTTE, ReplaceDraft(key, revision, files))
            assert word in caught.value.problems[0].nl
    assert act(queries.draft_files, LOTTE, KEY) == broken


def test_whose_it_is_not(act: Act) -> None:
    act(replace_draft, LOTTE, ReplaceDraft(KEY, None, FEWER))
    with pytest.raises(NotFound):
        act(replace_draft, DAAN, ReplaceDraft(KEY, 1, FEWER))
    with pytest.raises(StateConflict, match="shared process of Plus-1"):
        act(replace_draft, DAAN, ReplaceDraft(KEY, None, FEWER))
    act(publish_model, system(load.EMMEN), PublishModel(SMALL, "1.0.0", "eigen"))
    mine = act(replace_draft, DAAN, ReplaceDraft("keuze", None, SMALL))
    assert (mine.draft.base_version, mine.draft.owner_id) == (None, load.UTRECHT)
    with pytest.raises(Forbidden):
        act(replace_draft, replace(DAAN, rights=frozenset({"clerk"})), ReplaceDraft("keuze", 1, SMALL))
