"""The event permit and changes of it, each about its own subject, as two people make them."""

from pathlib import Path

import pytest
from lxml import etree

FOLDER = Path(__file__).parents[3] / "bpmn/library/evenementenvergunning"
FILES = {str(p.relative_to(FOLDER)): p.read_bytes() for p in sorted(FOLDER.rglob("*")) if p.is_file()}
B = "http://www.omg.org/spec/BPMN/20100524/MODEL"
PROCESS, TABLE, ADVICE, LETTER = (
    "process.bpmn",
    "decisions/risicoklasse.dmn",
    "forms/advies.json",
    "texts/besluitbrief.md",
)


def replace(path, old, new):
    def change(files):
        text = files[path].decode()
        assert text.count(old) == 1, old
        return {**files, path: text.replace(old, new).encode()}

    return change


def tree(change):
    def on_tree(files):
        root = etree.fromstring(files[PROCESS])
        change(root)
        return {**files, PROCESS: etree.tostring(root)}

    return on_tree


def element(root, id_):
    return root.xpath(f"//*[@id='{id_}'][namespace-uri()='{B}']")[0]


def remove(root, *ids):
    """Takes elements away with all that names them."""
    for found in root.xpath("//*"):
        if {found.get("id"), found.get("bpmnElement"), (found.text or "").strip()} & set(ids):
            found.getparent().remove(found)


def without_site_visit(root):
    remove(root, "Task_Schouw", "Flow_Geschouwd")
    element(root, "Flow_HoogRisico").set("targetRef", "Gateway_Voorbereiden")
    etree.SubElement(element(root, "Gateway_Voorbereiden"), f"{{{B}}}incoming").text = "Flow_HoogRisico"


def without_reminder(root):
    remove(
        root, "Boundary_Adviestermijn", "Flow_Adviestermijn", "Task_Herinnering", "Flow_Herinnerd", "End_Herinnering"
    )


def insert(flow, id_, lane):
    """A new task in that flow."""

    def change(root):
        old = element(root, flow)
        behind = element(root, old.get("targetRef"))
        task = etree.Element(f"{{{B}}}manualTask", id=id_, name=f"Nieuw {id_}")
        etree.SubElement(task, f"{{{B}}}incoming").text = flow
        etree.SubElement(task, f"{{{B}}}outgoing").text = f"{flow}_{id_}"
        behind.addprevious(task)
        new = etree.Element(f"{{{B}}}sequenceFlow", id=f"{flow}_{id_}", sourceRef=id_, targetRef=behind.get("id"))
        old.addnext(new)
        old.set("targetRef", id_)
        next(e for e in behind.iter(f"{{{B}}}incoming") if e.text == flow).text = f"{flow}_{id_}"
        etree.SubElement(element(root, lane), f"{{{B}}}flowNodeRef").text = id_

    return change


def connected(source, target, id_):
    """A flow without the references that say so at its ends."""

    def change(root):
        flow = etree.Element(f"{{{B}}}sequenceFlow", id=id_, sourceRef=source, targetRef=target)
        element(root, source).addnext(flow)

    return change


def to_lane(id_, lane):
    def change(root):
        for ref in root.xpath(f"//*[local-name()='flowNodeRef'][text()='{id_}']"):
            ref.getparent().remove(ref)
        etree.SubElement(element(root, lane), f"{{{B}}}flowNodeRef").text = id_

    return change


def comment_on(id_):
    def change(root):
        element(root, id_).addprevious(etree.Comment(f" {id_} "))

    return change


SUBJECTS = {
    "name": replace(PROCESS, 'name="Besluit publiceren">', 'name="Bekendmaken">'),
    "term": replace(PROCESS, 'default="P8W" max="P12W"', 'default="P6W" max="P12W"'),
    "retries": replace(PROCESS, 'type="http" retries="5"', 'type="http" retries="2"'),
    "condition": replace(PROCESS, '=volledig = "ja"', '=volledig != "nee"'),
    "question": replace(PROCESS, "Hoeveel leges rekent u?", "Wat kost het?"),
    "place": replace(PROCESS, 'x="2872" y="472"', 'x="2880" y="472"'),
    "course": replace(PROCESS, '<di:waypoint x="2730" y="705"/>', '<di:waypoint x="2730" y="710"/>'),
    "extra": replace(
        PROCESS,
        '<plus1:visibleTo variable="aanvrager"',
        '<plus1:constraint expression="=leges &lt; 400" message="Te hoog."/><plus1:visibleTo variable="aanvrager"',
    ),
    "no visit": tree(without_site_visit),
    "no reminder": tree(without_reminder),
    "step": tree(insert("Flow_Vastgelegd", "Activity_0000001", "Lane_behandelaar")),
    "other step": tree(insert("Flow_Beslist", "Activity_0000002", "Lane_mandaathouder")),
    "lane": tree(to_lane("Task_Voorbereiden", "Lane_adviseur")),
    "comment": tree(comment_on("Task_Besluiten")),
    "rule": replace(TABLE, "&gt;= 5000", "&gt;= 4000"),
    "new rule": replace(
        TABLE,
        '<rule id="Regel_Weg">',
        '<rule id="Regel_Nieuw"><inputEntry id="N_1"><text>&gt;= 400</text></inputEntry><inputEntry id="N_2"><text>true'
        '</text></inputEntry><inputEntry id="N_3"><text>-</text></inputEntry><outputEntry id="N_U"><text>"B"</text>'
        '</outputEntry></rule><rule id="Regel_Weg">',
    ),
    "label": replace(ADVICE, "Wat is uw advies?", "Wat adviseert u?"),
    "option": replace(ADVICE, '"label": "Negatief"', '"label": "Ik ben tegen"'),
    "paragraph": replace(LETTER, "De leges zijn", "U betaalt"),
    "greeting": replace(LETTER, "Beste {{", "Dag {{"),
}


@pytest.fixture(scope="session")
def files():
    return FILES


@pytest.fixture(scope="session")
def changed():
    """changed("name", change, …): the event permit with those changes."""

    def apply(*changes):
        found = FILES
        for change in changes:
            found = (SUBJECTS[change] if isinstance(change, str) else change)(found)
        return found

    return apply
