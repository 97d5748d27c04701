"""Places and courses of a drawing as numbers, so that the moves of two sides can be added."""

from bpmn.merge.tree import Value


def both(base: Value | None, mine: Value | None, theirs: Value | None) -> Value | None:
    """Numbers of a place or a course after the moves of both sides; where they are no such numbers, one side's."""
    lists = [numbers(value) for value in (base, mine, theirs)]
    one = min((value for value in (mine, theirs) if value is not None), key=str, default=None)
    if any(each is None for each in lists) or len({len(each or []) for each in lists}) > 1:
        return one
    old, ours, others = (each or [] for each in lists)
    sums = [text(b + c - a) for a, b, c in zip(old, ours, others, strict=True)]
    paired = isinstance(mine, tuple) and bool(mine) and isinstance(mine[0], tuple)
    return tuple(zip(sums[::2], sums[1::2], strict=True)) if paired else tuple(sums)


def numbers(value: Value | None) -> list[float] | None:
    """The numbers of a place or course in a row; None when it has none."""
    if not isinstance(value, tuple) or not value:
        return None
    flat = [part for each in value for part in (each if isinstance(each, tuple) else (each,))]
    try:
        return [float(str(part)) for part in flat]
    except ValueError:
        return None


def text(number: float) -> str:
    """A number as drawings have them: two decimals at most."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
