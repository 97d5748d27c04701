"""A great many random expressions, whole and broken: each ends in a value or a typed error.

`python -m tests.unit.feel.fuzz --count 1000000` runs as many as it is told, and prints figures.
"""

import argparse
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from bpmn import feel
from bpmn.feel import kinds
from bpmn.feel.types import NO_TYPES, Type, conforms
from tests.unit.feel.grammar import CONTEXT, expression, mutated

STEPS = 5_000


@dataclass(slots=True)
class Figures:
    """How the expressions ended, and those that ended as none may: with what."""

    ends: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[str, str]] = field(default_factory=list)
    slowest: float = 0.0
    slow_text: str = ""


def run(count: int, seed: int) -> Figures:
    """Evaluate so many expressions, in turns whole and mutated, as expression and as tests, in both dialects."""
    random, figures = Random(seed), Figures()
    for at in range(count):
        text = expression(random)
        whole = at % 3 == 0
        text = text if whole else mutated(random, text)
        dialect, unary = ("dmn", "camunda8")[at % 2], at % 5 == 4
        began = time.perf_counter()
        try:
            end = _one(text, dialect, unary)
        # Whatever else is raised is what this looks for.
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            end = "fault"
            figures.faults.append((text, repr(error)))
        took = time.perf_counter() - began
        if took > figures.slowest:
            figures.slowest, figures.slow_text = took, text
        figures.ends[f"{'whole' if whole else 'mutated'}: {end}"] += 1
    return figures


def _one(text: str, dialect: str, unary: bool) -> str:
    analysis = feel.analyse(text, dialect=dialect, unary=unary)
    scope = feel.source_of({**CONTEXT, "?": 3})
    try:
        program = feel.compile(text, dialect=dialect, unary=unary)
        value = program(scope, feel.Evaluation(0, steps=STEPS))
        feel.to_json(value)
    except feel.FeelError as error:
        if isinstance(error, feel.FeelSyntaxError) != bool(analysis.errors):
            raise AssertionError(f"analysis says {analysis.errors}, compiling {error!r}") from error
        return type(error).__name__
    if analysis.errors:
        raise AssertionError(f"analysis finds {analysis.errors} in what compiles")
    _check_type(value, analysis.kind)
    return "value" if value is not None else "null"


def _check_type(value: object, kind: Type) -> None:
    """What analysis says of the type must hold for what comes out."""
    if value is not None and kinds.known(kind) and not conforms(value, kind, NO_TYPES, feel.Evaluation(0), False):
        raise AssertionError(f"analysis says {kinds.text(kind)}, evaluation gives {value!r}")


def main() -> int:
    """Print the figures of a run; 1 when something ended as nothing may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began = time.perf_counter()
    figures = run(options.count, options.seed)
    print(f"{options.count} expressions in {time.perf_counter() - began:.0f} s, seed {options.seed}")
    for end, number in figures.ends.most_common():
        print(f"  {end:<32} {number:>9}")
    print(f"  slowest {figures.slowest * 1000:.0f} ms: {figures.slow_text[:100]!r}")
    for text, error in figures.faults[:20]:
        print(f"  FAULT {text!r}: {error}")
    return 1 if figures.faults else 0


if __name__ == "__main__":
    sys.exit(main())
