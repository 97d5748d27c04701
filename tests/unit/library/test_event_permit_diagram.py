"""The drawn event permit: every element is drawn, nothing overlaps, no edge crosses a shape, labels are free."""

from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from textwrap import wrap

import pytest
from lxml import etree

PACKAGE = Path(__file__).parents[3] / "bpmn/library/evenementenvergunning"
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
TREE = etree.parse(PACKAGE / "process.bpmn")
FRAMES = {"participant", "lane", "subProcess"}


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self):
        return self.x + self.width

    @property
    def bottom(self):
        return self.y + self.height

    def overlaps(self, other):
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def holds(self, other):
        inside_x = self.x <= other.x and other.right <= self.right
        return inside_x and self.y <= other.y and other.bottom <= self.bottom

    def on_border(self, x, y):
        return self.x <= x <= self.right and self.y <= y <= self.bottom and not self.strictly_holds(x, y)

    def strictly_holds(self, x, y):
        return self.x < x < self.right and self.y < y < self.bottom


def box(element):
    return Box(*(float(element.get(k)) for k in ("x", "y", "width", "height")))


def kind(id_):
    return etree.QName(ELEMENTS[id_]).localname


ELEMENTS = {e.get("id"): e for e in TREE.iter(f"{BPMN}*") if e.get("id")}
SHAPES = {s.get("bpmnElement"): box(s.find("{*}Bounds")) for s in TREE.iter("{*}BPMNShape")}
EDGES = {
    e.get("bpmnElement"): [(float(w.get("x")), float(w.get("y"))) for w in e.findall("{*}waypoint")]
    for e in TREE.iter("{*}BPMNEdge")
}
LABELS = {
    d.get("bpmnElement"): box(d.find("{*}BPMNLabel/{*}Bounds"))
    for d in TREE.iter("{*}BPMNShape", "{*}BPMNEdge")
    if d.find("{*}BPMNLabel/{*}Bounds") is not None
}
SOLID = {i: b for i, b in SHAPES.items() if kind(i) not in FRAMES}
SEGMENTS = [(i, a, b) for i, points in EDGES.items() for a, b in zip(points, points[1:], strict=False)]


def segment(a, b):
    return Box(min(a[0], b[0]), min(a[1], b[1]), abs(a[0] - b[0]) or 0.01, abs(a[1] - b[1]) or 0.01)


def attached(a, b):
    return ELEMENTS[a].get("attachedToRef") == b or ELEMENTS[b].get("attachedToRef") == a


def flow_nodes():
    process = TREE.find(f"{BPMN}process")
    refs = {r.text for r in process.iter(f"{BPMN}flowNodeRef")}
    return {i for i, e in ELEMENTS.items() if e.find(f"{BPMN}incoming") is not None or i in refs}


def test_every_flow_node_and_flow_is_drawn():
    flows = {i for i in ELEMENTS if kind(i) == "sequenceFlow"}
    assert flows == set(EDGES)
    assert len(flows) > 30
    assert flow_nodes() <= set(SHAPES)


def test_no_two_shapes_overlap():
    pairs = [(a, b) for a, b in combinations(SOLID, 2) if not attached(a, b)]
    assert len(pairs) > 500
    assert [(a, b) for a, b in pairs if SOLID[a].overlaps(SOLID[b])] == []


def test_containers_hold_what_belongs_to_them():
    pool = SHAPES["Pool_Gemeente"]
    assert all(pool.holds(b) for b in SHAPES.values())
    inside = [e.get("id") for e in ELEMENTS["Behandeling"] if e.get("id") in SOLID]
    assert len(inside) > 20
    assert [i for i in inside if not SHAPES["Behandeling"].holds(SHAPES[i])] == []
    outside = [i for i in SOLID if i not in inside and not attached(i, "Behandeling")]
    assert [i for i in outside if SHAPES["Behandeling"].overlaps(SHAPES[i])] == []


def test_every_node_lies_in_the_lane_that_names_it_and_in_one_lane_only():
    named = [(lane, r.text) for lane in TREE.iter(f"{BPMN}lane") for r in lane.iter(f"{BPMN}flowNodeRef")]
    assert sorted(i for _, i in named) == sorted(
        set(SHAPES) - {i for i in SHAPES if kind(i) in {"participant", "lane"}}
    )
    wrong = [i for lane, i in named if i in SOLID and not SHAPES[lane.get("id")].holds(SOLID[i])]
    assert wrong == []


def test_no_edge_crosses_a_shape():
    """Its own ends included: an edge stops at the border."""
    crossed = [(f, n) for f, a, b in SEGMENTS for n, shape in SOLID.items() if shape.overlaps(segment(a, b))]
    assert crossed == []


@pytest.mark.parametrize("flow", sorted(EDGES))
def test_edges_are_square_and_end_on_their_shapes(flow):
    points = EDGES[flow]
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in zip(points, points[1:], strict=False))
    for end, point in (("sourceRef", points[0]), ("targetRef", points[-1])):
        assert SHAPES[ELEMENTS[flow].get(end)].on_border(*point)


def test_labels_are_free_of_shapes_edges_and_each_other():
    on_shape = [(i, n) for i, b in LABELS.items() for n, s in SOLID.items() if b.overlaps(s)]
    on_edge = [(i, f) for i, b in LABELS.items() for f, p, q in SEGMENTS if b.overlaps(segment(p, q))]
    on_label = [(i, j) for (i, a), (j, b) in combinations(LABELS.items(), 2) if a.overlaps(b)]
    assert (on_shape, on_edge, on_label) == ([], [], [])


@pytest.mark.parametrize(
    "id_", sorted(i for i, e in ELEMENTS.items() if e.get("name") and i in set(SOLID) | set(EDGES))
)
def test_every_name_has_room_to_be_read(id_):
    """Six pixels a character and fourteen a line, as the viewers draw them."""
    name, drawn = ELEMENTS[id_].get("name"), LABELS.get(id_, SHAPES.get(id_))
    lines, width = drawn.height // 14, drawn.width
    assert lines >= 1
    assert max(map(len, name.split())) * 6 <= width + 6
    assert len(name) * 6 <= lines * width + 12


def test_names_in_tasks_leave_their_icon_free():
    """Two lines of fifteen characters; a third would run under the icon, a longer word would be broken."""
    tasks = {i: ELEMENTS[i].get("name") for i in SOLID if kind(i).lower().endswith("task")}
    assert len(tasks) > 10
    assert {i: n for i, n in tasks.items() if len(wrap(n, 15, break_long_words=False)) > 2} == {}
    assert {i: n for i, n in tasks.items() if max(map(len, n.split())) > 14} == {}


def test_names_stand_on_everything_a_person_must_understand():
    nameless = [i for i in SOLID if not ELEMENTS[i].get("name")]
    joins = [i for i in nameless if kind(i) == "exclusiveGateway" and len(ELEMENTS[i].findall(f"{BPMN}outgoing")) == 1]
    assert set(nameless) - set(joins) == {"Start_Behandeling"}
