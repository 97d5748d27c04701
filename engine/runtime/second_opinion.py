"""The second opinion: a played case replayed on SpiffWorkflow, with our FEEL as its script engine, and compared.

Pure: SpiffWorkflow reads a clock and draws ids for its own log only; nothing that is compared depends on them."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.bpmn.script_engine import BasePythonScriptEngineEnvironment, PythonScriptEngine
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.util.task import TaskState

from bpmn import feel
from bpmn.dmn import DecisionModel
from bpmn.model import Expression, Finding, IoMapping, Node, Process
from engine.runtime.spiff_model import PREFIX, after_event_gateway, build
from engine.runtime.spiff_subset import Outside, outside

__all__ = ["Given", "Opinion", "Outside", "Record", "Verdict", "outside", "replay", "second_opinion"]

Values = Mapping[str, object]
DEEPEST = 400  # past a tree depth of 1,000 SpiffWorkflow reports completed with open tasks
WORK = 200_000  # FEEL steps of one decision


@dataclass(frozen=True, slots=True)
class Given:
    """What came from outside at `node` (a task, job, message or timer), at `now` (epoch ms)."""

    node: str
    values: Values
    now: int


@dataclass(frozen=True, slots=True)
class Record:
    """A case as our runtime played it to its end. `left`: nodes in the order in which they were left."""

    started: Given
    given: Sequence[Given]
    left: Sequence[str]
    variables: Values


@dataclass(frozen=True, slots=True)
class Opinion:
    """What SpiffWorkflow made of it. `stuck`: why it did not come to an end, else ""."""

    left: Sequence[str]
    variables: Values
    stuck: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`outcome`: agrees, outside (its subset) or disagrees; `findings` tell why, or what differs. `ours`, `theirs`: the
    elements that were done, by name and in order, without gateways; empty when nothing was replayed."""

    outcome: str
    findings: tuple[Finding, ...] = ()
    ours: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()


class Stuck(SpiffWorkflowException):  # type: ignore[misc]  # SpiffWorkflow has no types
    """SpiffWorkflow cannot follow what was played."""


def second_opinion(
    process: Process, decisions: Mapping[str, DecisionModel], parameters: Values, record: Record
) -> Verdict:
    """A warning for each difference; an info when SpiffWorkflow has no say. `parameters`: the municipality's values."""
    if found := outside(process):
        node = process.nodes.get(found.element)
        called = (node.name if node else None) or found.element
        nl = f"Geen tweede mening, door '{called}': {found.nl}."
        en = f"No second opinion, because of '{called}': {found.en}."
        return _no_say(nl, en, found.element, found.line)
    if len(record.left) > DEEPEST:
        nl, en = f"Geen tweede mening: meer dan {DEEPEST} stappen.", f"No second opinion: more than {DEEPEST} steps."
        return _no_say(nl, en, process.id, process.line)
    opinion = replay(process, decisions, parameters, record)
    differences = tuple(compare(process, record, opinion))
    ours, theirs = (_names(process, left) for left in (record.left, opinion.left))
    return Verdict("disagrees" if differences else "agrees", differences, ours, theirs)


def _no_say(nl: str, en: str, element: str, line: int) -> Verdict:
    return Verdict("outside", (Finding("no-second-opinion", "info", nl, en, element, line),))


def _done(process: Process, left: Sequence[str]) -> list[Node]:
    """Tasks, sub-processes and events; joins are counted differently by the two, and left out."""
    found = (process.nodes[id_] for id_ in left if id_ != process.id)
    return [node for node in found if not node.kind.endswith("Gateway")]


def _names(process: Process, left: Sequence[str]) -> tuple[str, ...]:
    return tuple(node.name or node.id for node in _done(process, left))


def compare(process: Process, record: Record, opinion: Opinion) -> list[Finding]:
    """The differences between what we did and what SpiffWorkflow did. Branches have no order, so visits are counted."""
    if opinion.stuck:
        nl = f"SpiffWorkflow volgt dit scenario niet: {opinion.stuck}"
        return [_differs(process.id, nl, f"SpiffWorkflow does not follow this scenario: {opinion.stuck}")]
    found = []
    ours, theirs = _visits(process, record.left), _visits(process, opinion.left)
    for id_ in sorted(ours.keys() | theirs.keys()):
        if ours[id_] != theirs[id_]:
            nl = f"Hier {ours[id_]} keer gedaan, volgens SpiffWorkflow {theirs[id_]} keer."
            found.append(_differs(id_, nl, f"Done {ours[id_]} times here, {theirs[id_]} times by SpiffWorkflow."))
    for name in sorted(record.variables.keys() | opinion.variables.keys()):
        mine, other = record.variables.get(name), opinion.variables.get(name)
        if mine != other:
            nl = f"Variabele {name} is hier {mine!r}, volgens SpiffWorkflow {other!r}."
            found.append(_differs(process.id, nl, f"Variable {name} is {mine!r} here, {other!r} by SpiffWorkflow."))
    return found


def _differs(element: str, nl: str, en: str) -> Finding:
    return Finding("second-opinion", "warning", nl, en, element)


def _visits(process: Process, left: Sequence[str]) -> Counter[str]:
    return Counter(node.id for node in _done(process, left))


