"""A BPMN file under the pen: finds elements, adds and removes them, and leaves all else as it stands."""

import hashlib
from typing import Final, NoReturn

from lxml import etree

from bpmn import xml
from bpmn.edit.errors import Refused
from bpmn.readers.names import BPMN, KINDS, ZEEBE, Element, child, local, space

XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_FRONT: Final = ("documentation", "extensionElements", "incoming", "outgoing")


class Document:
    """One file. Raises Refused when it cannot be read as BPMN."""

    def __init__(self, source: bytes) -> None:
        try:
            self.root = xml.parse(source, comments=True)
        except xml.Unreadable as unreadable:
            finding = unreadable.findings[0]
            raise Refused(finding.code, finding.nl, finding.en) from unreadable
        if self.root.tag != f"{{{BPMN}}}definitions":
            nl, en = "Dit is geen BPMN-bestand. Kies een ander bestand.", "This is no BPMN file. Choose another file."
            raise Refused("not-bpmn", nl, en)
        self._seed = hashlib.sha256(source)
        self._ids: dict[str, list[Element]] = {}
        for e in self.root.iter(f"{{{BPMN}}}*"):
            if e.get("id"):
                self._ids.setdefault(e.get("id") or "", []).append(e)

    def bytes(self) -> bytes:
        """The file as it is now."""
        return xml.written(self.root)

    def element(self, id_: str) -> Element:
        """The BPMN element with that id; raises Refused when there is none, or more than one."""
        found = self._ids.get(id_, [])
        if not found:
            raise Refused(
                "unknown-id",
                f"Er is geen element '{id_}' in dit proces. Misschien is het net verwijderd: laad de pagina opnieuw.",
                f"There is no element '{id_}' in this process. It may just have been removed: reload the page.",
                id_,
            )
        if len(found) > 1:
            nl = f"Het id '{id_}' komt {len(found)} keer voor. Geef elk element een eigen id en probeer het opnieuw."
            en = f"The id '{id_}' occurs {len(found)} times. Give each element its own id and try again."
            raise Refused("id-twice", nl, en, id_)
        return found[0]

    def node(self, id_: str) -> Element:
        """The flow node with that id; raises Refused."""
        found = self.element(id_)
        if local(found) not in KINDS:
            _wrong_kind(found, "geen stap", "no step")
        return found

    def flow(self, id_: str) -> Element:
        """The sequence flow with that id; raises Refused."""
        found = self.element(id_)
        if local(found) != "sequenceFlow":
            _wrong_kind(found, "geen pijl", "no flow")
        return found

    def has(self, id_: str) -> bool:
        """Whether an element has that id."""
        return id_ in self._ids

    def flows(self, end: str, id_: str) -> list[Element]:
        """Sequence flows whose `end` (`sourceRef`, `targetRef`) is that node."""
        return [f for f in self.root.iter(f"{{{BPMN}}}sequenceFlow") if f.get(end) == id_]

    def attached(self, id_: str) -> list[Element]:
        """The boundary events on that node."""
        return [e for e in self.root.iter(f"{{{BPMN}}}boundaryEvent") if e.get("attachedToRef") == id_]

    def lane_references(self, id_: str) -> list[Element]:
        """The `flowNodeRef` elements that put that node in a lane."""
        return [e for e in self.root.iter(f"{{{BPMN}}}flowNodeRef") if (e.text or "").strip() == id_]

    def new_id(self, prefix: str, *content: str) -> str:
        """An id as modellers make them, unused so far; the same file and content give the same id."""
        for number in range(1000):
            digest = self._seed.copy()
            digest.update(b"\0" + "\0".join((prefix, *content, str(number))).encode())
            value, letters = int.from_bytes(digest.digest()[:8]), ""
            for _ in range(6):
                value, digit = divmod(value, 36)
                letters += _DIGITS[digit]
            if f"{prefix}_0{letters}" not in self._ids:
                return f"{prefix}_0{letters}"
        raise AssertionError("a thousand ids in a row are in use")

    def give_id(self, element: Element, prefix: str) -> str:
        """Gives an element an id of its own, in the place of what it had."""
        made = self.new_id(prefix, str(len(self._ids)))
        same = self._ids.get(element.get("id") or "", [])
        if element in same:
            same.remove(element)
        element.set("id", made)
        self._ids[made] = [element]
        return made

    def create(self, parent: Element, tag: str, index: int, attributes: dict[str, str] | None = None) -> Element:
        """A new element at that place among the children of `parent`; `tag` is of BPMN unless it names a namespace."""
        made = etree.Element(
            tag if tag.startswith("{") else f"{{{BPMN}}}{tag}",
            attributes or {},
            nsmap={"zeebe": ZEEBE} if f"{{{ZEEBE}}}" in tag else None,
        )
        insert(parent, index, made)
        if space(str(made.tag)) == BPMN and made.get("id"):
            self._ids.setdefault(made.get("id") or "", []).append(made)
        return made

    def remove(self, element: Element) -> None:
        """Takes an element out, and forgets the ids in it."""
        for inner in element.iter(f"{{{BPMN}}}*"):
            self._ids.get(inner.get("id") or "", []).clear()
            self._ids.pop(inner.get("id") or "", None)
        take_out(element)

    def link(self, flow: Element) -> None:
        """Puts the `outgoing` and `incoming` of a flow at its ends."""
        for end, tag in (("sourceRef", "outgoing"), ("targetRef", "incoming")):
            node = self.element(flow.get(end) or "")
            self.create(node, tag, front(node, tag)).text = flow.get("id")

    def unlink(self, flow: Element) -> None:
        """Takes them away again, and the flow as default."""
        id_ = flow.get("id")
        for end, tag in (("sourceRef", "outgoing"), ("targetRef", "incoming")):
            for node in self._ids.get(flow.get(end) or "", []):
                for each in [e for e in node if local(e) == tag and (e.text or "").strip() == id_]:
                    take_out(each)
                if tag == "outgoing" and node.get("default") == id_:
                    del node.attrib["default"]

    def turn(self, flow: Element, target: str) -> None:
        """Lets a flow end at another node; it stays where it was among the ways out of its source."""
        for node in self._ids.get(flow.get("targetRef") or "", []):
            for each in [e for e in node if local(e) == "incoming" and (e.text or "").strip() == flow.get("id")]:
                take_out(each)
        flow.set("targetRef", target)
        node = self.element(target)
        self.create(node, "incoming", front(node, "incoming")).text = flow.get("id")

    def new_flow(self, begin: Element, target: str, name: str) -> Element:
        """A flow from `begin`, behind the other flows of its process, with the references at its ends."""
        parent, source = begin.getparent(), begin.get("id") or ""
        if parent is None:
            raise AssertionError("a step stands in a process")
        flows = [n + 1 for n, e in enumerate(parent) if local(e) == "sequenceFlow"]
        attributes = {"id": self.new_id("Flow", source, target, name), **({"name": name} if name else {})}
        attributes |= {"sourceRef": source, "targetRef": target}
        flow = self.create(parent, "sequenceFlow", flows[-1] if flows else parent.index(begin) + 1, attributes)
        self.link(flow)
        return flow

    def extensions(self, element: Element) -> Element:
        """The `extensionElements` of an element, made when there are none."""
        found = child(element, "extensionElements")
        return (
            found
            if found is not None
            else self.create(element, "extensionElements", front(element, "extensionElements"))
        )

    def bpmn_prefix(self) -> str:
        """What stands before names of BPMN in values such as `xsi:type`: `""`, or a prefix with its colon."""
        prefix = next((p for p, uri in self.root.nsmap.items() if uri == BPMN and p), "")
        return f"{prefix}:" if prefix and BPMN not in (self.root.nsmap.get(None),) else ""


