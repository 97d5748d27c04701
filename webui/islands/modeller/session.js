/**
 * The session on a draft: loads it, saves by itself, tries again, notices what others do. Whatever happens, what a person
 * made stands in the draft here and in the browser's storage until the server has it.
 */
const AFTER_CHANGE = 1500;
const KEEP_AFTER = 300;
const WAITS = [2000, 4000, 8000, 15_000, 30_000];
const POLL = 10_000;

/**
 * Events: "state" (see `state`), "saved", "newer" (somebody saved: {name, revision}), "present" ([{name}]),
 * "restored" ({at}).
 * `state`: {kind: unchanged|dirty|saving|saved|failed|offline|logged-out|locked|stale|refused, at?, body?}
 */
export class Session extends EventTarget {
  /** `flush`: asks the open editors for what they have not yet put into the draft. */
  constructor(server, draft, keeping, flush) {
    super();
    Object.assign(this, { server, draft, keeping, flush, revision: 0, state: { kind: "unchanged" }, tries: 0 });
    this.busy = null;
    this.locked = false;
    this.stored = true;
  }

  /** Loads the draft, and what a closed tab left; answers with what the server said. */
  async load() {
    const answer = await this.server.files();
    if (!answer.ok) return answer;
    const { revision, files, locked } = answer.body;
    this.revision = revision;
    this.draft.replace(files);
    const kept = await this.keeping.takeOver();
    if (locked) this.lock();
    if (kept) this.restore(kept);
    return answer;
  }

  restore(kept) {
    const before = new Map(Object.entries(kept.files));
    const differs = [...before].some(([path, text]) => this.draft.text(path) !== text);
    if (!differs) return this.keeping.clear();
    if (this.locked) return this.tell("left", kept);
    this.draft.apply(kept.files);
    this.tell("restored", kept);
    if (kept.base === this.revision) return this.touched();
    this.show("stale");
    this.tell("newer", { base: kept.base });
    this.revision = kept.base;
  }

  start() {
    this.poll = setInterval(() => document.hidden || this.look(), POLL);
    this.look();
    window.addEventListener("online", () => this.again());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.keep() : this.again()));
    window.addEventListener("pagehide", () => this.keep());
    window.addEventListener("beforeunload", (event) => this.waiting && !this.stored && event.preventDefault());
    window.addEventListener("focus", () => this.again());
  }

  get waiting() {
    return this.draft.dirty || ["dirty", "saving", "failed", "offline", "logged-out", "stale", "refused"].includes(this.state.kind);
  }

  /** Something changed in an editor: keep it soon, save it a little later. */
  touched() {
    if (this.locked) return;
    if (["unchanged", "saved", "refused"].includes(this.state.kind)) this.show("dirty");
    clearTimeout(this.keepTimer);
    this.keepTimer = setTimeout(() => this.keep(), KEEP_AFTER);
    if (["offline", "failed", "logged-out", "stale"].includes(this.state.kind)) return;
    this.later(AFTER_CHANGE);
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  async keep() {
    if (this.locked || !(await this.flush())) return;
    const changes = this.draft.changes();
    if (!Object.keys(changes).length) return;
    const stored = this.keeping.write(this.revision, changes);
    if (!stored && this.stored) this.tell("not-kept");
    this.stored = stored;
  }

  /** Try again at once: the connection is back, or the person came back from logging in. */
  again() {
    if (["offline", "failed", "logged-out"].includes(this.state.kind)) this.save();
  }

  /** Saves what differs; one at a time, and once more when something changed meanwhile. */
  async save() {
    clearTimeout(this.timer);
    if (this.locked || this.state.kind === "stale") return;
    this.busy ??= this.push().finally(() => (this.busy = null));
    await this.busy;
    if (this.state.kind === "dirty") this.later(AFTER_CHANGE);
  }

  async push() {
    if (!(await this.flush())) return;
    const changes = this.draft.changes();
    if (!Object.keys(changes).length) {
      this.keeping.clear();
      if (this.state.kind !== "saved") this.show("unchanged");
      return;
    }
    this.stored = this.keeping.write(this.revision, changes);
    this.show("saving");
    this.took(changes, await this.server.save(this.revision, changes));
  }

  took(changes, answer) {
    if (answer.ok) return this.done(changes, answer.body);
    if (answer.kind === "stale") return this.overtaken();
    if (answer.kind === "locked") return this.lock(answer.body);
    this.show(answer.kind, { body: answer.body });
    if (answer.kind === "refused") return;
    const wait = WAITS[Math.min(this.tries++, WAITS.length - 1)];
    this.later(wait);
  }

  done(changes, { revision, savedAt }) {
    this.revision = revision;
    this.tries = 0;
    this.draft.markSaved(changes);
    if (this.draft.dirty) {
      this.show("dirty");
      this.keep();
    } else {
      this.keeping.clear();
      this.show("saved", { at: savedAt });
    }
    this.tell("saved", { revision });
  }

  /** Somebody saved before us; who it was, the list of who is here tells. */
  async overtaken() {
    this.show("stale");
    const { body } = await this.server.present(this.revision);
    this.tell("newer", { name: body.editedBy });
  }

  lock(body = {}) {
    this.locked = true;
    clearTimeout(this.timer);
    this.show("locked", { body });
    this.tell("locked", { mine: this.draft.dirty });
  }

  /** Who is here, and whether the draft moved on without us. */
  async look() {
    const answer = await this.server.present(this.revision);
    if (!answer.ok) return;
    const { revision, editedBy, others, locked } = answer.body;
    this.tell("present", others);
    if (this.locked && !locked) this.tell("unlocked");
    if (this.busy || this.state.kind === "stale" || this.locked) return;
    if (revision <= this.revision) return locked ? this.lock() : undefined;
    await this.flush();
    if (this.draft.dirty) this.overtaken();
    else this.tell("newer-quiet", { name: editedBy, revision });
  }

  /** Both sides together; answers with "conflicts" as long as there are places to choose. */
  async merge(decisions) {
    const answer = await this.server.merge(this.revision, this.draft.changes(), decisions);
    if (answer.ok) this.renew(answer.body);
    else if (answer.kind === "locked") this.lock(answer.body);
    return answer;
  }

  /** Drop what is only here and take what the server has. */
  async takeTheirs() {
    const answer = await this.server.files();
    if (answer.ok) this.renew(answer.body);
    return answer;
  }

  /** The server gave everything anew: `{revision, files}`. */
  renew({ revision, files }) {
    this.revision = revision;
    this.tries = 0;
    this.draft.replace(files);
    this.keeping.clear();
    this.show("unchanged");
    this.tell("saved", { revision });
  }

  show(kind, more = {}) {
    this.state = { kind, ...more };
    this.tell("state", this.state);
  }

  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
