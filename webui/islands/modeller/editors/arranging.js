/**
 * A drawing for a file that has none: bpmn-auto-layout places the steps of each process, and `lanes.js` and `pools.js`
 * what it does not know. Only a skeleton goes there, so that nothing of the file itself can get lost; the file gets the drawing alone, and
 * an id for an arrow that has none: without one it could not be drawn.
 */
import { layoutProcess } from "bpmn-auto-layout";

import { lanesOf } from "./lanes.js";
import { DI, inside, MODEL, Plane } from "./plane.js";
import { gather, notes } from "./pools.js";

const SCOPES = ["subProcess", "transaction", "adHocSubProcess"];
const STEPS = new Set([...SCOPES, "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent", "task", "userTask", "serviceTask", "scriptTask", "sendTask", "receiveTask", "manualTask", "businessRuleTask", "callActivity", "exclusiveGateway", "parallelGateway", "inclusiveGateway", "complexGateway", "eventBasedGateway"]);

/** The text with a drawing, or null when there is nothing that can be drawn. @returns {Promise<string|null>} */
export async function arrange(text) {
  const file = new DOMParser().parseFromString(text, "text/xml");
  const root = file.documentElement;
  if (file.querySelector("parsererror") || root.localName !== "definitions" || root.namespaceURI !== MODEL) return null;
  const processes = inside(root, "process");
  if (!processes.length) return null;
  for (const empty of [...root.children].filter(({ localName }) => localName === "BPMNDiagram")) empty.remove();
  name(root);
  const drawings = new Map();
  for (const process of processes) drawings.set(process.id, await draw(process));
  const [collaboration] = inside(root, "collaboration");
  const sheets = collaboration ? [gather(collaboration, drawings)] : [];
  for (const plane of [...sheets, ...drawings.values()]) root.append(plane.element(file));
  return new XMLSerializer().serializeToString(file);
}

function name(root) {
  const all = [...root.getElementsByTagNameNS(MODEL, "*")];
  const taken = new Set(all.map(({ id }) => id));
  for (const each of all.filter(({ id, localName }) => !id && (STEPS.has(localName) || localName === "sequenceFlow"))) {
    const base = STEPS.has(each.localName) ? each.localName : `Flow_${each.getAttribute("sourceRef")}_${each.getAttribute("targetRef")}`;
    let id = base;
    for (let number = 2; taken.has(id); number++) id = `${base}_${number}`;
    taken.add(id);
    each.setAttribute("id", id);
  }
}

/** The sheet of a process, with what is in its sub-processes. @returns {Promise<Plane>} */
async function draw(process) {
  const skeleton = document.implementation.createDocument(MODEL, "definitions");
  const bone = bones(process, skeleton);
  const open = new Plane(process.id);
  for (const scope of SCOPES.flatMap((kind) => [...bone.getElementsByTagNameNS(MODEL, kind)])) open.boxes.set(scope.id, { x: 0, y: 0, width: 0, height: 0, flags: { isExpanded: "true" } });
  skeleton.documentElement.append(bone, open.element(skeleton));
  const laid = new DOMParser().parseFromString(await layoutProcess(new XMLSerializer().serializeToString(skeleton)), "text/xml");
  const plane = Plane.read(laid.getElementsByTagNameNS(DI, "BPMNPlane")[0]);
  lanesOf(process, plane);
  notes(process, plane);
  return plane;
}

/** A process or sub-process with nothing but its steps and arrows, each step with the arrows that the layout goes by. */
function bones(scope, file) {
  const bone = bare(scope, file);
  const steps = new Map();
  for (const step of inside(scope, ...STEPS)) steps.set(step.id, SCOPES.includes(step.localName) ? bones(step, file) : bare(step, file));
  for (const event of inside(scope, "boundaryEvent")) {
    const host = event.getAttribute("attachedToRef");
    if (steps.has(host)) steps.get(event.id).setAttribute("attachedToRef", host);
    else steps.delete(event.id);
  }
  bone.append(...steps.values());
  for (const flow of inside(scope, "sequenceFlow")) connect(flow, steps, bone);
  return bone;
}

function bare(step, file) {
  const bone = file.createElementNS(MODEL, step.localName);
  bone.setAttribute("id", step.id);
  return bone;
}

function connect(flow, steps, bone) {
  const [from, to] = ["sourceRef", "targetRef"].map((end) => steps.get(flow.getAttribute(end)));
  if (!from || !to) return;
  const arrow = bare(flow, bone.ownerDocument);
  arrow.setAttribute("sourceRef", from.id);
  arrow.setAttribute("targetRef", to.id);
  bone.append(arrow);
  for (const [step, way] of [[from, "outgoing"], [to, "incoming"]]) {
    const mark = bone.ownerDocument.createElementNS(MODEL, way);
    mark.textContent = flow.id;
    step.prepend(mark);
  }
}
