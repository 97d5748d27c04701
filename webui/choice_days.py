"""From which day to which day the choices of one point count, when one of them is changed, planned or ended. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from tenants.override import Choice

DAY = timedelta(days=1)


def begins(choice: Choice) -> date:
    """The first day on which it counts; the first day that exists for always."""
    return choice.valid_from or date.min


def start(choice: Choice) -> str:
    """The day by which it is known among those of its point: its first, as ISO text; "" for always."""
    return choice.valid_from.isoformat() if choice.valid_from else ""


def find(choices: Sequence[Choice], point: str, first: str) -> Choice | None:
    """The choice of a point that begins on that day (ISO; "" for always); None when there is none (any more)."""
    return next((c for c in choices if c.point == point and start(c) == first), None)


def counting(choices: Sequence[Choice], point: str, on: date) -> Choice | None:
    """The choice of a point that counts on a day; None when it is as the base has it then."""
    return next((c for c in choices if c.point == point and c.holds(on)), None)


def put(choices: Sequence[Choice], new: Choice, edited: Choice | None, on: date) -> tuple[Choice, ...]:
    """All choices with `new` among them; every other choice stays, also of the same point.

    What counted before `new` begins keeps its days until then, since cases of those days still ask for it; so `edited`
    itself goes only when it had not begun on `on`, or when `new` begins no later. Without a last day `new` lasts until
    the day before the next choice of its point."""
    first = begins(new)
    gone = edited is not None and (begins(edited) > on or first <= begins(edited))
    kept = [_until(c, first) if c.point == new.point else c for c in choices if not (gone and c is edited)]
    later = [begins(c) for c in kept if c.point == new.point and begins(c) > first]
    if new.valid_until is None and later:
        new = replace(new, valid_until=min(later) - DAY)
    return (*kept, new)


def end(choices: Sequence[Choice], edited: Choice, on: date) -> tuple[Choice, ...]:
    """All choices without `edited` from `on`: what counted earlier is kept, for the cases of those days."""
    if begins(edited) >= on:
        return tuple(c for c in choices if c is not edited)
    if edited.over(on):
        return tuple(choices)
    return tuple(replace(c, valid_until=on - DAY) if c is edited else c for c in choices)


def as_json(choice: Choice) -> dict[str, object]:
    """The choice as `tenants.override.read` takes it."""
    known: dict[str, object] = {
        "reason": choice.reason,
        "author": choice.author,
        "decision": choice.decision,
        "validFrom": choice.valid_from.isoformat() if choice.valid_from else None,
        "validUntil": choice.valid_until.isoformat() if choice.valid_until else None,
        "fromVersion": choice.from_version,
        "beforeVersion": choice.before_version,
    }
    said = {name: value for name, value in known.items() if value}
    return {"point": choice.point, choice.content: choice.chosen, **said}


def _until(choice: Choice, first: date) -> Choice:
    """Shortened when it goes on into the day on which another begins."""
    if begins(choice) < first <= (choice.valid_until or date.max):
        return replace(choice, valid_until=first - DAY)
    return choice
