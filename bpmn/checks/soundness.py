"""Every token that begins can end: no join waits for what cannot come, and nothing is done twice by accident."""

from collections.abc import Mapping
from typing import Final

from bpmn.checks import graph
from bpmn.checks.net import STOPPING, WAITING, nets
from bpmn.checks.rule import Code, Known, finding
from bpmn.checks.tokens import Outcome, Play, Stuck, reach
from bpmn.model import ACTIVITIES, Finding, Node, Process

CODES: Final = (
    Code(
        "deadlock",
        "error",
        (
            "Een poort die samenvoegt wacht op een pijl waarover nooit iets komt samen met de andere.",
            "Elke zaak die hier komt, blijft staan: de taken erachter worden nooit gemaakt.",
            "Voeg een keuze samen met een exclusieve poort, of splits met een parallelle poort.",
        ),
        (
            "A joining gateway waits for a flow that nothing comes by together with the others.",
            "Every case that comes here stops: the tasks behind it are never made.",
            "Join a choice with an exclusive gateway, or split with a parallel gateway.",
        ),
    ),
    Code(
        "may-deadlock",
        "warning",
        (
            "Bij sommige keuzes wacht een poort op een pijl waarover dan niets komt.",
            "Die zaken blijven staan zonder dat iemand een taak of een melding krijgt.",
            "Laat de poort wachten op wat er echt komt: voeg samen met een inclusieve of exclusieve poort.",
        ),
        (
            "After some choices a gateway waits for a flow by which nothing comes then.",
            "Those cases stop without a task or a message for anybody.",
            "Let the gateway wait for what really comes: join with an inclusive or exclusive gateway.",
        ),
    ),
    Code(
        "done-twice",
        "warning",
        (
            "Twee stromen die tegelijk lopen, komen hier samen zonder op elkaar te wachten.",
            "Wat hierna komt, gebeurt in dezelfde zaak twee keer: twee taken, twee brieven.",
            "Zet hier een parallelle poort (of een inclusieve, na een keuze van een of meer wegen).",
        ),
        (
            "Two flows that run at once meet here without waiting for each other.",
            "What follows happens twice in one case: two tasks, two letters.",
            "Put a parallel gateway here (or an inclusive one, after a choice of one or more ways).",
        ),
    ),
    Code(
        "never-ends",
        "warning",
        (
            "Vanaf hier komt de zaak nooit meer bij een einde: de pijlen leiden alleen rond.",
            "De zaak blijft voor altijd open staan, en telt mee in elk overzicht.",
            "Teken een weg uit de kring, met een keuze en een eindgebeurtenis.",
        ),
        (
            "From here the case never comes to an end: the flows only lead round.",
            "The case stays open for ever and counts in every overview.",
            "Draw a way out of the circle, with a choice and an end event.",
        ),
    ),
    Code(
        "not-all-tried",
        "info",
        (
            "Het proces heeft zoveel mogelijke verlopen dat niet alle zijn nagelopen.",
            "Of elke zaak bij een einde kan komen, is dus niet helemaal zeker.",
            "Splits het proces in deelprocessen; die worden elk apart nagelopen.",
        ),
        (
            "The process can run in so many ways that not all were tried.",
            "So it is not quite certain that every case can come to an end.",
            "Split the process into sub-processes; each is tried by itself.",
        ),
    ),
)
# Tokens looked at: the editor asks after each pause in typing, and waits some 30 ms for the worst of 150 nodes.
_WORK, _WORK_PER_NODE = 15_000, 40
_SHOWN = 4


def run(process: Process, known: Known) -> tuple[Finding, ...]:
    """Plays every scope by itself: a sub-process inside is one step that ends or is left by its boundary events."""
    ahead = graph.ahead(process)
    found: list[Finding] = []
    work = _WORK + _WORK_PER_NODE * len(process.nodes)
    for scope, net, begins in nets(process):
        play = Play(net, reach(net), work)
        outcome = play.run(begins)
        # What is done twice by accident also fills joins that nothing else would.
        mixed = graph.walk(outcome.doubled, ahead)
        if not net.loose:
            found.extend(_doubled(process, {id: c for id, c in outcome.doubled.items() if not net.stops(id)}, ahead))
        found.extend(_dead(process, outcome, mixed))
        found.extend(_stuck(process, outcome, mixed) if not net.loose else ())
        if not outcome.whole:
            found.append(_not_all(scope))
        elif outcome.endless and not _left(process, scope):
            found.append(_endless(process.nodes[outcome.endless]))
    return tuple(found)


