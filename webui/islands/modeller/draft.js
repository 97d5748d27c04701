/** The files of a draft: as they are here, as they were saved, and what differs. */

/** @typedef {Object<string, string|null>} Changes path → new text, null for a file that is gone */
export class Draft extends EventTarget {
  constructor(files = {}) {
    super();
    this.files = new Map(Object.entries(files));
    this.saved = new Map(this.files);
  }

  text(path) {
    return this.files.get(path) ?? null;
  }

  /** The paths in a folder with an ending, sorted; "" for files at the top. */
  paths(folder, ending) {
    const inside = (path) => (folder ? path.startsWith(`${folder}/`) : !path.includes("/"));
    return [...this.files.keys()].filter((path) => inside(path) && path.endsWith(ending)).sort();
  }

  set(path, text) {
    if (this.files.get(path) === text) return;
    const known = this.files.has(path);
    this.files.set(path, text);
    this.tell(known ? "content" : "list");
  }

  remove(path) {
    if (this.files.delete(path)) this.tell("list");
  }

  /** @returns {Changes} */
  changes() {
    const changes = {};
    for (const [path, text] of this.files) if (this.saved.get(path) !== text) changes[path] = text;
    for (const path of this.saved.keys()) if (!this.files.has(path)) changes[path] = null;
    return changes;
  }

  get dirty() {
    return Object.keys(this.changes()).length > 0;
  }

  /** What the server has now; what changed here meanwhile stays a change. @param {Changes} sent */
  markSaved(sent) {
    put(this.saved, sent);
  }

  /** Everything as the server has it: whatever was here is gone. */
  replace(files) {
    this.saved = new Map(Object.entries(files));
    this.files = new Map(this.saved);
    this.tell("replaced");
  }

  /** Bring changes of an earlier tab back. @param {Changes} changes */
  apply(changes) {
    put(this.files, changes);
    this.tell("replaced");
  }

  /** `kind`: content (a known file), list (a file more or less), replaced (all anew). */
  tell(kind) {
    this.dispatchEvent(new CustomEvent("change", { detail: kind }));
  }
}

function put(files, changes) {
  for (const [path, text] of Object.entries(changes)) {
    if (text === null) files.delete(path);
    else files.set(path, text);
  }
}
