/** Puts the parts together: draft, session, tabs, editors, findings; what happens in one is told to the others. */
import { Banners } from "./banners.js";
import { Bringing } from "./bringing.js";
import { confirm } from "./dialog.js";
import { button, download, make } from "./dom.js";
import { Draft } from "./draft.js";
import { Expressions } from "./expressions.js";
import { Findings } from "./findings.js";
import { Keeping } from "./keeping.js";
import { Meeting } from "./meeting.js";
import { decisions, forms, kindOf, letters, MANIFEST, scenarios } from "./package.js";
import { Server } from "./server.js";
import { Session } from "./session.js";
import { Stage } from "./stage.js";
import { Tabs } from "./tabs.js";
import { Toolbar } from "./toolbar.js";
import { usersOf } from "./uses.js";
import { wording } from "./words.js";
import { zip } from "./zip.js";

const PANEL_LISTENS = 100; // milliseconds after opening: only once it is painted the panel hears of a selection

export class App {
  constructor(host) {
    const { draft: base, csrf, locale, login } = host.dataset;
    this.host = host;
    this.base = base;
    this.locale = locale;
    this.login = login;
    this.key = base.split("/").at(-2);
    this.t = wording(locale);
    this.server = new Server(base, csrf);
    this.draft = new Draft();
    this.session = new Session(this.server, this.draft, new Keeping(base), () => this.stage.flush());
    this.banners = new Banners(this.t);
    this.build();
    this.listen();
  }

  say(...what) {
    this.banners.say(...what);
  }

  build() {
    const { t, draft, session, server, locale, base, key, login } = this;
    const say = (...what) => this.say(...what);
    const context = { locale, forms: () => forms(draft), decisions: () => decisions(draft), letters: () => letters(draft), scenarios: () => scenarios(draft), open: (path, id) => this.open(path, id), create: (what, title) => this.tabs.create(what === "letters" ? "texts" : what, title) };
    this.stage = new Stage({ draft, t, locale, context, changed: () => session.touched(), failed: (problem) => say("error", t("failed"), [problem.message]) });
    this.tabs = new Tabs({ draft, session, t, show: (path, kind) => this.show(path, kind), usedBy: (path) => usersOf(draft, path) });
    this.toolbar = new Toolbar({ t, locale, session, stage: this.stage, base, key, login });
    this.findings = new Findings({ server, t, open: (...where) => this.open(where[0], where[1], where[2]), named: (path, element) => this.nameOf(path, element) });
    this.expressions = new Expressions({ panel: this.stage.panel, server, t });
    this.meeting = new Meeting({ session, draft, t, base, key, say });
    this.bringing = new Bringing({ session, server, t, say, host: this.host });
    this.toolbar.acts.prepend(this.bringing.button);
    this.stage.drawing.prepend(this.toolbar.tools());
    this.content = [this.toolbar.element, this.bringing.input, this.banners.element, this.tabs.row, this.tabs.files, this.stage.element, this.findings.element];
  }

  listen() {
    const on = (type, act) => this.session.addEventListener(type, ({ detail }) => act(detail ?? {}));
    on("saved", () => this.findings.soon());
    on("newer", ({ name }) => this.meeting.open(name));
    on("newer-quiet", ({ name }) => this.newer(name));
    on("restored", (kept) => this.restored(kept));
    on("left", (kept) => this.left(kept));
    on("locked", ({ mine }) => this.locked(mine));
    on("unlocked", () => location.reload());
    on("not-kept", () => this.say("warning", this.t("not-kept")));
    this.draft.addEventListener("change", ({ detail }) => this.changed(detail));
  }

  async start() {
    this.host.replaceChildren(make("p", { class: "plus1-empty", role: "status" }, this.t("loading")));
    const answer = await this.session.load();
    if (!answer.ok) return this.failed(answer);
    this.host.replaceChildren(...this.content, this.bringing.veil);
    await this.show(MANIFEST, "process");
    this.toolbar.show(this.session.state);
    this.session.start();
    this.findings.soon();
    this.host.dataset.ready = "yes";
    await this.goTo(decodeURIComponent(location.hash.slice(1)));
  }

  /** Other pages lead to a place by its id: `…/ontwerp#Task_1`, in the process or in the file that names it. */
  async goTo(id) {
    if (!id) return;
    await new Promise((done) => setTimeout(done, PANEL_LISTENS));
    if (this.stage.drawingOf(MANIFEST)?.select(id)) return;
    const named = [...this.draft.files].find(([, text]) => text.includes(`"${id}"`));
    if (named) await this.open(named[0], id);
  }

  failed(answer) {
    const text = answer.body.text || this.t(answer.kind === "logged-out" ? "logged-out" : "offline");
    this.host.replaceChildren(make("p", { class: "plus1-empty", role: "alert" }, this.t("load-failed", { text })), button(this.t("try-again"), () => location.reload(), "primary"));
    this.host.dataset.ready = "failed";
  }

  async show(path, kind, id) {
    this.tabs.at(path, kind);
    await this.stage.show(path, id);
    const drawing = path && this.stage.drawingOf(path);
    if (drawing) this.findings.draw(drawing, path);
  }

  /** Go to a file, and to an element or line in it. */
  async open(path, element, line) {
    if (this.draft.text(path) === null) return;
    await this.show(path, kindOf(path), element);
    this.stage.select(path, element, line);
  }

  nameOf(path, element) {
    return this.stage.drawingOf(path || MANIFEST)?.get("elementRegistry").get(element)?.businessObject.name;
  }

  changed(detail) {
    if (detail === "replaced" && this.host.dataset.ready) this.stage.reopen().then(() => this.show(this.stage.path, kindOf(this.stage.path)));
    if (detail === "list") this.refreshPanel();
  }

  /** A form more or less is to be picked from at once. */
  refreshPanel() {
    const editor = this.stage.process;
    const [selected] = editor?.get("selection").get() ?? [];
    if (selected) editor.get("eventBus").fire("elements.changed", { elements: [selected] });
  }

  newer(name) {
    const { t } = this;
    const load = button(t("newer-load"), () => (this.banners.drop("newer"), this.session.takeTheirs()), "primary");
    this.say("info", t("newer-title", { name: name || t("somebody") }), [t("newer-quiet")], [load], "newer");
  }

  restored({ at }) {
    const { t } = this;
    const time = new Date(at).toLocaleString(this.locale === "nl" ? "nl-NL" : "en-GB", { dateStyle: "long", timeStyle: "short" });
    const drop = async () => {
      if (!(await confirm(t("drop"), [t("drop-sure")], t("drop"), t("cancel")))) return;
      this.banners.drop("restored");
      await this.session.takeTheirs();
    };
    this.say("info", t("restored"), [t("restored-why", { time })], [button(t("drop"), drop)], "restored");
  }

  /** A closed tab left changes, and the draft is locked now: they can only be kept as a file. */
  left(kept) {
    const files = { ...Object.fromEntries(this.draft.files), ...kept.files };
    this.offer(Object.fromEntries(Object.entries(files).filter(([, text]) => text !== null)));
  }

  offer(files) {
    const save = button(this.t("save-mine"), () => download(`${this.key}.zip`, zip(files), "application/zip"));
    this.say("warning", this.t("locked-mine"), [], [save]);
  }

  locked(mine) {
    this.stage.lock();
    this.host.dataset.locked = "yes";
    this.tabs.draw();
    this.bringing.button.disabled = true;
    this.say("info", this.t("locked"), [this.session.state.body?.text || this.t("locked-why")], [], "locked");
    if (mine) this.offer(Object.fromEntries(this.draft.files));
  }
}
