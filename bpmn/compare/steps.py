"""Steps, events, gateways and their flows taken apart into facts, with names that people know them by."""

from collections import Counter
from collections.abc import Container, Iterator, Mapping

from bpmn.compare.facts import Fact, Facts, Label, major, minor, of, order, patch
from bpmn.compare.words import Words, kind, listed, said
from bpmn.model import EVENTS, GATEWAYS, Flow, IoMapping, Loop, Node, Process, Trigger

MAX_FOLLOWING = 3
_NO_TRIGGER = Trigger("")
_NO_LOOP = Loop()
NODE: Mapping[str, Label] = {
    "documentation": Label("uitleg", "documentation", patch),
    "parallel_multiple": Label("wacht op alle gebeurtenissen", "waits for all events"),
    "interrupting": Label("onderbreekt", "interrupts"),
    "instantiate": Label("begint een zaak", "starts a case"),
    "for_compensation": Label("voor het ongedaan maken", "for compensation"),
    "condition": Label("voorwaarde", "condition"),
    "cancel_rest": Label("stopt de rest", "cancels the rest"),
    "sequential": Label("één voor één", "one by one"),
}
TRIGGER: Mapping[str, Label] = {
    "kind": Label("gebeurtenis", "event"),
    "name": Label("naam van de gebeurtenis", "name of the event"),
    "timer": Label("soort tijdklok", "kind of timer"),
    "value": Label("waarde van de gebeurtenis", "value of the event"),
    "ref": Label("stap die ongedaan wordt gemaakt", "step that is compensated"),
    "code_variable": Label("variabele voor de code", "variable for the code"),
    "message_variable": Label("variabele voor de melding", "variable for the message"),
    "whole_process": Label("geldt voor het hele proces", "for the whole process"),
    "whole_repetition": Label("beëindigt de hele herhaling", "ends the whole repetition"),
    "own_case": Label("alleen binnen de eigen zaak", "within the own case only"),
    "waits": Label("wacht tot alles is teruggedraaid", "waits until all is compensated"),
}
LOOP: Mapping[str, Label] = {
    "standard": Label("herhaling", "repetition"),
    "sequential": Label("één voor één", "one by one"),
    "cardinality": Label("aantal keren", "number of times"),
    "collection": Label("lijst die wordt doorlopen", "list that is run over"),
    "element": Label("naam van één ervan", "name of one of them"),
    "condition": Label("voorwaarde van de herhaling", "condition of the repetition"),
    "output": Label("lijst met uitkomsten", "list of results"),
    "output_element": Label("uitkomst per keer", "result of each"),
    "test_before": Label("kijkt vooraf", "tests before"),
    "maximum": Label("hoogstens", "at most"),
    "first": Label("telt vanaf", "counts from"),
}
WORK: Mapping[str, Label] = {
    "type": Label("soort werk", "job type"),
    "retries": Label("aantal pogingen", "number of attempts"),
    "assignee": Label("toegewezen aan", "assignee"),
    "groups": Label("groepen", "groups"),
    "users": Label("personen", "users"),
    "due": Label("uiterlijk", "due date"),
    "follow_up": Label("opnieuw bekijken op", "follow-up date"),
    "priority": Label("voorrang", "priority"),
    "form": Label("formulier", "form"),
    "decision": Label("beslissing", "decision"),
    "script": Label("berekening", "script"),
    "result": Label("naam van de uitkomst", "name of the result"),
    "called": Label("aangeroepen proces", "called process"),
    "all_in": Label("geeft alle gegevens mee", "passes all variables"),
    "all_out": Label("krijgt alle gegevens terug", "gets all variables back"),
    "active": Label("begint met", "begins with"),
    "title": Label("naam van de taak", "title of the task"),
}


def subject(node: Node) -> str:
    """event, gateway or step."""
    if node.kind in EVENTS:
        return "event"
    return "gateway" if node.kind in GATEWAYS else "step"


_NOUNS = {"event": Words("Gebeurtenis", "Event"), "gateway": Words("Poort", "Gateway"), "step": Words("Stap", "Step")}


def called(node: Node, process: Process) -> Words:
    """The beginning of a sentence about a node: what it is and its name, or where it stands when it has none."""
    noun = _NOUNS[subject(node)]
    name = _named(node.id, process)
    return Words(f"{noun.nl} '{name.nl}'", f"{noun.en} '{name.en}'")


def flow_called(flow: Flow, process: Process) -> Words:
    """The beginning of a sentence about a flow: its name, if any, and between which steps it runs."""
    source, target = (_named(i, process) for i in (flow.source, flow.target))
    name = f" '{flow.name}'" if flow.name else ""
    return Words(f"Pijl{name} van '{source.nl}' naar '{target.nl}'", f"Flow{name} from '{source.en}' to '{target.en}'")


