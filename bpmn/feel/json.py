"""FEEL values to JSON."""

from decimal import Decimal
from json import dumps

from bpmn.feel.budget import TEXT_STEP, Evaluation
from bpmn.feel.texts import iso, number_text, to_string
from bpmn.feel.values import Function, Range, Temporal

_STEPS = 100_000
_SECONDS = 5.0


def to_json(value: object, run: Evaluation | None = None) -> object:
    """Decimal, str, bool, None, list and dict: what a JSON encoder can write.

    A temporal value becomes its ISO 8601 text, a range its FEEL text, a function null. Raises FeelBudgetError
    for a value that is too large or too deep, since shared lists make small values that write as huge ones.
    """
    return _plain(value, run or Evaluation(0, steps=_STEPS, seconds=_SECONDS), 0)


def _plain(value: object, run: Evaluation, depth: int, zones: bool = False) -> object:
    if isinstance(value, list):
        run.walk(len(value), depth)
        return [_plain(item, run, depth + 1, zones) for item in value]
    if isinstance(value, dict):
        run.walk(len(value), depth)
        return {key: _plain(item, run, depth + 1, zones) for key, item in value.items()}
    if isinstance(value, str):
        run.text(len(value))
        return value
    if isinstance(value, Temporal):
        return iso(value, zones)
    if isinstance(value, Range):
        return to_string(value, run)
    return None if isinstance(value, Function) else value


def json_text(value: object, run: Evaluation) -> str:
    """The JSON text of a value, numbers with all their digits, moments with their zone in brackets."""
    return _text(_plain(value, run, 0, True), run, 0)


def _text(value: object, run: Evaluation, depth: int) -> str:
    if isinstance(value, Decimal):
        text = number_text(value)
        run.text(len(text))
        return text
    if isinstance(value, list):
        return "[" + ",".join([_text(item, run, depth + 1) for item in value]) + "]"
    if isinstance(value, dict):
        run.charge(sum(map(len, value)) >> TEXT_STEP)
        entries = [f"{dumps(key, ensure_ascii=False)}:{_text(item, run, depth + 1)}" for key, item in value.items()]
        return "{" + ",".join(entries) + "}"
    return dumps(value, ensure_ascii=False)
