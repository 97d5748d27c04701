/**
 * The parts of the properties panel fall back to English where its callers hand them no translation, and few do. Vite
 * plugin: their fallback asks the translation of the page first.
 */
const FILES = ["@bpmn-io/properties-panel/dist/index.esm.js", "@bpmn-io/form-js-editor/dist/index.es.js"];
const FALLBACK = "function translateFallback(template, replacements) {";

export function translatePanel() {
  return {
    name: "translate-panel",
    transform(code, id) {
      if (!FILES.some((file) => id.endsWith(file))) return null;
      if (!code.includes(FALLBACK)) this.error(`${id}: the fallback for texts is not where it was`);
      const asked = "if (globalThis.plus1Translate) return globalThis.plus1Translate(template, replacements);";
      return { code: code.replaceAll(FALLBACK, `${FALLBACK}\n  ${asked}`), map: null };
    },
  };
}
