/** Talks to the server about one draft: each answer is a value, never an exception, so that nothing is lost on the way. */

/**
 * @typedef {{ok: boolean, kind: "ok"|"offline"|"logged-out"|"stale"|"locked"|"conflicts"|"refused"|"failed", body: any}} Answer
 */
const PATIENCE = 30_000;

export class Server {
  constructor(base, token) {
    this.base = base;
    this.token = token;
  }

  files() {
    return this.ask("bestanden");
  }

  findings() {
    return this.ask("bevindingen");
  }

  present(revision) {
    return this.ask(`wie?revision=${revision}`);
  }

  save(revision, files) {
    return this.send("bewaren", { revision, files });
  }

  merge(base, files, decisions) {
    return this.send("samenvoegen", { base, files, decisions });
  }

  feel(text) {
    return this.send("feel", { text });
  }

  bring(file, revision) {
    const body = new FormData();
    body.append("bestand", file, file.name);
    body.append("revision", revision);
    return this.ask("inlezen", { method: "POST", body });
  }

  send(path, body) {
    return this.ask(path, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });
  }

  /** One request; a token of an earlier session is replaced and the request repeated, once. @returns {Promise<Answer>} */
  async ask(path, options = {}) {
    const first = await this.once(path, options);
    if (!["logged-out", "token"].includes(first.kind)) return first;
    const again = (await this.renew()) ? await this.once(path, options) : first;
    return again.kind === "token" ? { ...again, kind: "logged-out" } : again;
  }

  async once(path, { headers = {}, ...options }) {
    try {
      const response = await fetch(`${this.base}/${path}`, {
        credentials: "same-origin",
        redirect: "manual",
        signal: AbortSignal.timeout(PATIENCE),
        ...options,
        headers: { Accept: "application/json", ...(options.method === "POST" ? { "X-CSRFToken": this.token } : {}), ...headers },
      });
      return await read(response);
    } catch {
      return { ok: false, kind: "offline", body: {} };
    }
  }

  /** After logging in anew (in another tab) the page's form token belongs to the session before: read the new one. */
  async renew() {
    try {
      const response = await fetch(this.base, { credentials: "same-origin", headers: { Accept: "text/html" } });
      if (!response.ok) return false;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const token = page.querySelector("[data-plus1-modeller]")?.dataset.csrf;
      if (token) this.token = token;
      return Boolean(token);
    } catch {
      return false;
    }
  }
}

/** @returns {Promise<Answer>} */
async function read(response) {
  const known = response.headers.get("Content-Type")?.includes("json");
  const body = known ? await response.json() : {};
  return { ok: response.ok && known, kind: kind(response, known, body), body };
}

function kind(response, known, body) {
  if (response.ok && known) return "ok";
  // A redirect, or a page where JSON was asked, is the way to the log-in page.
  if (response.status === 401 || response.type === "opaqueredirect" || response.ok) return "logged-out";
  if (response.status === 400 && !known) return "token";
  if (response.status === 412) return "stale";
  if (response.status === 409) return body.code === "conflicts" ? "conflicts" : "locked";
  return response.status >= 500 || response.status === 429 || !known ? "failed" : "refused";
}
