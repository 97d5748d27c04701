/**
 * The diagram of a case, or of a municipality's choices: reads its addresses from data attributes, marks elements, and
 * never changes a model.
 *
 * <div data-plus1-diagram data-xml="…" data-state="…" data-refresh="5">: `data-xml` gives BPMN, `data-state` gives
 * {"marks": [{"element": "Task_1", "kind": "active", "count": 1}]}; kinds of a case: active, waiting, incident, done;
 * of choices: open, changed, off.
 */
import "./styles/diagram.css";

import NavigatedViewer from "bpmn-js/lib/NavigatedViewer.js";

const READABLE = 0.75;
const NARROW = 700;
const KINDS = ["active", "waiting", "incident", "done", "open", "changed", "off"];
const AT_WORK = ["active", "waiting", "incident"].map((kind) => `plus1-mark-${kind}`);
const SIGNS = { incident: "!", open: "?", changed: "≠", off: "×" };

class Diagram {
  constructor(host) {
    this.host = host;
    this.canvas = host.querySelector("[data-plus1-canvas]");
    this.viewer = new NavigatedViewer({ container: this.canvas });
    this.etag = "";
    this.marked = [];
  }

  async open() {
    const response = await fetch(this.host.dataset.xml, { credentials: "same-origin" });
    if (!response.ok) throw new Error(`diagram: ${response.status}`);
    await this.viewer.importXML(await response.text());
    this.host.querySelector("[data-plus1-waiting]")?.remove();
    this.fit();
    this.listen();
    await this.refresh();
    this.comeCloser();
    this.host.dataset.ready = "yes";
    const seconds = Number(this.host.dataset.refresh);
    if (seconds) setInterval(() => document.hidden || this.refresh(), seconds * 1000);
  }

  fit() {
    this.viewer.get("canvas").zoom("fit-viewport", "auto");
  }

  /** A large model as a whole is unreadable: begin at the place where the case is; one button shows it all. */
  comeCloser() {
    const canvas = this.viewer.get("canvas");
    const narrow = this.canvas.clientWidth < NARROW;
    const place = this.marked.find(([, marker]) => AT_WORK.includes(marker) || (narrow && marker !== "plus1-mark-done"));
    if (!place || canvas.zoom() >= READABLE) return;
    canvas.zoom(READABLE);
    canvas.scrollToElement(place[0], 40);
  }

  listen() {
    const zoom = this.viewer.get("zoomScroll");
    const actions = { in: () => zoom.stepZoom(1), out: () => zoom.stepZoom(-1), fit: () => this.fit() };
    this.host.addEventListener("click", (event) => actions[event.target.closest("[data-plus1-zoom]")?.dataset.plus1Zoom]?.());
    new ResizeObserver(() => this.viewer.get("canvas").resized()).observe(this.canvas);
  }

  /** Ask for the state; an unchanged one (304) costs nothing. */
  async refresh() {
    if (!this.host.dataset.state) return;
    const headers = this.etag ? { "If-None-Match": this.etag } : {};
    const response = await fetch(this.host.dataset.state, { headers, credentials: "same-origin" });
    if (response.status !== 200) return;
    this.etag = response.headers.get("ETag") ?? "";
    this.show((await response.json()).marks);
  }

  show(marks) {
    const canvas = this.viewer.get("canvas");
    const overlays = this.viewer.get("overlays");
    const elements = this.viewer.get("elementRegistry");
    for (const [element, marker] of this.marked) canvas.removeMarker(element, marker);
    overlays.remove({ type: "plus1" });
    this.marked = [];
    for (const { element, kind, count } of marks) {
      if (!KINDS.includes(kind) || !elements.get(element)) continue;
      const marker = `plus1-mark-${kind}`;
      canvas.addMarker(element, marker);
      this.marked.push([element, marker]);
      if (kind !== "done") overlays.add(element, "plus1", { position: { top: -12, right: 12 }, html: badge(kind, count) });
    }
  }
}

function badge(kind, count) {
  const html = document.createElement("span");
  html.className = `plus1-token plus1-token--${kind}`;
  html.textContent = SIGNS[kind] ?? (count > 1 ? String(count) : "");
  return html;
}

for (const host of document.querySelectorAll("[data-plus1-diagram]")) {
  new Diagram(host).open().catch((problem) => {
    host.dataset.ready = "failed";
    const said = host.querySelector("[data-plus1-waiting]");
    if (said) said.textContent = host.dataset.absent;
    // A model without a drawing is no fault; whatever else went wrong is told where developers look.
    console.warn(problem.message);
  });
}