def _doubled(process: Process, doubled: Mapping[str, tuple[tuple[str, str], ...]], ahead: graph.Graph) -> list[Finding]:
    found = []
    for id, choices in doubled.items():
        node = process.nodes[id]
        if not any(_does(process.nodes[other]) for other in graph.walk([id], ahead)):
            continue
        nl, en = _path(process, choices)
        found.append(
            finding(
                "done-twice",
                "warning",
                id,
                node.line,
                f"Hier komen twee stromen tegelijk{nl}: wat volgt gebeurt twee keer. Laat een poort ze samenvoegen.",
                f"Two flows arrive here at once{en}: what follows happens twice. Let a gateway join them.",
            )
        )
    return found


def _does(node: Node) -> bool:
    """Whether a second token makes a difference there: something is done, or it fills a join that waits for others."""
    thrown = {trigger.kind for trigger in node.triggers} - STOPPING - {"link"}
    if node.kind in WAITING and len(node.incoming) > 1:
        return True
    return node.kind in ACTIVITIES or (node.kind in ("intermediateThrowEvent", "endEvent") and bool(thrown))


def _dead(process: Process, outcome: Outcome, mixed: set[str]) -> list[Finding]:
    if not outcome.whole:
        return []
    severity = "warning" if process.lenient else "error"
    found = []
    for id in outcome.arrived:
        if id in outcome.fired or id in mixed or id not in outcome.stuck:
            continue
        stuck = outcome.stuck[id]
        (nl, en), (path, way) = _missing(process, stuck), _path(process, stuck.choices)
        found.append(
            finding(
                "deadlock",
                severity,
                id,
                process.nodes[id].line,
                f"Hier loopt elke zaak vast{path}: deze poort wacht ook op {nl}. Voeg samen met "
                "dezelfde soort poort als waarmee u splitst.",
                f"Every case stops here{way}: this gateway also waits for {en}. Join with the "
                "same kind of gateway as you split with.",
            )
        )
    return found


def _stuck(process: Process, outcome: Outcome, mixed: set[str]) -> list[Finding]:
    found = []
    for id, stuck in outcome.stuck.items():
        if id not in outcome.fired or id in mixed:
            continue
        (nl, en), (path, way) = _missing(process, stuck), _path(process, stuck.choices)
        found.append(
            finding(
                "may-deadlock",
                "warning",
                id,
                process.nodes[id].line,
                f"Hier kan een zaak vastlopen{path}: deze poort wacht dan op {nl}. Voeg samen met een inclusieve of "
                "exclusieve poort.",
                f"A case may stop here{way}: this gateway then waits for {en}. Join with an inclusive or exclusive "
                "gateway.",
            )
        )
    return found


def _missing(process: Process, stuck: Stuck) -> tuple[str, str]:
    sources = {flow.id: node for node in process.nodes.values() for flow in node.outgoing}
    names = dict.fromkeys(_name(sources[flow]) for flow in stuck.empty[:_SHOWN] if flow in sources)
    quoted = [f"'{name}'" for name in names]
    if not quoted:
        return "een pijl waarover niets komt", "a flow by which nothing comes"
    nl, en = " en ".join(quoted), " and ".join(quoted)
    return f"wat na {nl} komt, en dat komt niet", f"what comes after {en}, and that does not come"


def _path(process: Process, choices: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """The choices that lead there, the last of them: `, als na 'Akkoord?' gekozen is voor 'Weigeren'`."""
    steps = [f"'{_name(process.nodes[at])}' → '{_name(process.nodes[to])}'" for at, to in choices[-_SHOWN:] if to]
    if not steps:
        return "", ""
    way = ", ".join(steps)
    return f" (via {way})", f" (by {way})"


def _name(node: Node) -> str:
    return node.name or node.id


def _left(process: Process, scope: Node) -> bool:
    """Whether an event can end the scope from outside its flows: then going round is likely meant."""
    events = [process.nodes[id] for id in (*scope.events, *scope.boundary)]
    return any(event.interrupting and not event.trigger("compensation") for event in events)


def _endless(node: Node) -> Finding:
    return finding(
        "never-ends",
        "warning",
        node.id,
        node.line,
        "Vanaf hier komt de zaak nooit bij een einde. Teken een weg uit de kring.",
        "From here the case never comes to an end. Draw a way out of the circle.",
    )


def _not_all(scope: Node) -> Finding:
    return finding(
        "not-all-tried",
        "info",
        scope.id,
        scope.line,
        "Niet alle manieren waarop dit kan verlopen zijn nagelopen; het zijn er te veel. Splits het in deelprocessen.",
        "Not all ways in which this can run were tried; there are too many. Split it into sub-processes.",
    )
