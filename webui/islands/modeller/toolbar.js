/** The row above the editor: is my work safe, who else is here, and what can be done with the whole. */
import { button, download, link, make } from "./dom.js";

const TIME = { hour: "2-digit", minute: "2-digit" };

export class Toolbar {
  constructor({ t, locale, session, stage, base, key, login }) {
    Object.assign(this, { t, locale, session, stage, base, key, login });
    this.state = make("p", { class: "plus1-modeller__state", role: "status" });
    this.present = make("p", { class: "plus1-modeller__present", "aria-live": "polite" });
    this.saving = button(t("save"), () => session.save());
    this.acts = make("div", { class: "plus1-modeller__acts" }, this.saving, this.exports());
    this.element = make("div", { class: "plus1-modeller__bar" }, make("div", { class: "plus1-modeller__how" }, this.state, this.present), this.acts);
    session.addEventListener("state", ({ detail }) => this.show(detail));
    session.addEventListener("present", ({ detail }) => this.showPresent(detail));
  }

  clock(moment) {
    return new Date(moment).toLocaleTimeString(this.locale === "nl" ? "nl-NL" : "en-GB", TIME);
  }

  show({ kind, at, body }) {
    const { t } = this;
    const words = { saved: () => t("saved", { time: this.clock(at) }), refused: () => t("refused", { text: body.text ?? "" }), stale: () => t("dirty") };
    const login = kind === "logged-out" && [" ", link(t("log-in"), this.login, { target: "_blank", rel: "noopener" }), " ", t("log-in-then")];
    const problems = kind === "refused" && (body.problems ?? []).map((one) => make("span", {}, ` ${one.at ?? ""} ${one.text}`));
    this.state.replaceChildren(...[words[kind]?.() ?? t(kind), login, problems].flat().filter(Boolean));
    this.state.dataset.kind = kind;
    this.saving.disabled = ["saving", "saved", "unchanged", "locked", "stale"].includes(kind);
  }

  showPresent(others) {
    const names = others.map(({ name }) => name).join(", ");
    const text = names ? this.t("here", { names }) : "";
    if (this.present.textContent !== text) this.present.textContent = text;
  }

  exports() {
    const { t, key } = this;
    const act = (text, onclick) => make("li", {}, make("button", { type: "button", class: "plus1-menu__item", onclick: () => (close(), onclick()) }, text));
    const close = () => (menu.open = false);
    const zip = make("li", {}, make("a", { class: "plus1-menu__item", href: `${this.base}/pakket.zip`, download: true }, t("export-zip")));
    const list = make("ul", {}, act(t("export-bpmn"), () => this.give(`${key}.bpmn`, "application/xml")), act(t("export-svg"), () => this.picture()), zip);
    const menu = make("details", { class: "plus1-menu", onkeydown: (event) => event.key === "Escape" && close() }, make("summary", { class: "utrecht-button utrecht-button--secondary-action plus1-small" }, t("export")), list);
    document.addEventListener("click", (event) => menu.contains(event.target) || close());
    return menu;
  }

  async give(name, type) {
    await this.stage.flush();
    download(name, this.stage.draft.text("process.bpmn"), type);
  }

  async picture() {
    if (this.stage.process) download(`${this.key}.svg`, await this.stage.process.picture(), "image/svg+xml");
  }

  /** The row of tools on the drawing itself. */
  tools() {
    const { t, stage } = this;
    const tool = (text, label, act) => button(text, () => stage.process && act(stage.process), "secondary", { "aria-label": label, title: label });
    return make(
      "div",
      { class: "plus1-modeller__tools", role: "toolbar", "aria-label": t("canvas") },
      tool("↶", t("undo"), (editor) => editor.undo()),
      tool("↷", t("redo"), (editor) => editor.redo()),
      tool("−", t("zoom-out"), (editor) => editor.zoom(-1)),
      tool("+", t("zoom-in"), (editor) => editor.zoom(1)),
      tool(t("fit"), t("fit"), (editor) => editor.zoom(0)),
      tool(t("search"), t("search"), (editor) => editor.search()),
      tool(t("map"), t("map"), (editor) => editor.toggleMap()),
    );
  }
}
