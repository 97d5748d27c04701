/**
 * The code fields put a `<style>` in the page, which the content security policy forbids, though they know a way that it
 * allows (a constructed style sheet) and take it in shadow roots only. Vite plugin: they take it always.
 */
const FILE = "style-mod/src/style-mod.js";
const ONLY_IN_SHADOW = "if (!root.head && root.adoptedStyleSheets";

export function adoptSheets() {
  return {
    name: "adopt-sheets",
    transform(code, id) {
      if (!id.endsWith(FILE)) return null;
      if (!code.includes(ONLY_IN_SHADOW)) this.error(`${id}: the choice of style sheets is not where it was`);
      return { code: code.replace(ONLY_IN_SHADOW, "if (root.adoptedStyleSheets"), map: null };
    },
  };
}
