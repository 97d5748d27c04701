"""Back to an earlier version: its files become the draft, and publishing that makes a new version of them."""

from dataclasses import dataclass

from engine.domain.caller import Caller
from engine.domain.errors import NotFound
from engine.domain.rights import require
from engine.store import drafts, models, versions
from engine.store.drafts import Draft
from engine.store.transaction import Transaction
from engine.usecases.draft_contents import replacing, require_editable


@dataclass(frozen=True, slots=True)
class RestoreVersion:
    """`semver`: the version to go back to; `revision`: of the draft that it replaces, None when there is none."""

    key: str
    semver: str
    revision: int | None


def restore_version(transaction: Transaction, caller: Caller, command: RestoreVersion) -> Draft:
    """The draft with that version's files; it still counts as made from the version that it began from, or from the
    newest. Raises NotFound, StateConflict while a proposal is open, StaleRevision."""
    require(caller, "draft.edit")
    known = versions.of_model(transaction, command.key)
    wanted = next((version for version in known if version.semver == command.semver), None)
    if wanted is None:
        raise NotFound
    draft, fresh = drafts.begin(transaction, caller, wanted.key, wanted.name, known[0].id)
    if not fresh:
        require_editable(draft, command.revision)
    files = models.version_files(transaction, wanted.owner_id, wanted.id)
    changed = replacing(drafts.stamps(transaction, draft), files)
    return drafts.write(transaction, caller, draft, changed) if changed or fresh else draft
