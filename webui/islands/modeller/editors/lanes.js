/** Steps in the strips of their lanes: bpmn-auto-layout knows no lanes, so what it placed is moved up and down. */
import { around, inside, MODEL, shift } from "./plane.js";

const HEAD = 30; // the strip with the name of a lane
const ROOM = 30; // between what stands in a lane and its border
const WITHIN = 20; // between what stands in a sub-process and its border
const LEAST = 60;

/** Put the steps of each lane in a strip of its own; a step in no lane goes where its sub-process goes, or into the first. */
export function lanesOf(process, plane) {
  const leaves = inside(process, "laneSet").flatMap((set) => leavesOf(set));
  if (!leaves.length) return;
  const laneOf = finder(process, leaves);
  const scopes = [...process.getElementsByTagNameNS(MODEL, "*")].filter(({ id }) => plane.boxes.get(id)?.flags.isExpanded).reverse();
  const wide = scopes.filter((scope) => [...scope.querySelectorAll("[id]")].some(({ id }) => plane.boxes.has(id) && laneOf(id) !== laneOf(scope.id)));
  const loose = new Set(wide.map(({ id }) => id));
  const riders = [...process.getElementsByTagNameNS(MODEL, "boundaryEvent")].filter((event) => plane.boxes.has(event.id) && loose.has(event.getAttribute("attachedToRef")));
  for (const { id } of riders) loose.add(id);
  const flows = [...process.getElementsByTagNameNS(MODEL, "sequenceFlow")].filter(({ id }) => plane.lines.has(id)).map(({ id, attributes }) => [id, attributes.sourceRef.value, attributes.targetRef.value]);
  const stays = ([, from, to]) => laneOf(from) === laneOf(to) && !loose.has(from) && !loose.has(to);
  const strips = new Map(leaves.map(({ id }) => [id, []]));
  for (const [id, box] of plane.boxes) if (!loose.has(id)) strips.get(laneOf(id)).push(box);
  for (const flow of flows.filter(stays)) strips.get(laneOf(flow[1])).push(...plane.lines.get(flow[0]));
  stack(leaves, strips, plane);
  for (const scope of wide) stretch(scope, plane);
  for (const event of riders) hang(plane.boxes.get(event.id), plane.boxes.get(event.getAttribute("attachedToRef")));
  for (const [id, from, to] of flows.filter((flow) => !stays(flow))) plane.lines.set(id, across(plane.boxes.get(from), plane.boxes.get(to)));
  for (const set of inside(process, "laneSet")) parents(set, plane);
}

/** The innermost lanes from top to bottom. */
function leavesOf(set) {
  return inside(set, "lane").filter(({ id }) => id).flatMap((lane) => {
    const inner = inside(lane, "childLaneSet").flatMap(leavesOf);
    return inner.length ? inner : [lane];
  });
}

/** What tells the lane of a step. */
function finder(process, leaves) {
  const told = new Map(leaves.flatMap((lane) => inside(lane, "flowNodeRef").map((ref) => [ref.textContent.trim(), lane.id])));
  const hosts = new Map([...process.getElementsByTagNameNS(MODEL, "boundaryEvent")].map((event) => [event.id, event.getAttribute("attachedToRef")]));
  const scopes = new Map([...process.querySelectorAll("[id]")].map((step) => [step.id, step.parentElement.id]));
  const laneOf = (id) => told.get(hosts.get(id)) ?? told.get(id) ?? (scopes.has(id) ? laneOf(scopes.get(id)) : leaves[0].id);
  return laneOf;
}

function stack(leaves, strips, plane) {
  const { x, width } = plane.around;
  plane.lanes = leaves.map(({ id }) => id);
  let top = 0;
  for (const { id } of leaves) {
    const { y, height } = around(strips.get(id));
    for (const each of strips.get(id)) shift(each, 0, top + ROOM - y);
    const box = { x: x - HEAD - ROOM, y: top, width: width + HEAD + 2 * ROOM, height: Math.max(height, LEAST) + 2 * ROOM, flags: { isHorizontal: "true" } };
    plane.boxes.set(id, box);
    top += box.height;
  }
}

/** A sub-process with steps in several lanes reaches from the first to the last. */
function stretch(scope, plane) {
  const { y, height } = around([...scope.querySelectorAll("[id]")].flatMap(({ id }) => plane.boxes.get(id) ?? []));
  Object.assign(plane.boxes.get(scope.id), { y: y - WITHIN, height: height + 2 * WITHIN });
}

/** An event on the border of a sub-process that was stretched: on its lower side again. */
function hang(event, host) {
  event.y = host.y + host.height - event.height / 2;
}

/** Lanes that hold lanes: around them, with their own strip for the name. */
function parents(set, plane) {
  for (const lane of inside(set, "lane")) {
    const inner = inside(lane, "childLaneSet");
    inner.forEach((each) => parents(each, plane));
    const boxes = inner.flatMap((each) => inside(each, "lane")).flatMap(({ id }) => plane.boxes.get(id) ?? []);
    if (!boxes.length || !lane.id) continue;
    const { x, y, width, height } = around(boxes);
    plane.boxes.set(lane.id, { x: x - HEAD, y, width: width + HEAD, height, flags: { isHorizontal: "true" } });
    plane.lanes.push(lane.id);
  }
}

/** An arrow to another lane: forward it bends just before the step, back it goes straight to the other lane first. */
function across(from, to) {
  const [y, end] = [from.y + from.height / 2, to.y + to.height / 2];
  const bend = to.x - ROOM / 2;
  if (to.x > from.x + from.width) return [{ x: from.x + from.width, y }, { x: bend, y }, { x: bend, y: end }, { x: to.x, y: end }];
  const x = from.x + from.width / 2;
  const down = end > y;
  const leave = { x, y: down ? from.y + from.height : from.y };
  if (to.x < x && x < to.x + to.width) return [leave, { x, y: down ? to.y : to.y + to.height }];
  return [leave, { x, y: end }, { x: to.x + to.width < x ? to.x + to.width : to.x, y: end }];
}
