/** Questions in a window of their own: a real `<dialog>`, which holds the focus and closes with Escape. */
import { button, make } from "./dom.js";

let number = 0;

/** Shows `body` with a title and buttons [{text, kind, value, act}]; answers with the value of the button pressed, or null.
 * `act()` is asked before closing: false keeps the window open. */
export function ask(title, body, buttons) {
  const id = `plus1-dialog-${++number}`;
  const asks = body.some((part) => part.hasAttribute("autofocus"));
  return new Promise((resolve) => {
    const close = (value) => {
      dialog.close();
      dialog.remove();
      resolve(value);
    };
    const press = async ({ act, value }) => {
      if ((await act?.()) !== false) close(value);
    };
    const dialog = make(
      "dialog",
      { class: "plus1-dialog", "aria-labelledby": id, oncancel: (event) => (event.preventDefault(), close(null)) },
      make("h2", { class: "utrecht-heading-2", id }, title),
      ...body,
      make("div", { class: "utrecht-button-group" }, buttons.map((one) => button(one.text, () => press(one), one.kind ?? "secondary", { autofocus: one.kind === "primary" && !asks }))),
    );
    document.body.append(dialog);
    dialog.showModal();
    clearOfMark(dialog);
  });
}

/** The licence of bpmn.io wants its mark in sight: on a small screen the page is moved until it stands below the window. */
function clearOfMark(dialog) {
  const { bottom, top } = dialog.getBoundingClientRect();
  for (const mark of document.querySelectorAll(".bjs-powered-by")) {
    const box = mark.getBoundingClientRect();
    if (box.width && box.top < bottom && box.bottom > top) mark.scrollIntoView({ block: "end", behavior: "instant" });
  }
}

/** Yes or no. */
export async function confirm(title, lines, yes, no) {
  const body = lines.map((line) => make("p", { class: "utrecht-paragraph" }, line));
  return (await ask(title, body, [{ text: yes, kind: "danger", value: true }, { text: no, kind: "subtle", value: false }])) === true;
}

/** A name that `check` accepts (it answers with what is wrong, or ""); null when the person gives up. */
export async function askName(t, title, check) {
  const input = make("input", { class: "utrecht-textbox utrecht-textbox--html-input", id: "plus1-new-name", type: "text", autofocus: true, autocomplete: "off", maxlength: 60, "aria-describedby": "plus1-new-hint plus1-new-error" });
  const error = make("p", { class: "utrecht-form-field-error-message", id: "plus1-new-error", role: "alert" });
  const body = [
    make("label", { class: "utrecht-form-label", for: input.id }, t("new-name")),
    make("p", { class: "utrecht-form-field-description", id: "plus1-new-hint" }, t("new-name-hint")),
    error,
    input,
  ];
  const act = () => {
    error.textContent = check(input.value.trim());
    if (!error.textContent) return true;
    input.setAttribute("aria-invalid", "true");
    input.focus();
    return false;
  };
  input.addEventListener("keydown", (event) => event.key === "Enter" && input.closest("dialog").querySelector(".utrecht-button--primary-action").click());
  const done = await ask(title, body, [{ text: t("make"), kind: "primary", value: true, act }, { text: t("cancel"), kind: "subtle", value: null }]);
  return done ? input.value.trim() : null;
}
