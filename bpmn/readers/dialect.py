"""What a dialect must answer while the neutral reader walks through the BPMN elements."""

from dataclasses import dataclass, field
from typing import Protocol

from bpmn.model import Expression, IoMapping, Loop, Trigger, Work
from bpmn.readers.names import Element, ref
from bpmn.readers.notes import Notes

Mappings = tuple[tuple[IoMapping, ...], tuple[IoMapping, ...]]


@dataclass(slots=True)
class Reading:
    """One file being read: its root, its top-level definitions by id, the findings so far."""

    root: Element
    notes: Notes
    dialect: "Dialect"
    definitions: dict[str, Element] = field(default_factory=dict)

    def definition(self, name: str | None) -> Element | None:
        """The message, signal, error or escalation that a (possibly prefixed) reference names."""
        if name is None:
            return None
        if name not in self.definitions and ref(name) in self.definitions:
            self.notes.once(
                "prefixed-reference",
                "",
                self.definitions[ref(name) or ""],
                "Verwijzingen met een voorvoegsel zijn gelezen zonder dat voorvoegsel.",
                "References with a prefix were read without it.",
            )
        return self.definitions.get(name, self.definitions.get(ref(name) or ""))


class Dialect(Protocol):
    """The questions whose answer differs per vendor; `element` is always the BPMN element."""

    @property
    def lenient(self) -> bool:
        """Whether gaps in the file are filled in, each with a finding."""
        ...

    @property
    def first_instance(self) -> int:
        """The number of the first instance in `loopCounter`."""
        ...

    def value(self, reading: Reading, text: str, element: Element) -> Expression:
        """An attribute or mapping: a literal unless marked as an expression."""
        ...

    def condition(self, reading: Reading, text: str, element: Element) -> Expression:
        """A text that must be an expression."""
        ...

    def work(self, reading: Reading, element: Element, kind: str) -> Work:
        """What a task asks for."""
        ...

    def mappings(self, reading: Reading, element: Element) -> Mappings:
        """Inputs and outputs."""
        ...

    def loop(self, reading: Reading, element: Element, loop: Loop) -> Loop:
        """The vendor's part of a multi-instance; `element` is the multiInstanceLoopCharacteristics."""
        ...

    def trigger(self, reading: Reading, element: Element, target: Element | None, trigger: Trigger) -> Trigger:
        """The vendor's part of an event definition; `target` is the message, signal or error it refers to."""
        ...

    def unread(self, reading: Reading, element: Element) -> None:
        """Findings for attributes and extension elements of the vendor that are not read."""
        ...
