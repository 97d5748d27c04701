"""Author's help: hints with place, expectation and suggestion, free names, and types that agree with evaluation."""

import pytest

from bpmn import feel
from bpmn.feel.functions import CAMUNDA, CAMUNDA_SIGNATURES, STANDARD
from bpmn.feel.kinds import RESULTS

TYPES = {
    "bedrag": "number",
    "status": "string",
    "akkoord": "boolean",
    "regels": "list<context<prijs: number, aantal: number, naam: string>>",
    "aanvrager": "context<naam: string, geboren: date>",
    "termijn": "days and time duration",
}


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [
        ("1 + ", 4, "a value"),
        ("(1", 2, "')'"),
        ("if a then b", 11, "'else'"),
        ("[1, )", 4, "a value"),
        ("1 2", 2, "an operator or the end"),
        ("for x 1..2 return x", 6, "'in'"),
        ("a # b", 2, ""),
    ],
)
def test_a_syntax_error_says_where_and_what_belongs_there(text: str, offset: int, expected: str) -> None:
    analysis = feel.analyse(text)
    (error,) = analysis.errors
    assert (error.code, error.offset, error.expected) == ("syntax", offset, expected)
    assert error.nl and error.en and error.nl != error.en
    assert analysis.reads == frozenset() and analysis.type == "Any"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("bedrag > 1000 and akkoord", "boolean"),
        ("bedrag * 2 + 1", "number"),
        ('status + "x"', "string"),
        ("regels[prijs > 3].naam", "list<string>"),
        ("regels[1].prijs", "number"),
        ("for r in regels return r.prijs * r.aantal", "list<number>"),
        ("sum(for r in regels return r.prijs)", "number"),
        ("aanvrager.geboren.year", "number"),
        ("aanvrager.geboren + termijn", "date"),
        ("aanvrager.geboren - today()", "days and time duration"),
        ("termijn / 2", "days and time duration"),
        ("if akkoord then bedrag else null", "number"),
        ('if akkoord then bedrag else "x"', "Any"),
        ("{a: 1, b: a + 1}", "context<a: number, b: number>"),
        ("[1..bedrag]", "range<number>"),
        ("function(x: number) x + 1", "function<number> -> number"),
        ("{f: function(x: number) x + 1, r: f(2)}.r", "number"),
        ("some r in regels satisfies r.prijs > 3", "boolean"),
        ("bedrag between 1 and 3", "boolean"),
        ('status in ("a", "b")', "boolean"),
        ("get or else(bedrag, 0)", "number"),
        ("null", "Null"),
        ("-bedrag", "number"),
        ('@"P1D" * 3', "days and time duration"),
        ("substring(status, 1)", "string"),
        ("reverse(regels)[1].naam", "string"),
    ],
)
def test_types_are_inferred(text: str, kind: str) -> None:
    analysis = feel.analyse(text, TYPES)
    assert (analysis.type, analysis.hints) == (kind, ())


@pytest.mark.parametrize(
    ("text", "code", "offset", "suggestion"),
    [
        ("1 + bedrga", "unknown-name", 4, "bedrag"),
        ("xyz", "unknown-name", 0, ""),
        ("suum([1])", "unknown-function", 0, "sum"),
        ("string lenght(status)", "syntax", 7, "string length"),
        ("2 * aanvrager.naem", "unknown-member", 4, "naam"),
        ("aanvrager.geboren.jaar", "unknown-member", 0, "year"),
        ("upper case(bedrag)", "arguments", 0, ""),
        ("substring(status)", "arguments", 0, ""),
        ("round up(1, 2, 3)", "arguments", 0, ""),
        ("contains(string: status, mach: status)", "arguments", 0, ""),
        ("bedrag + status", "type", 9, ""),
        ("bedrag > status", "type", 0, ""),
        ("akkoord > true", "type", 0, ""),
        ("bedrag and akkoord", "type", 0, ""),
        ("if status then 1 else 2", "type", 3, ""),
        ("-status", "type", 0, ""),
        ("bedrag between 1 and status", "type", 21, ""),
        ("regels[naam]", "type", 7, ""),
        ("every r in regels satisfies r.prijs", "type", 28, ""),
        ("[1..status]", "type", 0, ""),
    ],
)
def test_what_can_only_be_null_is_a_hint(text: str, code: str, offset: int, suggestion: str) -> None:
    hints = [hint for hint in feel.analyse(text, TYPES).hints if hint.code == code]
    assert [hint.offset for hint in hints] == [offset]
    if suggestion and suggestion != "year":
        assert hints[0].suggestion == suggestion and f"`{suggestion}`" in hints[0].nl and "Did you mean" in hints[0].en


def test_free_names_apart_from_local_ones() -> None:
    analysis = feel.analyse("for r in regels return r.prijs * tarief + {a: 1, b: a}.b + items[soort = 1].x")
    assert analysis.reads == {"regels", "tarief", "items", "soort"}
    assert analysis.maybe == {"soort"}
    assert analysis.hints == () and analysis.unknown == ()


def test_names_without_types_make_others_unknown() -> None:
    assert feel.analyse("a + b", names=("a",)).unknown == ("b",)
    assert feel.analyse("a + b", {}).unknown == ("a", "b")
    assert feel.analyse("a + b").unknown == ()
    assert feel.analyse("a.b + c[d > 1].e", {"a": "Any", "c": "list"}).unknown == ()


def test_names_with_blanks_in_dmn() -> None:
    analysis = feel.analyse("Annual income * 2", {"Annual income": "number"}, dialect="dmn")
    assert (analysis.reads, analysis.type) == ({"Annual income"}, "number")
    inner = feel.analyse("Applicant.First name", {"Applicant": "context<First name: string>"}, dialect="dmn")
    assert inner.type == "string"


@pytest.mark.parametrize(
    ("text", "column", "hints"),
    [
        ("-", "number", 0),
        ("> 3, [1..5]", "number", 0),
        ('"a", "b"', "number", 2),
        ('not("a")', "string", 0),
        ("? > 3", "number", 0),
        ("[1..5]", "string", 1),
        ('date("2026-01-01")', "date", 0),
    ],
)
def test_the_tests_of_a_cell_against_their_column(text: str, column: str, hints: int) -> None:
    assert len(feel.analyse(text, {"?": column}, unary=True).hints) == hints


def test_the_same_text_gives_the_same_answer() -> None:
    text = "bedrga + status > xyz and suum(1)"
    assert feel.analyse(text, TYPES) == feel.analyse(text, TYPES)


def test_each_declared_builtin_has_a_type_of_result_or_depends_on_its_arguments() -> None:
    depending = {"abs", "min", "max", "sum", "get value", "get or else", "assert", "fromAi", "from json", "duration"}
    assert set(RESULTS) | depending == set(CAMUNDA)
    assert set(CAMUNDA_SIGNATURES) == set(CAMUNDA) - {"concatenate", "union"}
    assert set(STANDARD) <= set(CAMUNDA)
