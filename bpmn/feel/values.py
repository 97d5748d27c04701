"""FEEL values that Python has no fitting type for. Native: Decimal, str, bool, None, list and dict."""

from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow

from bpmn.feel.budget import Evaluation
from bpmn.feel.calendar import DAY, MAX_YEAR, NS, from_ordinal, instant_offset, local_offset, month_days, ordinal

# DMN 1.5 section 10.3.2.3.1: 34 digits, half-even, exponents of IEEE 754-2008 decimal128.
NUMBERS = Context(
    prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, traps=[InvalidOperation, DivisionByZero, Overflow]
)
_MAX_DIGITS = 30
_MAX_NS = 10**9 * 366 * DAY
Zone = int | str | None


def number(value: int | str | Decimal) -> Decimal:
    """A FEEL number; raises decimal.DecimalException when it cannot be one."""
    return NUMBERS.create_decimal(value)


def integer(value: Decimal) -> int:
    """A number cut to an integer; raises OverflowError above 31 digits, since to convert thousands is slow."""
    if value.adjusted() > _MAX_DIGITS:
        raise OverflowError("number too large")
    return int(value)


class Temporal:
    """A value on a time line; `key` orders values of the same class."""

    __slots__: tuple[str, ...] = ()

    def key(self) -> int:
        """Days, months or nanoseconds: comparable with that of the same class only."""
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Temporal) and type(self) is type(other) and self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash(self._parts())

    def _parts(self) -> tuple[object, ...]:
        return tuple(getattr(self, slot) for slot in type(self).__slots__)


class Date(Temporal):
    """A day of the calendar, years up to 999,999,999."""

    __slots__ = ("day", "month", "year")

    def __init__(self, year: int, month: int, day: int) -> None:
        self.year, self.month, self.day = year, month, day

    @classmethod
    def of(cls, year: int, month: int, day: int) -> "Date | None":
        """The date, None when there is no such day."""
        if -MAX_YEAR <= year <= MAX_YEAR and 1 <= month <= 12 and 1 <= day <= month_days(year, month):
            return cls(year, month, day)
        return None

    @classmethod
    def at(cls, days: int) -> "Date | None":
        """The date so many days after 1970-01-01, None outside the calendar."""
        return cls.of(*from_ordinal(days))

    def key(self) -> int:
        """Days since 1970-01-01."""
        return ordinal(self.year, self.month, self.day)

    def weekday(self) -> int:
        """1 for Monday to 7 for Sunday."""
        return (self.key() + 3) % 7 + 1

    def plus_months(self, months: int) -> "Date | None":
        """The same day of another month, or its last day."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Date.of(year, month + 1, min(self.day, month_days(year, month + 1)))

    def __str__(self) -> str:
        return f"{'-' if self.year < 0 else ''}{abs(self.year):04d}-{self.month:02d}-{self.day:02d}"


def offset_text(seconds: int) -> str:
    """An offset from UTC as ISO 8601 writes it."""
    if seconds == 0:
        return "Z"
    size = abs(seconds)
    text = f"{'-' if seconds < 0 else '+'}{size // 3600:02d}:{size // 60 % 60:02d}"
    return text + (f":{size % 60:02d}" if size % 60 else "")


def fraction_text(ns: int) -> str:
    """Nanoseconds of a second with the point, empty when 0."""
    return f".{ns:09d}".rstrip("0") if ns else ""


class Time(Temporal):
    """A time of day: `ns` nanoseconds; `tz` None, an offset in seconds, or a zone's name."""

    __slots__ = ("ns", "tz")

    def __init__(self, ns: int, tz: Zone = None) -> None:
        self.ns, self.tz = ns, tz

    def offset(self) -> int | None:
        """Seconds ahead of UTC, None when local."""
        return local_offset((1970, 1, 1), self.ns, self.tz) if isinstance(self.tz, str) else self.tz

    def key(self) -> int:
        """Nanoseconds of the day, in UTC when zoned."""
        offset = self.offset()
        return self.ns if offset is None else self.ns - offset * NS

    def local(self) -> str:
        """The text without a zone."""
        seconds, rest = divmod(self.ns, NS)
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{fraction_text(rest)}"

    def __str__(self) -> str:
        if self.tz is None:
            return self.local()
        return self.local() + ("@" + self.tz if isinstance(self.tz, str) else offset_text(self.tz))


