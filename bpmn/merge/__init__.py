"""Three-way merge of the files of a package: two people changed the same version, nothing of either is lost."""

from collections.abc import Mapping

from bpmn.merge import files
from bpmn.merge.model import Conflict, Deciding, Merged

__all__ = ["Conflict", "Merged", "merge"]


def merge(
    base: Mapping[str, bytes], mine: Mapping[str, bytes], theirs: Mapping[str, bytes], decisions: Mapping[str, str]
) -> Merged:
    """Both changes of `base` together. `decisions`: conflict id → "mine" or "theirs"; what is undecided comes back as a
    conflict. A file that only one side changed is as that side has it, to the byte."""
    merged: dict[str, bytes] = {}
    conflicts: list[Conflict] = []
    for path in sorted({*base, *mine, *theirs}):
        deciding = Deciding(path, decisions)
        content = files.merge(base.get(path), mine.get(path), theirs.get(path), deciding)
        conflicts += deciding.open
        if content is not None:
            merged[path] = content
    return Merged(merged, tuple(conflicts))
