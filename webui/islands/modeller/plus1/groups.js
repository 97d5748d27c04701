/** Our groups of the properties panel: of a process, of what may be chosen, of law and people. */
import { CheckboxEntry, Group, isCheckboxEntryEdited, isSelectEntryEdited, ListGroup, SelectEntry } from "@bpmn-io/properties-panel";
import { h } from "@bpmn-io/properties-panel/preact";
import { is } from "bpmn-js/lib/util/ModelUtil.js";

import { choices } from "./choices.js";
import { fieldsOf, optionsFor } from "./fields.js";
import { PROPERTIES, READY, TEXTS, TYPES } from "./labels.js";
import { allowedOn, carrierOf, found, foundPoints, isPoint } from "./schema.js";

const LISTS = { Parameter: "id", Role: "id", Constraint: "message", VisibleTo: "variable" };

/** The groups for an element, in the order in which they are read. */
export function groupsFor(kit, element) {
  const allowed = allowedOn(element);
  const made = [];
  if (allowed.includes("Package")) made.push(packageGroup(kit, element), ...Object.keys(LISTS).map((type) => listGroup(kit, element, type)));
  if (is(element, "bpmn:Lane")) made.push(laneGroup(kit, element));
  if (allowed.includes("Statutory")) made.push(lawGroup(kit, element));
  if (allowed.includes("FourEyes")) made.push(fourEyesGroup(kit, element));
  const points = allowed.filter(isPoint);
  if (points.length) made.push(pointsGroup(kit, element, points));
  return made;
}

function packageGroup(kit, element) {
  const object = found(carrierOf(element), "Package")[0];
  const entries = object ? fieldsOf(kit, element, object, "plus1-package") : [];
  return entries.length ? { id: "plus1-package", label: kit.say(TYPES.Package), component: Group, entries } : null;
}

function listGroup(kit, element, type) {
  const carrier = carrierOf(element);
  const items = found(carrier, type).map((object, index) => item(kit, element, object, `plus1-${type}-${index}`, object.get(LISTS[type])));
  const fresh = { Parameter: { id: free(carrier, "parameter"), type: "text", binding: "start" }, Role: { id: free(carrier, "rol"), binding: "use" }, Constraint: {}, VisibleTo: {} };
  const add = (event) => {
    event.stopPropagation();
    kit.changing.add(element, `plus1:${type}`, fresh[type], carrier);
  };
  return { id: `plus1-${type}`, label: kit.say(TYPES[type]), component: ListGroup, items, add };
}

function item(kit, element, object, id, label, entries = fieldsOf(kit, element, object, id)) {
  const remove = (event) => {
    event.stopPropagation();
    kit.changing.remove(element, object);
  };
  return { id, label: label || "", entries, remove };
}

/** A name that no element of ours on this carrier has yet. */
function free(carrier, base) {
  const taken = new Set((carrier.get("extensionElements")?.get("values") ?? []).map((value) => value.id ?? value.get?.("id")));
  let number = 1;
  while (taken.has(`${base}${number}`)) number++;
  return `${base}${number}`;
}

function pointsGroup(kit, element, allowed) {
  const carrier = carrierOf(element);
  const items = foundPoints(carrier).map((object, index) => {
    const id = `plus1-point-${index}`;
    const type = object.$type.replace(/^plus1:/, "");
    const kind = { id: `${id}-kind`, component: Kind, kit, element, object, allowed, isEdited: isSelectEntryEdited };
    const entries = [kind, ...fieldsOf(kit, element, object, id)];
    return item(kit, element, object, id, object.get("question")?.get("text") || `${object.get("id") ?? ""} (${kit.say(TYPES[type])})`, entries);
  });
  const add = (event) => {
    event.stopPropagation();
    const type = READY.find((name) => allowed.includes(name)) ?? allowed[0];
    kit.changing.add(element, `plus1:${type}`, { id: freePoint(kit), owner: "municipality", ...targets(carrier, type) }, carrier);
  };
  return { id: "plus1-points", label: kit.say(TYPES.Point), component: ListGroup, items, add };
}

