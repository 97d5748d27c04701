"""Nodes under construction: what is known of each before the flows are connected."""

from dataclasses import dataclass, field

from bpmn.model import Flow, Node
from bpmn.readers.dialect import Reading
from bpmn.readers.names import Element, local


@dataclass(slots=True)
class Draft:
    """A node as far as its own element tells."""

    node: Node
    element: Element
    outgoing: list[Flow] = field(default_factory=list)
    incoming: list[str] = field(default_factory=list)
    boundary: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    starts: tuple[str, ...] = ()
    handler: str | None = None
    compensable: bool = False


class Drafts:
    """Everything of one process, in document order: containers stand before their content."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.nodes: dict[str, Draft] = {}
        self.flows: list[Flow] = []
        self.associations: list[tuple[str, str]] = []
        self.renamed: dict[str, str] = {}
        self._number = 0
        self._flow_ids: set[str] = set()

    def id_of(self, element: Element) -> str:
        """The element's id, or a made one with a finding."""
        self._number += 1
        id = element.get("id")
        if id:
            return id
        made = f"_{local(element)}_{self._number}"
        say = self.reading.notes.info if self.reading.dialect.lenient else self.reading.notes.error
        say(
            "no-id",
            element,
            f"Dit element ({local(element)}) heeft geen id; '{made}' is gebruikt. Geef het een id.",
            f"This element ({local(element)}) has no id; '{made}' was used. Give it an id.",
            made,
        )
        return made

    def flow_id(self, element: Element) -> str:
        """The id of a flow; a second flow with the same id gets another in a lenient dialect, with a finding."""
        id = self.id_of(element)
        if id in self._flow_ids and self.reading.dialect.lenient:
            made = f"{id}_{self._number}"
            self.reading.notes.info(
                "renamed-flow",
                element,
                f"Het id '{id}' komt vaker voor; deze pijl heet hier '{made}'.",
                f"The id '{id}' occurs more than once; this flow is called '{made}' here.",
            )
            self.renamed[made], id = id, made
        self._flow_ids.add(id)
        return id

    def add(self, draft: Draft) -> None:
        """Remember a node; a second one with the same id is an error and is left out."""
        id = draft.node.id
        if id in self.nodes:
            self.reading.notes.error(
                "duplicate-id",
                draft.element,
                f"Het id '{id}' komt twee keer voor. Geef elk element een eigen id.",
                f"The id '{id}' occurs twice. Give every element an id of its own.",
            )
            return
        self.nodes[id] = draft

    def inside(self, scope: str) -> list[Draft]:
        """The nodes directly inside a scope."""
        return [d for d in self.nodes.values() if d.node.scope == scope]
