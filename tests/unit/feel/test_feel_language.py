"""The language: operators, names, ranges, loops, functions, and null for what fails."""

from decimal import Decimal

import pytest

from bpmn import feel
from bpmn.feel.values import Date, Days, Months

CONTEXT = {
    "amount": 1500,
    "status": "open",
    "tags": ["a", "b"],
    "person": {"name": "Ada", "age": 36, "address": {"city": "Emmen"}},
    "lines": [{"price": 10, "number": 2}, {"price": 5, "number": 1}],
}

VALUES = [
    ("1 + 2 * 3", 7),
    ("2 ** 3 ** 2", 64),
    ("-2 ** 2", 4),
    ("10 - 2 - 3", 5),
    ("0.1 + 0.2", "0.3"),
    ("1 / 3", "0.3333333333333333333333333333333333"),
    ("1 / 0", None),
    ('"a" + "b"', "ab"),
    ('"a" + 1', None),
    ('amount > 1000 and status = "open"', True),
    ("amount > 1000 or unknown", True),
    ("amount < 1000 or unknown", None),
    ("false and unknown", False),
    ("true and 1", None),
    ("null = null", True),
    ("1 = null", False),
    ('1 = "1"', None),
    ('1 < "1"', None),
    ("amount between 1 and 1500", True),
    ("amount in (1, 2, > 1000)", True),
    ("5 in [1..5)", False),
    ("5 in ]4..5]", True),
    ("(< 3) = (< 3)", True),
    ("if null then 1 else 2", 2),
    ('if "true" then 1 else 2', 2),
    ("for x in 1..3 return x * x", [1, 4, 9]),
    ("for x in 3..1 return x", [3, 2, 1]),
    ("for x in [1, 2], y in [x, 10] return x * y", [1, 10, 4, 20]),
    ("for i in 1..5 return if i < 3 then 1 else partial[-1] + partial[-2]", [1, 1, 2, 3, 5]),
    ("some x in [1, 2] satisfies x > 1", True),
    ("every x in [1, 2] satisfies x > 1", False),
    ("every x in [] satisfies false", True),
    ("tags[1]", "a"),
    ("tags[-1]", "b"),
    ("tags[3]", None),
    ('tags[item = "b"]', ["b"]),
    ("lines[price > 6].number", [2]),
    ("lines.price", [10, 5]),
    ("sum(for l in lines return l.price * l.number)", 25),
    ("person.address.city", "Emmen"),
    ("person.unknown.city", None),
    ("{a: 1, b: a + 1}.b", 2),
    ("{twice: function(x) x * 2, r: twice(21)}.r", 42),
    ("{fac: function(n) if n = 0 then 1 else n * fac(n - 1), r: fac(20)}.r", 2432902008176640000),
    ("1 instance of number", True),
    ("[1, null] instance of list<number>", True),
    ("{a: 1} instance of context<a: string>", False),
    ("// a comment\n1 /* and another */ + 1", 2),
    ('"\\u0041\\n"', "A\n"),
    ("1 in 1", True),
    ("not(true)", False),
]


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_value(text: str, expected: object) -> None:
    value = feel.to_json(feel.evaluate(text, CONTEXT))
    if isinstance(expected, str) and isinstance(value, Decimal):
        expected = Decimal(expected)
    assert value == expected
    assert (value is None) == (expected is None)


@pytest.mark.parametrize("dialect", ["camunda8", "dmn"])
def test_dialects_agree_on_the_language(dialect: str) -> None:
    for text, expected in VALUES:
        camunda = feel.evaluate(text, CONTEXT)
        assert feel.to_json(feel.evaluate(text, CONTEXT, dialect=dialect)) == feel.to_json(camunda), (text, expected)


def test_whole_numbers_stay_exact_and_floats_keep_their_text() -> None:
    assert feel.evaluate("x + 1", {"x": 10**33}) == Decimal(10**33 + 1)
    assert feel.evaluate("x", {"x": 0.1}) == Decimal("0.1")
    assert feel.evaluate("x", {"x": float("nan")}) is None
    assert feel.evaluate("x.y[1]", {"x": {"y": [7]}}) == 7


def test_true_is_no_number() -> None:
    assert feel.evaluate("x = 1", {"x": True}) is None
    assert feel.evaluate("1 instance of boolean", {}) is False


def test_multi_word_names_come_from_the_model_alone() -> None:
    data = {"loan amount": 5, "loan": 3, "amount > 1000": True}
    assert feel.evaluate("loan amount + 1", data, names=["loan amount"], dialect="dmn") == 6
    # A key of a case's data must never change how an expression reads.
    assert feel.evaluate("amount > 1000", {**data, "amount": 1}) is False
    assert feel.evaluate("amount > 1000", {**data, "amount": 1}, dialect="dmn") is False
    with pytest.raises(feel.FeelSyntaxError):
        feel.compile("loan amount + 1", names=["loan amount"])
    assert feel.evaluate("`loan amount` + 1", data) == 6


def test_longest_known_name_wins() -> None:
    names = ["a", "a-b", "a-b c"]
    data = {"a": 10, "b": 1, "a-b": 100, "a-b c": 1000}
    assert feel.evaluate("a-b c", data, names=names, dialect="dmn") == 1000
    assert feel.evaluate("a-b", data, names=names, dialect="dmn") == 100
    assert feel.evaluate("a - b", data, names=["a"], dialect="dmn") == 9


def test_a_variable_does_not_hide_a_function_of_its_name() -> None:
    assert feel.evaluate("count(list) + count", {"count": 3, "list": [1, 2]}) == 5
    assert feel.evaluate("{count: function(x) 7, r: count([])}.r", {}) == 7


def test_unary_tests() -> None:
    def met(text: str, value: object) -> object:
        return feel.evaluate(text, {"?": value, "limit": 5}, unary=True)

    assert met("-", 1) is True
    assert met("< limit", 3) is True
    assert met('"a", "b"', "b") is True
    assert met('not("a", "b")', "b") is False
    assert met("[1..5], 10", 10) is True
    assert met("? > 1 and ? < limit", 3) is True
    assert met("< 5", "text") is None
    assert met("null", None) is True
    assert met('contains(?, "x")', "axb") is True


def test_dates_and_durations() -> None:
    assert feel.evaluate('date("2024-01-31") + duration("P1M")', {}) == Date(2024, 2, 29)
    assert feel.evaluate('date("2024-03-01") - date("2024-02-28")', {}) == Days(2 * 86_400 * 10**9)
    assert feel.evaluate('years and months duration(date("2020-05-02"), date("2024-05-01"))', {}) == Months(47)
    assert feel.to_json(feel.evaluate('date and time("2024-01-01T24:00:00")', {})) == "2024-01-02T00:00:00"
    assert feel.evaluate('date("2024-02-30")', {}) is None
    assert feel.evaluate('@"2024-01-01" < @"2024-01-02"', {}) is True


def test_adding_to_a_zoned_moment_goes_by_the_instant() -> None:
    text = 'date and time("2024-03-30T12:00:00@Europe/Amsterdam") + duration("PT24H")'
    assert feel.to_json(feel.evaluate(text, {})) == "2024-03-31T13:00:00+02:00"


def test_notes_say_why_a_value_is_null() -> None:
    evaluation = feel.Evaluation(0)
    assert feel.evaluate("amount + fee", {"amount": 1}, evaluation=evaluation) is None
    assert any("'fee'" in note for note in evaluation.notes)


def test_partial_never_makes_a_circle() -> None:
    assert feel.to_json(feel.evaluate("for i in 1..3 return partial", {})) == [[], [[]], [[], [[]]]]
