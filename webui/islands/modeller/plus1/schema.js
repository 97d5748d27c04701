/** What our vocabulary (`bpmn/language/plus1.json`) allows where, and what each of its elements holds. */
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil.js";

import plus1 from "../../../../bpmn/language/plus1.json";

const TYPES = new Map(plus1.types.map((type) => [type.name, type]));

/** The properties of a type, those of what it is made of first. */
export function propertiesOf(name) {
  const type = TYPES.get(name);
  const inherited = (type.superClass ?? []).filter((parent) => TYPES.has(parent)).flatMap(propertiesOf);
  return [...inherited, ...(type.properties ?? [])];
}

export function isPoint(name) {
  return TYPES.get(name)?.superClass?.includes("Point") ?? false;
}

/** The names of the types that may stand on an element, such as ["FormPoint", "FourEyes"]. */
export function allowedOn(element) {
  const carrier = carrierOf(element);
  return carrier ? plus1.types.filter((type) => type.meta?.allowedIn?.some((kind) => is(carrier, kind))).map(({ name }) => name) : [];
}

/** What carries the extension elements: of a pool, and of a drawing with one pool, its process; else the element itself. */
export function carrierOf(element) {
  const object = getBusinessObject(element);
  if (is(element, "bpmn:Participant")) return object.get("processRef");
  const pools = is(element, "bpmn:Collaboration") ? object.get("participants").filter((pool) => pool.get("processRef")) : [];
  return pools.length === 1 ? pools[0].get("processRef") : object;
}

/** The process in which an element stands. */
export function processOf(element) {
  let object = carrierOf(element);
  while (object && !is(object, "bpmn:Process")) object = object.$parent;
  return object;
}

/** The extension elements of a type on a carrier. */
export function found(carrier, name) {
  const values = carrier?.get("extensionElements")?.get("values") ?? [];
  return values.filter((value) => value.$type === `plus1:${name}`);
}

export function foundPoints(carrier) {
  const values = carrier?.get("extensionElements")?.get("values") ?? [];
  return values.filter((value) => isPoint(value.$type.replace(/^plus1:/, "")));
}
