"""Which variables a caller may see: the model limits some to process roles (`plus1:visibleTo`)."""

from collections.abc import Mapping

from bpmn import feel
from bpmn.model import Process
from engine.domain.caller import Caller


def visible(process: Process, caller: Caller, variables: Mapping[str, object]) -> dict[str, object]:
    """The variables, as JSON, without those that are for roles which this person does not fill. A client is a system
    of the municipality itself, and sees all of them."""
    closed = set()
    for declared in process.declared:
        if declared.tag == "visibleTo" and caller.kind == "person":
            roles = declared.attributes.get("roles", "").split()
            if caller.roles.isdisjoint(roles):
                closed.add(declared.attributes.get("variable", ""))
    return {name: feel.to_json(value) for name, value in variables.items() if name not in closed}
