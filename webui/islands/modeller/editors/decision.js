/** Decision tables and their diagram: dmn-js, in Dutch, opened on the decision that was asked for. */
import "dmn-js/dist/assets/diagram-js.css";
import "dmn-js/dist/assets/dmn-js-shared.css";
import "dmn-js/dist/assets/dmn-js-drd.css";
import "dmn-js/dist/assets/dmn-js-decision-table.css";
import "dmn-js/dist/assets/dmn-js-decision-table-controls.css";
import "dmn-js/dist/assets/dmn-js-literal-expression.css";
import "dmn-js/dist/assets/dmn-js-boxed-expression.css";
import "dmn-js/dist/assets/dmn-js-boxed-expression-controls.css";
import "dmn-js/dist/assets/dmn-font/css/dmn.css";

import Modeler from "dmn-js/lib/Modeler.js";

import { translateModule } from "../language/translate.js";
import { Late } from "./late.js";

export class DecisionEditor {
  constructor({ host, locale, changed, locked }) {
    this.late = new Late();
    const part = { additionalModules: [translateModule(locale), this.late.module] };
    this.modeler = new Modeler({
      container: host,
      drd: part,
      decisionTable: part,
      literalExpression: part,
      boxedExpression: part,
    });
    host.inert = locked;
    this.host = host;
    this.dirty = false;
    this.modeler.on("viewer.created", ({ viewer }) => viewer.on("commandStack.changed", () => this.opening || this.touch(changed)));
  }

  touch(changed) {
    this.dirty = true;
    changed();
  }

  async open(text, id) {
    this.opening = true;
    try {
      await this.modeler.importXML(text);
      this.dirty = false;
      await this.show(id);
    } finally {
      this.opening = false;
    }
  }

  /** The table itself is what people come for; the diagram is one click away. */
  async show(id) {
    const views = this.modeler.getViews().filter(({ type }) => type !== "drd");
    const view = views.find(({ element }) => element.id === id) ?? (views.length === 1 ? views[0] : null);
    if (view) await this.modeler.open(view);
  }

  async flush() {
    this.late.now();
    if (!this.dirty) return null;
    this.dirty = false;
    return (await this.modeler.saveXML({ format: true })).xml;
  }

  destroy() {
    this.modeler.destroy();
    this.host.inert = false;
    this.host.replaceChildren();
  }
}
