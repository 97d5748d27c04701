"""Take a proposal back, so that the draft can be edited again."""

from dataclasses import dataclass
from uuid import UUID

from engine.domain.caller import Caller
from engine.domain.rights import require
from engine.store import proposals
from engine.store.proposals import Proposal
from engine.store.transaction import Transaction
from engine.usecases.decide_proposal import lock_open


@dataclass(frozen=True, slots=True)
class WithdrawProposal:
    """`id`: of the proposal. Whoever may propose may withdraw, since who proposed may be ill."""

    id: UUID


def withdraw_proposal(transaction: Transaction, caller: Caller, command: WithdrawProposal) -> Proposal:
    """The proposal, withdrawn. Raises NotFound, StateConflict when it was decided meanwhile."""
    require(caller, "version.propose")
    proposal, _ = lock_open(transaction, command.id)
    return proposals.end(transaction, proposal, caller, "withdrawn", "")
