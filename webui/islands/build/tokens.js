/** A theme declares thousands of design tokens; this keeps those that our styles reach, directly or through others. */

// A value may hold strings, and a string (a picture as data) may hold semicolons.
const DECLARATION = /(--[\w-]+)\s*:\s*((?:"[^"]*"|'[^']*'|[^;{}"'])*)(;|(?=\}))/g;
const REFERENCE = /var\(\s*(--[\w-]+)/g;

const references = (text) => [...text.matchAll(REFERENCE)].map((match) => match[1]);

/** The names of the tokens that the style sheet needs. */
export function reached(css) {
  const values = new Map();
  const rest = css.replace(DECLARATION, (_, name, value) => {
    values.set(name, [...(values.get(name) ?? []), value]);
    return "";
  });
  const found = new Set();
  const open = references(rest);
  while (open.length) {
    const name = open.pop();
    if (found.has(name)) continue;
    found.add(name);
    for (const value of values.get(name) ?? []) open.push(...references(value));
  }
  return found;
}

/** Vite plugin: after bundling, unreached declarations go. */
export function dropUnusedTokens() {
  return {
    name: "drop-unused-tokens",
    enforce: "post",
    generateBundle(_, bundle) {
      for (const asset of Object.values(bundle)) {
        if (asset.type !== "asset" || !asset.fileName.endsWith(".css")) continue;
        const css = String(asset.source);
        const keep = reached(css);
        asset.source = css.replace(DECLARATION, (text, name) => (keep.has(name) ? text : ""));
      }
    },
  };
}
