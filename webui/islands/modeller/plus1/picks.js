/** Forms, decisions, letters and kinds of work are picked from what the package holds; one click opens or makes one. */
import { Group, isSelectEntryEdited, SelectEntry } from "@bpmn-io/properties-panel";
import { h } from "@bpmn-io/properties-panel/preact";
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil.js";

import { optionsFor } from "./fields.js";
import { JOBS, TEXTS } from "./labels.js";

/** The groups with typed ids replaced by picks. */
export function withPicks(kit, element, groups) {
  return groups.flatMap((group) => {
    if (group.id === "form") return [formGroup(kit, element, group)];
    if (group.id === "calledDecision") return [decisionGroup(kit, element, group)];
    if (group.id === "taskDefinition") return [jobGroup(kit, element, group), ...letterGroup(kit, element)];
    return [group];
  });
}

function extension(element, type) {
  return getBusinessObject(element).get("extensionElements")?.get("values").find((value) => value.$type === type);
}

function formGroup(kit, element, group) {
  const now = extension(element, "zeebe:FormDefinition");
  // A form outside the package is of another tool: its own fields stay, so that nothing is hidden.
  if (now && now.get("formId") === undefined) return group;
  const put = (id) => {
    if (!id) return now && kit.changing.remove(element, now);
    return now ? kit.changing.set(element, now, { formId: id }) : kit.changing.add(element, "zeebe:FormDefinition", { formId: id });
  };
  return { ...group, entries: picked(kit, element, { id: "plus1-form", what: "forms", label: TEXTS.form, fresh: TEXTS["new-form"], value: now?.get("formId"), put }) };
}

function decisionGroup(kit, element, group) {
  const now = extension(element, "zeebe:CalledDecision");
  const value = now?.get("decisionId");
  if (value?.startsWith("=")) return group;
  const put = (id) => kit.changing.set(element, now, { decisionId: id || undefined });
  const own = picked(kit, element, { id: "plus1-decision", what: "decisions", label: TEXTS.decision, fresh: TEXTS["new-decision"], value, put });
  return { ...group, entries: [...own, ...group.entries.filter(({ id }) => /resultVariable/i.test(id ?? ""))] };
}

function letterGroup(kit, element) {
  const headers = extension(element, "zeebe:TaskHeaders");
  if (extension(element, "zeebe:TaskDefinition")?.get("type") !== "document") return [];
  const now = headers?.get("values").find((header) => header.get("key") === "text");
  const put = (id) => {
    if (now) return kit.changing.set(element, now, { value: id || undefined });
    if (headers) return kit.changing.addTo(element, headers, "values", "zeebe:Header", { key: "text", value: id });
    const made = kit.changing.make("zeebe:Header", { key: "text", value: id });
    return kit.changing.add(element, "zeebe:TaskHeaders", { values: [made] });
  };
  const entries = picked(kit, element, { id: "plus1-letter", what: "letters", label: TEXTS.letter, fresh: TEXTS["new-letter"], value: now?.get("value"), put });
  return [{ id: "plus1-letter-group", label: kit.say(TEXTS.letter), component: Group, entries }];
}

function jobGroup(kit, element, group) {
  const now = extension(element, "zeebe:TaskDefinition");
  const value = now?.get("type");
  if (value?.startsWith("=") || !is(element, "bpmn:Activity")) return group;
  const put = (type) => (now ? kit.changing.set(element, now, { type: type || undefined }) : kit.changing.add(element, "zeebe:TaskDefinition", { type }));
  const entry = { id: "plus1-job", component: Pick, kit, element, list: Object.entries(JOBS).map(([id, name]) => ({ id, name: kit.say(name) })), plain: true, value, put, label: kit.say(TEXTS.job), isEdited: isSelectEntryEdited };
  return { ...group, entries: [entry, ...group.entries.filter(({ id }) => !/type/i.test(id ?? ""))] };
}

function picked(kit, element, { id, what, label, fresh, value, put }) {
  const list = kit.context[what]();
  const pick = { id, component: Pick, kit, element, list, value, put, label: kit.say(label), isEdited: isSelectEntryEdited };
  const chosen = list.find((each) => each.id === value);
  return [pick, { id: `${id}-actions`, component: Actions, kit, element, what, chosen, put, fresh }];
}

function Pick({ id, kit, element, list, value, put, label, plain }) {
  return h(SelectEntry, { id, element, label, getValue: () => value ?? "", setValue: put, getOptions: () => optionsFor(kit, value, list, { pick: !plain }) });
}

function Actions({ kit, element, what, chosen, put, fresh }) {
  const create = () => {
    const title = getBusinessObject(element).name || kit.say(fresh);
    put(kit.context.create(what, title));
  };
  const open = chosen && h("button", { type: "button", class: "plus1-panel-action", onClick: () => kit.context.open(chosen.path, chosen.id) }, kit.say(TEXTS.open));
  return h("div", { class: "plus1-panel-actions" }, open, h("button", { type: "button", class: "plus1-panel-action", onClick: create }, kit.say(fresh)));
}
