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

document.addEventListener("change", sendWhenChanged);
document.addEventListener("submit", sendOnce);
document.addEventListener("htmx:after:swap", (event) => focusErrors(event.target));
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.plus1Sent;
});
focusErrors();
