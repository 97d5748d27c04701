"""Built-ins on dates and the clock (DMN 1.5 sections 10.3.4.6 and 10.3.4.8)."""

from decimal import Decimal

from bpmn.feel.budget import Evaluation
from bpmn.feel.calendar import ordinal
from bpmn.feel.functions.conversion import day
from bpmn.feel.functions.table import Table
from bpmn.feel.values import Date, DateTime

TABLE = Table()
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_YEAR = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@TABLE.add("day of year", "date: day")
def day_of_year(run: Evaluation, value: Date | DateTime) -> Decimal:
    """1 for the first of January."""
    date = day(value)
    return Decimal(date.key() - ordinal(date.year, 1, 1) + 1)


@TABLE.add("day of week", "date: day")
def day_of_week(run: Evaluation, value: Date | DateTime) -> str:
    """The English name of the day."""
    return _WEEK[day(value).weekday() - 1]


@TABLE.add("month of year", "date: day")
def month_of_year(run: Evaluation, value: Date | DateTime) -> str:
    """The English name of the month."""
    return _YEAR[day(value).month - 1]


@TABLE.add("week of year", "date: day")
def week_of_year(run: Evaluation, value: Date | DateTime) -> Decimal:
    """The week's number in ISO 8601: the week belongs to the year of its Thursday."""
    date = day(value)
    thursday = date.key() + 4 - date.weekday()
    year = date.year + (thursday >= ordinal(date.year + 1, 1, 1)) - (thursday < ordinal(date.year, 1, 1))
    return Decimal((thursday - ordinal(year, 1, 1)) // 7 + 1)


@TABLE.add("now", "")
def now(run: Evaluation) -> DateTime | None:
    """The evaluation's time in its zone."""
    return DateTime.at(run.now * 10**6, run.zone)


@TABLE.add("today", "")
def today(run: Evaluation) -> Date | None:
    """The evaluation's date in its zone."""
    moment = now(run)
    return moment.date if isinstance(moment, DateTime) else None
