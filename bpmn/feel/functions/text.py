"""Built-ins on texts (DMN 1.5 section 10.3.4.3)."""

from decimal import Decimal

from bpmn.feel import patterns
from bpmn.feel.budget import Evaluation
from bpmn.feel.functions.table import Table
from bpmn.feel.values import integer

TABLE = Table()


def start_index(length: int, position: Decimal) -> int | None:
    """The index from 0 of a position from 1, or from the end when negative; None outside."""
    at = integer(position)
    if at == 0 or abs(at) > length:
        return None
    return at - 1 if at > 0 else length + at


@TABLE.add("substring", "string: text, start position: number, length: number?")
def substring(run: Evaluation, text: str, start: Decimal, length: Decimal | None = None) -> str | None:
    """The part from a position on."""
    at = start_index(len(text), start)
    if at is None or (length is not None and length < 1):
        return None
    return text[at:] if length is None else text[at : at + integer(min(length, Decimal(len(text))))]


@TABLE.add("string length", "string: text")
def string_length(run: Evaluation, text: str) -> Decimal:
    """Number of characters."""
    return Decimal(len(text))


@TABLE.add("upper case", "string: text")
def upper_case(run: Evaluation, text: str) -> str:
    """In capitals."""
    return text.upper()


@TABLE.add("lower case", "string: text")
def lower_case(run: Evaluation, text: str) -> str:
    """In small letters."""
    return text.lower()


@TABLE.add("substring before", "string: text, match: text")
def substring_before(run: Evaluation, text: str, match: str) -> str:
    """The part before the first match, empty when there is none."""
    return text.partition(match)[0] if match and match in text else ""


@TABLE.add("substring after", "string: text, match: text")
def substring_after(run: Evaluation, text: str, match: str) -> str:
    """The part after the first match, empty when there is none."""
    return text.partition(match)[2] if match else text


@TABLE.add("contains", "string: text, match: text")
def contains(run: Evaluation, text: str, match: str) -> bool:
    """Whether a text holds another."""
    return match in text


@TABLE.add("starts with", "string: text, match: text")
def starts_with(run: Evaluation, text: str, match: str) -> bool:
    """Whether a text begins with another."""
    return text.startswith(match)


@TABLE.add("ends with", "string: text, match: text")
def ends_with(run: Evaluation, text: str, match: str) -> bool:
    """Whether a text ends with another."""
    return text.endswith(match)


@TABLE.add("matches", "input: text, pattern: text, flags: text?")
def matches(run: Evaluation, text: str, pattern: str, flags: str | None = None) -> bool:
    """Whether a regular expression is found."""
    return patterns.matches(text, pattern, flags or "", run)


@TABLE.add("replace", "input: text, pattern: text, replacement: text, flags: text?")
def replace(run: Evaluation, text: str, pattern: str, replacement: str, flags: str | None = None) -> str:
    """The text with every match replaced; `$1` is a group."""
    return patterns.replace(text, pattern, replacement, flags or "", run)


@TABLE.add("split", "string: text, delimiter: text")
def split(run: Evaluation, text: str, delimiter: str) -> list[str] | None:
    """The parts between the matches."""
    return patterns.split(text, delimiter, run) if delimiter else None


def join(run: Evaluation, items: list[object], delimiter: str, prefix: str = "", suffix: str = "") -> str | None:
    """Texts behind each other, nulls left out; None when an item is neither."""
    texts = [item for item in items if isinstance(item, str)]
    if len(texts) != len([item for item in items if item is not None]):
        return None
    run.text(sum(map(len, texts)) + len(delimiter) * len(texts) + len(prefix) + len(suffix))
    return prefix + delimiter.join(texts) + suffix


@TABLE.add("string join", "list: list, delimiter: text?")
def string_join(run: Evaluation, items: list[object], delimiter: str | None = None) -> str | None:
    """Texts behind each other."""
    return join(run, items, delimiter or "")
