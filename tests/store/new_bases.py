"""The next version of the event permit, in ways that concern one municipality, none or all; each is publishable."""

import re

from bpmn.library import shelf
from tests.store.editors import KEY

MANIFEST, TABLE = "process.bpmn", "decisions/risicoklasse.dmn"
VISIT = "scenarios/verleend-hoog-risico.json"
Files = dict[str, bytes]


def changed(path: str, *pairs: tuple[str, str], of: Files | None = None) -> Files:
    """The shipped files, or `of`, with texts of one file replaced."""
    files = dict(of or shelf.files(KEY))
    text = files[path].decode()
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return files | {path: text.encode()}


def without(path: str, *patterns: str, of: Files | None = None) -> Files:
    """The same, with what these patterns match left out."""
    files = dict(of or shelf.files(KEY))
    text = files[path].decode()
    for pattern in patterns:
        text, number = re.subn(pattern, "", text, flags=re.DOTALL)
        assert number, pattern
    return files | {path: text.encode()}


def other_letter() -> Files:
    """Concerns nobody's choices."""
    return shelf.files(KEY) | {"texts/herinnering.md": b"Wij wachten nog op uw aanvulling."}


def without_fee(of: Files | None = None) -> Files:
    """The fee is no longer a parameter: Groningen chose it."""
    files = without(
        MANIFEST, r'<plus1:parameter id="leges"[^>]*/>', r'<plus1:valuePoint id="vp-leges".*?</plus1:valuePoint>', of=of
    )
    for letter in ("texts/ontvangstbevestiging.md", "texts/besluitbrief.md"):
        files = changed(letter, ("{{ leges }}", "125,50"), of=files)
    return files


def renamed_input() -> Files:
    """The table asks for the visitors by another name: Emmen has a table of its own."""
    files = changed(TABLE, ("<text>aantalBezoekers</text>", "<text>bezoekers</text>"))
    rule = (
        '<zeebe:calledDecision decisionId="risicoklasse" resultVariable="risicoklasse"/>\n          <zeebe:ioMapping>'
    )
    given = '<zeebe:input source="=aantalBezoekers" target="bezoekers"/>'
    return changed(MANIFEST, (rule, rule + given), of=files)


def without_visit() -> Files:
    """The visit is gone: Groningen had switched it off."""
    files = without(
        MANIFEST,
        r'<userTask id="Task_Schouw".*?</userTask>',
        r'<sequenceFlow id="Flow_Geschouwd"[^>]*/>',
        r"<incoming>Flow_Geschouwd</incoming>",
        r"<flowNodeRef>Task_Schouw</flowNodeRef>",
        r'<bpmndi:BPMNShape id="Task_Schouw_di".*?</bpmndi:BPMNShape>',
        r'<bpmndi:BPMNEdge id="Flow_Geschouwd_di".*?</bpmndi:BPMNEdge>',
    )
    way = ('targetRef="Task_Schouw"', 'targetRef="Gateway_Voorbereiden"')
    files = changed(MANIFEST, way, of=files)
    del files["forms/schouw.json"], files[VISIT]
    return files


def asking() -> Files:
    """The term has no safe default any more: every municipality must choose."""
    return changed(
        MANIFEST, ('<plus1:valuePoint id="vp-adviestermijn"', '<plus1:valuePoint id="vp-adviestermijn" safe="false"')
    )