def replay(process: Process, decisions: Mapping[str, DecisionModel], parameters: Values, record: Record) -> Opinion:
    """The same case on SpiffWorkflow, from what came from outside."""
    case = FeelEnvironment(process, decisions, parameters, record.started)
    main, inner = build(process)
    left: list[str] = []

    def done(task: Any) -> None:
        name = task.task_spec.name
        if name.startswith(PREFIX):
            left.append(name.removeprefix(PREFIX))

    try:
        workflow = BpmnWorkflow(main, inner, script_engine=FeelEngine(case))
        workflow.do_engine_steps(did_complete_task=done)
        for given in record.given:
            case.now = given.now
            _give(workflow, given, case, done)
            workflow.do_engine_steps(did_complete_task=done)
    except (SpiffWorkflowException, feel.FeelError) as error:
        return Opinion(left, case.variables, str(error))
    return Opinion(left, case.variables, "" if workflow.completed else "the case does not end")


def _give(workflow: Any, given: Given, case: "FeelEnvironment", done: Callable[[Any], None]) -> None:
    node = case.process.nodes[given.node]
    if node.kind == "boundaryEvent" or after_event_gateway(case.process, node):
        case.finish(node, given.values)
        workflow.send_event(BpmnEvent(MessageEventDefinition(node.id), payload={}))
        return
    task = workflow.get_next_task(state=TaskState.READY, spec_name=PREFIX + node.id)
    if task is None:
        raise Stuck(f"{node.id} is not open")
    case.finish(node, given.values)
    task.run()
    done(task)


class FeelEngine(PythonScriptEngine):  # type: ignore[misc]  # SpiffWorkflow has no types
    """SpiffWorkflow's script engine without Python: texts are ids of our model, whose FEEL the environment runs."""

    def validate(self, expression: str) -> None:
        """Nothing to check: our reader has compiled every expression."""


class FeelEnvironment(BasePythonScriptEngineEnvironment):  # type: ignore[misc]  # SpiffWorkflow has no types
    """The variables of one replayed case, and what its nodes do with them; SpiffWorkflow's task data stay empty."""

    def __init__(
        self, process: Process, decisions: Mapping[str, DecisionModel], parameters: Values, started: Given
    ) -> None:
        super().__init__()
        self.process, self.decisions, self.parameters, self.now = process, decisions, parameters, started.now
        self.variables: dict[str, object] = {**process.variables, **started.values}
        self.flows = {flow.id: flow for node in process.nodes.values() for flow in node.outgoing}

    def evaluate(self, expression: str, context: Any, external_context: Any = None) -> bool:
        """Whether the flow with this id is open. Raises Stuck when its condition is no boolean."""
        condition = self.flows[expression].condition
        found = self._value(condition, {}) if condition else True
        if not isinstance(found, bool):
            raise Stuck(f"the condition of {expression} is no boolean")
        return found

    def execute(self, script: str, context: Any, external_context: Any = None) -> bool:
        """Do the script or decision of the node with this id."""
        self.finish(self.process.nodes[script], {})
        return True

    def finish(self, node: Node, values: Values) -> None:
        """Inputs, the node's own work, outputs: only what is mapped leaves when there are output mappings."""
        local: dict[str, object] = {}
        self._map(node.inputs, local, local)
        result = self._work(node, local)
        found = {**values, **({node.work.result: result} if node.work.result else {})}
        if node.kind == "callActivity":
            # The called case is one of its own: what it came back with is given, and mapped out here.
            mapped_out: dict[str, object] = {}
            self._map(node.outputs, {**local, **found}, mapped_out)
            self.variables.update({**found, **mapped_out} if node.work.all_out else mapped_out)
        elif node.outputs:
            seen = {**local, **found}
            mapped: dict[str, object] = {}
            self._map(node.outputs, seen, mapped)
            self.variables.update(mapped)
        else:
            self.variables.update({name: value for name, value in found.items() if name not in local})

    def _work(self, node: Node, local: dict[str, object]) -> object:
        if node.work.type is not None:
            return None
        if node.work.decision is not None:
            id_ = str(feel.to_json(self._value(node.work.decision, local)))
            evaluation = feel.Evaluation(self.now, steps=WORK)
            return feel.to_json(self.decisions[id_].evaluate(id_, self._scope(local), evaluation).value)
        return None if node.work.script is None else feel.to_json(self._value(node.work.script, local))

    def _map(self, lines: Sequence[IoMapping], seen: dict[str, object], into: dict[str, object]) -> None:
        for line in lines:
            name, *path = line.target.split(".")
            value = feel.to_json(self._value(line.source, seen))
            known = into.get(name, self.variables.get(name) if into is not seen else None)
            seen[name] = into[name] = _placed(known, path, value)

    def _value(self, source: Expression, local: Values) -> object:
        if not source.feel:
            return source.text
        return feel.compile(source.text)(self._scope(local), feel.Evaluation(self.now))

    def _scope(self, local: Values) -> Callable[[str], object]:
        layers = (local, self.variables, self.parameters)
        return lambda name: next((layer[name] for layer in layers if name in layer), feel.MISSING)


def _placed(known: object, path: Sequence[str], value: object) -> object:
    """`value`, or the context `known` with it at a path."""
    if not path:
        return value
    context = dict(known) if isinstance(known, Mapping) else {}
    context[path[0]] = _placed(context.get(path[0]), path[1:], value)
    return context
