/** One field of the panel per property: text, several lines, yes or no, a pick, several picks, FEEL, or a list. */
import { CheckboxEntry, CollapsibleEntry, FeelEntry, isCheckboxEntryEdited, isFeelEntryEdited, isSelectEntryEdited, isTextAreaEntryEdited, isTextFieldEntryEdited, ListEntry, SelectEntry, TextAreaEntry, TextFieldEntry } from "@bpmn-io/properties-panel";
import { h } from "@bpmn-io/properties-panel/preact";
import { useService } from "bpmn-js-properties-panel";

import { choices } from "./choices.js";
import { meaning, TEXTS } from "./labels.js";
import { isPoint, propertiesOf } from "./schema.js";

/**
 * The entries for the properties of one of our elements.
 * @param kit what the provider gives: {say, changing, context, registry}
 */
export function fieldsOf(kit, element, object, prefix, leave = []) {
  const type = object.$type.replace(/^plus1:/, "");
  const point = isPoint(type);
  const wanted = propertiesOf(type).filter(({ name }) => !leave.includes(name));
  return wanted.flatMap((property) => {
    const about = meaning(type, property.name, point);
    const given = { id: `${prefix}-${property.name}`, kit, element, object, name: property.name, about };
    if (property.isMany) return [{ ...given, component: Rows, of: property.type }];
    if (property.type === "Question") return [{ ...given, component: Question, isEdited: isTextAreaEntryEdited }];
    if (!property.isAttr && !property.isBody) return nested(given, property.type);
    if (property.type === "Boolean") return [{ ...given, component: YesNo, isEdited: isCheckboxEntryEdited }];
    if (about.many) return severalOf(given);
    return [single(given)];
  });
}

function single(given) {
  const { about } = given;
  if (about.then) return { ...given, component: PickThen, isEdited: isSelectEntryEdited };
  if (about.pick || about.options) return { ...given, component: Pick, isEdited: isSelectEntryEdited };
  if (about.feel) return { ...given, component: Feel, isEdited: isFeelEntryEdited };
  if (about.long) return { ...given, component: Long, isEdited: isTextAreaEntryEdited };
  return { ...given, component: Short, isEdited: isTextFieldEntryEdited };
}

function basics({ id, kit, element, object, name, about }) {
  return {
    id,
    element,
    label: kit.say(about.label),
    description: about.hint && kit.say(about.hint),
    getValue: () => object.get(name),
    setValue: (value) => kit.changing.set(element, object, { [name]: value === "" ? undefined : value }),
  };
}

function Short(props) {
  const debounce = useService("debounceInput");
  const read = basics(props);
  return h(TextFieldEntry, { ...read, debounce, getValue: () => text(read.getValue()) });
}

/** Numbers of the vocabulary (how many items) are texts for the panel. */
const text = (value) => (value === undefined ? undefined : String(value));

function Long(props) {
  const debounce = useService("debounceInput");
  return h(TextAreaEntry, { ...basics(props), debounce, autoResize: true });
}

function Feel(props) {
  const debounce = useService("debounceInput");
  return h(FeelEntry, { ...basics(props), debounce, feel: props.about.feel });
}

function YesNo(props) {
  const { setValue, ...rest } = basics(props);
  return h(CheckboxEntry, { ...rest, getValue: () => Boolean(rest.getValue()), setValue: (value) => setValue(value || undefined) });
}

function Pick(props) {
  const { kit, element, about } = props;
  const read = basics(props);
  const getOptions = () => optionsFor(kit, read.getValue(), listed(kit, element, about), about);
  return h(SelectEntry, { ...read, getValue: () => read.getValue() ?? "", getOptions });
}

/** A pick of which one option asks for a name: `event:aangevraagdOp`. */
function PickThen(props) {
  const { kit, element, about, id } = props;
  const debounce = useService("debounceInput");
  const read = basics(props);
  const [head, name] = (read.getValue() ?? "").split(/(?<=:)/);
  const getOptions = () => optionsFor(kit, head, listed(kit, element, about), about);
  const rest = { id: `${id}-then`, element, debounce, label: kit.say(about.then), getValue: () => name, setValue: (value) => read.setValue(head + (value ?? "")) };
  return h("div", null, h(SelectEntry, { ...read, getValue: () => head, getOptions }), head.endsWith(":") && h(TextFieldEntry, rest));
}

