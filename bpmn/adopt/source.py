"""A file under adoption: every part that another engine would read, and what became of it."""

from typing import Final, Literal

from bpmn.edit.document import Document
from bpmn.readers.juel import NotSimple, marked, translate
from bpmn.readers.names import BPMN, CAMUNDA7, FLOWABLE, Element, attributes, base, child, extensions, local, space
from bpmn.readers.notes import Notes

VENDORS: Final = frozenset({*CAMUNDA7, *FLOWABLE})
_PLAIN: Final = frozenset({"documentation", "text", "flowNodeRef", "incoming", "outgoing"})
_COUNTED_FROM_0: Final = {"loopCounter": "(loopCounter - 1)"}
TEXT: Final = "#text"
_MOST_SHOWN: Final = 200
_SELF: Final = "#element"

State = Literal["", "translated", "open"]
Part = tuple[Element, str]


class Source:
    """One BPMN file. A part is an element of a vendor (`#element`), an attribute of one, or an expression that stands
    in an attribute or text of BPMN. Raises Refused when it cannot be read."""

    def __init__(self, document: Document, path: str) -> None:
        self.document = document
        self.root = document.root
        self.notes = Notes(path)
        self._parts: dict[Part, State] = dict.fromkeys(parts(self.root), "")

    @property
    def total(self) -> int:
        """How many parts the file had."""
        return len(self._parts)

    @property
    def translated(self) -> int:
        """How many of them were translated."""
        return sum(state == "translated" for state in self._parts.values())

    def pending(self) -> list[Part]:
        """The parts that nobody took."""
        return [part for part, state in self._parts.items() if not state]

    def get(self, element: Element, name: str) -> str | None:
        """A vendor's attribute, None when it is absent or empty."""
        found = (v for k, v in attributes(element) if space(k) in VENDORS and base(k) == name)
        return next(found, "").strip() or None

    def take(self, element: Element, name: str) -> str | None:
        """The same; the attribute goes, and counts as translated until `left_open` says otherwise."""
        value = self.get(element, name)
        for key, _ in attributes(element):
            if space(key) in VENDORS and base(key) == name:
                del element.attrib[key]
                self._mark((element, name), "translated")
        return value

    def own(self, element: Element, *names: str) -> list[Element]:
        """The vendor's extension elements with one of these names; all of them without names."""
        found = [e for e in extensions(element) if space(str(e.tag)) in VENDORS]
        return [e for e in found if not names or local(e) in names]

    def drop(self, element: Element) -> None:
        """Takes a vendor's element out, which counts as translated with all that is in it."""
        for inner in element.iter("*"):
            for part in parts_of(inner):
                self._mark(part, "translated")
        box = element.getparent()
        self.document.remove(element)
        if box is not None and local(box) == "extensionElements" and not len(box):
            self.document.remove(box)

    def done(self, element: Element, name: str = _SELF) -> None:
        """That part was translated."""
        self._mark((element, name), "translated")

    def left_open(self, element: Element, *names: str) -> None:
        """Those parts (the element itself without names, with what is in it) are open: a finding says why."""
        found = [(element, name) for name in names]
        for part in found or [part for inner in element.iter("*") for part in parts_of(inner)]:
            if part in self._parts:
                self._parts[part] = "open"

    def is_open(self, element: Element) -> bool:
        """Whether a vendor's element has been left open, so that its finding is there."""
        return self._parts.get((element, _SELF)) == "open"

    def _mark(self, part: Part, state: State) -> None:
        """What is open stays open; what was made here is no part of the file."""
        if self._parts.get(part) == "":
            self._parts[part] = state

    def value(self, text: str, element: Element, name: str, inside: Element | None = None) -> str:
        """The canonical text of a value: `=` and FEEL for an expression, else the text itself. One that cannot be
        translated stays as it is, is open, and has a finding. `inside`: where it is evaluated, if not at `element`."""
        source = text.strip()
        if source.startswith("="):
            return source
        self._mark((element, name), "translated")
        try:
            found = translate(source, _COUNTED_FROM_0 if repeats(inside if inside is not None else element) else {})
        except NotSimple:
            self.refuse_juel(source, element, name)
            return source
        return f"={found}" if found is not None else source

    def condition(self, text: str, element: Element, name: str, inside: Element | None = None) -> str:
        """The same for what must be an expression: a text without marks is FEEL."""
        found = self.value(text, element, name, inside)
        return found if found.startswith("=") or marked(found) else f"={found}"

    def refuse_juel(self, text: str, element: Element, *names: str) -> None:
        """The finding for an expression that cannot be translated."""
        shown = text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
        self.left_open(element, *names)
        self.notes.error(
            "juel",
            element,
            f"De expressie '{shown}' kan niet worden omgezet. Schrijf haar in FEEL, met '=' ervoor; wat programmacode"
            " uitrekende, laat u een taak voor een systeem vooraf doen.",
            f"The expression '{shown}' cannot be translated. Write it in FEEL, with '=' in front; let a service task"
            " before it work out what program code worked out.",
            owner(element),
        )


def parts(root: Element) -> list[Part]:
    """Every part of a file that another engine would read, in file order."""
    return [part for e in root.iter("*") for part in parts_of(e)]


def parts_of(e: Element) -> list[Part]:
    """The parts of one element."""
    found: list[Part] = [(e, _SELF)] if space(str(e.tag)) in VENDORS else []
    found += [(e, base(k)) for k, _ in attributes(e) if space(k) in VENDORS]
    if space(str(e.tag)) == BPMN and local(e) not in _PLAIN:
        found += [(e, k) for k, v in attributes(e) if not space(k) and marked(v)]
        if e.text and (marked(e.text) or (local(e) == "script" and e.text.strip())):
            found.append((e, TEXT))
    return found


def owner(element: Element) -> str:
    """The id of the element, or of the nearest one around it that has one."""
    found = next((e for e in (element, *element.iterancestors()) if e.get("id")), None)
    return (found.get("id") or "") if found is not None else ""


def repeats(element: Element) -> bool:
    """Whether the element stands in a multi-instance activity, whose `loopCounter` began at 0."""
    around = (element, *element.iterancestors())
    return any(child(e, "multiInstanceLoopCharacteristics") is not None for e in around)
