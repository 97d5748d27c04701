"""Checks a package's processes before publishing: one rule per file; errors refuse, warnings advise."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from bpmn.checks import (
    boundaries,
    calls,
    correlation,
    decisions,
    default_flow,
    duplicates,
    ends,
    executable,
    forms,
    ignored_conditions,
    inclusive_joins,
    labels,
    lanes,
    layout,
    names,
    parameters,
    reachability,
    receivers,
    references,
    repeated_joins,
    size,
    soundness,
    starts,
    supported,
    syntax,
    tables,
    timers,
    uncaught,
    unfilled,
    weeks,
)
from bpmn.checks.rule import Known
from bpmn.forms import Form
from bpmn.model import Finding, Process

__all__ = ["Known", "run"]

RULES: Final = (
    supported,
    starts,
    references,
    receivers,
    ends,
    syntax,
    names,
    default_flow,
    ignored_conditions,
    decisions,
    forms,
    parameters,
    weeks,
    inclusive_joins,
    repeated_joins,
    reachability,
    soundness,
    boundaries,
    correlation,
    timers,
    unfilled,
    lanes,
    labels,
    layout,
    executable,
)


def run(
    processes: Sequence[Process],
    decisions: Collection[str] | None = None,
    forms: Collection[str] | None = None,
) -> tuple[Finding, ...]:
    """All findings of all rules. `decisions` and `forms`: ids in the package (a mapping by id will do); None leaves
    them unchecked, and only a mapping says which variables the forms write. With both the package is whole, and
    its decision tables are looked at too."""
    known = Known(
        decisions=frozenset(decisions) if decisions is not None else None,
        forms=frozenset(forms) if forms is not None else None,
        fields=_fields(forms) if isinstance(forms, Mapping) else None,
        types=_types(forms) if isinstance(forms, Mapping) else {},
    )
    found: list[Finding] = []
    for process in processes:
        # The other rules need time that grows with the square of the size.
        oversized = size.run(process, known)
        found.extend(oversized or (each for rule in RULES for each in rule.run(process, known)))
    whole = decisions is not None and forms is not None
    found.extend((*duplicates.run(processes), *calls.run(processes), *uncaught.run(processes)))
    return (*found, *(tables.run(decisions) if whole else ()))


def _fields(forms: Mapping[str, object]) -> frozenset[str]:
    return frozenset(name for form in forms.values() if isinstance(form, Form) for name in form.writes())


def _types(forms: Mapping[str, object]) -> dict[str, str]:
    """Dates and choices are left out: what they hold may be of any type."""
    kinds = {"number": "number", "checkbox": "boolean", "textfield": "string", "textarea": "string"}
    found: dict[str, set[str]] = {}
    for form in forms.values():
        for asked in form.inputs() if isinstance(form, Form) else ():
            if asked.path and len(asked.path) == 1:
                found.setdefault(asked.path[0], set()).add(kinds.get(asked.kind, ""))
            elif asked.path:
                found.setdefault(asked.path[0], set()).add("")
    return {name: kind for name, (kind, *others) in found.items() if kind and not others}
