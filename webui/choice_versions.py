"""For which versions of the model choices count, when those for one version are changed. Pure.

The pages of choices change what counts for one version: that is the list `left`. What counts only for other versions
stays as it is, for their cases still ask for it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bpmn.semver import order
from tenants.override import Choice


def in_force(everything: Sequence[Choice], version: str, left: Iterable[Choice]) -> tuple[Choice, ...]:
    """All choices, when those that count for the version in force become `left`, there and in later versions."""
    others = [c for c in everything if not c.counts_for(version)]
    return (*others, *(c if c in everything else _between(c, others, version) for c in left))


def ahead(everything: Sequence[Choice], version: str, left: Sequence[Choice]) -> tuple[Choice, ...]:
    """All choices, when those that count for a version to come become `left`, while earlier versions keep theirs."""
    others = [one for c in everything if (one := _earlier(c, version, left)) is not None]
    new = (replace(c, from_version=_higher(c.from_version, version)) for c in left if c not in everything)
    return (*others, *(_between(c, others, version) for c in new))


def given_up(everything: Iterable[Choice], running: str, version: str) -> tuple[Choice, ...]:
    """What counts for the version in force, and no longer for the one to come."""
    return tuple(c for c in everything if c.counts_for(running) and not c.counts_for(version))


def kept(everything: Sequence[Choice], running: str, choice: Choice) -> tuple[Choice, ...]:
    """All choices, when one that was given up for a version to come counts there after all, unless another was made
    in its place. `running`: the version in force."""
    others = [c for c in everything if c is not choice]
    return (*others, _between(replace(choice, before_version=None), others, running))


def _earlier(choice: Choice, version: str, left: Sequence[Choice]) -> Choice | None:
    """What earlier versions keep of a choice, or the whole when it stays; None when it was made for this version."""
    if choice in left or not choice.counts_for(version):
        return choice
    if choice.from_version is None or order(choice.from_version) < order(version):
        return replace(choice, before_version=version)
    return None


def _higher(first: str | None, version: str) -> str:
    return first if first is not None and order(first) > order(version) else version


def _between(choice: Choice, others: Sequence[Choice], version: str) -> Choice:
    """Between the versions for which others of its point were made, on days that they share."""
    near = [c for c in others if c.point == choice.point and _share_a_day(c, choice)]
    below = [c.before_version for c in near if c.before_version and order(c.before_version) <= order(version)]
    above = [c.from_version for c in near if c.from_version and order(c.from_version) > order(version)]
    first = max([*below, *filter(None, [choice.from_version])], key=order, default=None)
    end = min([*above, *filter(None, [choice.before_version])], key=order, default=None)
    return replace(choice, from_version=first, before_version=end)


def _share_a_day(one: Choice, other: Choice) -> bool:
    return not (_ends_before(one, other) or _ends_before(other, one))


def _ends_before(one: Choice, other: Choice) -> bool:
    return one.valid_until is not None and other.valid_from is not None and one.valid_until < other.valid_from
