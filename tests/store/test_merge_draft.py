"""Two who edit the same draft: both changes are kept, what both changed is asked, and nothing is saved before."""

import pytest

from engine.domain.errors import Invalid, NotFound, StateConflict
from engine.queries import drafts as queries
from engine.usecases.merge_draft import MergeDraft, merge_draft
from engine.usecases.open_draft import OpenDraft, open_draft
from engine.usecases.propose_version import ProposeVersion, propose_version
from engine.usecases.save_draft import SaveDraft, save_draft
from tests.store import new_bases
from tests.store.editors import BRAM, DAAN, KEY, LOTTE, Act

MANIFEST = "process.bpmn"


def renamed(step: str, name: str) -> dict[str, bytes | None]:
    return {MANIFEST: new_bases.changed(MANIFEST, (f'name="{step}"', f'name="{name}"'))[MANIFEST]}


def test_different_steps_go_together(act: Act) -> None:
    act(open_draft, LOTTE, OpenDraft(KEY))
    act(save_draft, BRAM, SaveDraft(KEY, 1, renamed("Advies geven", "Advies uitbrengen")))
    mine = {**renamed("Besluit nemen", "Beslissen"), "texts/herinnering.md": None, "texts/nieuw.md": b"Dag"}
    merged = act(merge_draft, LOTTE, MergeDraft(KEY, 1, mine, {}))
    assert (merged.revision, merged.edited_by_name) == (3, "Lotte")
    files = act(queries.draft_files, LOTTE, KEY)
    assert b'name="Advies uitbrengen"' in files[MANIFEST] and b'name="Beslissen"' in files[MANIFEST]
    assert "texts/herinnering.md" not in files and files["texts/nieuw.md"] == b"Dag"
    assert act(queries.check_draft, LOTTE, KEY).package.process.nodes["Task_Advies"].name == "Advies uitbrengen"


@pytest.mark.parametrize(("side", "name"), [("mine", "Beslissen"), ("theirs", "Besluit"), (None, None)])
def test_what_both_changed_is_asked(act: Act, side: str | None, name: str | None) -> None:
    act(open_draft, LOTTE, OpenDraft(KEY))
    saved = act(save_draft, BRAM, SaveDraft(KEY, 1, renamed("Besluit nemen", "Besluit")))
    mine = renamed("Besluit nemen", "Beslissen")
    (conflict,) = act(merge_draft, LOTTE, MergeDraft(KEY, 1, mine, {}))
    assert conflict.path == MANIFEST and conflict.element == "Task_Besluiten"
    assert act(queries.read_draft, LOTTE, KEY) == saved
    if side is not None:
        act(merge_draft, LOTTE, MergeDraft(KEY, 1, mine, {conflict.id: side}))
        assert act(queries.check_draft, LOTTE, KEY).package.process.nodes["Task_Besluiten"].name == name


def test_what_cannot_be_put_together(act: Act) -> None:
    act(open_draft, LOTTE, OpenDraft(KEY))
    saved = act(save_draft, BRAM, SaveDraft(KEY, 1, {"texts/een.md": b"1"}))
    with pytest.raises(StateConflict, match="revision 7"):
        act(merge_draft, LOTTE, MergeDraft(KEY, 7, {}, {}))
    with pytest.raises(Invalid):
        act(merge_draft, LOTTE, MergeDraft(KEY, 1, {"../x": b""}, {}))
    with pytest.raises(NotFound):
        act(merge_draft, DAAN, MergeDraft(KEY, 1, {}, {}))
    assert act(merge_draft, LOTTE, MergeDraft(KEY, 1, {}, {})) == saved
    act(propose_version, LOTTE, ProposeVersion(KEY, 2, "1.1.0", "Een tekst erbij"))
    with pytest.raises(StateConflict, match="proposal"):
        act(merge_draft, LOTTE, MergeDraft(KEY, 1, {"texts/twee.md": b"2"}, {}))
