/** One sheet of a drawing: boxes and lines by the id of what they show, as numbers that can be moved. */
export const MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL";
export const DI = "http://www.omg.org/spec/BPMN/20100524/DI";
const DC = "http://www.omg.org/spec/DD/20100524/DC";
const DD = "http://www.omg.org/spec/DD/20100524/DI";
const SIDES = ["x", "y", "width", "height"];

/** @typedef {{x: number, y: number, width: number, height: number}} Box */
export class Plane {
  /** `of`: the id of the process, sub-process or collaboration that it shows. */
  constructor(of) {
    this.of = of;
    /** @type {Map<string, Box & {flags?: Object<string, string>}>} */
    this.boxes = new Map();
    /** @type {Map<string, {x: number, y: number}[]>} */
    this.lines = new Map();
  }

  static read(element) {
    const plane = new Plane(element.getAttribute("bpmnElement"));
    for (const each of element.children) {
      const id = each.getAttribute("bpmnElement");
      const numbers = (part, names) => Object.fromEntries(names.map((name) => [name, Number(part.getAttribute(name))]));
      if (each.localName === "BPMNEdge") plane.lines.set(id, [...each.children].filter(({ localName }) => localName === "waypoint").map((part) => numbers(part, ["x", "y"])));
      else plane.boxes.set(id, { ...numbers(each.getElementsByTagNameNS(DC, "Bounds")[0], SIDES), flags: flagsOf(each) });
    }
    return plane;
  }

  /** The smallest box around everything. @returns {Box} */
  get around() {
    return around([...this.boxes.values(), ...[...this.lines.values()].flat()]);
  }

  move(dx, dy) {
    for (const each of [...this.boxes.values(), ...[...this.lines.values()].flat()]) shift(each, dx, dy);
  }

  /** Take over what stands on another plane. */
  add(other) {
    for (const [id, box] of other.boxes) this.boxes.set(id, box);
    for (const [id, line] of other.lines) this.lines.set(id, line);
  }

  element(file) {
    const diagram = file.createElementNS(DI, "bpmndi:BPMNDiagram");
    diagram.setAttribute("id", `Schema_${this.of}`);
    const plane = append(diagram, DI, "bpmndi:BPMNPlane", { id: `Vlak_${this.of}`, bpmnElement: this.of });
    for (const [id, { flags, ...box }] of this.boxes) append(append(plane, DI, "bpmndi:BPMNShape", { id: `Vorm_${id}`, bpmnElement: id, ...flags }), DC, "dc:Bounds", box);
    for (const [id, line] of this.lines) {
      const edge = append(plane, DI, "bpmndi:BPMNEdge", { id: `Lijn_${id}`, bpmnElement: id });
      for (const point of line) append(edge, DD, "di:waypoint", point);
    }
    return diagram;
  }
}

function flagsOf(shape) {
  return Object.fromEntries(["isExpanded", "isMarkerVisible", "isHorizontal"].filter((name) => shape.hasAttribute(name)).map((name) => [name, shape.getAttribute(name)]));
}

function append(parent, space, name, attributes) {
  const made = parent.ownerDocument.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent.append(made);
  return made;
}

export function shift(place, dx, dy) {
  place.x += dx;
  place.y += dy;
}

/** The smallest box around boxes and points. @returns {Box} */
export function around(places) {
  if (!places.length) return { x: 0, y: 0, width: 0, height: 0 };
  const [x, y] = [Math.min(...places.map((one) => one.x)), Math.min(...places.map((one) => one.y))];
  const [right, bottom] = [Math.max(...places.map((one) => one.x + (one.width ?? 0))), Math.max(...places.map((one) => one.y + (one.height ?? 0)))];
  return { x, y, width: right - x, height: bottom - y };
}

/** The elements of BPMN right under one, of the kinds that are named. @returns {Element[]} */
export function inside(element, ...names) {
  return [...element.children].filter((each) => each.namespaceURI === MODEL && names.includes(each.localName));
}
