"""Proposals: two persons, exactly what was proposed, and nothing changes while it waits."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from bpmn.library import shelf
from engine.domain.caller import Caller, system
from engine.domain.errors import Forbidden, Invalid, ModelRefused, NotFound, StaleRevision, StateConflict
from engine.domain.ids import new_id
from engine.queries import drafts as queries
from engine.queries import versions as version_queries
from engine.store import models
from engine.store.proposals import Proposal
from engine.store.transaction import Transactions
from engine.usecases.decide_proposal import DecideProposal, decide_proposal
from engine.usecases.discard_draft import DiscardDraft, discard_draft
from engine.usecases.import_model import ImportModel, import_model
from engine.usecases.open_draft import OpenDraft, open_draft
from engine.usecases.propose_version import ProposeVersion, propose_version
from engine.usecases.publish_model import PublishModel, publish_model
from engine.usecases.restore_version import RestoreVersion, restore_version
from engine.usecases.save_draft import SaveDraft, save_draft
from engine.usecases.withdraw_proposal import WithdrawProposal, withdraw_proposal
from tenants.demo import load
from tests.store.editors import BRAM, DAAN, KEY, LOTTE, NOOR, SMALL, Act
from tests.store.test_contention import at_once

LETTER = {"texts/herinnering.md": b"Een andere herinnering"}
Propose = Callable[..., Proposal]


@pytest.fixture
def propose(act: Act) -> Propose:
    """Lotte edits, and somebody proposes."""

    def do(caller: Caller = LOTTE, semver: str = "1.1.0", **more: Any) -> Proposal:
        draft = act(open_draft, LOTTE, OpenDraft(KEY))
        draft = act(save_draft, LOTTE, SaveDraft(KEY, draft.revision, LETTER))
        made: Proposal = act(
            propose_version, caller, ProposeVersion(KEY, draft.revision, semver, "Andere herinnering", **more)
        )
        return made

    return do


def test_an_approved_proposal_is_published_as_it_was_proposed(act: Act, propose: Propose) -> None:
    proposal = propose(effective_from=date(2027, 1, 1))
    assert (proposal.state, proposal.proposed_by, proposal.edited_by) == ("open", "person:lotte", "person:lotte")
    assert act(version_queries.model_overview, LOTTE, KEY).proposal == proposal
    decided = act(decide_proposal, BRAM, DecideProposal(proposal.id, True, "Mooi"))
    assert (decided.state, decided.decided_by_name, decided.remark) == ("approved", "Bram", "Mooi")
    overview = act(version_queries.model_overview, LOTTE, KEY)
    assert (overview.draft, overview.proposal) == (None, None)
    newest = overview.versions[0]
    assert (newest.id, newest.semver, newest.changelog) == (decided.version_id, "1.1.0", "Andere herinnering")
    assert (newest.effective_from, newest.published_by) == (date(2027, 1, 1), "person:bram")
    with pytest.raises(NotFound):
        act(queries.read_draft, LOTTE, KEY)
    again = act(open_draft, LOTTE, OpenDraft(KEY))
    assert again.base_version == "1.1.0"
    assert act(queries.draft_files, LOTTE, KEY) == shelf.files(KEY) | LETTER


def test_an_open_proposal_locks_the_draft(act: Act, propose: Propose) -> None:
    proposal = propose()
    assert act(queries.read_draft, LOTTE, KEY).locked
    before = act(queries.draft_files, LOTTE, KEY)
    for verb, command in (
        (save_draft, SaveDraft(KEY, proposal.revision, {"README.md": b"x"})),
        (discard_draft, DiscardDraft(KEY, proposal.revision)),
        (restore_version, RestoreVersion(KEY, "1.0.0", proposal.revision)),
        (propose_version, ProposeVersion(KEY, proposal.revision, "1.2.0", "Nog een")),
    ):
        with pytest.raises(StateConflict) as caught:
            act(verb, BRAM, command)
        assert "voorstel" in caught.value.nl and "proposal" in caught.value.en
    assert act(queries.draft_files, LOTTE, KEY) == before
    assert act(withdraw_proposal, BRAM, WithdrawProposal(proposal.id)).state == "withdrawn"
    act(save_draft, BRAM, SaveDraft(KEY, proposal.revision, {"README.md": b"x"}))


def test_who_proposed_or_edited_last_does_not_decide(act: Act, propose: Propose) -> None:
    proposal = propose(BRAM)
    for caller, word in ((BRAM, "voorgesteld"), (LOTTE, "veranderd"), (system(load.PLUS_1), "mens")):
        for approved in (True, False):
            with pytest.raises(Forbidden) as caught:
                act(decide_proposal, caller, DecideProposal(proposal.id, approved, "Zo is het goed"))
            assert word in caught.value.nl
    clerk = replace(NOOR, rights=frozenset({"clerk", "administrator"}))
    with pytest.raises(Forbidden):
        act(decide_proposal, clerk, DecideProposal(proposal.id, True))
    assert act(decide_proposal, NOOR, DecideProposal(proposal.id, True)).state == "approved"


def test_a_system_with_the_role_decides_with_the_same_four_eyes(act: Act, propose: Propose) -> None:
    git, other = (replace(LOTTE, kind="client", id=name, name=name) for name in ("git", "ander"))
    namesake = replace(LOTTE, kind="client", name="Koppeling")  # the same id as a person is another actor
    proposal = propose(git)
    without = replace(other, rights=frozenset({"client"}))
    for caller, word in ((git, "voorgesteld"), (LOTTE, "veranderd"), (without, "rollen")):
        with pytest.raises(Forbidden) as caught:
            act(decide_proposal, caller, DecideProposal(proposal.id, True))
        assert word in caught.value.nl
    assert act(decide_proposal, namesake, DecideProposal(proposal.id, False, "Nee")).decided_by == "client:lotte"
    anew = act(propose_version, git, ProposeVersion(KEY, proposal.revision, "1.1.0", "Anders"))
    decided = act(decide_proposal, other, DecideProposal(anew.id, True))
    assert (decided.state, decided.decided_by, decided.decided_by_name) == ("approved", "client:ander", "ander")


def test_a_rejection_says_why_and_gives_the_draft_back(act: Act, propose: Propose) -> None:
    proposal = propose()
    for remark in ("", " \n"):
        with pytest.raises(Invalid) as caught:
            act(decide_proposal, BRAM, DecideProposal(proposal.id, False, remark))
        assert caught.value.problems[0].at == "remark"
    with pytest.raises(Invalid):
        act(decide_proposal, BRAM, DecideProposal(proposal.id, True, "x" * 5001))
    rejected = act(decide_proposal, BRAM, DecideProposal(proposal.id, False, " De brief is onduidelijk "))
    assert (rejected.state, rejected.remark) == ("rejected", "De brief is onduidelijk")
    assert [one.semver for one in act(version_queries.model_overview, LOTTE, KEY).versions] == ["1.0.0"]
    draft = act(queries.read_draft, LOTTE, KEY)
    assert not draft.locked
    act(propose_version, LOTTE, ProposeVersion(KEY, draft.revision, "1.1.0", "Duidelijker"))
    states = [one.state for one in act(version_queries.list_proposals, LOTTE, KEY)]
    assert states == ["open", "rejected"]


def test_every_fault_of_a_proposal_at_once(act: Act) -> None:
    act(open_draft, LOTTE, OpenDraft(KEY))
    for semver, code in (("1.0", "invalid"), ("1.0.0", "not-higher"), ("0.9.0", "not-higher"), ("१.2.0", "invalid")):
        with pytest.raises(Invalid) as caught:
            act(propose_version, LOTTE, ProposeVersion(KEY, 1, semver, " ", date(2020, 1, 1)))
        found = {problem.at: problem.code for problem in caught.value.problems}
        assert found == {"version": code, "changelog": "required", "effectiveFrom": "past"}
    with pytest.raises(Invalid) as caught:
        act(propose_version, LOTTE, ProposeVersion(KEY, 1, "1.1.0", "x" * 5001))
    assert [problem.at for problem in caught.value.problems] == ["changelog"]
    broken = act(save_draft, LOTTE, SaveDraft(KEY, 1, {"forms/aanvraag.json": b"{"}))
    with pytest.raises(ModelRefused) as refused:
        act(propose_version, LOTTE, ProposeVersion(KEY, broken.revision, "1", "Kapot"))
    assert {"version", "forms/aanvraag.json"} <= {problem.path or problem.at for problem in refused.value.problems}
    with pytest.raises(StaleRevision):
        act(propose_version, LOTTE, ProposeVersion(KEY, 1, "1.1.0", "Te laat"))
    assert act(version_queries.list_proposals, LOTTE) == []


def test_two_who_decide_at_once(act: Act, propose: Propose) -> None:
    proposal = propose()

    def decide(index: int) -> Any:
        return act(decide_proposal, (BRAM, NOOR)[index], DecideProposal(proposal.id, True))

    done, errors, _ = at_once(2, decide)
    assert [one.state for one in done] == ["approved"]
    (late,) = errors
    assert isinstance(late, StateConflict) and "goedgekeurd" in late.nl and done[0].decided_by_name in late.nl
    assert len(act(version_queries.model_overview, LOTTE, KEY).versions) == 2


def test_deciding_and_withdrawing_are_done_once(act: Act, propose: Propose) -> None:
    proposal = propose()
    act(withdraw_proposal, LOTTE, WithdrawProposal(proposal.id))
    for verb, command in (
        (withdraw_proposal, WithdrawProposal(proposal.id)),
        (decide_proposal, DecideProposal(proposal.id, True)),
    ):
        with pytest.raises(StateConflict, match="Lotte has withdrawn"):
            act(verb, BRAM, command)
    for caller, id_ in ((BRAM, new_id()), (DAAN, proposal.id)):
        with pytest.raises(NotFound):
            act(decide_proposal, caller, DecideProposal(id_, True))
    with pytest.raises(NotFound):
        act(version_queries.read_proposal, DAAN, proposal.id)


def test_a_higher_version_published_meanwhile_stops_the_approval(
    act: Act, propose: Propose, seeded: Transactions
) -> None:
    proposal = propose(semver="1.10.0")
    for semver, fits in (("1.9.0", True), ("1.10.0", False)):
        act(publish_model, system(load.PLUS_1), PublishModel(shelf.files(KEY), semver, "spoed"))
        if not fits:
            with pytest.raises(StateConflict) as caught:
                act(decide_proposal, BRAM, DecideProposal(proposal.id, True))
            assert caught.value.current == "1.10.0" and "hoger nummer" in caught.value.nl
    act(withdraw_proposal, LOTTE, WithdrawProposal(proposal.id))
    act(propose_version, LOTTE, ProposeVersion(KEY, proposal.revision, "1.11.0", "Andere herinnering"))


def test_a_municipality_publishes_a_model_of_its_own(act: Act, seeded: Transactions) -> None:
    act(import_model, DAAN, ImportModel(SMALL))
    proposal = act(propose_version, DAAN, ProposeVersion("keuze", 1, "1.0.0", "Eerste"))
    colleague = replace(DAAN, id="petra", name="Petra")
    act(decide_proposal, colleague, DecideProposal(proposal.id, True))
    with seeded.of(load.UTRECHT) as transaction:
        assert models.current_version(transaction, "keuze", date(2027, 1, 1)).semver == "1.0.0"
    with pytest.raises(NotFound), seeded.of(load.EMMEN) as transaction:
        models.current_version(transaction, "keuze", date(2027, 1, 1))


def test_a_municipality_that_had_the_key_first_goes_on_with_it(act: Act) -> None:
    for owner, semver in ((load.UTRECHT, "1.0.0"), (load.PLUS_1, "1.0.0"), (load.UTRECHT, "1.1.0")):
        act(publish_model, system(owner), PublishModel(SMALL, semver, "eigen"))
    assert [one.newest.semver for one in act(version_queries.owned_models, DAAN)] == ["1.1.0"]


def test_a_shared_key_is_not_for_a_municipality(act: Act) -> None:
    """Also when it had a draft by that key before the collective published one."""
    act(import_model, DAAN, ImportModel(SMALL))
    act(publish_model, system(load.PLUS_1), PublishModel(SMALL, "1.0.0", "gedeeld"))
    with pytest.raises(StateConflict, match="shared process"):
        act(propose_version, DAAN, ProposeVersion("keuze", 1, "1.0.0", "Eerste"))
    with pytest.raises(StateConflict, match="shared process"):
        act(publish_model, system(load.UTRECHT), PublishModel(SMALL, "1.0.0", "eigen"))


def test_the_database_itself_hides_drafts_and_proposals(act: Act, propose: Propose, seeded: Transactions) -> None:
    propose()
    act(queries.present, LOTTE, KEY)
    for table in ("draft", "draft_file", "draft_presence", "proposal"):
        with seeded.of(load.PLUS_1) as transaction:
            assert transaction.run(text(f"select count(*) from {table}")).scalar_one() > 0
        with seeded.of(load.UTRECHT) as transaction:
            assert transaction.run(text(f"select count(*) from {table}")).scalar_one() == 0
    with seeded.of(load.UTRECHT) as transaction:
        changed = transaction.run(text("update proposal set state = 'approved'"))
        assert changed.rowcount == 0  # type: ignore[attr-defined]  # a cursor result has it
    forged = "insert into draft_file (owner_id, draft_id, path, revision, content) select :owner, :id, 'x', 9, ''"
    values = {"owner": load.PLUS_1, "id": act(queries.read_draft, LOTTE, KEY).id}
    with pytest.raises(ProgrammingError, match="row-level"), seeded.of(load.UTRECHT) as transaction:
        transaction.run(text(forged), values)
