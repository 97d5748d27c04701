"""Numbers of versions: `major.minor.patch`, in the order in which versions follow each other."""

import re

FORM = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})", re.ASCII)


def well_formed(number: str) -> bool:
    """Whether it is the number of a version, such as 1.10.0."""
    return FORM.fullmatch(number) is not None


def order(number: str) -> tuple[int, ...]:
    """The parts of a well-formed number, so that 1.10.0 comes after 1.9.0."""
    return tuple(map(int, number.split(".")))