def front(element: Element, tag: str) -> int:
    """Where a child of that kind goes: behind its like and what BPMN wants before it."""
    before = _FRONT[: _FRONT.index(tag) + 1]
    return max((n + 1 for n, e in enumerate(element) if local(e) in before), default=0)


def insert(parent: Element, index: int, made: Element) -> None:
    """Puts an element among the children of `parent`, on a line of its own."""
    depth = len(list(parent.iterancestors())) + 1
    inner, outer = "\n" + "  " * depth, "\n" + "  " * (depth - 1)
    parent.insert(index, made)
    etree.indent(made, "  ", level=depth)
    before = made.getprevious()
    if before is None:
        parent.text = inner
    else:
        before.tail = inner
    made.tail = inner if made.getnext() is not None else outer


def take_out(element: Element) -> None:
    """Removes an element with the line that it stood on."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.getnext() is None:
        if before is not None:
            before.tail = element.tail
        else:
            parent.text = None
    parent.remove(element)


def _wrong_kind(element: Element, nl: str, en: str) -> NoReturn:
    id_, tag = element.get("id") or "", local(element)
    raise Refused(
        "wrong-kind",
        f"'{element.get('name') or id_}' ({tag}) is {nl}. Kies een ander element.",
        f"'{element.get('name') or id_}' ({tag}) is {en}. Choose another element.",
        id_,
    )
