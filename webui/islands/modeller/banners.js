/** Messages above the editor: each kind once, the newest state of it. */
import { button, make } from "./dom.js";

const SIGNS = { info: "i", ok: "✓", warning: "!", error: "!" };
const OK_STAYS = 6000;

export class Banners {
  constructor(t) {
    this.t = t;
    this.element = make("div", { class: "plus1-modeller__banners" });
  }

  /** `id`: another banner with that id goes. `lines`: texts; `actions`: elements. Good news goes by itself. */
  say(kind, title, lines = [], actions = [], id = title) {
    this.drop(id);
    const close = () => this.drop(id);
    const content = make(
      "div",
      { class: "utrecht-alert__content" },
      make("p", { class: "utrecht-paragraph" }, make("strong", {}, title)),
      lines.map((line) => make("p", { class: "utrecht-paragraph" }, line)),
      make("div", { class: "utrecht-button-group" }, actions, button(this.t("close"), close, "subtle")),
    );
    const sign = make("span", { class: "plus1-alert__sign", "aria-hidden": "true" }, make("span", {}, SIGNS[kind]));
    const role = kind === "error" ? "alert" : "status";
    this.element.append(make("div", { class: `utrecht-alert utrecht-alert--${kind}`, role, "data-id": id }, sign, content));
    if (kind === "ok") setTimeout(close, OK_STAYS);
  }

  drop(id) {
    for (const each of this.element.children) if (each.dataset.id === id) each.remove();
  }
}