function listed(kit, element, about) {
  if (about.pick) return choices(about.pick, element, kit);
  return Object.entries(about.options).map(([id, label]) => ({ id, name: kit.say(label) }));
}

/** Options of a select; a value that is not among them stays to be seen. */
export function optionsFor(kit, value, list, about = {}) {
  const known = list.map(({ id, name }) => ({ value: id, label: name === id || !about.pick ? name : `${name} (${id})` }));
  const strange = value && !list.some(({ id }) => id === value);
  const unknown = strange ? [{ value, label: kit.say(TEXTS.unknown, { name: value }) }] : [];
  return [{ value: "", label: kit.say(TEXTS.none) }, ...known, ...unknown];
}

/** A text of words, of which each is switched on or off. */
function severalOf(given) {
  const { kit, element, about, object, name } = given;
  const list = listed(kit, element, about);
  const now = words(object.get(name));
  const strange = now.filter((word) => !list.some(({ id }) => id === word)).map((id) => ({ id, name: kit.say(TEXTS.unknown, { name: id }) }));
  return [...list, ...strange].map(({ id, name: label }, index) => ({ ...given, id: `${given.id}-${id}`, component: Word, word: id, label, first: index === 0, isEdited: isCheckboxEntryEdited }));
}

const words = (value) => (value ?? "").split(/\s+/).filter(Boolean);

function Word(props) {
  const { kit, element, object, name, word, label, first, about } = props;
  const setValue = (on) => {
    const rest = words(object.get(name)).filter((each) => each !== word);
    kit.changing.set(element, object, { [name]: (on ? [...rest, word] : rest).join(" ") || undefined });
  };
  const legend = first && h("p", { class: "plus1-panel-legend" }, kit.say(about.label));
  return h("div", null, legend, h(CheckboxEntry, { id: props.id, element, label, getValue: () => words(object.get(name)).includes(word), setValue }));
}

function Question(props) {
  const { kit, element, object } = props;
  const debounce = useService("debounceInput");
  const getValue = () => object.get("question")?.get("text");
  const setValue = (value) => {
    const question = object.get("question");
    if (!value) return kit.changing.set(element, object, { question: undefined });
    if (question) return kit.changing.set(element, question, { text: value });
    kit.changing.set(element, object, { question: kit.changing.make("plus1:Question", { text: value }, object) });
  };
  return h(TextAreaEntry, { ...basics(props), debounce, getValue, setValue, autoResize: true });
}

/** A single element inside another (`plus1:open`): its fields, once somebody fills one in. */
function nested(given, type) {
  const { kit, element, object, name } = given;
  const inner = object.get(name) ?? kit.changing.make(`plus1:${type}`, {}, object);
  const attach = { ...kit, changing: Object.assign(Object.create(kit.changing), { set: (_, part, properties) => kit.changing.set(element, object, { [name]: kit.changing.make(`plus1:${type}`, { ...part.$attrs, ...properties }, object) }) }) };
  return fieldsOf(object.get(name) ? kit : attach, element, inner, given.id);
}

/** Elements inside one of ours, one row each. */
function Rows(props) {
  const { id, kit, element, object, name, about, of } = props;
  const items = object.get(name) ?? [];
  return h(ListEntry, {
    id,
    element,
    label: kit.say(about.label),
    items,
    component: (row) => h(Row, { ...row, kit, id: `${id}-${row.index}` }),
    onAdd: () => kit.changing.addTo(element, object, name, `plus1:${of}`),
    onRemove: (item) => kit.changing.removeFrom(element, object, name, item),
  });
}

function Row({ id, kit, element, item, open }) {
  const entries = fieldsOf(kit, element, item, id);
  const first = propertiesOf(item.$type.replace(/^plus1:/, ""))[0].name;
  return h(CollapsibleEntry, { id, element, entries, label: item.get(first), open });
}
