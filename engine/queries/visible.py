"""What a caller may see of a case: the model limits some variables to process roles (`plus1:visibleTo`)."""

from collections.abc import Mapping
from typing import Any

from bpmn import feel
from bpmn.model import Node, Process
from engine.domain.caller import Caller


def closed(process: Process, caller: Caller) -> frozenset[str]:
    """Names of variables that are for roles which this person does not fill. A client is a system of the municipality
    itself, and sees all of them."""
    if caller.kind != "person":
        return frozenset()
    return frozenset(
        declared.attributes.get("variable", "")
        for declared in process.declared
        if declared.tag == "visibleTo" and caller.roles.isdisjoint(declared.attributes.get("roles", "").split())
    )


def visible(process: Process, caller: Caller, variables: Mapping[str, object]) -> dict[str, object]:
    """The variables, as JSON, without the closed ones."""
    hidden = closed(process, caller)
    return {name: feel.to_json(value) for name, value in variables.items() if name not in hidden}


def told(data: Mapping[str, Any], node: Node | None, hidden: frozenset[str]) -> dict[str, Any]:
    """The details of a line of history without what comes from hidden variables. Titles of letters go as well: the
    fields of a letter may read anything, also by way of mappings, so whoever may not see everything sees no letter."""
    if not hidden:
        return dict(data)
    kept = {name: value for name, value in data.items() if name not in (*hidden, "notes")}
    if "documents" in kept:
        kept["documents"] = []
    if isinstance(kept.get("inputs"), Mapping):
        kept["inputs"] = {name: value for name, value in kept["inputs"].items() if name not in hidden}
    if "value" in kept and node is not None and not hidden.isdisjoint(_written(node)):
        kept["value"] = None
    return kept


def _written(node: Node) -> set[str]:
    """The variables that a step writes."""
    targets = {mapping.target.split(".")[0] for mapping in node.outputs}
    return targets | ({node.work.result} if node.work.result else set())
