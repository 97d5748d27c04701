/** Who learned BPMN in English finds elements by their English name too, in the menus to add, append and change. */

const PROVIDERS = ["bpmn-append", "bpmn-create", "bpmn-replace"];
const LOW = 500;

class Aliases {
  constructor(popupMenu) {
    for (const provider of PROVIDERS) popupMenu.registerProvider(provider, LOW, this);
  }

  /** An entry's id is made of its English name: "append-user-task", "replace-with-exclusive-gateway". */
  getPopupMenuEntries() {
    return (entries) => {
      for (const [id, entry] of Object.entries(entries)) {
        const english = id.replace(/^(append|create|replace-with)-/, "").replaceAll("-", " ");
        entry.search = [entry.search, english].flat().filter(Boolean);
      }
      return entries;
    };
  }
}
Aliases.$inject = ["popupMenu"];

export function aliasesModule(locale) {
  return locale === "nl" ? { __init__: ["plus1Aliases"], plus1Aliases: ["type", Aliases] } : {};
}
