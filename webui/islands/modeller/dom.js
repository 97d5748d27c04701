/** Makes elements: `make("button", {class: "…", onclick: act}, "Bewaren")`; text is always text, never markup. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const KINDS = { primary: "utrecht-button--primary-action", secondary: "utrecht-button--secondary-action", subtle: "utrecht-button--subtle", danger: "utrecht-button--secondary-action utrecht-button--danger" };

/** A button in the house's looks; `kind`: primary, secondary, subtle or danger. */
export function button(text, onclick, kind = "secondary", more = {}) {
  return make("button", { type: "button", class: `utrecht-button ${KINDS[kind]} plus1-small`, onclick, ...more }, text);
}

export function link(text, href, more = {}) {
  return make("a", { class: "utrecht-link utrecht-link--html-a", href, ...more }, text);
}

/** Hand the person a file; `content`: text or bytes. */
export function download(name, content, type = "application/octet-stream") {
  const address = URL.createObjectURL(new Blob([content], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
