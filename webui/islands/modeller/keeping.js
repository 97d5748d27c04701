/**
 * Keeps unsaved changes in the browser's own storage, with the revision that they were made on. Each tab keeps its own:
 * a lock that lives as long as the tab tells which copies belong to nobody any more.
 */

/** @typedef {{base: number, at: string, files: Object<string, string|null>}} Kept */
export class Keeping {
  constructor(key, storage = window.localStorage) {
    this.prefix = `plus1-draft:${key}:`;
    this.own = `${this.prefix}${crypto.getRandomValues(new Uint32Array(2)).join("")}`;
    this.storage = storage;
    navigator.locks?.request(this.own, () => new Promise(() => {}));
  }

  /** The newest copy that a closed tab left; it is this tab's from now on. @returns {Promise<Kept|null>} */
  async takeOver() {
    const living = new Set((await navigator.locks?.query())?.held.map((lock) => lock.name) ?? []);
    const left = this.names().filter((name) => name !== this.own && !living.has(name));
    const copies = left.map((name) => ({ name, kept: this.read(name) })).filter(({ kept }) => kept);
    const newest = copies.sort((a, b) => b.kept.at.localeCompare(a.kept.at))[0];
    if (!newest) return null;
    if (this.write(newest.kept.base, newest.kept.files)) this.storage.removeItem(newest.name);
    return newest.kept;
  }

  names() {
    try {
      return Object.keys(this.storage).filter((name) => name.startsWith(this.prefix));
    } catch {
      return [];
    }
  }

  /** @returns {Kept|null} */
  read(name) {
    try {
      const kept = JSON.parse(this.storage.getItem(name));
      return kept && Number.isInteger(kept.base) && typeof kept.files === "object" ? kept : null;
    } catch {
      return null;
    }
  }

  /** False when the browser refuses: no room, or no storage allowed. */
  write(base, files) {
    try {
      this.storage.setItem(this.own, JSON.stringify({ base, at: new Date().toISOString(), files }));
      return true;
    } catch {
      return false;
    }
  }

  clear() {
    try {
      this.storage.removeItem(this.own);
    } catch {
      // A browser that keeps nothing has nothing to clear.
    }
  }
}
