/** What a property may be picked from: what stands in the process, and what the package holds. */
import { is } from "bpmn-js/lib/util/ModelUtil.js";

import { found, processOf } from "./schema.js";

/** @typedef {{id: string, name: string}} Choice */

/** @returns {Choice[]} */
export function choices(kind, element, { context, registry }) {
  const process = processOf(element);
  const named = (name) => found(process, name).filter((each) => each.get("id")).map((each) => ({ id: each.get("id"), name: each.get("name") || each.get("id") }));
  const kinds = {
    parameters: () => named("Parameter"),
    roles: () => unique(named("Role")),
    userTasks: () => tasks(element, registry),
    flows: () => (element.outgoing ?? []).map(({ id, businessObject }) => ({ id, name: businessObject.name || id })),
  };
  return kinds[kind]?.() ?? context[kind]?.() ?? [];
}

function tasks(element, registry) {
  const all = registry.filter((each) => is(each, "bpmn:UserTask") && each.type !== "label" && each.id !== element.id);
  return unique(all.map(({ businessObject }) => ({ id: businessObject.id, name: businessObject.name || businessObject.id })));
}

function unique(list) {
  return [...new Map(list.map((each) => [each.id, each])).values()];
}
