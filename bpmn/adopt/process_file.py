"""Adopts one BPMN file: the order of the work, from what the file left out to what nobody took."""

from dataclasses import replace
from typing import Final

from lxml import etree

from bpmn import checks, readers, xml
from bpmn.adopt import (
    calls,
    decisions_called,
    definitions,
    events,
    flows,
    identifiers,
    listeners,
    loops,
    mappings,
    people,
    remains,
    scripts,
    starts,
    work,
)
from bpmn.adopt.adoption import Adoption
from bpmn.adopt.insert import Steps
from bpmn.adopt.source import VENDORS, Source
from bpmn.edit.document import Document
from bpmn.edit.errors import Refused
from bpmn.model import Finding
from bpmn.readers.names import BPMN, ZEEBE, Element, attributes, is_plus1, line, local, space

_CMMN: Final = "http://www.omg.org/spec/CMMN/"
_MODELER: Final = "http://camunda.org/schema/modeler/1.0"
# What the other engine would also say of the file; of a canonical one that remains, and is told once.
_PLATFORM: Final = {"executionPlatform": "Camunda Cloud", "executionPlatformVersion": "8.6.0"}


def adopt(name: str, content: bytes) -> Adoption:
    """The canonical form of a BPMN file. Never raises: what cannot be used gives no content, with the reasons."""
    try:
        root = xml.parse(content, name)
    except xml.Unreadable as unreadable:
        return Adoption(None, unreadable.findings)
    if space(str(root.tag)).startswith(_CMMN):
        return Adoption(None, (_cmmn(name),))
    processes, findings = readers.read(content, name)
    if not processes:
        return Adoption(None, tuple(one for one in findings if one.severity == "error"))
    if _canonical(root):
        return Adoption(content, (_unchanged(name),))
    try:
        source = _opened(content, name)
        _translate(source)
    except Refused as refused:
        one = Finding(refused.code, "error", refused.nl, refused.en, refused.element, path=name)
        return Adoption(None, (one,))
    _cleaned(source)
    made = xml.written(source.root)
    return Adoption(made, _told(source, made), source.translated, source.total)


def _translate(source: Source) -> None:
    steps = Steps(source)
    identifiers.settle(source)
    definitions.settle(source)
    flows.translate(source)
    events.translate(source)
    loops.translate(source)
    for element in list(source.root.iter(f"{{{BPMN}}}*")):
        mappings.inputs(source, element)
    for task in people.tasks(source):
        people.translate(source, task)
    for start in list(source.root.iter(f"{{{BPMN}}}startEvent")):
        people.form(source, start)
    for task in work.working(source):
        if local(task) == "businessRuleTask":
            decisions_called.translate(source, task)
        work.translate_task(source, task)
    for definition in work.throwing(source):
        work.translate_event(source, definition)
    for task in scripts.script_tasks(source):
        scripts.task(source, task)
    for call in list(source.root.iter(f"{{{BPMN}}}callActivity")):
        calls.translate(source, call)
    for element in list(source.root.iter(f"{{{BPMN}}}*")):
        mappings.outputs(source, element)
    definitions.nothing_sent(source)
    definitions.without_key(source)
    starts.settle(source, steps)
    listeners.translate(source, steps)
    steps.draw_missing()
    steps.finish()
    remains.settle(source)
    remains.keep_open(source)


def _canonical(root: Element) -> bool:
    """Whether the file says that it is ours, and has nothing of another engine."""
    ours = {ZEEBE} & set(root.nsmap.values()) or any(is_plus1(f"{{{uri}}}x") for uri in root.nsmap.values())
    return bool(ours) and remains.free_of_vendors(root)


def _opened(content: bytes, name: str) -> Source:
    """The file with our namespaces declared at its root, which XML allows only when the root is made."""
    document = Document(content)
    old = document.root
    spaces = {prefix: uri for prefix, uri in old.nsmap.items() if uri not in (ZEEBE,)}
    declared = {
        "zeebe": ZEEBE,
        **({} if any(is_plus1(f"{{{u}}}x") for u in spaces.values()) else {"plus1": events.PLUS1}),
    }
    spaces |= {_free(prefix, spaces): uri for prefix, uri in declared.items()}
    # lxml's stubs do not know that the default namespace has no prefix.
    root = etree.Element(old.tag, dict(attributes(old)), nsmap=spaces)  # type: ignore[arg-type]
    root.text = old.text
    for before in reversed(list(old.itersiblings(preceding=True))):
        root.addprevious(before)
    for each in list(old):
        root.append(each)
    document.root = root
    return Source(document, name)


def _free(prefix: str, spaces: dict[str | None, str]) -> str:
    return prefix if prefix not in spaces else _free(f"{prefix}1", spaces)


def _cleaned(source: Source) -> None:
    """Namespaces of vendors go; all others stay, since values may use their prefixes."""
    root = source.root
    for name, value in _PLATFORM.items():
        if root.get(f"{{{_MODELER}}}{name}") is not None:
            root.set(f"{{{_MODELER}}}{name}", value)
    gone = {*VENDORS, *(() if events.declares(root) else (events.PLUS1,))}
    etree.cleanup_namespaces(root, keep_ns_prefixes=[p for p, uri in root.nsmap.items() if p and uri not in gone])


def _told(source: Source, made: bytes) -> tuple[Finding, ...]:
    """The findings of the adoption, and what reader and checks still refuse, with the line of the original."""
    found = list(source.notes.found)
    lines = {e.get("id") or "": line(e) for e in source.root.iter(f"{{{BPMN}}}*") if e.get("id")}
    known = {one.element for one in found if one.severity == "error"}
    processes, read = readers.read(made, source.notes.path)
    for one in (*read, *checks.run(processes)):
        if one.severity == "error" and one.element not in known:
            found.append(replace(one, line=lines.get(one.element, 0), path=source.notes.path))
    return tuple(found)


def _unchanged(name: str) -> Finding:
    return Finding(
        "already-canonical",
        "info",
        "Dit bestand is al in de vorm van Plus-1 (Camunda 8). Er is niets veranderd.",
        "This file is in the form of Plus-1 (Camunda 8) already. Nothing was changed.",
        path=name,
    )


def _cmmn(name: str) -> Finding:
    return Finding(
        "cmmn",
        "error",
        "CMMN wordt niet ondersteund. Teken de zaak als proces: taken die in willekeurige volgorde mogen, in een ad-hoc"
        " deelproces; een mijlpaal als gebeurtenis; een wachter (sentry) als voorwaarde.",
        "CMMN is not supported. Draw the case as a process: tasks in any order in an ad-hoc sub-process; a milestone as"
        " an event; a sentry as a condition.",
        line=1,
        path=name,
    )
