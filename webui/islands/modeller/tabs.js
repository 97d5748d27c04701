/** The package's files: a tab per kind, below it the files of that kind, one to make and one to delete. */
import { askName, confirm } from "./dialog.js";
import { button, make } from "./dom.js";
import { decisions, emptyFile, forms, freeName, KINDS, kindOf, letters, MANIFEST, nameOf, pathsOf } from "./package.js";

const NAME = /^[a-z][a-z0-9-]*$/;

export class Tabs {
  /** `show(path)`: opens a file; `usedBy(path)`: names of steps that use it. */
  constructor({ draft, session, t, show, usedBy }) {
    Object.assign(this, { draft, session, t, show, usedBy, path: MANIFEST, kind: "process" });
    this.tabs = make("div", { class: "plus1-tabs", role: "tablist", "aria-label": t("files"), onkeydown: (event) => this.step(event) });
    this.acts = make("div", { class: "plus1-files__acts" });
    this.row = make("div", { class: "plus1-tabs__row" }, this.tabs, this.acts);
    this.files = make("div", { class: "plus1-files" });
    draft.addEventListener("change", ({ detail }) => detail !== "content" && this.draw());
  }

  /** Mark where we are; `path` may be null for a kind without files. */
  at(path, kind = kindOf(path)) {
    this.path = path;
    this.kind = kind;
    this.draw();
  }

  draw() {
    if (this.path && this.draft.text(this.path) === null) return this.choose(this.kind);
    const focused = this.tabs.contains(document.activeElement);
    this.tabs.replaceChildren(...Object.keys(KINDS).map((kind) => this.tab(kind)));
    if (focused) this.tabs.querySelector("[aria-selected=true]").focus();
    this.files.replaceChildren(...this.list());
    this.acts.replaceChildren(...this.buttons());
  }

  tab(kind) {
    const here = kind === this.kind;
    const count = kind === "process" ? "" : ` (${pathsOf(this.draft, kind).length})`;
    return make("button", { type: "button", role: "tab", class: "plus1-tabs__tab", "aria-selected": String(here), "aria-controls": "plus1-stage", tabindex: here ? 0 : -1, "data-kind": kind, onclick: () => this.choose(kind) }, this.t(kind) + count);
  }

  step(event) {
    const kinds = Object.keys(KINDS);
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!move) return;
    event.preventDefault();
    this.choose(kinds[(kinds.indexOf(this.kind) + move + kinds.length) % kinds.length]);
  }

  choose(kind) {
    this.show(pathsOf(this.draft, kind)[0] ?? null, kind);
  }

  /** The files of this kind; the process alone needs no list. */
  list() {
    const paths = pathsOf(this.draft, this.kind);
    if (this.kind === "process" && paths.length === 1) return [];
    if (!paths.length) return [make("p", { class: "plus1-quiet" }, this.t("no-files"))];
    const files = paths.map((path) => make("button", { type: "button", class: "plus1-files__file", "aria-current": path === this.path ? "true" : null, onclick: () => this.show(path, this.kind) }, this.titleOf(path)));
    return [make("div", { class: "plus1-files__list", role: "group", "aria-label": this.t(this.kind) }, files)];
  }

  buttons() {
    if (this.session.locked) return [];
    const add = button(this.t(KINDS[this.kind].add), () => this.add(this.kind));
    const gone = this.path && this.path !== MANIFEST && button(this.t("delete"), () => this.delete(this.path), "danger");
    return [add, gone].filter(Boolean);
  }

  titleOf(path) {
    if (path === MANIFEST) return this.t("main-process");
    const [decision] = path.endsWith(".dmn") ? decisions(this.draft).filter((one) => one.path === path) : [];
    return decision?.name ?? nameOf(path);
  }

  /** Ask for a name and make the file. */
  async add(kind) {
    const { ending, folder, add } = KINDS[kind];
    const check = (name) => (!NAME.test(name) ? this.t("name-bad") : this.taken(kind, name, `${folder}/${name}${ending}`) ? this.t("name-taken") : "");
    const name = await askName(this.t, this.t(add), check);
    if (name) this.make(kind, name, name);
  }

  taken(kind, name, path) {
    const ids = { forms: forms(this.draft), decisions: decisions(this.draft), texts: letters(this.draft) }[kind] ?? [];
    return this.draft.text(path) !== null || ids.some(({ id }) => id === name);
  }

  make(kind, name, title, open = true) {
    const path = `${KINDS[kind].folder}/${name}${KINDS[kind].ending}`;
    this.draft.set(path, emptyFile(kind, name, title));
    this.session.touched();
    if (open) this.show(path, kind);
  }

  /** From the panel: a new file with a free name made of a step's name; answers with the id to tie. */
  create(kind, title) {
    const name = freeName(this.draft, kind, title);
    this.make(kind, name, title, false);
    return name;
  }

  async delete(path) {
    const { t } = this;
    const users = this.usedBy(path);
    const lines = [t("delete-why", { path }), ...(users.length ? [t("delete-used", { names: users.join(", ") })] : [])];
    if (!(await confirm(t("delete-title", { name: this.titleOf(path) }), lines, t("delete"), t("cancel")))) return;
    this.draft.remove(path);
    this.session.touched();
  }
}
