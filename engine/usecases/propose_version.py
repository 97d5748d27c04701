"""Propose a draft as the next version; from here on it waits, unchanged, for a second person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bpmn.semver import order, well_formed
from engine.domain.caller import Caller
from engine.domain.errors import Invalid, ModelRefused, Problem
from engine.domain.ids import new_id
from engine.domain.rights import require
from engine.store import drafts, proposals, versions
from engine.store.drafts import Draft
from engine.store.proposals import Proposal
from engine.store.transaction import Transaction
from engine.usecases.check_package import check_package
from engine.usecases.draft_contents import require_editable, require_own_key
from engine.usecases.effective_model import local_day, refused
from engine.usecases.publish_model import odd_number
from tenants import release
from tenants.release import PLAIN, Release

LONGEST = 5000


@dataclass(frozen=True, slots=True)
class ProposeVersion:
    """`revision`: of the draft, as the caller saw it; `semver` as major.minor.patch; `changelog`: what changed, for the
    people who work with it; `effective_from`: the first day on which cases start on it, None: at once;
    `release`: how it goes out to the municipalities."""

    key: str
    revision: int
    semver: str
    changelog: str
    effective_from: date | None = None
    release: Release = PLAIN


def propose_version(transaction: Transaction, caller: Caller, command: ProposeVersion) -> Proposal:
    """The proposal. Raises NotFound, StateConflict while another is open, StaleRevision, and Invalid or ModelRefused
    with every fault of the proposal and of the model at once."""
    require(caller, "version.propose")
    draft = drafts.locked(transaction, command.key)
    require_editable(draft, command.revision)
    require_own_key(transaction, draft.key)
    faults = tuple(_faults(transaction, command))
    package, findings = check_package(drafts.files(transaction, draft), transaction.now, draft.key)
    if package is None or any(finding.severity == "error" for finding in findings):
        model = refused(findings)
        raise ModelRefused(model.nl, model.en, faults + model.problems)
    if faults:
        raise Invalid("Het voorstel klopt niet.", "The proposal is wrong.", faults)
    proposal = _proposal(transaction, caller, command, draft)
    proposals.add(transaction, proposal)
    return proposal


def _proposal(transaction: Transaction, caller: Caller, command: ProposeVersion, draft: Draft) -> Proposal:
    return Proposal(
        owner_id=draft.owner_id,
        id=new_id(),
        draft_id=draft.id,
        key=draft.key,
        revision=draft.revision,
        semver=command.semver,
        changelog=command.changelog.strip(),
        effective_from=command.effective_from,
        state="open",
        proposed_by=caller.actor,
        proposed_by_name=caller.name,
        proposed_at=transaction.at,
        edited_by=draft.edited_by,
        edited_by_name=draft.edited_by_name,
        release=command.release,
    )


def _faults(transaction: Transaction, command: ProposeVersion) -> Iterator[Problem]:
    newest = next(iter(versions.of_model(transaction, command.key)), None)
    if not well_formed(command.semver):
        yield odd_number()
    elif newest is not None and order(command.semver) <= order(newest.semver):
        nl = f"Versie {newest.semver} is er al. Kies een hoger nummer."
        yield Problem("version", nl, f"Version {newest.semver} exists. Choose a higher number.", "not-higher")
    if not command.changelog.strip():
        nl = "Schrijf op wat er verandert, voor de mensen die ermee werken."
        yield Problem("changelog", nl, "Say what changes, for the people who work with it.", "required")
    elif len(command.changelog) > LONGEST:
        nl = f"Gebruik niet meer dan {LONGEST} tekens; het zijn er {len(command.changelog)}."
        en = f"Use at most {LONGEST} characters; there are {len(command.changelog)}."
        yield Problem("changelog", nl, en, "too-long")
    if command.effective_from is not None and command.effective_from < local_day(transaction.at):
        nl, en = "Deze dag is al voorbij. Kies vandaag of een latere dag.", "This day is past. Choose today or later."
        yield Problem("effectiveFrom", nl, en, "past")
    for fault in release.faults(command.release, local_day(transaction.at), command.effective_from):
        yield Problem(fault.at, fault.nl, fault.en, "release")
