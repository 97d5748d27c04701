"""What an adoption gives: the canonical file, how much of it was translated, and what is open."""

from dataclasses import dataclass

from bpmn.model import Finding


@dataclass(frozen=True, slots=True)
class Adoption:
    """`content`: the canonical file, the given one when it was canonical already; None when it cannot be used.
    `translated` of `total` parts (attributes, elements and expressions of another engine) are done; each of the others
    has a finding with the line of the original."""

    content: bytes | None
    findings: tuple[Finding, ...]
    translated: int = 0
    total: int = 0

    @property
    def share(self) -> int:
        """Percentage translated, rounded down; 100 when there was nothing to translate, 0 when nothing came out."""
        if self.content is None:
            return 0
        return self.translated * 100 // self.total if self.total else 100

    @property
    def open(self) -> tuple[Finding, ...]:
        """What somebody still has to do: errors and warnings, in the order of the file."""
        todo = (one for one in self.findings if one.severity != "info")
        return tuple(sorted(todo, key=lambda one: one.line))
