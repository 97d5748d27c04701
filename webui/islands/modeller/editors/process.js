/** Draws a process: bpmn-js with the properties panel of Camunda 8, our own groups, and Dutch. */
import { FeelPopupModule } from "@bpmn-io/properties-panel";
import Modeler from "bpmn-js/lib/Modeler.js";
import { CreateAppendAnythingModule } from "bpmn-js-create-append-anything";
import { BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, ZeebePropertiesProviderModule } from "bpmn-js-properties-panel";
import ZeebeBehaviorsModule from "camunda-bpmn-js-behaviors/lib/camunda-cloud/index.js";
import zeebe from "zeebe-bpmn-moddle/resources/zeebe.json";

import plus1 from "../../../../bpmn/language/plus1.json";
import { aliasesModule } from "../language/aliases.js";
import { translateModule } from "../language/translate.js";
import { plus1Module } from "../plus1/provider.js";
import { Late } from "./late.js";
import { lockModule } from "./lock.js";
import { withoutPrefix } from "./names.js";

const READABLE = 0.7;
const NARROW = 700;
const DRAWN = /<(?:[\w.-]+:)?BPMN(?:Shape|Edge)[\s>]/;
/** Room for the palette and our row of tools, in pixels. */
const BESIDE = { left: 120, right: 20, top: 70, bottom: 60 };

// moddle rewrites the descriptor that it is given; ours is read by the panel too, hence the copies.
export class ProcessEditor {
  /**
   * `canvas`, `panel`: elements to draw in; `changed()`: something was changed here; `context`: what our groups pick
   * from (see plus1/provider.js).
   */
  constructor({ canvas, panel, locale, context, changed, locked }) {
    this.late = new Late();
    this.modeler = new Modeler({
      container: canvas,
      propertiesPanel: { parent: panel, feelPopupContainer: canvas.parentElement },
      moddleExtensions: { zeebe, plus1: structuredClone(plus1) },
      plus1: context,
      lock: { locked },
      additionalModules: [
        BpmnPropertiesPanelModule,
        BpmnPropertiesProviderModule,
        ZeebePropertiesProviderModule,
        ZeebeBehaviorsModule,
        FeelPopupModule,
        CreateAppendAnythingModule,
        aliasesModule(locale),
        translateModule(locale),
        plus1Module,
        lockModule,
        this.late.module,
      ],
    });
    this.dirty = false;
    this.changed = changed;
    this.modeler.on("commandStack.changed", () => this.opening || this.touch());
  }

  /** Something is to be kept: a change, or a drawing that was made here. */
  touch() {
    this.dirty = true;
    this.arranged = false;
    this.changed();
  }

  get(name) {
    return this.modeler.get(name);
  }

  /**
   * Draws a process, and makes the drawing when the file has none (`arranged` tells). What could not be understood, and
   * would be gone after a change, stands in `warnings`.
   */
  async open(text) {
    this.opening = true;
    try {
      const plain = withoutPrefix(text);
      const arranged = DRAWN.test(plain) ? null : await (await import("./arranging.js")).arrange(plain);
      const { warnings } = await this.modeler.importXML(arranged ?? plain);
      this.dirty = false;
      this.arranged = arranged !== null;
      this.warnings = warnings.map(({ message }) => message);
      this.begin();
    } finally {
      this.opening = false;
    }
  }

  /** The text of what is drawn, when it changed since the last time; else null. */
  async flush() {
    this.late.now();
    if (!this.dirty) return null;
    this.dirty = false;
    const { xml } = await this.modeler.saveXML({ format: true });
    return xml;
  }

  async picture() {
    return (await this.modeler.saveSVG()).svg;
  }

  /** Select an element, open the plane it lies on, and bring it into view. */
  select(id) {
    const element = this.get("elementRegistry").get(id);
    if (!element) return false;
    const canvas = this.get("canvas");
    const root = canvas.findRoot(element);
    if (root && root !== canvas.getRootElement()) canvas.setRootElement(root);
    this.get("selection").select(element);
    if (element !== root) canvas.scrollToElement(element, { top: 80, bottom: 80, left: 120, right: 80 });
    return true;
  }

  undo() {
    this.get("commandStack").undo();
  }

  redo() {
    this.get("commandStack").redo();
  }

  search() {
    // The click that asks for it would close it as well: it closes on any click outside.
    setTimeout(() => this.get("searchPad").toggle());
  }

  zoom(step) {
    if (step) this.get("zoomScroll").stepZoom(step);
    else this.fit();
  }

  /** The whole drawing beside the palette, not behind it. */
  fit(scale) {
    const canvas = this.get("canvas");
    const { inner, outer } = canvas.viewbox();
    const room = outer.width > NARROW ? BESIDE : { left: 10, right: 10, top: 10, bottom: 40 };
    const fitting = Math.min((outer.width - room.left - room.right) / inner.width, (outer.height - room.top - room.bottom) / inner.height, 1);
    const by = scale ?? fitting;
    if (!Number.isFinite(by) || by <= 0) return fitting;
    canvas.viewbox({ x: inner.x - room.left / by, y: inner.y - room.top / by, width: outer.width / by, height: outer.height / by });
    return fitting;
  }

  /** A large model as a whole is unreadable: begin where it begins, readable. */
  begin() {
    if (this.fit() >= READABLE) return;
    this.fit(READABLE);
    const start = this.get("elementRegistry").find(({ type }) => type === "bpmn:StartEvent");
    const { outer } = this.get("canvas").viewbox();
    if (start) this.get("canvas").scrollToElement(start, { top: outer.height / 3, bottom: outer.height / 3, left: BESIDE.left, right: 80 });
  }

  async toggleMap() {
    this.map ??= (await import("./minimap.js")).addMap(this.modeler);
    (await this.map).toggle();
  }

  /** After the place on the page changed; the pad beside an element follows only when the view is told to move. */
  resized() {
    const canvas = this.get("canvas");
    canvas.resized();
    if (canvas.getContainer().clientWidth) canvas.scroll({ dx: 0, dy: 0 });
  }

  destroy() {
    this.modeler.destroy();
  }
}
