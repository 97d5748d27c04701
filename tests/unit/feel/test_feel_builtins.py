"""Every built-in of DMN 1.5 (section 10.3.4) and every addition of Camunda 8 exists and gives a value."""

import pytest

from bpmn import feel
from bpmn.feel.functions import CAMUNDA, STANDARD

# By section of DMN 1.5; each with an example that gives a value.
DMN_15 = {
    "10.3.4.1 conversion": """
        date("2026-01-01") | date and time("2026-01-01T10:00:00") | time("10:00:00") | number("1") | string(1)
        duration("P1D") | years and months duration(date("2026-01-01"), date("2027-01-01")) | range("[1..2]")
        """,
    "10.3.4.2 boolean": "not(true)",
    "10.3.4.3 string": """
        substring("abc", 2) | string length("abc") | upper case("a") | lower case("A") | substring before("abc", "b")
        substring after("abc", "b") | replace("abc", "b", "d") | contains("abc", "b") | starts with("abc", "a")
        ends with("abc", "c") | matches("abc", "b") | split("a b", " ") | string join(["a", "b"], "-")
        """,
    "10.3.4.4 list": """
        list contains([1], 1) | list replace([1], 1, 2) | count([1]) | min(1, 2) | max([1, 2]) | sum(1, 2) | mean(1, 2)
        all([true]) | any([true]) | sublist([1, 2], 1) | append([1], 2) | concatenate([1], [2]) | reverse([1, 2])
        insert before([1], 1, 2) | remove([1], 1) | index of([1], 1) | union([1], [1]) | distinct values([1, 1])
        flatten([[1]]) | product(2, 3) | median(1, 2) | stddev(1, 2) | mode(1, 1)
        """,
    "10.3.4.5 numeric": """
        decimal(1.25, 1) | floor(1.5) | ceiling(1.5) | round up(1.5, 0) | round down(1.5, 0) | round half up(1.5, 0)
        round half down(1.5, 0) | abs(-1) | modulo(5, 3) | sqrt(4) | log(1) | exp(0) | odd(1) | even(2)
        """,
    "10.3.4.6 date and time": "is(1, 1)",
    "10.3.4.7 range": """
        before(1, 2) | after(2, 1) | meets([1..2], [2..3]) | met by([2..3], [1..2]) | overlaps([1..3], [2..4])
        overlaps before([1..3], [2..4]) | overlaps after([2..4], [1..3]) | finishes(2, [1..2]) | finished by([1..2], 2)
        includes([1..3], 2) | during(2, [1..3]) | starts(1, [1..2]) | started by([1..2], 1) | coincides(1, 1)
        """,
    "10.3.4.8 temporal": """
        day of year(date("2026-01-01")) | day of week(date("2026-01-01")) | month of year(date("2026-01-01"))
        week of year(date("2026-01-01")) | now() | today()
        """,
    "10.3.4.9 sort": "sort([2, 1], function(a, b) a < b)",
    "10.3.4.10 context": """
        get value({a: 1}, "a") | get entries({a: 1}) | context([{key: "a", value: 1}]) | context put({}, "a", 1)
        context merge([{a: 1}, {b: 2}])
        """,
}
CAMUNDA_8 = """
    is defined(1) | get or else(null, 1) | assert(1, true) | get value({a: {b: 1}}, ["a", "b"]) | put({}, "a", 1)
    context put({}, ["a", "b"], 1) | put all({a: 1}, {b: 2}) | trim(" a ") | is blank(" ") | extract("a1", "[0-9]")
    to base64("a") | uuid() | random number() | is empty([]) | duplicate values([1, 1]) | partition([1, 2], 1)
    string join(["a"], "-", "(", ")") | from json("1") | to json(1) | last day of month(date("2026-02-01")) | fromAi(1)
    date and time(date and time("2026-01-01T10:00:00Z"), "Europe/Amsterdam") | unix timestamp(now())
    date and time("2026-07-01T10:00:00+02:00[Europe/Amsterdam]") | round half up(1.5) | decimal(1.5, 0, "half_up")
    """
# Ways to call `all` and `any` that the parser cannot take for the operators.
OTHER_NAMES = {"and", "or"}


def examples(text: str) -> list[str]:
    """The examples between the bars and on the lines."""
    return [part.strip() for line in text.splitlines() for part in line.split(" | ") if part.strip()]


STANDARD_EXAMPLES = [example for text in DMN_15.values() for example in examples(text)]


@pytest.mark.parametrize("example", STANDARD_EXAMPLES)
@pytest.mark.parametrize("dialect", ["dmn", "camunda8"])
def test_each_of_the_standard_gives_a_value_in_both_dialects(example: str, dialect: str) -> None:
    assert feel.evaluate(example, {}, dialect=dialect) is not None


@pytest.mark.parametrize("example", examples(CAMUNDA_8))
def test_each_addition_of_camunda_8_gives_a_value(example: str) -> None:
    assert feel.evaluate(example, {}) is not None


def test_the_lists_here_are_whole() -> None:
    assert {example.partition("(")[0] for example in STANDARD_EXAMPLES} == set(STANDARD) - OTHER_NAMES
    mine = {example.partition("(")[0] for example in examples(CAMUNDA_8)} | set(STANDARD)
    assert mine == set(CAMUNDA)


TYPES = {
    "number": "1",
    "string": '"a"',
    "boolean": "true",
    "date": 'date("2026-01-01")',
    "time": 'time("10:00:00")',
    "date and time": 'date and time("2026-01-01T10:00:00")',
    "days and time duration": 'duration("P1D")',
    "years and months duration": 'duration("P1M")',
    "list<number>": "[1]",
    "range<number>": "[1..2]",
    "context<a: number>": "{a: 1}",
    "function<number> -> number": "function(x: number) x",
    "Any": "1",
}


@pytest.mark.parametrize("kind", TYPES)
def test_each_type_knows_its_own_values_and_no_others(kind: str) -> None:
    assert feel.evaluate(f"({TYPES[kind]}) instance of {kind}", {}) is True
    others = [value for name, value in TYPES.items() if value != TYPES[kind]]
    matching = [value for value in others if feel.evaluate(f"({value}) instance of {kind}", {}) is True]
    assert matching == (others if kind == "Any" else [])


def test_count_of_null_is_null_and_of_one_value_is_one() -> None:
    assert feel.evaluate("count(null)", {}) is None
    assert feel.evaluate("count(5)", {}) == 1
