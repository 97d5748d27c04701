/**
 * Two versions of a diagram side by side: what went, came, changed or moved is marked; both move together.
 *
 * <div data-plus1-difference data-marks='{"old": {"Task_1": "removed"}, "new": {…}}'> with in it two
 * <div data-plus1-side="old" data-xml="…">; kinds: added, removed, changed, moved. Buttons with data-plus1-zoom; links
 * with data-plus1-show="Task_1" bring that element into view. The same facts stand on the page as sentences.
 */
import "./styles/diagram.css";

import NavigatedViewer from "bpmn-js/lib/NavigatedViewer.js";

const KINDS = ["added", "removed", "changed", "moved"];
const SIGNS = { added: "+", removed: "−", changed: "≠", moved: "↔" };
const ROOM = 60;

class Side {
  constructor(host) {
    this.name = host.dataset.plus1Side;
    this.host = host;
    this.viewer = new NavigatedViewer({ container: host.querySelector("[data-plus1-canvas]") });
    this.canvas = this.viewer.get("canvas");
  }

  async open(marks) {
    const response = await fetch(this.host.dataset.xml, { credentials: "same-origin" });
    if (!response.ok) throw new Error(`difference: ${response.status}`);
    await this.viewer.importXML(await response.text());
    this.host.querySelector("[data-plus1-waiting]")?.remove();
    for (const [element, kind] of Object.entries(marks)) this.mark(element, kind);
  }

  mark(element, kind) {
    const found = this.viewer.get("elementRegistry").get(element);
    if (!found || !KINDS.includes(kind)) return;
    this.canvas.addMarker(element, `plus1-mark-${kind}`);
    if (found.waypoints) return;
    const html = document.createElement("span");
    html.className = `plus1-token plus1-token--${kind}`;
    html.textContent = SIGNS[kind];
    this.viewer.get("overlays").add(element, "plus1", { position: { top: -12, right: 12 }, html });
  }

  show(element) {
    if (!this.viewer.get("elementRegistry").get(element)) return false;
    this.canvas.scrollToElement(element, ROOM);
    return true;
  }
}

class Difference {
  constructor(host) {
    this.host = host;
    this.sides = [...host.querySelectorAll("[data-plus1-side]")].map((side) => new Side(side));
  }

  async open() {
    const marks = JSON.parse(this.host.dataset.marks);
    await Promise.all(this.sides.map((side) => side.open(marks[side.name] ?? {})));
    this.fit();
    for (const side of this.sides) {
      side.viewer.on("canvas.viewbox.changed", ({ viewbox }) => this.follow(side, viewbox));
      new ResizeObserver(() => side.canvas.resized()).observe(side.host);
    }
    this.listen();
    this.host.dataset.ready = "yes";
  }

  /** What one side shows the other shows too, so that the eye compares like with like. */
  follow(leader, { x, y, width, height }) {
    if (this.following) return;
    this.following = true;
    for (const side of this.sides) if (side !== leader) side.canvas.viewbox({ x, y, width, height });
    this.following = false;
  }

  fit() {
    const boxes = this.sides.map((side) => side.canvas.viewbox().inner);
    const left = Math.min(...boxes.map((box) => box.x));
    const top = Math.min(...boxes.map((box) => box.y));
    const right = Math.max(...boxes.map((box) => box.x + box.width));
    const bottom = Math.max(...boxes.map((box) => box.y + box.height));
    const box = { x: left - ROOM / 2, y: top - ROOM / 2, width: right - left + ROOM, height: bottom - top + ROOM };
    for (const side of this.sides) side.canvas.viewbox(box);
  }

  listen() {
    const zoom = (by) => this.sides[0].viewer.get("zoomScroll").stepZoom(by);
    const actions = { in: () => zoom(1), out: () => zoom(-1), fit: () => this.fit() };
    this.host.addEventListener("click", (event) => {
      actions[event.target.closest("[data-plus1-zoom]")?.dataset.plus1Zoom]?.();
    });
    document.addEventListener("click", (event) => {
      const link = event.target.closest("[data-plus1-show]");
      if (link) this.show(link.dataset.plus1Show);
    });
  }

  show(element) {
    for (const side of this.sides) if (side.canvas.zoom() < 0.75) side.canvas.zoom(0.9);
    // The side that has it leads; the other follows.
    this.sides.toReversed().some((side) => side.show(element));
  }
}

for (const host of document.querySelectorAll("[data-plus1-difference]")) {
  new Difference(host).open().catch((problem) => {
    host.dataset.ready = "failed";
    console.error(problem);
  });
}
