"""What Camunda 8 adds to FEEL or reads differently."""

from decimal import Decimal

import pytest

from bpmn import feel

# 2026-03-29 00:30 UTC: the hour before summer time begins in Amsterdam.
NIGHT = 1_774_744_200_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("is defined(x)", False),
        ("is defined({a: null}.a)", False),
        ("get or else(x, 7)", 7),
        ("get or else(false, 7)", False),
        ("assert(5, 5 > 1)", 5),
        ('get value({a: {b: 1}}, ["a", "b"])', 1),
        ('context put({a: 1}, ["b", "c"], 2)', {"a": 1, "b": {"c": 2}}),
        ('context put({a: 1}, "a", 2)', {"a": 2}),
        ("context merge({a: 1}, {a: 2, b: 3})", {"a": 2, "b": 3}),
        ('put({a: 1}, "b", 2)', {"a": 1, "b": 2}),
        ("put all([{a: 1}, {b: 2}])", {"a": 1, "b": 2}),
        ('context([{key: "a", value: 1}, {key: "a", value: 2}])', {"a": 2}),
        ("{a: 1, a: 2}", {"a": 2}),
        ('trim("  a b ")', "a b"),
        ('is blank(" ")', True),
        ('extract("a1b22", "[0-9]+")', ["1", "22"]),
        ('to base64("FEEL")', "RkVFTA=="),
        ("is empty([])", True),
        ("duplicate values([1, 2, 1, 3, 2, 1])", [1, 2]),
        ("partition([1, 2, 3, 4, 5], 2)", [[1, 2], [3, 4], [5]]),
        ('string join(["a", "b"], ", ", "[", "]")', "[a, b]"),
        ('string join(["a", null, "b"])', "ab"),
        ('from json("{\\"a\\": [1, 2.50]}").a[2]', Decimal("2.5")),
        ("to json({a: [1, 0.10, true, null]})", '{"a":[1,0.1,true,null]}'),
        ('date and time("2024-01-01T10:00:00+01:00[Europe/Amsterdam]").timezone', "Europe/Amsterdam"),
        (
            'string(date and time(date and time("2024-07-01T10:00:00Z"), "Europe/Amsterdam"))',
            "2024-07-01T12:00:00@Europe/Amsterdam",
        ),
        ('string(last day of month(date("2024-02-10")))', "2024-02-29"),
        ('day of week(date("2026-03-29"))', "Sunday"),
        ('fromAi(5, "a description", "number")', 5),
        ('matches("Ada", "^a", "i")', True),
        ('decimal(2.5, 0, "half_up")', 3),
        ('decimal(2.5, 0, "sideways")', None),
        ("decimal(2.5, 0)", 2),
        ("round up(5.5)", 6),
        ("round half down(-5.5)", -5),
        ('string(time("13:30"))', "13:30:00"),
        ('string(time("T23:59:00"))', "23:59:00"),
        ('string(@"1970-01-01T00:00Z")', "1970-01-01T00:00:00Z"),
        ('string(date and time(@"2020-07-31T14:27:30", "Z"))', "2020-07-31T12:27:30Z"),
        ('to json(@"2025-11-24T10:00:00@Europe/Berlin")', '"2025-11-24T10:00:00+01:00[Europe/Berlin]"'),
        ("union(lists: [[1, 2], [2, 3]])", [1, 2, 3]),
        ("concatenate([1], [2], [3])", [1, 2, 3]),
        ("get value({a: 1}, [])", None),
        ('@"2024-01-01T10:00:00" instance of date time', True),
        ('@"P1D" instance of day-time-duration', True),
        ('replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', "[1=ab][2=]cd"),
        ('split("John Doe", "\\s")', ["John", "Doe"]),
        ("order.`total price`", None),
        ("x = 1", False),
        ("x < 1", None),
        ("{x: null}.x = null", True),
        ('substring(string: "abcdef", start position: 2, length: 3)', "bcd"),
    ],
)
def test_function(text: str, expected: object) -> None:
    assert feel.to_json(feel.evaluate(text, {})) == expected


def test_the_additions_are_not_in_plain_dmn() -> None:
    assert feel.evaluate("is defined(1)", {}, dialect="dmn") is None
    assert feel.evaluate("{a: 1, a: 2}", {}, dialect="dmn") is None


def test_assert_is_the_way_to_fail() -> None:
    with pytest.raises(feel.FeelAssertionError) as caught:
        feel.evaluate('assert(x, x != null, "x is needed")', {})
    assert caught.value.nl == "x is needed"


def test_the_clock_is_the_task_time_in_the_municipality() -> None:
    evaluation = feel.Evaluation(NIGHT)
    assert feel.to_json(feel.evaluate("now()", {}, evaluation=evaluation)) == "2026-03-29T01:30:00+01:00"
    later = feel.Evaluation(NIGHT + 3_600_000)
    assert feel.to_json(feel.evaluate("now()", {}, evaluation=later)) == "2026-03-29T03:30:00+02:00"
    evening = feel.Evaluation(NIGHT - 2 * 3_600_000, zone="Europe/Amsterdam")
    assert feel.to_json(feel.evaluate("today()", {}, evaluation=evening)) == "2026-03-28"


def test_random_values_follow_the_seed() -> None:
    def draw(seed: str) -> object:
        return feel.evaluate("[uuid(), uuid(), random number()]", {}, evaluation=feel.Evaluation(0, seed=seed))

    first = draw("case-1:task")
    assert first == draw("case-1:task")
    assert first != draw("case-2:task")
    assert isinstance(first, list) and first[0] != first[1]


def test_missing_is_null_and_a_null_key_too() -> None:
    assert feel.evaluate("x = null and y.z = null", {"y": {}}) is True
