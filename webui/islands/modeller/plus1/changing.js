/** Changes of our extension elements, each as one step that can be undone. */
import { carrierOf } from "./schema.js";

const ALL = "properties-panel.multi-command-executor";

export class Changing {
  constructor(injector) {
    this.commands = injector.get("commandStack");
    this.factory = injector.get("bpmnFactory");
  }

  make(type, properties, parent) {
    const made = this.factory.create(type, properties);
    made.$parent = parent;
    return made;
  }

  set(element, moddleElement, properties) {
    this.commands.execute("element.updateModdleProperties", { element, moddleElement, properties });
  }

  /** Puts an extension element of `type` on an element; answers with it. */
  add(element, type, properties = {}, carrier = carrierOf(element)) {
    const steps = [];
    let holder = carrier.get("extensionElements");
    if (!holder) {
      holder = this.make("bpmn:ExtensionElements", { values: [] }, carrier);
      steps.push(step(element, carrier, { extensionElements: holder }));
    }
    const made = this.make(type, properties, holder);
    steps.push(step(element, holder, { values: [...holder.get("values"), made] }));
    this.commands.execute(ALL, steps);
    return made;
  }

  remove(element, ...gone) {
    const carrier = gone[0]?.$parent;
    if (carrier) this.set(element, carrier, { values: carrier.get("values").filter((value) => !gone.includes(value)) });
  }

  /** Another kind of element in the same place, with what both kinds have. */
  replace(element, old, type, properties) {
    const holder = old.$parent;
    const made = this.make(type, properties, holder);
    this.set(element, holder, { values: holder.get("values").map((value) => (value === old ? made : value)) });
  }

  addTo(element, parent, property, type, properties = {}) {
    const made = this.make(type, properties, parent);
    this.set(element, parent, { [property]: [...(parent.get(property) ?? []), made] });
  }

  removeFrom(element, parent, property, gone) {
    this.set(element, parent, { [property]: parent.get(property).filter((value) => value !== gone) });
  }
}

function step(element, moddleElement, properties) {
  return { cmd: "element.updateModdleProperties", context: { element, moddleElement, properties } };
}
