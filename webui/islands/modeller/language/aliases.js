/** In the menus to add, append and change, elements are found by the words people use for them, and by their English names. */

const PROVIDERS = ["bpmn-append", "bpmn-create", "bpmn-replace"];
const LOW = 500;
/** Everyday words by the end of an element's English name. */
const WORDS = {
  "user task": "persoon mens gebruiker medewerker formulier handmatig",
  "manual task": "handmatig",
  "service task": "systeem koppeling automatisch api",
  "script task": "berekening rekenen automatisch",
  "send task": "brief bericht mail e-mail versturen",
  "receive task": "bericht ontvangen wachten",
  "rule task": "besluit beslissing tabel beslistabel regels dmn",
  "call activity": "subproces deelproces",
  subprocess: "subproces deelproces",
  "exclusive gateway": "keuze poort splitsing xor of",
  "parallel gateway": "and en tegelijk samen poort splitsing",
  "inclusive gateway": "or keuze poort splitsing",
  "complex gateway": "poort splitsing",
  "event based gateway": "wachten poort splitsing",
  "timer": "wachten klok timer tijd termijn",
  "message": "brief bericht mail e-mail",
  "end event": "stop klaar",
  "start event": "begin",
  "text annotation": "opmerking notitie uitleg",
};

/** Each word by itself: a whole word that is found stands higher. */
function wordsFor(english) {
  return Object.entries(WORDS).filter(([name]) => english.includes(name)).flatMap(([, words]) => words.split(" "));
}

class Aliases {
  constructor(popupMenu) {
    for (const provider of PROVIDERS) popupMenu.registerProvider(provider, LOW, this);
  }

  /** An entry's id is made of its English name: "append-user-task", "replace-with-exclusive-gateway". */
  getPopupMenuEntries() {
    return (entries) => {
      for (const [id, entry] of Object.entries(entries)) {
        const english = id.replace(/^(append|create|replace-with)-/, "").replaceAll("-", " ");
        entry.search = [entry.search, english, ...wordsFor(english)].flat().filter(Boolean);
      }
      return entries;
    };
  }
}
Aliases.$inject = ["popupMenu"];

export function aliasesModule(locale) {
  return locale === "nl" ? { __init__: ["plus1Aliases"], plus1Aliases: ["type", Aliases] } : {};
}
