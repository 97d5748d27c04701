/** Help while an expression is typed in the panel: the server says what is wrong with it and where, and which names there are. */
import { make } from "./dom.js";

const PAUSE = 400;
const MOST_HINTS = 3;

export class Expressions {
  /** `panel`: where expressions are typed; `server`: asked after each pause. */
  constructor({ panel, server, t }) {
    Object.assign(this, { panel, server, t, asked: 0 });
    this.element = make("div", { class: "plus1-expression", role: "status", hidden: true });
    for (const moment of ["focusin", "keyup", "paste"]) panel.addEventListener(moment, (event) => this.wait(event.target));
    panel.addEventListener("focusout", () => this.hide());
  }

  wait(target) {
    const field = target.closest?.(".cm-content");
    if (!field) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(field), PAUSE);
  }

  async ask(field) {
    const text = [...field.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n");
    if (!text.trim() || field.querySelector(".cm-placeholder")) return this.hide();
    const mine = ++this.asked;
    const { ok, body } = await this.server.feel(text);
    // An answer that is overtaken, or comes after the field was left, no longer counts.
    if (ok && mine === this.asked && field.contains(document.activeElement)) this.show(body, field);
  }

  show({ hints, unknown, type, variables }, field) {
    const { t } = this;
    const told = hints.slice(0, MOST_HINTS).map(({ severity, from, text }) => make("p", { class: `plus1-expression__${severity}` }, t("feel-hint", { at: from + 1, text })));
    const missing = unknown.length ? [make("p", { class: "plus1-expression__warning" }, t("feel-unknown", { names: unknown.join(", ") }))] : [];
    const fine = told.length || missing.length ? [] : [make("p", {}, t("feel-fine", { type }))];
    const names = variables.length ? [make("p", { class: "plus1-expression__names" }, t("feel-names", { names: variables.join(", ") }))] : [];
    this.element.replaceChildren(...told, ...missing, ...fine, ...names);
    this.panel.append(this.element); // behind the panel itself, which came later
    const entry = (field.closest(".bio-properties-panel-entry") ?? field).getBoundingClientRect();
    this.element.style.insetBlockStart = `${entry.bottom - this.panel.getBoundingClientRect().top + this.panel.scrollTop}px`;
    this.element.hidden = false;
  }

  hide() {
    clearTimeout(this.timer);
    this.asked += 1;
    this.element.hidden = true;
  }
}
