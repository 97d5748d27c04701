/** Where the editors stand: one for the process, which stays, and one for any other file, loaded when it is needed. */
import { button, make } from "./dom.js";
import { why } from "./editors/broken.js";
import { ProcessEditor } from "./editors/process.js";
import { TextEditor } from "./editors/text.js";
import { kindOf, MANIFEST } from "./package.js";

export class Stage {
  constructor({ draft, t, locale, context, changed, failed }) {
    Object.assign(this, { draft, t, locale, context, changed, failed, editors: new Map(), path: null, turn: 0 });
    this.canvas = make("div", { class: "plus1-modeller__canvas", role: "region", "aria-label": t("canvas") });
    this.panel = make("div", { class: "plus1-modeller__panel", role: "region", "aria-label": t("panel"), tabindex: -1 });
    this.drawing = make("div", { class: "plus1-modeller__drawing" }, this.canvas, this.panel);
    this.other = make("div", { class: "plus1-modeller__other", hidden: true });
    this.notice = make("div", { class: "plus1-modeller__notice" });
    this.element = make("div", { class: "plus1-modeller__stage", id: "plus1-stage", role: "tabpanel" }, this.notice, this.drawing, this.other);
    new ResizeObserver(() => this.canvas.clientWidth && this.process?.resized()).observe(this.canvas);
  }

  /** The process editor when it shows `path`. */
  drawingOf(path) {
    return this.editors.get(path) === this.process ? this.process : null;
  }

  /** Show a file, or nothing; `id`: the decision in it. */
  async show(path, id) {
    const turn = ++this.turn;
    if (path === this.path && path) return this.editors.get(path)?.show?.(id);
    await this.flush();
    if (turn !== this.turn) return;
    this.path = path;
    this.notice.replaceChildren();
    this.close();
    const drawn = path && kindOf(path) === "process";
    this.drawing.hidden = !drawn;
    this.other.hidden = Boolean(drawn);
    if (path) await (drawn ? this.draw(path) : this.write(path, id, turn));
  }

  /** Away with the editor of another file; the process stays. */
  close() {
    for (const [path, editor] of this.editors) {
      if (editor === this.process) continue;
      editor.destroy();
      this.editors.delete(path);
    }
  }

  async draw(path) {
    if (this.drawingOf(path)) return this.drawn();
    this.process ??= new ProcessEditor({ canvas: this.canvas, panel: this.panel, locale: this.locale, context: this.context, changed: () => this.touched(), locked: this.locked });
    this.editors.clear();
    try {
      await this.process.open(this.draft.text(path));
      this.editors.set(path, this.process);
      this.drawn();
    } catch (problem) {
      this.drawing.hidden = true;
      this.other.hidden = false;
      await this.asText(path, problem);
    }
  }

  drawn() {
    this.aboutDrawing();
    this.process.resized();
  }

  /** What is to be known of the drawing. */
  aboutDrawing() {
    const { t, process } = this;
    const told = [];
    if (process.warnings.length) told.push(make("p", {}, t("not-understood")), make("ul", {}, process.warnings.map((text) => make("li", {}, text))));
    if (process.arranged) told.push(make("p", { role: "status" }, t("arranged"), " ", t(this.locked ? "arranged-locked" : "arranged-why")), ...(this.locked ? [] : [button(t("arranged-keep"), () => process.touch())]));
    this.notice.replaceChildren(...told);
  }

  touched() {
    if (this.drawingOf(this.path)) this.aboutDrawing();
    this.changed();
  }

  async write(path, id, turn) {
    const make = { decisions: () => import("./editors/decision.js").then((m) => m.DecisionEditor), forms: () => import("./editors/form.js").then((m) => m.FormEditor) }[kindOf(path)];
    if (!make) return this.asText(path);
    const Editor = await make();
    if (turn !== this.turn) return;
    const editor = new Editor({ host: this.other, locale: this.locale, changed: this.changed, locked: this.locked });
    try {
      await editor.open(this.draft.text(path), id);
      this.editors.set(path, editor);
    } catch (problem) {
      editor.destroy();
      await this.asText(path, problem);
    }
  }

  async asText(path, problem) {
    if (problem) this.notice.replaceChildren(make("p", {}, this.t("cannot-open", { text: why(problem, this.t) })), make("p", { class: "plus1-quiet" }, this.t("as-text")));
    const hint = kindOf(path) === "texts" ? this.t("text-hint") : null;
    const editor = new TextEditor({ host: this.other, label: this.t("text-label", { path }), hint, changed: this.changed, locked: this.locked });
    await editor.open(this.draft.text(path) ?? "");
    this.editors.set(path, editor);
  }

  /** What the editors have and the draft has not; false when one cannot say (it is told, and tried again). */
  async flush() {
    for (const [path, editor] of this.editors) {
      try {
        const text = await editor.flush();
        if (text !== null && this.draft.text(path) !== null) this.draft.set(path, text);
      } catch (problem) {
        editor.dirty = true;
        this.failed(problem);
        return false;
      }
    }
    return true;
  }

  /** The draft was replaced: show what it holds now, in the same place. */
  async reopen() {
    const { path } = this;
    const box = this.drawingOf(path)?.get("canvas").viewbox();
    this.close();
    this.editors.clear();
    this.path = null;
    await this.show(path && this.draft.text(path) !== null ? path : MANIFEST);
    if (box) this.drawingOf(path)?.get("canvas").viewbox({ x: box.x, y: box.y, width: box.width, height: box.height });
  }

  /** What a finding is about. */
  select(path, element, line) {
    const editor = this.editors.get(path);
    const done = element && editor?.select?.(element);
    if (!done && line) editor?.goTo?.(line);
  }

  lock() {
    this.locked = true;
    this.process?.get("plus1Lock").set(true);
    this.other.inert = this.path !== null && kindOf(this.path) !== "process";
  }

  get current() {
    return this.editors.get(this.path);
  }
}
