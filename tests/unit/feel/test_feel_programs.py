"""Programs: what they read, where they are wrong, what they may cost."""

from collections.abc import Mapping

import pytest

from bpmn import feel


@pytest.mark.parametrize(
    ("text", "reads", "maybe"),
    [
        ('amount > 1000 and status = "open"', {"amount", "status"}, set()),
        ("person.name", {"person"}, set()),
        ("lines[price > limit]", {"lines", "price", "limit"}, {"price", "limit"}),
        ("lines[price > limit] and limit", {"lines", "price", "limit"}, {"price"}),
        ("for l in lines return l.price * rate", {"lines", "rate"}, set()),
        ("some l in lines satisfies partial", {"lines"}, set()),
        ("{a: b, c: a}.c", {"b"}, set()),
        ("function(x) x + y", {"y"}, set()),
        ("sum(values) + f(x)", {"values", "f", "x"}, set()),
        ("f(value: x, name: 1)", {"f", "x"}, set()),
        ("x in (1, > y, [z..9])", {"x", "y", "z"}, set()),
        ("x instance of number", {"x"}, set()),
        ("`a b` between c and d", {"a b", "c", "d"}, set()),
        ("if a then b else -c", {"a", "b", "c"}, set()),
    ],
)
def test_reads(text: str, reads: set[str], maybe: set[str]) -> None:
    program = feel.compile(text)
    assert program.reads == reads
    assert program.maybe == maybe


def test_unary_tests_do_not_count_the_value_tested() -> None:
    assert feel.compile("? > limit, < other", unary=True).reads == {"limit", "other"}


def test_only_what_is_needed_is_read() -> None:
    asked: list[str] = []

    def scope(name: str) -> object:
        asked.append(name)
        return {"a": False}.get(name, feel.MISSING)

    assert feel.compile("a and b and a")(scope, feel.Evaluation(0)) is False
    assert asked == ["a"]


def test_programs_are_cached_and_frozen() -> None:
    program = feel.compile("1 + 1")
    assert feel.compile("1 + 1") is program
    with pytest.raises(AttributeError):
        program.text = "2"  # type: ignore[misc]  # frozen is what is tested


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("", 0),
        ("1 +", 3),
        ("a b", 2),
        ("1 + )", 4),
        ("if a then b", 11),
        ("[1, 2", 5),
        ("for x in y", 10),
        ("a = §", 4),
        ('"open', 0),
        ("f(a: 1, 2)", 10),
        ("x instance of", 13),
        ("1e99999", 0),
        ("a.1", 1),
        ("{a 1}", 3),
        ("some x in y return z", 12),
    ],
)
def test_syntax_errors_have_a_place_and_two_languages(text: str, offset: int) -> None:
    with pytest.raises(feel.FeelSyntaxError) as caught:
        feel.compile(text)
    assert caught.value.offset == offset
    assert caught.value.nl and caught.value.en and caught.value.nl != caught.value.en


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("loan amount > 5", "backticks"),
        ("x == 5", "één `=`"),
        ("a && b", "`and`"),
        ("a || b", "`or`"),
        ("x = 'a'", "dubbele aanhalingstekens"),
        ("!x", "`not(…)`"),
        ('x = "a', "afgesloten"),
        ("x = \u201ca\u201d", "rechte aanhalingstekens"),
        ("${x}", "al FEEL"),
    ],
)
def test_common_mistakes_get_a_hint(text: str, hint: str) -> None:
    with pytest.raises(feel.FeelSyntaxError) as caught:
        feel.compile(text)
    assert hint in caught.value.nl


def test_unknown_dialect() -> None:
    with pytest.raises(KeyError):
        feel.compile("1", dialect="javascript")


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("count(for i in 1..100000 return i)", {}),
        ("{f: function(n) f(n), r: f(1)}.r", {}),
        ("x", {"x": [[0] * 1000] * 1000}),
        ("string(x)", {"x": ["y" * 900_000] * 10}),
    ],
)
def test_budget(text: str, context: Mapping[str, object]) -> None:
    with pytest.raises(feel.FeelBudgetError) as caught:
        feel.evaluate(text, context)
    assert caught.value.nl != caught.value.en


def test_the_budget_is_shared_by_the_programs_of_an_evaluation() -> None:
    evaluation = feel.Evaluation(0, steps=1500)
    assert feel.evaluate("count(for i in 1..500 return i)", {}, evaluation=evaluation) == 500
    with pytest.raises(feel.FeelBudgetError):
        feel.evaluate("count(for i in 1..500 return i)", {}, evaluation=evaluation)


def test_running_out_of_time_is_another_error_than_running_out_of_steps() -> None:
    with pytest.raises(feel.FeelTimeError):
        feel.evaluate("count(for i in 1..2000 return i)", {}, evaluation=feel.Evaluation(0, seconds=0.0))
    with pytest.raises(feel.FeelBudgetError) as caught:
        feel.evaluate("count(for i in 1..2000 return i)", {}, evaluation=feel.Evaluation(0, steps=100))
    assert not isinstance(caught.value, feel.FeelTimeError)


def test_a_heavy_body_costs_more_rounds() -> None:
    light, heavy = feel.Evaluation(0), feel.Evaluation(0)
    feel.evaluate("for i in 1..10 return 1", {}, evaluation=light)
    feel.evaluate("for i in 1..10 return [" + ",".join("1" * 400) + "]", {}, evaluation=heavy)
    assert light.steps - heavy.steps >= 10 * 100 - 10


def test_deep_data_is_refused() -> None:
    value: object = 1
    for _ in range(150):
        value = [value]
    with pytest.raises(feel.FeelBudgetError):
        feel.evaluate("x", {"x": value})


def test_to_json_refuses_values_that_write_as_huge_ones() -> None:
    value: object = [1]
    for _ in range(60):
        value = [value, value]
    with pytest.raises(feel.FeelBudgetError):
        feel.to_json(value)


def test_to_json() -> None:
    value = feel.evaluate('[1.50, @"2024-01-01", @"P1D", [1..3], function(x) x, {a: null}]', {})
    assert feel.to_json(value) == [feel.evaluate("1.5", {}), "2024-01-01", "P1D", "[1..3]", None, {"a": None}]


def test_foreign_objects_are_null_with_a_note() -> None:
    evaluation = feel.Evaluation(0)
    assert feel.evaluate("x", {"x": object()}, evaluation=evaluation) is None
    assert evaluation.notes
