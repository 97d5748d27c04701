"""What a value must be where the model needs one: a wrong type or null is an incident, never false or nothing."""

from decimal import Decimal
from typing import Any

from bpmn import feel
from engine.runtime.definition import Value
from engine.runtime.failures import Incident
from engine.runtime.run import Run
from engine.runtime.state import Token

Local = dict[str, object] | None


def boolean(run: Run, value: Value, token: Token, what: str, local: Local = None) -> bool:
    """A condition: true or false; nothing else counts as either."""
    if value.program is None:
        raise Incident("condition-not-boolean", f"{what} is the text {value.text!r}, not an expression")
    found = run.value(value, token, local)
    if isinstance(found, bool):
        return found
    why = "; ".join(run.evaluation(token).notes[-3:])
    raise Incident("condition-not-boolean", f"{what} ({value.text}) is {show(found)}, not true or false. {why}".strip())


def text(run: Run, value: Value | None, token: Token, what: str) -> str:
    """A text that must be there; a number is written as text."""
    found = run.json(value, token) if value is not None else None
    if isinstance(found, str) and found:
        return found
    if isinstance(found, int | Decimal) and not isinstance(found, bool):
        return str(found)
    raise Incident("null-value" if found is None else "wrong-type", f"{what} is {show(found)}, not a text")


def optional_text(run: Run, value: Value | None, token: Token, what: str) -> str | None:
    """A text, or nothing for null and the empty text."""
    found = run.json(value, token) if value is not None else None
    if found is None or found == "":
        return None
    if isinstance(found, str):
        return found
    raise Incident("wrong-type", f"{what} is {show(found)}, not a text")


def texts(run: Run, value: Value | None, token: Token, what: str) -> tuple[str, ...]:
    """A list of texts; a literal is split at commas."""
    if value is None:
        return ()
    found = run.json(value, token)
    if found is None:
        return ()
    if isinstance(found, str):
        return tuple(part.strip() for part in found.split(",") if part.strip())
    if isinstance(found, list) and all(isinstance(item, str) for item in found):
        return tuple(found)
    raise Incident("wrong-type", f"{what} is {show(found)}, not a list of texts")


def whole(run: Run, value: Value, token: Token, what: str) -> int:
    """A whole number; a literal text is read as one."""
    found = run.json(value, token)
    try:
        number = Decimal(found) if isinstance(found, str) else found
    except ArithmeticError:
        number = None
    if isinstance(number, int | Decimal) and not isinstance(number, bool) and number == int(number):
        return int(number)
    raise Incident("null-value" if found is None else "wrong-type", f"{what} is {show(found)}, not a whole number")


def items(run: Run, value: Value, token: Token, what: str) -> list[Any]:
    """A list."""
    found = run.json(value, token)
    if isinstance(found, list):
        return found
    raise Incident("null-value" if found is None else "wrong-type", f"{what} is {show(found)}, not a list")


def show(value: object) -> str:
    """A value for people, cut short."""
    if value is None:
        return "null"
    found = repr(feel.to_json(value))
    return found if len(found) <= 80 else found[:77] + "..."
