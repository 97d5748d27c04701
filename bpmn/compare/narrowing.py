"""Whether a changed limit leaves less room: what others chose within the old room may then no longer be allowed."""

import re
from decimal import Decimal, InvalidOperation

from bpmn.compare.facts import Grade

_TERM = re.compile(r"P(?:(\d{1,5})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?")
_DAYS = (Decimal(365), Decimal(30), Decimal(7), Decimal(1))


def lowest(before: object, after: object) -> str:
    """The weight of another lower limit: raising it, or setting one, narrows."""
    return _limit(before, after, 1)


def highest(before: object, after: object) -> str:
    """The weight of another upper limit: lowering it, or setting one, narrows."""
    return _limit(before, after, -1)


def members(separator: str | None, empty_is_all: bool) -> Grade:
    """The weight of another set of allowed words: losing one narrows. `empty_is_all`: without any, all are allowed."""

    def grade(before: object, after: object) -> str:
        old, new = (set(str(v or "").split(separator)) - {""} for v in (before, after))
        if empty_is_all and not new:
            return "minor"
        return "major" if old - new or (empty_is_all and not old) else "minor"

    return grade


def shut(before: object, after: object) -> str:
    """The weight of a switch of which `true` closes something."""
    return "major" if after == "true" else "minor"


def opened(before: object, after: object) -> str:
    """The weight of a switch of which `false` closes something."""
    return "major" if after == "false" else "minor"


def _limit(before: object, after: object, narrower: int) -> str:
    if after is None or after == "":
        return "minor"
    old, new = _number(before), _number(after)
    if old is None or new is None:
        return "major"
    return "major" if (new > old) - (new < old) == narrower else "minor"


def _number(limit: object) -> Decimal | None:
    """A limit as a number: terms in days; None when it is absent or of another form."""
    text = str(limit or "")
    term = _TERM.fullmatch(text)
    if term and any(term.groups()):
        return sum((Decimal(n or 0) * days for n, days in zip(term.groups(), _DAYS, strict=True)), Decimal(0))
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
