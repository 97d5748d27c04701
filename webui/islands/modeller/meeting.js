/** Two people changed the same draft: what to do is asked, and nothing is lost whatever is chosen. */
import { ask, confirm } from "./dialog.js";
import { download, link, make } from "./dom.js";
import { zip } from "./zip.js";

export class Meeting {
  constructor({ session, draft, t, base, key, say }) {
    Object.assign(this, { session, draft, t, base, key, say, asking: false });
  }

  /** `name`: who saved. */
  async open(name) {
    if (this.asking) return;
    this.asking = true;
    try {
      await this.choose(name || this.t("somebody"));
    } finally {
      this.asking = false;
    }
  }

  async choose(name) {
    const { t } = this;
    const body = [
      make("p", { class: "utrecht-paragraph" }, t("newer-why")),
      make("p", { class: "utrecht-paragraph plus1-quiet" }, t("merge-note")),
      make("p", {}, link(t("look"), this.base, { target: "_blank", rel: "noopener" })),
    ];
    const chosen = await ask(t("newer-title", { name }), body, [
      { text: t("merge"), kind: "primary", value: "merge" },
      { text: t("save-mine"), act: () => this.keepAsFile() },
      { text: t("take-theirs"), kind: "danger", value: "theirs" },
      { text: t("later"), kind: "subtle", value: null },
    ]);
    if (chosen === "merge") await this.merge({});
    else if (chosen === "theirs") await this.takeTheirs();
  }

  /** My whole package as a file that can be brought in again; the window stays open. */
  keepAsFile() {
    download(`${this.key}.zip`, zip(Object.fromEntries(this.draft.files)), "application/zip");
    return false;
  }

  async takeTheirs() {
    const { t } = this;
    if (!(await confirm(t("take-theirs"), [t("drop-sure")], t("drop"), t("cancel")))) return;
    const answer = await this.session.takeTheirs();
    if (!answer.ok) this.failed(answer);
  }

  async merge(decisions) {
    const answer = await this.session.merge(decisions);
    if (answer.ok) this.say("ok", this.t("merged"));
    else if (answer.kind === "conflicts") await this.settle(answer.body.conflicts, decisions);
    else this.failed(answer);
  }

  /** Ask until nothing is left: what was chosen, or what others did meanwhile, can bring up more. */
  async settle(conflicts, decided) {
    const { t } = this;
    const error = make("p", { class: "utrecht-form-field-error-message", role: "alert" });
    const places = conflicts.map((conflict, index) => place(t, conflict, index));
    const chosen = () => Object.fromEntries(places.map(({ conflict, group }) => [conflict.id, group.querySelector("input:checked")?.value]).filter(([, value]) => value));
    const act = () => {
      error.textContent = Object.keys(chosen()).length === conflicts.length ? "" : t("choose-all");
      return !error.textContent;
    };
    const list = make("div", { class: "plus1-dialog__list" }, places.map(({ group }) => group));
    const done = await ask(t("merge"), [make("p", { class: "utrecht-paragraph" }, t(Object.keys(decided).length ? "conflicts-more" : "conflicts")), error, list], [
      { text: t("merge"), kind: "primary", value: true, act },
      { text: t("save-mine"), act: () => this.keepAsFile() },
      { text: t("later"), kind: "subtle", value: null },
    ]);
    if (done) await this.merge({ ...decided, ...chosen() });
  }

  failed(answer) {
    this.say("error", answer.body.text || this.t(answer.kind === "logged-out" ? "logged-out" : "offline"));
  }
}

/** One place where both differ, with two answers. */
function place(t, conflict, index) {
  const answer = (value, text) =>
    make("div", { class: "plus1-choice" }, make("input", { type: "radio", class: "utrecht-radio-button", name: `conflict-${index}`, id: `conflict-${index}-${value}`, value }), make("label", { for: `conflict-${index}-${value}` }, text));
  const shown = (value) => (value === null || value === undefined || value === "" ? t("gone") : String(value));
  const group = make(
    "fieldset",
    { class: "plus1-group" },
    make("legend", {}, conflict.text),
    answer("mine", t("mine", { text: shown(conflict.mine) })),
    answer("theirs", t("theirs", { text: shown(conflict.theirs) })),
  );
  return { conflict, group };
}
