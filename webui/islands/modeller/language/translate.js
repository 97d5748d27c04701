/** The `translate` service of the bpmn.io editors: Dutch when the page is Dutch, and a list of what had no Dutch. */
import { fill } from "../words.js";
import { DUTCH } from "./dutch.js";

/** Texts asked for that the dictionary does not know: a test reads this after a walk over all kinds of elements. */
const missing = new Set();
globalThis.plus1Missing = missing;

function dutch(template, replacements) {
  const key = String(template ?? "");
  if (!Object.hasOwn(DUTCH, key) && key.trim()) missing.add(key);
  return fill(DUTCH[key] ?? key, replacements ?? {});
}

function english(template, replacements) {
  return fill(String(template ?? ""), replacements ?? {});
}

export function translateModule(locale) {
  const translate = locale === "nl" ? dutch : english;
  globalThis.plus1Translate = translate; // for parts that are handed no translation, see build/panel.js
  return { translate: ["value", translate] };
}
