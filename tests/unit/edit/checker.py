"""Looks at a drawing as the library's own test does: what overlaps, crosses, hangs loose or lies outside."""

from itertools import combinations

from lxml import etree

from bpmn.edit.drawing.box import Box, segment

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BANDS = {"participant", "lane"}


class Picture:
    """The drawing of a file, apart from the code that made it."""

    def __init__(self, source):
        root = etree.fromstring(source)
        self.elements = {e.get("id"): e for e in root.iter(f"{BPMN}*") if e.get("id")}
        self.shapes = {s.get("bpmnElement"): box(s.find("{*}Bounds")) for s in root.iter("{*}BPMNShape")}
        self.edges = {
            e.get("bpmnElement"): [(float(w.get("x")), float(w.get("y"))) for w in e.findall("{*}waypoint")]
            for e in root.iter("{*}BPMNEdge")
        }
        drawn = [d for d in root.iter("{*}BPMNShape", "{*}BPMNEdge") if d.find("{*}BPMNLabel/{*}Bounds") is not None]
        self.labels = {d.get("bpmnElement"): box(d.find("{*}BPMNLabel/{*}Bounds")) for d in drawn}
        scopes = {self.elements[i].getparent().get("id") for i in self.shapes}
        self.open = [i for i in self.shapes if self.kind(i) == "subProcess" and i in scopes]
        self.solid = {i: b for i, b in self.shapes.items() if self.kind(i) not in BANDS and i not in self.open}
        self.flows = {i: p for i, p in self.edges.items() if self.kind(i) == "sequenceFlow"}
        self.lanes = [(e.text, e.getparent().get("id")) for e in root.iter(f"{BPMN}flowNodeRef")]
        self.pieces = [(i, segment(a, b)) for i, p in self.flows.items() for a, b in zip(p, p[1:], strict=False)]

    def kind(self, id_):
        return etree.QName(self.elements[id_]).localname

    def attached(self, a, b):
        return self.elements[a].get("attachedToRef") == b or self.elements[b].get("attachedToRef") == a

    def overlaps(self):
        return [
            (a, b)
            for a, b in combinations(self.solid, 2)
            if not self.attached(a, b) and self.solid[a].overlaps(self.solid[b])
        ]

    def outside(self):
        """Steps that do not lie in their sub-process or lane, or lie over the border of a sub-process not theirs."""
        found = [(i, lane) for i, lane in self.lanes if i in self.solid and not self.shapes[lane].holds(self.solid[i])]
        for id_, shape in self.solid.items():
            scope = self.elements[id_].getparent().get("id")
            for other in self.open:
                if other == scope and not self.shapes[other].holds(shape):
                    found.append((id_, other))
                inside = other in [a.get("id") for a in self.elements[id_].iterancestors()]
                if not inside and not self.attached(id_, other) and self.shapes[other].overlaps(shape):
                    found.append((id_, other))
        return found

    def crossings(self):
        return sorted({(i, n) for i, piece in self.pieces for n, shape in self.solid.items() if shape.overlaps(piece)})

    def crooked(self):
        return [
            i
            for i, p in self.flows.items()
            if any(a[0] != b[0] and a[1] != b[1] for a, b in zip(p, p[1:], strict=False))
        ]

    def loose(self):
        return [
            (i, end)
            for i, points in self.edges.items()
            for end, point in (("sourceRef", points[0]), ("targetRef", points[-1]))
            if not self.shapes[self.elements[i].get(end)].on_border(point)
        ]

    def undrawn(self):
        wanted = {i for i in self.elements if self.kind(i) == "sequenceFlow"} ^ set(self.flows)
        nodes = {e.get(end) for e in self.elements.values() for end in ("sourceRef", "targetRef") if e.get(end)}
        return sorted(wanted | (nodes - set(self.shapes)))

    def hidden_labels(self):
        found = [(i, n) for i, label in self.labels.items() for n, s in self.solid.items() if label.overlaps(s)]
        found += [(i, n) for i, label in self.labels.items() for n, piece in self.pieces if label.overlaps(piece)]
        return found + [(i, j) for (i, a), (j, b) in combinations(self.labels.items(), 2) if a.overlaps(b)]

    def without_label(self):
        beside = [i for i in {*self.solid, *self.flows} if self.kind(i).endswith(("Event", "Gateway", "Flow"))]
        return [i for i in beside if bool(self.elements[i].get("name")) != (i in self.labels)]

    def faults(self):
        looks = ("overlaps", "outside", "crossings", "crooked", "loose", "undrawn", "hidden_labels", "without_label")
        return {look: found for look in looks if (found := getattr(self, look)())}


def box(e):
    return Box(*(float(e.get(k)) for k in ("x", "y", "width", "height")))
