"""A municipality says that it has read what a version did by itself."""

from uuid import UUID

from engine.domain.caller import Caller
from engine.domain.rights import require
from engine.store import rollouts
from engine.store.transaction import Transaction


def see_notice(transaction: Transaction, caller: Caller, version: UUID) -> None:
    """Somebody of the tenant has read what this version did by itself. Raises NotFound."""
    require(caller, "notice.see")
    rollouts.lock(transaction, version)
    rollouts.see(transaction, caller, version)
