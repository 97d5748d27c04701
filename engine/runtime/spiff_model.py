"""A process as SpiffWorkflow's task specs, built from our own model: its parser never sees a file."""

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.simple import NoneEventDefinition

from bpmn.model import Node, Process
from engine.runtime.spiff_subset import AUTOMATIC

PREFIX = "node:"  # SpiffWorkflow has names of its own, such as Start and End
SPLIT, JOIN = "split:", "join:"
GATEWAYS: Mapping[str, Any] = {
    "exclusiveGateway": defaults.ExclusiveGateway,
    "parallelGateway": defaults.ParallelGateway,
    "inclusiveGateway": defaults.InclusiveGateway,
}


def build(process: Process) -> tuple[Any, dict[str, Any]]:
    """Fresh specs for one replay, since SpiffWorkflow changes what it runs: the process, and sub-processes by id."""
    scopes = [node for node in process.nodes.values() if node.kind in ("process", "subProcess")]
    built = {scope.id: _scope(process, scope) for scope in scopes}
    return built.pop(process.id), built


def _scope(process: Process, scope: Node) -> Any:
    spec = BpmnProcessSpec(name=scope.id)
    inside = [node for node in process.nodes.values() if node.scope == scope.id]
    tasks = {node.id: _task(process, spec, node) for node in inside}
    entries = {node.id: _guarded(spec, node, tasks) for node in inside}
    for node in inside:
        task = tasks[node.id]
        if node.kind == "startEvent":
            spec.start.connect(task)
        if not node.outgoing:
            task.connect(spec.end)
        for flow in node.outgoing:
            target = entries[flow.target]
            if flow.condition is not None and flow.id != node.default:
                task.connect_outgoing_if(flow.id, target)
            else:
                task.connect(target)
    return spec


def after_event_gateway(process: Process, node: Node) -> bool:
    """Whether an event-based gateway waits for this event, among others."""
    gates = (one for one in process.nodes.values() if one.kind == "eventBasedGateway")
    return any(flow.target == node.id for gate in gates for flow in gate.outgoing)


def _task(process: Process, spec: Any, node: Node) -> Any:
    """What waits is a user task, whatever it waits for; what works by itself is a script; its text is the id."""
    name = PREFIX + node.id
    if node.kind in GATEWAYS:
        return GATEWAYS[node.kind](spec, name)
    if node.kind == "startEvent":
        return defaults.StartEvent(spec, name, NoneEventDefinition())
    if node.kind == "endEvent":
        return defaults.EndEvent(spec, name, NoneEventDefinition())
    if node.kind == "eventBasedGateway":
        return defaults.EventBasedGateway(spec, name, MultipleEventDefinition())
    if after_event_gateway(process, node):
        return defaults.IntermediateCatchEvent(spec, name, MessageEventDefinition(node.id))
    if node.kind == "boundaryEvent":
        # Timers too: the replay says when they fire, so that no clock is read.
        return defaults.BoundaryEvent(spec, name, MessageEventDefinition(node.id), cancel_activity=True)
    if node.kind == "subProcess":
        return defaults.SubWorkflowTask(spec, name, subworkflow_spec=node.id)
    if node.kind in AUTOMATIC and node.work.type is None:
        return defaults.ScriptTask(spec, name, script=node.id)
    return defaults.UserTask(spec, name)


def _guarded(spec: Any, node: Node, tasks: Mapping[str, Any]) -> Any:
    """Where a token enters: the task, or the split before a task with boundary events."""
    task = tasks[node.id]
    if not node.boundary:
        return task
    split = BoundaryEventSplit(spec, SPLIT + node.id)
    join = BoundaryEventJoin(spec, JOIN + node.id, split_task=split.name, cancel=True)
    split.connect(task)
    task.connect(join)
    for id_ in node.boundary:
        split.connect(tasks[id_])
        tasks[id_].connect(join)
    return split
