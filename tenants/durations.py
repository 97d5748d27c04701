"""Terms such as P6W: read strictly, handed to FEEL as days, compared only where the answer is certain."""

import re
from dataclasses import dataclass

_ISO = re.compile(r"P(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,8})M)?)?")
_DUTCH = (
    ("jaar", "jaar"),
    ("maand", "maanden"),
    ("week", "weken"),
    ("dag", "dagen"),
    ("uur", "uur"),
    ("minuut", "minuten"),
)
_ENGLISH = (
    *(("year", "years"), ("month", "months"), ("week", "weeks")),
    *(("day", "days"), ("hour", "hours"), ("minute", "minutes")),
)


@dataclass(frozen=True, slots=True)
class Duration:
    """Years, months, weeks, days, hours, minutes as they were written."""

    parts: tuple[int, int, int, int, int, int]

    @property
    def iso(self) -> str:
        """ISO 8601 for FEEL, which knows no weeks and keeps months apart from days."""
        years, months, weeks, days, hours, minutes = self.parts
        text = "".join(f"{n}{u}" for n, u in ((years, "Y"), (months, "M"), (weeks * 7 + days, "D")) if n)
        time = "".join(f"{n}{u}" for n, u in ((hours, "H"), (minutes, "M")) if n)
        return f"P{text}{'T' + time if time else ''}" if text or time else "P0D"

    @property
    def shortest(self) -> int:
        """Minutes, when every month is as short as can be."""
        return self._minutes(28, 365)

    @property
    def longest(self) -> int:
        """Minutes, when every month is as long as can be."""
        return self._minutes(31, 366)

    def words(self, english: bool = False) -> str:
        """As people say it: 8 weken, 1 maand en 2 dagen."""
        names = _ENGLISH if english else _DUTCH
        said = [f"{n} {one if n == 1 else many}" for n, (one, many) in zip(self.parts, names, strict=True) if n]
        return (" and " if english else " en ").join(said) or ("nothing" if english else "niets")

    def _minutes(self, month: int, year: int) -> int:
        years, months, weeks, days, hours, minutes = self.parts
        whole, rest = divmod(months, 12)
        in_days = (years + whole) * year + rest * month + weeks * 7 + days
        return in_days * 1440 + hours * 60 + minutes


def parse(text: object) -> Duration | None:
    """A duration from ISO 8601 text; None when it is none. Months and days do not go together: FEEL holds only one."""
    found = _ISO.fullmatch(text) if isinstance(text, str) else None
    if found is None or text in {"P", "PT"} or str(text).endswith("T"):
        return None
    years, months, weeks, days, hours, minutes = (int(part or 0) for part in found.groups())
    if (years or months) and (weeks or days or hours or minutes):
        return None
    return Duration((years, months, weeks, days, hours, minutes))


def compare(a: Duration, b: Duration) -> int | None:
    """-1, 0 or 1; None when it depends on the length of months, so that a limit never rests on a guess."""
    if a.iso == b.iso or (a.shortest == b.shortest and a.longest == b.longest):
        return 0
    if a.longest < b.shortest or (a.shortest < b.shortest and a.longest < b.longest and _months(a) == _months(b)):
        return -1
    if a.shortest > b.longest or (a.shortest > b.shortest and a.longest > b.longest and _months(a) == _months(b)):
        return 1
    return None


def _months(duration: Duration) -> bool:
    return bool(duration.parts[0] or duration.parts[1])