def node_facts(node: Node, process: Process, theirs: Node, known: Container[str]) -> dict[str, Fact]:
    """All that the reader knows of a node; what belongs to its flows, lane and `plus1` elements is told apart.

    `theirs`: the node on the other side, and `known` all ids there, to tell another order from other members."""
    facts = {
        "kind": Fact("soort", "kind", node.kind, minor, kind(node.kind)),
        "name": Fact("naam", "name", node.name, patch),
        "scope": Fact("ligt in", "lies in", _scope(node, process), minor, _named(node.scope or "", process)),
        "attached": Fact("hangt aan", "attached to", node.attached, minor, _named(node.attached or "", process)),
        "handler": Fact(
            "wordt ongedaan gemaakt door", "compensated by", node.handler, minor, _named(node.handler or "", process)
        ),
        "default": Fact("pijl als niets past", "default flow", node.default, minor, _end(node.default, node, process)),
        **dict(of(node, NODE)),
        **dict(_triggers(node)),
        "loop": Fact("voor elk van een lijst", "for each of a list", node.loop is not None),
        **dict(of(node.loop or _NO_LOOP, LOOP, "loop.")),
        **dict(_mappings(node.inputs, "invoer", "input")),
        **dict(_mappings(node.outputs, "uitvoer", "output")),
        **dict(of(node.work, WORK, "work.")),
    }
    for key, value in node.work.headers.items():
        facts[f"header.{key}"] = Fact(f"gegeven '{key}'", f"header '{key}'", value)
    facts.update(_orders(node, theirs, known))
    return facts


def flow_facts(flow: Flow, process: Process) -> Facts:
    """All that the reader knows of a flow, its `plus1` elements apart."""
    return {
        "name": Fact("naam", "name", flow.name, patch),
        "source": Fact("begin", "beginning", flow.source, minor, _named(flow.source, process)),
        "target": Fact("doel", "target", flow.target, minor, _named(flow.target, process)),
        "condition": Fact("voorwaarde", "condition", flow.condition),
    }


def messages(process: Process) -> frozenset[str]:
    """The names of the messages and signals that others send to the process."""
    return frozenset(
        said(t.name).nl
        for n in process.nodes.values()
        if n.kind not in {"endEvent", "intermediateThrowEvent", "sendTask"}
        for t in n.triggers
        if t.kind in {"message", "signal"}
    )


def _triggers(node: Node) -> Iterator[tuple[str, Fact]]:
    for at, trigger in enumerate(node.triggers or (_NO_TRIGGER,)):
        for key, fact in of(trigger, TRIGGER, f"trigger{at}."):
            # What others send has a name and a key that they know; a term or a code is our own.
            weighty = trigger.kind in {"message", "signal"} and key.endswith((".name", ".value"))
            words = kind(str(fact.value)) if key.endswith((".kind", ".timer")) and fact.value else None
            yield key, Fact(fact.nl, fact.en, fact.value, _sent if weighty else minor, words)


def _sent(before: object, after: object) -> str:
    return minor(before, after) if before is None else major(before, after)


def _mappings(lines: tuple[IoMapping, ...], nl: str, en: str) -> Iterator[tuple[str, Fact]]:
    seen: Counter[str] = Counter()
    for line in lines:
        seen[line.target] += 1
        key = f"{en}.{line.target}.{seen[line.target]}"
        yield key, Fact(f"{nl} '{line.target}'", f"{en} '{line.target}'", line.source)


def _orders(node: Node, theirs: Node, known: Container[str]) -> Iterator[tuple[str, Fact]]:
    """The order in which flows are tried, mappings are made, starts begin and boundaries stand, of what both have."""
    flows = order((f.id for f in node.outgoing), (f.id for f in theirs.outgoing))
    yield "order", Fact("volgorde van de pijlen", "order of the flows", flows)
    for name, nl in (("inputs", "invoer"), ("outputs", "uitvoer")):
        targets = order((m.target for m in getattr(node, name)), (m.target for m in getattr(theirs, name)))
        yield name, Fact(f"volgorde van de {nl}", f"order of the {name}", targets)
    for name in ("starts", "boundary", "events"):
        mine = order(getattr(node, name), getattr(theirs, name))
        yield name, Fact("volgorde van de gebeurtenissen", "order of the events", mine)
    begins = tuple(i for i in node.starts if i in known)
    yield "begins", Fact("begint bij", "begins at", frozenset(begins), minor, said(begins))


def _scope(node: Node, process: Process) -> str | None:
    return None if node.scope == process.id else node.scope


def _named(id_: str, process: Process) -> Words:
    """The name of a node; of an event or gateway without one, what follows it; else its id."""
    node = process.nodes.get(id_)
    if node is None or node.name:
        name = node.name if node and node.name else id_
        return Words(name, name) if name else said(None)
    names = [process.nodes[f.target].name or "" for f in node.outgoing if f.target in process.nodes]
    if subject(node) == "step" or not 0 < len(names) <= MAX_FOLLOWING or not all(names):
        return Words(id_, id_)
    what = kind(node.kind) if subject(node) == "event" else Words("poort", "gateway")
    return Words(f"{what.nl} voor {listed(names, 'en')}", f"{what.en} before {listed(names, 'and')}")


def _end(flow_id: str | None, node: Node, process: Process) -> Words | None:
    target = next((f.target for f in node.outgoing if f.id == flow_id), None)
    return _named(target, process) if target is not None else None
