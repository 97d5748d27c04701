"""Whether a chosen value or list keeps to its parameter and its point; what FEEL gets for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bpmn import feel
from bpmn.model import Finding
from tenants import durations
from tenants.variation import Parameter, VariationPoint

MAX_TEXT = 2000
MAX_ITEMS = 100


class Wrong(Exception):
    """A value that its parameter does not allow; `nl` and `en` end a sentence."""

    def __init__(self, nl: str, en: str) -> None:
        super().__init__(en)
        self.nl, self.en = nl, en


@dataclass(frozen=True, slots=True)
class Bound:
    """The value of a parameter now. `value`: as FEEL takes it (a duration or date is a FEEL value); `plain`: the same
    as JSON; `binding`: start, use or event:<variable>; `own`: a choice of the tenant gave it."""

    value: object
    binding: str
    type: str
    plain: object
    own: bool = False


def bound(parameter: Parameter, plain: object, *, own: bool) -> Bound:
    """`plain` (JSON-like) for a parameter; raises Wrong when it has not its type."""
    return Bound(_feel(parameter, plain), parameter.binding, parameter.type, plain, own)


def default(parameter: Parameter, evaluation: feel.Evaluation) -> object:
    """The base's value, JSON-like; raises Wrong when the file's default has not the declared type."""
    text = parameter.default
    if text.startswith("="):
        try:
            found = feel.compile(text[1:], dialect="camunda8")(lambda _: feel.MISSING, evaluation)
        except feel.FeelError as error:
            raise Wrong(f"heeft een onjuiste standaard: {error}", f"has a wrong default: {error}") from error
        return plain(parameter, feel.to_json(found))
    if parameter.type == "number":
        return plain(parameter, _decimal(text))
    if parameter.type == "boolean":
        return plain(parameter, {"true": True, "false": False}.get(text))
    return plain(parameter, text)


def plain(parameter: Parameter, value: object) -> object:
    """`value` as it is kept (int and float become Decimal); raises Wrong when it has not the parameter's type."""
    kind = parameter.type
    if kind == "number":
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            raise Wrong("moet een getal zijn", "must be a number")
        number = Decimal(str(value))
        if not number.is_finite() or abs(number) > Decimal(10) ** 15:
            raise Wrong("moet een gewoon getal zijn", "must be an ordinary number")
        return number
    if kind == "boolean" and not isinstance(value, bool):
        raise Wrong("moet waar of niet waar zijn (true of false)", "must be true or false")
    if kind == "list":
        return _list(value)
    if kind in {"text", "group", "duration", "date"}:
        return _text(kind, value)
    return value


def check(point: VariationPoint, parameter: Parameter, value: object) -> Iterator[Finding]:
    """Findings for a choice of kind value or list, naming point, value and limit."""
    try:
        kept = plain(parameter, value)
    except Wrong as wrong:
        yield _over(point, parameter, wrong.nl, wrong.en)
        return
    if point.allowed and str(kept) not in point.allowed:
        names = ", ".join(point.allowed)
        yield _over(point, parameter, f"moet een van deze zijn: {names}", f"must be one of: {names}")
    if isinstance(kept, list):
        yield from _count(point, parameter, len(kept))
        return
    for limits in (point, parameter):
        yield from _between(point, parameter, kept, limits.min, limits.max)


def _count(point: VariationPoint, parameter: Parameter, count: int) -> Iterator[Finding]:
    low, high = _decimal(point.min), _decimal(point.max)
    if low is not None and count < low:
        yield _over(point, parameter, f"heeft {count} items; minstens {low}", f"has {count} items; at least {low}")
    if high is not None and count > high:
        yield _over(point, parameter, f"heeft {count} items; hoogstens {high}", f"has {count} items; at most {high}")


def readable(kind: str, limit: str) -> bool:
    """Whether a limit in the file can be compared with values of a parameter of this type."""
    if not limit:
        return True
    if kind == "duration":
        return durations.parse(limit) is not None
    if kind == "date":
        return _date(limit)
    return kind in {"number", "list"} and _decimal(limit) is not None


def _between(point: VariationPoint, parameter: Parameter, value: object, low: str, high: str) -> Iterator[Finding]:
    for limit, sign, nl, en in ((low, -1, "lager", "below"), (high, 1, "hoger", "above")):
        if not limit:
            continue
        order = _compare(parameter, value, limit)
        if order is None:
            nl, en = f"is niet te vergelijken met de grens {limit}", f"cannot be compared with the limit {limit}"
            yield _over(point, parameter, f"({shown(value)}) {nl}", f"({shown(value)}) {en}")
        elif order == sign:
            source = f" ({parameter.source})" if parameter.source and limit in {parameter.min, parameter.max} else ""
            nl, en = f"is {nl} dan de grens {limit}{source}", f"is {en} the limit {limit}{source}"
            yield _over(point, parameter, f"({shown(value)}) {nl}", f"({shown(value)}) {en}")


def _compare(parameter: Parameter, value: object, limit: str) -> int | None:
    if parameter.type == "duration":
        a, b = durations.parse(value), durations.parse(limit)
        return durations.compare(a, b) if a and b else None
    if parameter.type == "number" and isinstance(value, Decimal):
        other = _decimal(limit)
        return None if other is None else (value > other) - (value < other)
    if parameter.type == "date" and isinstance(value, str):
        return (value > limit) - (value < limit)
    return None


def shown(value: object) -> str:
    """A value inside a message, cut short."""
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _feel(parameter: Parameter, value: object) -> object:
    if parameter.type == "duration":
        term = durations.parse(value)
        return feel.evaluate(f'duration("{term.iso}")', {}) if term else None
    if parameter.type == "date":
        return feel.evaluate(f'date("{value}")', {})
    return value


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except ArithmeticError:
        return None


def _list(value: object) -> list[object]:
    if not isinstance(value, list) or len(value) > MAX_ITEMS:
        raise Wrong(
            f"moet een lijst zijn van niet meer dan {MAX_ITEMS} items", f"must be a list of at most {MAX_ITEMS}"
        )
    if not all(isinstance(v, str) and v.strip() and len(v) <= 100 for v in value):
        raise Wrong("moet een lijst van teksten zijn", "must be a list of texts")
    if len(set(value)) != len(value):
        raise Wrong("noemt iets twee keer", "names something twice")
    return list(value)


def _text(kind: str, value: object) -> str:
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise Wrong("moet een tekst zijn", "must be a text")
    if kind == "group" and not value.strip():
        raise Wrong("moet een groep noemen", "must name a group")
    if kind == "duration" and durations.parse(value) is None:
        raise Wrong("moet een termijn zijn, bijvoorbeeld P8W (8 weken)", "must be a term, such as P8W (8 weeks)")
    if kind == "date" and not _date(value):
        raise Wrong("moet een datum zijn, bijvoorbeeld 2027-01-01", "must be a date, such as 2027-01-01")
    return value


def _date(text: str) -> bool:
    try:
        return len(text) == 10 and date.fromisoformat(text) is not None
    except ValueError:
        return False


def _over(point: VariationPoint, parameter: Parameter, nl: str, en: str) -> Finding:
    return Finding(
        "choice-limit", "error", f"{point.id}: {parameter.name} {nl}.", f"{point.id}: {parameter.id} {en}.", point.id
    )
