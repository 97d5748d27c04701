/**
 * What is typed reaches the model a moment later, so that each letter is no step of its own to undo. Here those moments are
 * known: whoever saves or leaves first brings in what is still on its way, from a field that still has the focus too.
 */
const MOMENT = 250; // milliseconds

export class Late {
  constructor() {
    this.underway = new Set();
    const wrap = (act) => this.wrap(act);
    /** For the panel and for decision tables (`debounceInput`), and for forms (`debounce`). */
    this.module = { debounceInput: ["value", wrap], debounce: ["value", wrap] };
  }

  /** An act that waits until no letter came for a moment; `flush` does at once what waits, `cancel` forgets it. */
  wrap(act) {
    let timer, given;
    const flush = () => {
      if (!this.underway.delete(flush)) return;
      clearTimeout(timer);
      act(...given);
    };
    const cancel = () => {
      clearTimeout(timer);
      this.underway.delete(flush);
    };
    const later = (...now) => {
      given = now;
      this.underway.add(flush);
      clearTimeout(timer);
      timer = setTimeout(flush, MOMENT);
    };
    return Object.assign(later, { flush, cancel });
  }

  /** Bring in at once what is on its way. */
  now() {
    for (const flush of [...this.underway]) flush();
  }
}