/** What a new point is about is clear when the step has a form or decision already. */
function targets(carrier, type) {
  const values = carrier.get("extensionElements")?.get("values") ?? [];
  const of = (kind, property) => values.find((value) => value.$type === kind)?.get(property);
  if (type === "FormPoint") return { form: of("zeebe:FormDefinition", "formId"), allow: "add hide label help order" };
  if (type === "RulePoint") return { decision: of("zeebe:CalledDecision", "decisionId") };
  return type === "StepPoint" ? { default: "on" } : {};
}

function freePoint({ registry }) {
  const taken = new Set(registry.getAll().flatMap((each) => foundPoints(carrierOf(each)).map((point) => point.get("id"))));
  let number = 1;
  while (taken.has(`vp-${number}`)) number++;
  return `vp-${number}`;
}

function Kind({ id, kit, element, object, allowed }) {
  const now = object.$type.replace(/^plus1:/, "");
  const getOptions = () => [...new Set([...allowed, now])].map((name) => ({ value: name, label: kit.say(TYPES[name]) }));
  const setValue = (name) => {
    const kept = { id: object.get("id"), owner: object.get("owner"), ...targets(carrierOf(element), name) };
    const question = object.get("question");
    kit.changing.replace(element, object, `plus1:${name}`, question ? { ...kept, question } : kept);
  };
  return h(SelectEntry, { id, element, label: kit.say(TEXTS.kind), getValue: () => now, setValue, getOptions });
}

function lawGroup(kit, element) {
  const object = found(carrierOf(element), "Statutory")[0];
  const demanded = { id: "plus1-statutory", component: Demanded, kit, element, object, isEdited: isCheckboxEntryEdited };
  const entries = object ? [demanded, ...fieldsOf(kit, element, object, "plus1-statutory")] : [demanded];
  return { id: "plus1-law", label: kit.say(TYPES.Statutory), component: Group, entries };
}

function Demanded({ id, kit, element, object }) {
  const setValue = (on) => (on ? kit.changing.add(element, "plus1:Statutory") : kit.changing.remove(element, object));
  return h(CheckboxEntry, { id, element, label: kit.say(TEXTS.statutory), getValue: () => Boolean(object), setValue });
}

function fourEyesGroup(kit, element) {
  const entry = { id: "plus1-four-eyes", component: Tie, kit, element, type: "FourEyes", property: "other", pick: "userTasks", label: kit.say(PROPERTIES.other.label), isEdited: isSelectEntryEdited };
  return { id: "plus1-four-eyes-group", label: kit.say(TYPES.FourEyes), component: Group, entries: [entry] };
}

function laneGroup(kit, element) {
  const none = choices("roles", element, kit).length === 0;
  const hint = kit.say(none ? TEXTS["no-roles"] : TEXTS.lane);
  const entry = { id: "plus1-lane-role", component: Tie, kit, element, type: "Role", property: "id", pick: "roles", label: kit.say(TYPES.LaneRole), hint, isEdited: isSelectEntryEdited };
  return { id: "plus1-lane", label: kit.say(TYPES.LaneRole), component: Group, entries: [entry] };
}

/** One element of ours that names another thing; choosing none takes it away. */
function Tie({ id, kit, element, type, property, pick, label, hint }) {
  const carrier = carrierOf(element);
  const object = found(carrier, type)[0];
  const short = type === "Role" ? carrier.get("plus1:role") : undefined;
  const value = object?.get(property) ?? short ?? "";
  const setValue = (chosen) => {
    if (short) return kit.changing.set(element, carrier, { "plus1:role": chosen || undefined });
    if (!chosen) return object && kit.changing.remove(element, object);
    return object ? kit.changing.set(element, object, { [property]: chosen }) : kit.changing.add(element, `plus1:${type}`, { [property]: chosen });
  };
  const getOptions = () => optionsFor(kit, value, choices(pick, element, kit), { pick });
  return h(SelectEntry, { id, element, label, description: hint, getValue: () => value, setValue, getOptions });
}
