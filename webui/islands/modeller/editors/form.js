/** Forms: form-js' own editor. It has no translations of its own; `build/dutch.js` gives its texts ours. */
import "@bpmn-io/form-js-viewer/dist/assets/form-js.css";
import "@bpmn-io/form-js-editor/dist/assets/form-js-editor.css";

import { FormEditor as Editor } from "@bpmn-io/form-js-editor";

import { Late } from "./late.js";

export class FormEditor {
  constructor({ host, changed, locked }) {
    this.late = new Late();
    this.editor = new Editor({ container: host, additionalModules: [this.late.module] });
    this.host = host;
    host.inert = locked;
    this.dirty = false;
    this.editor.on("commandStack.changed", () => this.opening || this.touch(changed));
  }

  touch(changed) {
    this.dirty = true;
    changed();
  }

  async open(text) {
    this.opening = true;
    try {
      await this.editor.importSchema(JSON.parse(text));
      this.dirty = false;
    } finally {
      this.opening = false;
    }
  }

  async flush() {
    this.late.now();
    if (!this.dirty) return null;
    this.dirty = false;
    return `${JSON.stringify(this.editor.saveSchema(), null, 2)}\n`;
  }

  select(id) {
    const field = this.editor.get("formFieldRegistry").get(id);
    if (field) this.editor.get("selection").set(field);
    return Boolean(field);
  }

  destroy() {
    this.editor.destroy();
    this.host.inert = false;
    this.host.replaceChildren();
  }
}
