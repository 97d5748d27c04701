"""A parameter is read-only: nothing in the process may write a variable of the same name."""

from collections.abc import Iterator
from typing import Final

from bpmn.checks.rule import Code, Known, declared, finding
from bpmn.model import Finding, Node, Process

CODES: Final = (
    Code(
        "parameter-hidden",
        "error",
        (
            "Iets in het proces vult een variabele met de naam van een parameter.",
            "Een parameter is een keuze van de gemeente; die zou dan stil worden overschreven.",
            "Geef de variabele een andere naam.",
        ),
        (
            "Something in the process writes a variable with the name of a parameter.",
            "A parameter is the choice of a municipality, which would then be overwritten in silence.",
            "Give the variable another name.",
        ),
    ),
)


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """Mappings, results, loop elements and code variables that would hide a parameter."""
    names = {each.attributes.get("id", "") for _, each in declared(process, "parameter")}
    found: list[Finding] = []
    for node in process.nodes.values():
        for name in _written(node):
            if name in names:
                found.append(
                    finding(
                        "parameter-hidden",
                        "error",
                        node.id,
                        node.line,
                        f"'{name}' is een parameter en mag hier niet worden gevuld. Geef de variabele een andere naam.",
                        f"'{name}' is a parameter and must not be written here. Give the variable another name.",
                    )
                )
    return tuple(found)


def _written(node: Node) -> Iterator[str]:
    for mapping in (*node.inputs, *node.outputs):
        yield mapping.target.split(".")[0]
    for name in (node.work.result, node.loop.element if node.loop else None, node.loop.output if node.loop else None):
        if name:
            yield name
    for trigger in node.triggers:
        for name in (trigger.code_variable, trigger.message_variable):
            if name:
                yield name