class DateTime(Temporal):
    """A date with a time; the zone is that of the time."""

    __slots__ = ("date", "time")

    def __init__(self, date: Date, time: Time) -> None:
        self.date, self.time = date, time

    @classmethod
    def at(cls, instant: int, tz: Zone) -> "DateTime | None":
        """The date and time in `tz` (local when None) at an instant, in nanoseconds since the epoch."""
        offset = instant_offset(instant, tz) if isinstance(tz, str) else tz or 0
        days, ns = divmod(instant + offset * NS, DAY)
        date = Date.at(days)
        return None if date is None else cls(date, Time(ns, tz))

    def offset(self) -> int | None:
        """Seconds ahead of UTC, None when local."""
        tz = self.time.tz
        if isinstance(tz, str):
            return local_offset((self.date.year, self.date.month, self.date.day), self.time.ns, tz)
        return tz

    def key(self) -> int:
        """Nanoseconds since the epoch, in UTC when zoned."""
        return self.date.key() * DAY + self.time.ns - (self.offset() or 0) * NS

    def __str__(self) -> str:
        return f"{self.date}T{self.time}"


class Days(Temporal):
    """A days and time duration of `ns` nanoseconds; raises OverflowError outside the calendar."""

    __slots__ = ("ns",)

    def __init__(self, ns: int) -> None:
        if abs(ns) > _MAX_NS:
            raise OverflowError("duration too long")
        self.ns = ns

    def key(self) -> int:
        """Nanoseconds."""
        return self.ns

    def __str__(self) -> str:
        days, rest = divmod(abs(self.ns), DAY)
        seconds, ns = divmod(rest, NS)
        parts = ((seconds // 3600, "H"), (seconds // 60 % 60, "M"))
        clock = "".join(f"{size}{unit}" for size, unit in parts if size)
        if seconds % 60 or ns:
            clock += f"{seconds % 60}{fraction_text(ns)}S"
        if not days and not clock:
            return "PT0S"
        return ("-" if self.ns < 0 else "") + "P" + (f"{days}D" if days else "") + ("T" + clock if clock else "")


class Months(Temporal):
    """A years and months duration of `count` months; raises OverflowError outside the calendar."""

    __slots__ = ("count",)

    def __init__(self, count: int) -> None:
        if abs(count) > MAX_YEAR * 12:
            raise OverflowError("duration too long")
        self.count = count

    def key(self) -> int:
        """Months."""
        return self.count

    def __str__(self) -> str:
        years, months = divmod(abs(self.count), 12)
        sign = "-" if self.count < 0 else ""
        return f"{sign}P{f'{years}Y' if years else ''}{f'{months}M' if months or not years else ''}"


class Range:
    """`low..high` with closed or open ends; `op` marks the range of a unary test, where None is unbounded."""

    __slots__ = ("high", "high_closed", "low", "low_closed", "op")

    def __init__(
        self, low: object, high: object, low_closed: bool = True, high_closed: bool = True, op: str | None = None
    ) -> None:
        self.low, self.high, self.op = low, high, op
        self.low_closed, self.high_closed = low_closed, high_closed


Call = Callable[[Evaluation, list[object], tuple[str, ...] | None], object]


class Function:
    """A built-in or an author's function: `call(evaluation, values, names or None)` gives the value."""

    __slots__ = ("call", "name", "params")

    def __init__(self, params: tuple[str, ...], call: Call, name: str) -> None:
        self.params, self.call, self.name = params, call, name


class Missing:
    """The type of MISSING."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "MISSING"


MISSING = Missing()
