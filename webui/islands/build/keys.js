/** Every text that the editors ask a translation for, found in their sources; a test wants Dutch for each. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MODULES = fileURLToPath(new URL("../../node_modules/", import.meta.url));
const SOURCES = ["bpmn-js/lib", "diagram-js/lib", "bpmn-js-create-append-anything/dist/index.es.js", "diagram-js-minimap/dist/index.esm.js", "bpmn-js-properties-panel/dist/index.esm.js", "@bpmn-io/properties-panel/dist/index.esm.js", "dmn-js-shared/lib", "dmn-js-drd/lib", "dmn-js-decision-table/lib", "dmn-js-literal-expression/lib", "dmn-js-boxed-expression/lib"];
const ASKED = /\btranslate\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/g;
const LABELLED = /\b(?:label|explanation): ('(?:[^'\\\n]|\\.)*')/g;
/** Files whose labels are translated where they are shown. */
const LABELS = ["popup-menu/PopupEntries.js", "replace/ReplaceOptions.js", "hit-policy/HitPolicies.js"];
/** The panel ships Camunda 7's groups after those of Camunda 8; we show the latter only. */
const CAMUNDA_7 = "__init__: ['zeebePropertiesProvider']";
/** Examples in comments, and BPMN that asks for no translation in our tools. */
const NOT_SHOWN = new Set(["HELLO {you}", " + shift + ", " + x + "]);

function files(path) {
  if (statSync(path).isFile()) return path.endsWith(".js") ? [path] : [];
  return readdirSync(path).flatMap((name) => files(join(path, name)));
}

function shown(path) {
  const text = readFileSync(path, "utf8");
  const code = text.split(CAMUNDA_7)[0];
  return code.replace(/^\s*(?:\/\/|\*).*$/gm, "");
}

/** @returns {string[]} */
export function asked() {
  const found = new Set();
  for (const path of SOURCES.flatMap((source) => files(join(MODULES, source)))) {
    const code = shown(path);
    const patterns = LABELS.some((name) => path.endsWith(name)) ? [ASKED, LABELLED] : [ASKED];
    for (const pattern of patterns) for (const [, literal] of code.matchAll(pattern)) found.add(plain(literal));
  }
  return [...found].filter((text) => text.trim() && !NOT_SHOWN.has(text)).sort();
}

/** The text that a literal of JavaScript stands for. */
function plain(literal) {
  return literal.slice(1, -1).replace(/\\(.)/g, "$1");
}
