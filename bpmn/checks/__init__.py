"""Checks a package's processes before publishing: one rule per file; errors refuse, warnings advise."""

from collections.abc import Collection, Sequence
from typing import Final

from bpmn.checks import (
    decisions,
    default_flow,
    duplicates,
    ends,
    executable,
    forms,
    inclusive_joins,
    parameters,
    references,
    repeated_joins,
    size,
    supported,
    syntax,
    weeks,
)
from bpmn.checks.rule import Known
from bpmn.model import Finding, Process

__all__ = ["Known", "run"]

RULES: Final = (
    size,
    supported,
    references,
    ends,
    syntax,
    default_flow,
    decisions,
    forms,
    parameters,
    weeks,
    inclusive_joins,
    repeated_joins,
    executable,
)


def run(
    processes: Sequence[Process],
    decisions: Collection[str] | None = None,
    forms: Collection[str] | None = None,
) -> tuple[Finding, ...]:
    """All findings of all rules. `decisions` and `forms`: ids in the package (a mapping by id will do); None leaves
    them unchecked."""
    known = Known(
        decisions=frozenset(decisions) if decisions is not None else None,
        forms=frozenset(forms) if forms is not None else None,
    )
    found = [finding for process in processes for rule in RULES for finding in rule.run(process, known)]
    return (*found, *duplicates.run(processes))
