"""Hostile expressions end in a value or a typed error, within a second and 64 MB more than the process had."""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bpmn import feel

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "hostile" / "feel.json"
SECONDS = 1.0
GROWTH = 64 * 1024 * 1024

# Bombs of our own, beside the shared corpus: shared structure, cheap rebuilding, odd numbers, deep values.
OWN = {
    "shared sub-lists to json": "to json({b: for i in 1..60 return if i=1 then [1] else [partial[-1],partial[-1]]}.b)",
    "shared sub-lists as text": "string(for i in 1..60 return if i=1 then [1] else [partial[-1],partial[-1]])",
    "wide shared lists": "for i in 1..60 return if i=1 then [1] else [partial[-1],partial[-1]]",
    "large literal in a body": "for i in 1..100000 return [" + ",".join(["1"] * 5000) + "]",
    "large literal in a filter": "(for i in 1..1000 return i)[count([" + ",".join(["1"] * 5000) + "]) > item]",
    "text in a loop": 'for i in 1..100000 return string(i) + "' + "x" * 5000 + '"',
    "context put in a loop": "for i in 1..50000 return context put({a: partial}, string(i), i)",
    "context merge": "for i in 1..50000 return context merge([{a: 1}, {b: partial}])",
    "concatenate doubling": "{f: function(l, n) if n = 0 then l else f(concatenate(l, l), n - 1), r: f([1], 50)}.r",
    "many regexes": 'for i in 1..100000 return matches(string(i), "(a+)+" + string(i) + "$")',
    "slow regex": 'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(([a-z])+.)+[A-Z]([a-z])+$")',
    "regex quantifiers": 'matches("a", "((((a{1,1000}){1,1000}){1,1000}){1,1000})")',
    "replace empty": 'replace("' + "a" * 9000 + '", "a", "' + "b" * 9000 + '")',
    "split many": 'count(split("' + "a," * 4000 + '", ","))',
    "sort with a function": "sort(for i in 1..20000 return -i, function(a, b) a < b)",
    "distinct contexts": "distinct values(for i in 1..20000 return {a: i})",
    "union": "union(for i in 1..20000 return i, for i in 1..20000 return -i)",
    "digits": 'number("' + "9" * 5000 + '")',
    "exponent": "1e6000 * 1e6000",
    "tiny exponent": "10 ** -6140 / 10 ** 6140",
    "literal exponent": "1e999999999",
    "power": "9 ** 9 ** 9 ** 9",
    "decimal scale": "decimal(1, 999999999)",
    "years": 'date("999999999-12-31") + duration("P999999999Y")',
    "date loop down": 'for d in @"9999-12-31"..@"0001-01-01" return d',
    "mutual recursion": "{f: function(n) g(n), g: function(n) f(n), r: f(1)}.r",
    "deep contexts": "{a:" * 3000 + "1" + "}" * 3000,
    "deep negation": "-" * 10000 + "1",
    "deep if": "if true then " * 2000 + "1",
    "deep functions": "function(x) " * 3000 + "x",
    "chain of filters": "[1]" + "[1]" * 5000,
    "chain of calls": "f" + "()" * 5000,
    "chain of sums": "1" + "+1" * 9000,
    "chain of comparisons": "1" + "=1" * 9000,
    "range brackets": "]1..2[" * 3000,
    "not": "not(" * 3000,
    "unclosed text": '"' + "\\" * 9999,
    "unclosed comment": "/*" * 9000,
    "type": "1 instance of " + "list<" * 3000,
    "surrogates": '"' + "\\uD800" * 3000 + '"',
    "too long": "1" * 30000,
    "quantifiers nested": "every a in 1..10000, b in 1..10000, c in 1..10000 satisfies a = a",
    "flatten deep": "{f: function(l, n) if n = 0 then l else f([l], n - 1), r: flatten(f([1], 58))}.r",
    "index of": "for i in 1..5000 return index of(partial, i)",
    "insert before in a loop": "for i in 1..50000 return insert before(partial + [], 1, i)",
    "random": "for i in 1..1000000 return random number()",
    "string join": 'string join(for i in 1..100000 return "' + "y" * 1000 + '", "' + "z" * 1000 + '")',
    "upper case": 'for i in 1..100000 return upper case("' + "ß" * 9000 + '")',
    "from json": 'from json("' + "[" * 9000 + '")',
    "from json loop": 'for i in 1..100000 return from json("' + "[1," * 1000 + "1" + "]" * 1000 + '")',
    "duration loop": 'sum(for i in 1..100000 return duration("P1D") * i)',
    "zone": 'date and time("2026-01-01T00:00:00@' + "A/" * 4000 + '")',
    "zone path": 'time("10:00:00@../../etc/passwd")',
}


def cases() -> dict[str, str]:
    shared = json.loads(CORPUS.read_text()) if CORPUS.exists() else {}
    return {**shared, **{f"own: {name}": text for name, text in OWN.items()}}


def run_one(text: str) -> str:
    """What an expression ends in, in both dialects."""
    ends = []
    for dialect in ("camunda8", "dmn"):
        try:
            value = feel.evaluate(text, {"x": 1}, dialect=dialect, evaluation=feel.Evaluation(0, seconds=0.8))
            feel.to_json(value)
            ends.append(type(value).__name__)
        except feel.FeelError as error:
            ends.append(type(error).__name__)
    return " ".join(ends)


def measure() -> None:
    """In the subprocess: one line per case with its end, seconds and the growth of the peak in bytes."""
    feel.evaluate('matches("a", "b")', {})
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name, text in cases().items():
        start = time.perf_counter()
        end = run_one(text)
        seconds = (time.perf_counter() - start) / 2
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(json.dumps([name, end, seconds, (peak - base) * 1024]), flush=True)


@pytest.fixture(scope="module")
def measured() -> list[tuple[str, str, float, int]]:
    code = "from tests.unit import test_hostile_feel as hostile; hostile.measure()"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


def test_every_case_ends(measured: list[tuple[str, str, float, int]]) -> None:
    assert [name for name, *_ in measured] == list(cases())
    assert len(measured) >= 60


def test_within_a_second_and_64_mb(measured: list[tuple[str, str, float, int]]) -> None:
    slow = [(name, seconds) for name, _, seconds, _ in measured if seconds > SECONDS]
    large = [(name, growth) for name, _, _, growth in measured if growth > GROWTH]
    assert not slow
    assert not large[:1]


def test_syntax_errors_say_where() -> None:
    with pytest.raises(feel.FeelSyntaxError) as caught:
        feel.compile("1 + ")
    assert caught.value.offset == 4
    assert "einde" in caught.value.nl and "end" in caught.value.en
