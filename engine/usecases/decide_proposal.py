"""A second person decides on a proposal; approving publishes exactly what was proposed."""

from dataclasses import dataclass
from uuid import UUID

from bpmn.semver import order
from engine.domain.caller import Caller
from engine.domain.errors import Forbidden, Invalid, Problem, StateConflict
from engine.domain.rights import require
from engine.store import drafts, proposals, versions
from engine.store.drafts import Draft
from engine.store.proposals import Proposal
from engine.store.transaction import Transaction
from engine.usecases.propose_version import LONGEST
from engine.usecases.publish_model import PublishModel, publish

ENDED = {
    "withdrawn": ("ingetrokken", "withdrawn"),
    "approved": ("goedgekeurd", "approved"),
    "rejected": ("afgewezen", "rejected"),
}


@dataclass(frozen=True, slots=True)
class DecideProposal:
    """`remark`: in words; a rejection needs one, so that the others know what to change."""

    id: UUID
    approved: bool
    remark: str = ""


def decide_proposal(transaction: Transaction, caller: Caller, command: DecideProposal) -> Proposal:
    """The proposal, decided; approved, it has its version and the draft has ended.

    Raises NotFound, Forbidden for who made it, Invalid, StateConflict when it was decided meanwhile or a version of
    that number or a higher one was published, ModelRefused when the checks now find what they did not before."""
    require(caller, "version.approve")
    proposal, draft = lock_open(transaction, command.id)
    require_second(caller, proposal)
    remark = _remark(command)
    if not command.approved:
        return proposals.end(transaction, proposal, caller, "rejected", remark)
    _require_highest(transaction, proposal)
    files = drafts.files(transaction, draft, proposal.revision)
    what = PublishModel(
        files, proposal.semver, proposal.changelog, proposal.effective_from, proposal.key, proposal.release
    )
    version = publish(transaction, caller, what)
    drafts.close(transaction, draft)
    return proposals.end(transaction, proposal, caller, "approved", remark, version.id)


def lock_open(transaction: Transaction, id_: UUID) -> tuple[Proposal, Draft]:
    """A proposal that waits for a decision, and its draft, which is what is locked. Raises NotFound, StateConflict."""
    key = proposals.read(transaction, id_).key
    drafts.lock(transaction, key)
    proposal = proposals.read(transaction, id_)
    if proposal.state != "open":
        nl, en = ENDED[proposal.state]
        raise StateConflict(
            f"{proposal.decided_by_name} heeft dit voorstel al {nl}.",
            f"{proposal.decided_by_name} has {en} this proposal already.",
            current=proposal.state,
        )
    return proposal, drafts.read(transaction, key)


def require_second(caller: Caller, proposal: Proposal) -> None:
    """Raise Forbidden unless this is a person or a client that neither proposed it nor edited it last."""
    if caller.kind == "system":
        raise Forbidden(
            "Over een voorstel besluit een mens of een koppeling met die rol, niet de opdrachtregel.",
            "A person, or a client with that role, decides on a proposal; the command line does not.",
        )
    if caller.actor == proposal.proposed_by:
        raise Forbidden(
            "U hebt deze versie zelf voorgesteld. Vraag een collega om te besluiten, of trek het voorstel in.",
            "You proposed this version yourself. Ask a colleague to decide, or withdraw the proposal.",
        )
    if caller.actor == proposal.edited_by:
        raise Forbidden(
            "U hebt dit ontwerp als laatste veranderd. Vraag een collega die er niet aan werkte om te besluiten.",
            "You were the last to edit this draft. Ask a colleague who did not work on it to decide.",
        )


def _remark(command: DecideProposal) -> str:
    remark = command.remark.strip()
    if not remark and not command.approved:
        missing = Problem("remark", "Schrijf op wat er anders moet.", "Say what has to change.", "required")
        raise Invalid("Een afwijzing heeft een toelichting nodig.", "A rejection needs a remark.", (missing,))
    if len(remark) > LONGEST:
        nl, en = f"Gebruik niet meer dan {LONGEST} tekens.", f"Use at most {LONGEST} characters."
        raise Invalid("De toelichting is te lang.", "The remark is too long.", (Problem("remark", nl, en, "too-long"),))
    return remark


def _require_highest(transaction: Transaction, proposal: Proposal) -> None:
    newest = next(iter(versions.of_model(transaction, proposal.key)), None)
    if newest is not None and order(newest.semver) >= order(proposal.semver):
        raise StateConflict(
            f"Intussen is versie {newest.semver} gepubliceerd. Trek dit voorstel ({proposal.semver}) in en stel het "
            "opnieuw voor met een hoger nummer.",
            f"Version {newest.semver} was published meanwhile. Withdraw this proposal ({proposal.semver}) and propose "
            "it again with a higher number.",
            current=newest.semver,
        )
