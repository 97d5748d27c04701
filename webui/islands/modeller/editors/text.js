/** Plain text: letters, scenarios, and whatever cannot be drawn. */
import { make } from "../dom.js";

export class TextEditor {
  constructor({ host, label, hint, changed, locked }) {
    this.area = make("textarea", { class: "utrecht-textarea plus1-modeller__text", "aria-label": label, spellcheck: "true", readonly: locked, oninput: () => this.typed(changed) });
    this.host = host;
    host.append(...(hint ? [make("p", { class: "plus1-quiet" }, hint)] : []), this.area);
    this.dirty = false;
  }

  typed(changed) {
    this.dirty = true;
    changed();
  }

  async open(text) {
    this.area.value = text;
    // A text area turns every line end into one sign; what was not touched is not changed by that.
    this.ends = text.includes("\r\n") ? "\r\n" : "\n";
    this.dirty = false;
  }

  async flush() {
    if (!this.dirty) return null;
    this.dirty = false;
    return this.ends === "\n" ? this.area.value : this.area.value.replaceAll("\n", this.ends);
  }

  /** A scenario or broken file: the line of a finding. */
  goTo(line) {
    const start = this.area.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    this.area.focus();
    this.area.setSelectionRange(start, start);
  }

  destroy() {
    this.host.replaceChildren();
  }
}
