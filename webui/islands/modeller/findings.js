/** What publishing would say of what was saved last: a list by element, and signs on the drawing. */
import { make } from "./dom.js";
import { kindOf, MANIFEST, nameOf } from "./package.js";

const AFTER_SAVE = 800;
const ORDER = ["error", "warning", "info"];
const SIGNS = { error: "!", warning: "!", info: "i" };

export class Findings {
  /** `open(path, element, line)` brings the person to the place; `editor()` is the process editor on `process.bpmn`. */
  constructor({ server, t, open, named }) {
    Object.assign(this, { server, t, open, named, found: [], asked: 0 });
    this.title = make("span", {}, t("findings"));
    this.verdict = make("strong", { class: "plus1-findings__verdict", role: "status" });
    this.list = make("div", { class: "plus1-findings__list" });
    this.element = make("details", { class: "plus1-findings" }, make("summary", {}, this.title, " ", this.verdict), this.list);
  }

  /** Look again, a little after saving. */
  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), AFTER_SAVE);
  }

  async look() {
    const mine = ++this.asked;
    this.verdict.textContent = this.t("checking");
    const answer = await this.server.findings();
    if (mine !== this.asked) return;
    if (!answer.ok) {
      this.verdict.textContent = answer.body.text || this.t("check-failed");
      this.verdict.dataset.kind = "unknown";
      return;
    }
    this.found = [...answer.body.findings].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
    this.publishable = answer.body.publishable;
    this.show();
  }

  show() {
    const { t, found } = this;
    const number = found.length === 1 ? t("finding-one") : t("finding-count", { count: found.length });
    this.verdict.textContent = `${t(this.publishable ? "publish-yes" : "publish-no")}${found.length ? ` (${number})` : ""}`;
    this.verdict.dataset.kind = this.publishable ? "ok" : "error";
    this.list.replaceChildren(found.length ? make("ul", {}, this.groups().map((group) => this.group(group))) : make("p", { class: "plus1-quiet" }, t("findings-none")));
    this.mark?.();
  }

  /** Findings of one element or file together, the worst first. */
  groups() {
    const groups = new Map();
    for (const one of this.found) {
      const key = `${one.path}\n${one.element}`;
      groups.set(key, [...(groups.get(key) ?? []), one]);
    }
    return [...groups.values()];
  }

  group(group) {
    const [{ path, element, line }] = group;
    const place = this.placeName(path, element);
    const head = path || element ? make("button", { type: "button", class: "plus1-findings__place", onclick: () => this.open(path || MANIFEST, element, line) }, place) : make("strong", {}, place);
    const lines = group.map((one) => make("li", {}, this.badge(one), " ", one.text, one.line && kindOf(one.path) !== "process" ? ` (${this.t("line", { line: one.line })})` : ""));
    return make("li", {}, head, make("ul", {}, lines));
  }

  placeName(path, element) {
    if (!path && !element) return this.t("whole-package");
    const file = !path || path === MANIFEST ? "" : `${nameOf(path)}: `;
    return `${file}${(element && this.named(path, element)) || element || path}`;
  }

  badge({ severity }) {
    const kind = { error: "danger", warning: "warning", info: "neutral" }[severity] ?? "neutral";
    return make("span", { class: `utrecht-status-badge utrecht-status-badge--${kind}` }, this.t(severity));
  }

  /** Signs on the drawing of `path`, each with its texts on hover and focus. */
  draw(editor, path) {
    this.mark = () => {
      const overlays = editor.get("overlays");
      const registry = editor.get("elementRegistry");
      overlays.remove({ type: "plus1-finding" });
      for (const group of this.groups()) {
        const [{ path: at, element }] = group;
        if ((at || MANIFEST) !== path || !registry.get(element) || registry.get(element) === editor.get("canvas").getRootElement()) continue;
        const connection = Boolean(registry.get(element).waypoints);
        overlays.add(element, "plus1-finding", { position: connection ? { top: 0, left: 0 } : { bottom: 8, left: -8 }, html: this.sign(group, () => this.open(path, element)) });
      }
    };
    this.mark();
  }

  sign(group, onclick) {
    const [{ severity }] = group;
    const text = group.map((one) => `${this.t(one.severity)}: ${one.text}`);
    const words = make("span", { class: "plus1-sign__text" }, text.map((line) => make("span", {}, line)));
    return make("button", { type: "button", class: `plus1-sign plus1-sign--${severity}`, onclick }, make("span", { "aria-hidden": "true" }, SIGNS[severity] ?? "i"), words);
  }
}
