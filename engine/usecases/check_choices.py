"""Whether choices fit a version: read, applied and played, today and on every later day on which one begins or ends."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bpmn.model import Finding
from bpmn.package import Package
from engine.domain.errors import Invalid, Problem
from engine.usecases.check_package import Definitions, check_scenarios
from engine.usecases.effective_model import compiled
from tenants import apply, override

Choices = Sequence[Mapping[str, object]]


def read_choices(key: str, choices: Choices) -> override.Override:
    """The choices for a model, as given. Raises Invalid with all faults."""
    chosen, findings = override.read({"key": key, "choices": list(choices)})
    if chosen is None or any(finding.severity == "error" for finding in findings):
        problems = tuple(Problem(f.element, f.nl, f.en, f.code) for f in findings)
        raise Invalid("De keuzes kloppen niet.", "The choices are wrong.", problems)
    return chosen


def check_choices(
    base: Package,
    chosen: override.Override,
    on: date,
    today: date,
    now: int,
    compiling: Callable[[Package], Definitions] = compiled,
) -> tuple[Finding, ...]:
    """What is wrong with the choices on `base` from the day `on`: the errors of the first day on which there are any.

    `chosen`: those that count for that version; `now`: epoch ms, on the day `today`; `compiling`: how an
    effective model is compiled, for who remembers those. Raises ModelRefused when one cannot be compiled."""
    for day in _turns(chosen, on):
        found = apply.apply(base, chosen, day)
        if any(finding.severity == "error" for finding in found.findings):
            return found.findings
        compiling(found.package)  # what fills the slots must compile too, though no scenario plays it
        played = replace(found, package=found.played)
        later = now + (day - today) // timedelta(milliseconds=1)
        failing = check_scenarios(played, compiling(played.package), later)
        if failing:
            return failing
    return ()


def check_each(
    base: Package, chosen: override.Override, some: Iterable[override.Choice], on: date
) -> tuple[Finding, ...]:
    """What is wrong with `some` of the choices that count for that version, each on its own: on the first day from `on`
    on which it counts, or, when it is over by then, on its last."""
    found: list[Finding] = []
    for one in some:
        day = one.valid_until if one.valid_until is not None and one.over(on) else max(on, one.valid_from or on)
        errors = (f for f in apply.apply(base, chosen, day).findings if f.severity == "error")
        found += [finding for finding in errors if finding.element == one.point]
    return tuple(dict.fromkeys(found))


def _turns(chosen: override.Override, on: date) -> list[date]:
    """That day, and every later day on which a choice begins or has ended: the days between are like one of these."""
    begins = (choice.valid_from for choice in chosen.choices)
    lasts = (choice.valid_until for choice in chosen.choices)
    ends = (last + timedelta(days=1) for last in lasts if last is not None and last < date.max)
    return sorted({on, *(day for day in (*begins, *ends) if day is not None and day > on)})
