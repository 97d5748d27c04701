/** A file from elsewhere, chosen or dropped on the page: told what is wrong before anything is sent. */
import { button, make } from "./dom.js";

const ENDINGS = [".bpmn", ".xml", ".dmn", ".json", ".form", ".md", ".zip"];
const LARGEST = 10 * 1024 * 1024;

export class Bringing {
  constructor({ session, server, t, say, host }) {
    Object.assign(this, { session, server, t, say });
    this.input = make("input", { type: "file", accept: ENDINGS.join(","), class: "plus1-sr", tabindex: -1, "aria-hidden": "true", onchange: () => this.take([...this.input.files]) });
    this.button = button(t("bring"), () => this.input.click());
    this.veil = make("div", { class: "plus1-modeller__veil", hidden: true }, make("span", {}, t("let-go")));
    host.append(this.veil);
    host.addEventListener("dragover", (event) => this.over(event));
    host.addEventListener("dragleave", (event) => event.relatedTarget && host.contains(event.relatedTarget) ? null : (this.veil.hidden = true));
    host.addEventListener("drop", (event) => this.dropped(event));
  }

  over(event) {
    if (this.session.locked || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.veil.hidden = false;
  }

  dropped(event) {
    this.veil.hidden = true;
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.stopPropagation();
    this.take([...event.dataTransfer.files]);
  }

  async take(files) {
    this.input.value = "";
    if (!files.length) return;
    const wrong = this.wrong(files);
    if (wrong) return this.say("error", wrong);
    const [file] = files;
    await this.session.save();
    if (this.session.draft.dirty) return this.say("warning", this.t("bring-first"));
    const answer = await this.server.bring(file, this.session.revision);
    if (answer.ok) {
      this.session.renew(answer.body);
      const { told = [] } = answer.body;
      return this.say(told.length ? "info" : "ok", this.t("bring-done", { name: file.name }), told);
    }
    if (answer.kind === "stale") return this.session.look();
    if (answer.kind === "locked") return this.session.lock(answer.body);
    this.failed(file, answer);
  }

  failed(file, answer) {
    const known = { offline: "offline", "logged-out": "logged-out" }[answer.kind];
    const problems = (answer.body.problems ?? []).map(({ at, text }) => (at ? `${at}: ${text}` : text));
    this.say("error", this.t("bring-failed", { name: file.name }), problems.length ? problems : [known ? this.t(known) : answer.body.text].filter(Boolean));
  }

  /** What is wrong with the files, or "". */
  wrong(files) {
    const [{ name, size }] = files;
    if (files.length > 1) return this.t("bring-one");
    if (!ENDINGS.some((ending) => name.toLowerCase().endsWith(ending))) return this.t("bring-kind", { name });
    if (size > LARGEST) return this.t("bring-large", { name, size: (size / 1024 / 1024).toFixed(1) });
    return size ? "" : this.t("bring-empty", { name });
  }
}
