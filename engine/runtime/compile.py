"""Compiles a process model: FEEL parsed once, reach tables of joins computed once; refuses what cannot run."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from bpmn import checks, feel
from bpmn.dmn import DecisionModel
from bpmn.model import Expression, Flow, IoMapping, Loop, Node, Process, Trigger
from engine.runtime.definition import Catch, Definition, Mapped, Ready, Repeat, Task, Value, Way
from engine.runtime.failures import Refused

JOINS = frozenset({"inclusiveGateway", "complexGateway"})


def compile_process(process: Process, decisions: Mapping[str, DecisionModel]) -> Definition:
    """The definition of `process`; `decisions`: decision id → the model that holds it. Raises Refused."""
    errors = tuple(f for f in checks.run((process,), decisions) if f.severity == "error")
    if errors:
        raise Refused(errors)
    roles = {lane.id: lane.role for lane in process.lanes}
    nodes = {node.id: _node(process, node, roles.get(node.lane or "")) for node in process.nodes.values()}
    return Definition(
        id=process.id,
        nodes=MappingProxyType(nodes),
        decisions=MappingProxyType(dict(decisions)),
        variables=process.variables,
        reach=MappingProxyType(
            {n.id: _reach(process, n) for n in process.nodes.values() if n.kind in JOINS and len(n.incoming) > 1}
        ),
        links=MappingProxyType(_links(process)),
        conditional=any(node.trigger("conditional") for node in process.nodes.values()),
    )


def _node(process: Process, node: Node, role: str | None) -> Ready:
    return Ready(
        id=node.id,
        kind=node.kind,
        name=node.name or node.id,
        scope=node.scope,
        outgoing=tuple(_way(process, flow) for flow in node.outgoing),
        incoming=node.incoming,
        default=node.default,
        plain=not node.outgoing or (len(node.outgoing) == 1 and node.outgoing[0].condition is None),
        triggers=tuple(_catch(trigger) for trigger in node.triggers),
        parallel_multiple=node.parallel_multiple,
        interrupting=node.interrupting,
        instantiate=node.instantiate,
        boundary=node.boundary,
        handler=node.handler,
        compensable=node.compensable,
        starts=node.starts,
        events=node.events,
        loop=_loop(node.loop) if node.loop else None,
        inputs=_mapping(node.inputs),
        outputs=_mapping(node.outputs),
        condition=_value(node.condition),
        cancel_rest=node.cancel_rest,
        sequential=node.sequential,
        task=_task(node, role),
    )


def _value(expression: Expression | None) -> Value | None:
    return None if expression is None else _given(expression)


def _given(expression: Expression) -> Value:
    program = feel.compile(expression.text) if expression.feel else None
    return Value(expression.text, program, expression.line)


def _way(process: Process, flow: Flow) -> Way:
    return Way(flow.id, flow.target, _value(flow.condition), len(process.nodes[flow.target].incoming) > 1)


def _catch(trigger: Trigger) -> Catch:
    return Catch(
        kind=trigger.kind,
        name=_value(trigger.name),
        timer=trigger.timer,
        value=_value(trigger.value),
        ref=trigger.ref,
        code_variable=trigger.code_variable,
        message_variable=trigger.message_variable,
        whole_process=trigger.whole_process,
        whole_repetition=trigger.whole_repetition,
        own_case=trigger.own_case,
        waits=trigger.waits,
    )


def _mapping(lines: Iterable[IoMapping]) -> tuple[Mapped, ...]:
    return tuple(Mapped(tuple(line.target.split(".")), _given(line.source)) for line in lines)


def _loop(loop: Loop) -> Repeat:
    return Repeat(
        standard=loop.standard,
        sequential=loop.sequential,
        cardinality=_value(loop.cardinality),
        collection=_value(loop.collection),
        element=loop.element,
        condition=_value(loop.condition),
        output=loop.output,
        output_element=_value(loop.output_element),
        test_before=loop.test_before,
        maximum=_value(loop.maximum),
        first=loop.first,
    )


def _task(node: Node, role: str | None) -> Task:
    work = node.work
    assigned = work.assignee or work.groups or work.users
    return Task(
        type=_value(work.type),
        retries=_value(work.retries),
        headers=work.headers,
        assignee=_value(work.assignee),
        groups=_value(work.groups),
        users=_value(work.users),
        due=_value(work.due),
        follow_up=_value(work.follow_up),
        priority=_value(work.priority),
        form=work.form,
        decision=_value(work.decision),
        script=_value(work.script),
        result=work.result,
        called=_value(work.called),
        all_in=work.all_in,
        all_out=work.all_out,
        active=_value(work.active),
        title=_value(work.title),
        role=None if assigned else role,
    )


def _links(process: Process) -> dict[tuple[str | None, str], str]:
    found: dict[tuple[str | None, str], str] = {}
    for node in process.nodes.values():
        trigger = node.trigger("link") if node.kind == "intermediateCatchEvent" else None
        if trigger is not None and trigger.name is not None:
            found[node.scope, trigger.name.text] = node.id
    return found


def _reach(process: Process, gateway: Node) -> Mapping[str, frozenset[str]]:
    """Walks backwards from each incoming flow; boundary events count as ways out of their host, links as flows."""
    nodes = process.nodes
    sources = {flow.id: node.id for node in nodes.values() for flow in node.outgoing}
    throwers: dict[tuple[str | None, str], list[str]] = {}
    for node in nodes.values():
        link = node.trigger("link") if node.kind == "intermediateThrowEvent" else None
        if link is not None and link.name is not None:
            throwers.setdefault((node.scope, link.name.text), []).append(node.id)
    found: dict[str, set[str]] = {}
    for flow in gateway.incoming:
        todo = [sources[flow]]
        while todo:
            id = todo.pop()
            if id == gateway.id or flow in found.setdefault(id, set()):
                continue
            found[id].add(flow)
            node = nodes[id]
            todo.extend(sources[incoming] for incoming in node.incoming)
            if node.attached:
                todo.append(node.attached)
            link = node.trigger("link") if node.kind == "intermediateCatchEvent" else None
            if link is not None and link.name is not None:
                todo.extend(throwers.get((node.scope, link.name.text), ()))
    return MappingProxyType({id: frozenset(flows) for id, flows in found.items()})
