"""JUEL to FEEL: simple comparisons, nothing else."""

import pytest

from bpmn.readers.juel import NotSimple, translate


@pytest.mark.parametrize(
    ("juel", "feel"),
    [
        ("${a}", "a"),
        ("#{a.b == 'x'}", 'a.b = "x"'),
        ("${input == 1}", "input = 1"),
        ("${a && b || !c}", "(a and b) or not(c)"),
        ("${not (a gt 5)}", "not((a > 5))"),
        ("${n % 2 == 0}", "modulo(n, 2) = 0"),
        ("${a ? 1 : 2}", "if a then 1 else 2"),
        ("${(a) + (b)}", "(a) + (b)"),
        ("${a['k']}", "a.k"),
        ("${a[0].b}", "a[1].b"),
        ('say "${x}"', '"say \\"" + string(x) + "\\""'),
    ],
)
def test_translation(juel: str, feel: str) -> None:
    assert translate(juel) == feel


def test_literals_are_none() -> None:
    assert translate("plain") is None


@pytest.mark.parametrize("juel", ["${bean.call()}", "${a[i]}", "${a b}", "${}", "${a ~ b}"])
def test_the_rest_is_refused(juel: str) -> None:
    with pytest.raises(NotSimple):
        translate(juel)
