/**
 * The menus of the drawing count what a search found in English, whatever the page's language. Vite plugin: they ask the
 * translation of the page.
 */
const FILE = "diagram-js/lib/features/popup-menu/PopupMenuComponent.js";
const FOUND = "${ entriesToShow.length } ${ entriesToShow.length === 1 ? 'result' : 'results' } found";
const ASKED = "${ (globalThis.plus1Translate ?? String)(entriesToShow.length === 1 ? '1 result found' : '{count} results found', { count: entriesToShow.length }) }";

export function translateMenus() {
  return {
    name: "translate-menus",
    transform(code, id) {
      if (!id.endsWith(FILE)) return null;
      if (!code.includes(FOUND)) this.error(`${id}: the number of results is not where it was`);
      return { code: code.replace(FOUND, () => ASKED), map: null };
    },
  };
}
