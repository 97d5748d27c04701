"""A municipality says what it wants of versions that fit: at once, after its own approval, or not before a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from engine.domain.caller import Caller
from engine.domain.errors import Invalid, NotFound, Problem
from engine.domain.rights import require
from engine.store import models, releases
from engine.store.transaction import Transaction
from engine.usecases.effective_model import local_day
from tenants.release import LONGEST, POLICIES


@dataclass(frozen=True, slots=True)
class SetPolicy:
    """`key`: of one model, or "" for all that have no policy of their own; `policy`: automatic, approval or until, then
    with the day `until`."""

    key: str
    policy: str
    reason: str
    until: date | None = None


def set_policy(transaction: Transaction, caller: Caller, command: SetPolicy) -> None:
    """Counts for versions that are looked at from now on. Raises NotFound for an unknown model, and Invalid with every
    fault."""
    require(caller, "policy.change")
    today = local_day(transaction.at)
    if command.key and command.key not in {one.key for one in models.current_versions(transaction, today)}:
        raise NotFound
    faults = tuple(_faults(command, today))
    if faults:
        raise Invalid("Het beleid klopt niet.", "The policy is wrong.", faults)
    releases.say(transaction, caller, command.key, command.policy, command.until, command.reason.strip())


def _faults(command: SetPolicy, today: date) -> Iterator[Problem]:
    if command.policy not in POLICIES:
        nl, en = "Kies vanzelf, na akkoord of tot een dag.", "Choose automatic, approval or until."
        yield Problem("policy", nl, en, "unknown")
    if command.policy == "until" and (command.until is None or command.until <= today):
        yield Problem("until", "Kies een dag na vandaag.", "Choose a day after today.", "past")
    if command.policy != "until" and command.until is not None:
        nl, en = "Een dag hoort alleen bij 'tot een dag'.", "A day belongs to 'until' only."
        yield Problem("until", nl, en, "odd")
    yield from reason_faults(command.reason)


def reason_faults(reason: str) -> Iterator[Problem]:
    """A reason that others will read is there, and not too long."""
    if not reason.strip():
        yield Problem("reason", "Schrijf op waarom.", "Say why.", "required")
    elif len(reason) > LONGEST:
        nl, en = f"Gebruik niet meer dan {LONGEST} tekens.", f"Use at most {LONGEST} characters."
        yield Problem("reason", nl, en, "too-long")
