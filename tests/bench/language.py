"""FEEL and DMN alone, each beside Python's own compiled `eval` of the same expression in the same run."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass

from bpmn import dmn, feel
from tests.bench.timing import rounds

NOW = 1_790_000_000_000
ROUNDS = 9
CONDITION = 'amount > 1000 and status = "open"'
TEN_LINES = """if amount > 1000 and status = "open" then
  amount * 0.21 + fee
else if status in ("new", "returned") then
  min(amount, 250) + fee
else if amount between 100 and 200 then
  amount * 0.06
else if kind = "event" and visitors >= 500 then
  round up(visitors / 100, 0) * 12.5
else
  fee + max(amount, 10)"""
# The same in Python, over names of the same values; the texts are constants of this module.
IN_PYTHON = {
    CONDITION: "amount > 1000 and status == 'open'",
    TEN_LINES: (
        "amount * 0.21 + fee if amount > 1000 and status == 'open' else min(amount, 250) + fee if status in ('new', "
        "'returned') else amount * 0.06 if 100 <= amount <= 200 else -(-visitors // 100) * 12.5 if kind == 'event' "
        "and visitors >= 500 else fee + max(amount, 10)"
    ),
}
VARIABLES: dict[str, object] = {f"variable{at}": at for at in range(15)}
VARIABLES |= {"amount": 1500, "status": "closed", "fee": 25, "kind": "event", "visitors": 1200}


@dataclass(frozen=True, slots=True)
class Figure:
    """Microseconds of CPU, the goal, and those of Python's own way, None where there is none."""

    name: str
    micros: float
    goal: float
    python: float | None = None

    def line(self) -> tuple[str, str, str]:
        """Name, value and remark for the report."""
        beside = "" if self.python is None else f"; Python's eval {self.python:.2f} µs"
        return self.name, f"{self.micros:.2f} µs", f"goal ≤ {self.goal:g} µs{beside}"


def micros(act: Callable[[], object], times: int) -> float:
    """The least of the rounds, which other work on the machine disturbs least."""
    found = rounds(act, times, ROUNDS)
    return min(found) if times > 1 else statistics.median(found)


def evaluating(text: str) -> float:
    """One evaluation with a program, over a new scope and budget as a step of a process has."""
    program, scope, evaluation = feel.compile(text), feel.source_of(VARIABLES), feel.Evaluation
    return micros(lambda: program(scope, evaluation(NOW)), 3000)


def cached(text: str) -> float:
    """The same with one budget for many: what a second condition in one step costs."""
    program, scope = feel.compile(text), feel.source_of(VARIABLES)
    run = feel.Evaluation(NOW, seconds=3600)
    return micros(lambda: program(scope, run), 3000)


def in_python(text: str) -> float:
    """Python's own compiled expression over the same names."""
    code = compile(IN_PYTHON[text], "<bench>", "eval")
    return micros(lambda: eval(code, {"__builtins__": {"min": min, "max": max}}, VARIABLES), 3000)


def parsing(text: str) -> float:
    """Parse and compile, past the cache."""
    language = feel.Language()
    return micros(lambda: language.expression(text, nested=False), 300)


def python_parsing(text: str) -> float:
    """Python's `compile` of the same."""
    return micros(lambda: compile(IN_PYTHON[text], "<bench>", "eval"), 300)


def table(rules: int) -> float:
    """One evaluation of a table of three inputs, of which the last rule matches."""
    rows = "".join(
        f'<rule><inputEntry><text>&gt;= {at % 7}</text></inputEntry><inputEntry><text>"soort {at}"</text></inputEntry>'
        f"<inputEntry><text>true</text></inputEntry><outputEntry><text>{at}</text></outputEntry></rule>"
        for at in range(rules)
    )
    inputs = "".join(
        f"<input><inputExpression><text>{name}</text></inputExpression></input>" for name in ("size", "kind", "open")
    )
    source = (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m" namespace="m"><decision '
        f'id="d" name="d"><decisionTable>{inputs}<output name="o"/>{rows}</decisionTable></decision></definitions>'
    )
    model, _ = dmn.read(source.encode())
    if model is None:
        raise SystemExit("the table of the benchmark cannot be read")
    values: dict[str, object] = {"kind": f"soort {rules - 1}", "size": 9, "open": True}
    scope = feel.source_of(values)
    if model.evaluate("d", scope, feel.Evaluation(NOW)).value != rules - 1:
        raise SystemExit("the table of the benchmark gives something else")
    return micros(lambda: model.evaluate("d", scope, feel.Evaluation(NOW)), 300 if rules < 100 else 20)


def figures() -> list[Figure]:
    """All figures of the language."""
    return [
        Figure(f"FEEL: {CONDITION}", cached(CONDITION), 1, in_python(CONDITION)),
        Figure("  with an evaluation of its own", evaluating(CONDITION), 2),
        Figure("  parse and compile", parsing(CONDITION), 25, python_parsing(CONDITION)),
        Figure("FEEL: expression of ten lines", cached(TEN_LINES), 50, in_python(TEN_LINES)),
        Figure("DMN: table of 20 rules × 3 inputs", table(20), 40),
        Figure("DMN: table of 1,000 rules × 3 inputs", table(1000), 1500),
    ]


if __name__ == "__main__":
    for figure in figures():
        print(*figure.line(), sep="   ")
