"""Plays one scenario of a package on an effective model, and says where it goes another way than it is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bpmn import feel
from engine.runtime import Definition
from engine.usecases.effective_model import ZONE
from engine.usecases.played_case import Mismatch, Play, Values
from tenants.apply import Effective

VERBS = ("complete", "message", "timer")


class Failed(Exception):
    """The scenario fails at `nl`/`en` (a step, the start or the end), since `cause`; `node`: the element, or ""."""

    def __init__(self, nl: str, en: str, cause: Mismatch, node: str = "") -> None:
        super().__init__(f"{en}: {cause.en}")
        self.nl, self.en, self.cause, self.node = f"{nl}: {cause.nl}", f"{en}: {cause.en}", cause, node


@dataclass(frozen=True, slots=True)
class Step:
    """Complete a task (`each`: every open one of the node), send a message (`key`: its correlation key) or let a timer
    come; `name`: element or message."""

    verb: str
    name: str
    data: Values
    key: str | None
    each: bool


def play_scenario(effective: Effective, definitions: Mapping[str, Definition], scenario: Values, now: int) -> Play:
    """The case after all steps, checked against `expect`. `now`: epoch ms, unless the scenario says `at`.

    The format is that of bpmn/library/README.md. Raises Failed."""
    try:
        play = Play(effective, definitions, _moment(scenario, now), _answers(scenario))
        play.start(_context(scenario, "start"))
    except Mismatch as error:
        raise Failed("de start", "the start", error) from error
    for number, raw in enumerate(_list(scenario.get("steps")), 1):
        name = ""
        try:
            step = _step(raw)
            name = step.name
            _do(play, step)
        except Mismatch as error:
            named = f" ({name})" if name else ""
            raise Failed(f"stap {number}{named}", f"step {number}{named}", error, name) from error
    try:
        _compare(play, _context(scenario, "expect"))
    except Mismatch as error:
        raise Failed("het einde", "the end", error) from error
    return play


def _step(raw: object) -> Step:
    found = raw if isinstance(raw, Mapping) else {}
    verbs = [verb for verb in VERBS if isinstance(found.get(verb), str)]
    data, key, each = found.get("data", {}), found.get("key"), found.get("each", False)
    if len(verbs) != 1 or not isinstance(data, Mapping) or not isinstance(key, str | None) or each not in (True, False):
        raise Mismatch(
            "Een stap heeft een van complete, message of timer met een naam, en data met waarden.",
            "A step has one of complete, message or timer with a name, and data with values.",
        )
    return Step(verbs[0], found[verbs[0]], data, key, each)


def _do(play: Play, step: Step) -> None:
    if play.ended is not None:
        raise Mismatch("De zaak is al afgesloten.", "The case has ended already.")
    if step.verb == "complete":
        play.complete(step.name, step.data, step.each)
    elif step.verb == "message":
        play.message(step.name, step.data, step.key)
    else:
        play.timer(step.name)


def _compare(play: Play, expect: Values) -> None:
    """The end event and the variables that the scenario names; others may have any value."""
    if play.ended is None:
        names = ", ".join(sorted({task.node for task in play.tasks} | {wait.node for wait in play.waits})) or "-"
        raise Mismatch(f"De zaak loopt nog. Open: {names}.", f"The case still runs. Open: {names}.")
    wanted = expect.get("end")
    if wanted is not None and play.ended.end != wanted:
        reached = play.ended.end
        raise Mismatch(f"Bereikt is {reached}, niet {wanted}.", f"It reached {reached}, not {wanted}.")
    for name, value in _context(expect, "variables").items():
        found = play.ended.variables.get(name)
        if found != value or isinstance(found, bool) != isinstance(value, bool):
            shown, due = _show(found), _show(value)
            raise Mismatch(f"{name} is {shown}, niet {due}.", f"{name} is {shown}, not {due}.")


def _moment(scenario: Values, now: int) -> int:
    """The moment at which the played case starts."""
    at = scenario.get("at")
    if at is None:
        return now
    try:
        moment = datetime.fromisoformat(at) if isinstance(at, str) else None
    except ValueError:
        moment = None
    if moment is None:
        raise Mismatch("'at' is geen datum met tijd.", "'at' is no date with a time.")
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(ZONE))
    return int(moment.timestamp() * 1000)


def _answers(scenario: Values) -> dict[str, Values]:
    answers = _context(scenario, "jobs")
    return {node: _context(answers, node) for node in answers}


def _context(found: Values, name: str) -> Values:
    value = found.get(name, {})
    if not isinstance(value, Mapping):
        raise Mismatch(f"'{name}' moet waarden bij namen hebben.", f"'{name}' must have values by name.")
    return value


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _show(value: object) -> str:
    found = str(value) if isinstance(value, Decimal) else repr(feel.to_json(value))
    return found if len(found) <= 120 else f"{found[:117]}..."
