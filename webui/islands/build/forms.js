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
const SHOWN = /\b(label|title|description|tooltip|placeholder|name|children|alt): ('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/g;
const EDITOR = fileURLToPath(new URL("../../node_modules/@bpmn-io/form-js-editor/dist/index.es.js", import.meta.url));

/** The mark of bpmn.io is left exactly as it is: the licence asks for that. */
const MARK = /bpmn\.io/i;

export function translateForms() {
  return {
    name: "translate-forms",
    transform(code, id) {
      if (!FILES.some((file) => id.endsWith(file))) return null;
      let count = 0;
      const changed = code.replace(SHOWN, (whole, property, literal) => {
        const text = literal.slice(1, -1).replace(/\\(.)/g, "$1");
        if (!Object.hasOwn(KNOWN, text) || MARK.test(text)) return whole;
        count++;
        return `${property}: (globalThis.plus1Translate ? globalThis.plus1Translate(${literal}) : ${literal})`;
      });
      if (!count) this.error(`${id}: no text was found to translate`);
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
