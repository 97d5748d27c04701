/** Pools under each other, messages between them, and the notes and data beside the steps: bpmn-auto-layout knows none. */
import { inside, Plane } from "./plane.js";

const HEAD = 30; // the strip with the name of a pool
const ROOM = 30; // between what stands in a pool and its border
const APART = 40; // between pools, and between steps and notes
const LEAST = { width: 600, height: 60 };
const NOTES = { textAnnotation: { width: 140, height: 50 }, dataObjectReference: { width: 36, height: 50 }, dataStoreReference: { width: 50, height: 50 } };

/** One sheet with all pools. `drawings`: the sheets by process; those with a pool go. @returns {Plane} */
export function gather(collaboration, drawings) {
  const sheet = new Plane(collaboration.id);
  const widest = Math.max(LEAST.width, ...[...drawings.values()].map((plane) => plane.around.width + HEAD + 2 * ROOM));
  let top = 0;
  for (const pool of inside(collaboration, "participant").filter(({ id }) => id)) {
    const plane = drawings.get(pool.getAttribute("processRef")) ?? new Plane("");
    drawings.delete(plane.of);
    const { x, y, height } = plane.around;
    const room = plane.lanes ? 0 : ROOM;
    const box = { x: 0, y: top, width: widest, height: height ? height + 2 * room : LEAST.height, flags: { isHorizontal: "true" } };
    plane.move(HEAD + room - x, top + room - y);
    for (const lane of plane.lanes ?? []) plane.boxes.get(lane).width = widest - plane.boxes.get(lane).x;
    sheet.boxes.set(pool.id, box);
    sheet.add(plane);
    top += box.height + APART;
  }
  for (const flow of inside(collaboration, "messageFlow")) between(flow, sheet);
  notes(collaboration, sheet);
  return sheet;
}

/** A message from one pool to another: straight to a pool, with two bends to a step in it. */
function between(flow, sheet) {
  const [from, to] = ["sourceRef", "targetRef"].map((end) => sheet.boxes.get(flow.getAttribute(end)));
  if (!from || !to || !flow.id) return;
  const down = from.y < to.y;
  const [y, end] = down ? [from.y + from.height, to.y] : [from.y, to.y + to.height];
  const [x, aim] = [from, to].map((box) => middle(box.flags?.isHorizontal ? (box === from ? to : from) : box));
  const bend = end + (down ? -APART : APART) / 2;
  sheet.lines.set(flow.id, x === aim ? [{ x, y }, { x, y: end }] : [{ x, y }, { x, y: bend }, { x: aim, y: bend }, { x: aim, y: end }]);
}

function middle({ x, width }) {
  return x + width / 2;
}

/** Notes, data and stores of a process or collaboration in a row under it, each below what it belongs to; lines to them. */
export function notes(scope, plane) {
  const found = inside(scope, ...Object.keys(NOTES)).filter(({ id }) => id);
  const links = inside(scope, "association").map((one) => [one.id, one.getAttribute("sourceRef"), one.getAttribute("targetRef")]);
  const { x, y, height } = plane.around;
  if (found.length) deepen(plane, y + height);
  let free = x;
  for (const note of found) {
    const ends = links.find((link) => link.includes(note.id)) ?? [];
    const beside = plane.boxes.get(ends.slice(1).find((id) => id !== note.id));
    const box = { ...NOTES[note.localName], x: Math.max(free, beside?.x ?? free), y: y + height + APART };
    plane.boxes.set(note.id, box);
    free = box.x + box.width + APART;
  }
  for (const [id, from, to] of links) {
    const [one, other] = [plane.boxes.get(from), plane.boxes.get(to)];
    if (id && one && other) plane.lines.set(id, straight(one, other));
  }
}

/** The lowest lanes reach below the notes. */
function deepen(plane, bottom) {
  for (const box of (plane.lanes ?? []).map((id) => plane.boxes.get(id))) if (box.y + box.height === bottom) box.height += APART + NOTES.textAnnotation.height + ROOM;
}

/** From the side of one box that looks to the other. */
function straight(one, other) {
  const [upper, lower] = one.y < other.y ? [one, other] : [other, one];
  const line = [{ x: middle(upper), y: upper.y + upper.height }, { x: middle(lower), y: lower.y }];
  return upper === one ? line : line.reverse();
}
