"""A name that nothing fills, next to one that something does, is likely misspelt."""

from collections.abc import Iterable, Iterator
from typing import Final

from bpmn import feel
from bpmn.checks.rule import Code, Known, declared, expressions, finding
from bpmn.feel.inference import alike
from bpmn.model import Finding, Node, Process

CODES: Final = (
    Code(
        "feel-unknown-name",
        "warning",
        (
            "Een expressie leest een naam die niets vult, en die lijkt op een naam die wel wordt gevuld.",
            "Waarschijnlijk een tikfout: de waarde is dan altijd leeg (null).",
            "Verbeter de naam.",
        ),
        (
            "An expression reads a name that nothing fills, and that looks like one that is filled.",
            "Likely a slip: the value is then always null.",
            "Correct the name.",
        ),
    ),
)

_MOST_NAMES = 50
_GIVEN = frozenset({"loopCounter"})


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """Names read in expressions that no form, mapping, result or parameter writes, and that look like one that is.

    A name that is like no other stays: whoever starts the case may give it.
    """
    if known.fields is None:
        return ()
    names = written(process, known.fields)
    found: list[Finding] = []
    for place in expressions(process):
        if not place.expression.feel:
            continue
        analysis = feel.analyse(place.expression.text)
        for name in sorted(analysis.reads - analysis.maybe - names)[:_MOST_NAMES]:
            near = alike(name, dict.fromkeys(names))
            if near and _letters(near) != _letters(name):
                found.append(
                    finding(
                        "feel-unknown-name",
                        "warning",
                        place.element,
                        place.expression.line,
                        f"Niets vult `{name}`. Bedoelt u `{near}`? Verbeter de expressie '{place.expression.text}'.",
                        f"Nothing fills `{name}`. Did you mean `{near}`? Correct the {place.what}.",
                    )
                )
    return tuple(found)


def written(process: Process, fields: Iterable[str]) -> frozenset[str]:
    """Every name that something in the process fills. `fields`: the variables that the package's forms write."""
    own = (name for node in process.nodes.values() for name in _written(node))
    return frozenset({*_GIVEN, *fields, *process.variables, *_parameters(process), *own})


def _letters(name: str) -> str:
    """A name without digits: `amount1` and `amount2` are two names, no slip."""
    return "".join(char for char in name if not char.isdigit())


def _parameters(process: Process) -> Iterator[str]:
    return (each.attributes["id"] for _, each in declared(process, "parameter") if "id" in each.attributes)


def _written(node: Node) -> Iterator[str]:
    for mapping in (*node.inputs, *node.outputs):
        yield mapping.target.partition(".")[0]
    for trigger in node.triggers:
        yield from filter(None, (trigger.code_variable, trigger.message_variable))
    if node.work.result:
        yield node.work.result.partition(".")[0]
    if node.loop:
        yield from filter(None, (node.loop.element, node.loop.output))
