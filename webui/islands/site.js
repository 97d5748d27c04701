/** Every page: styles, htmx, and the few things that make it kinder with scripts; all pages work without. */
import "./styles/site.css";

import "htmx.org/dist/htmx.esm.js";

const find = (selector, root = document) => root.querySelector(selector);

/** After a refused form the keyboard and the screen reader stand at the list of errors. */
function focusErrors(root = document) {
  find("[data-plus1-errors]", root)?.focus();
}

/** Filters that send themselves when changed; their button stays for who has no scripts. */
function sendWhenChanged(event) {
  const form = event.target.closest("form[data-plus1-send-when-changed]");
  if (form && event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
}

/** One click sends once; without scripts the idempotency key in the form does the same. */
function sendOnce(event) {
  const form = event.target;
  if (form.dataset.plus1Sent === "yes") event.preventDefault();
  else if (form.method === "post") form.dataset.plus1Sent = "yes";
}

let asked = 0;

/** Fields come and go with the answers: the server says which are left out; what was typed is never touched. An answer
 * that is overtaken by a newer question no longer counts. */
async function askLeftOut(event) {
  const answers = event.target.closest("[data-plus1-moving]");
  if (!answers) return;
  const mine = ++asked;
  const body = new FormData(answers.closest("form"));
  const response = await fetch(answers.dataset.plus1Moving, { method: "POST", body, credentials: "same-origin" });
  if (!response.ok) return;
  const leftOut = new Set((await response.json()).leftOut);
  if (mine !== asked) return;
  for (const answer of answers.querySelectorAll("[data-plus1-answer]")) {
    answer.hidden = leftOut.has(answer.dataset.plus1Answer);
  }
}

document.addEventListener("change", sendWhenChanged);
document.addEventListener("change", askLeftOut);
document.addEventListener("submit", sendOnce);
document.addEventListener("htmx:after:swap", (event) => focusErrors(event.target));
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.plus1Sent;
});
focusErrors();
