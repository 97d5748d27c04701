/**
 * form-js has no translations: its labels stand in its sources as plain texts. Vite plugin: those that our dictionary
 * knows become a question to the page's translation. What it does not know stays English, and nothing else is touched.
 */
import { fileURLToPath } from "node:url";

import { FORM } from "../modeller/language/form.js";
import { DMN } from "../modeller/language/dmn.js";
import { PANEL } from "../modeller/language/panel.js";

const FILES = ["@bpmn-io/form-js-editor/dist/index.es.js", "@bpmn-io/form-js-viewer/dist/index.es.js"];
const KNOWN = { ...DMN, ...PANEL, ...FORM };
/** Where a text is shown: a property, a table of names, a variable, what a function answers. */
const SHOWN = /((?:\b(?:label|title|description|tooltip|placeholder|name|alt|children): \[?|\]: |\b(?:label|description|placeholderContent) = |\breturn ))('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/g;
/** Texts that are put together, with the same in one piece. */
const COMPOSED = {
  "`Create ${getIndefiniteArticle(type)} ${label} element`": "('Create {label}', { label })",
  "`Remove ${entry.label}`": "('Remove {label}', { label: entry.label })",
};
const EDITOR = fileURLToPath(new URL("../../node_modules/@bpmn-io/form-js-editor/dist/index.es.js", import.meta.url));

/** Small words are values (`number`, `date`), and what a function answers is one too, unless it is a sentence. */
function isText(place, text) {
  const shape = place.startsWith("return") ? /^[A-Z].* |^Form$/ : /^[A-Z]/;
  return Object.hasOwn(KNOWN, text) && shape.test(text);
}

const ask = (asked) => `(globalThis.plus1Translate ?? String)${asked}`;

export function translateForms() {
  return {
    name: "translate-forms",
    transform(code, id) {
      if (!FILES.some((file) => id.endsWith(file))) return null;
      let changed = code.replace(SHOWN, (whole, place, literal) => {
        const text = literal.slice(1, -1).replace(/\\(.)/g, "$1");
        return isText(place, text) ? `${place}${ask(`(${literal})`)}` : whole;
      });
      for (const [composed, asked] of Object.entries(COMPOSED)) {
        if (id.endsWith(FILES[0]) && !code.includes(composed)) this.error(`${id}: ${composed} is not where it was`);
        changed = changed.replaceAll(composed, ask(asked));
      }
      if (changed === code) this.error(`${id}: no text was found to translate`);
      return { code: changed, map: null };
    },
  };
}

/**
 * The form editor wants an older preact than the rest, and draws with parts of the form viewer, which would get the newer
 * one: two preacts on one page break each other's hooks. Vite plugin: the viewer takes the editor's.
 */
export function onePreactForForms() {
  return {
    name: "one-preact-for-forms",
    enforce: "pre",
    async resolveId(source, importer) {
      if (!/^preact(\/|$)/.test(source) || !importer?.includes("@bpmn-io/form-js-viewer/")) return null;
      return this.resolve(source, EDITOR, { skipSelf: true });
    },
  };
}
