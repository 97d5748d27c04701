/** Dutch for the kinds of elements, as the menus and the head of the panel name them; events are composed. */

const TRIGGERS = {
  Message: "bericht", Timer: "tijd", Conditional: "voorwaarde", Signal: "signaal", Error: "fout", Escalation: "escalatie",
  Compensation: "compensatie", Compensate: "compensatie", Link: "koppeling", Cancel: "annulering",
  Multiple: "een van meer", "Parallel Multiple": "alle van meer", Parallel: "alle van meer",
};
const PLACES = {
  "Start Event": "Start bij {what}",
  "Intermediate Catch Event": "Tussen: wacht op {what}",
  "Intermediate Throw Event": "Tussen: geeft {what}",
  "Boundary Event": "Rand: {what}",
  "End Event": "Einde met {what}",
};

/** Menus write "Message start event (non-interrupting)", the panel "Message Start Event (Non Interrupting)". */
function spellings(trigger, place) {
  const menu = `${trigger} ${place.toLowerCase()}`;
  const panel = `${trigger} ${place}`;
  return [[menu, menu + " (non-interrupting)"], [panel, panel + " (Non Interrupting)"]];
}

function events() {
  const made = {};
  for (const [trigger, what] of Object.entries(TRIGGERS)) {
    for (const [place, pattern] of Object.entries(PLACES)) {
      const dutch = pattern.replace("{what}", what);
      for (const [plain, calm] of spellings(trigger, place)) {
        made[plain] = dutch;
        made[calm] = `${dutch} (onderbreekt niet)`;
      }
    }
  }
  return made;
}

const PLAIN = {
  "Start event": "Start", "Intermediate throw event": "Tussengebeurtenis", "Intermediate catch event": "Tussengebeurtenis", "Boundary event": "Randgebeurtenis", "End event": "Einde",
  Task: "Taak zonder soort", "User task": "Taak voor een medewerker", "Service task": "Taak voor een systeem", "Send task": "Taak: versturen", "Receive task": "Taak: ontvangen", "Manual task": "Handwerk", "Business rule task": "Beslissing (DMN)", "Script task": "Berekening (script)",
  "Call activity": "Ander proces aanroepen", Transaction: "Transactie", "Event sub-process": "Deelproces bij een gebeurtenis", "Sub-process": "Deelproces", "Sub-process (collapsed)": "Deelproces (dicht)", "Sub-process (expanded)": "Deelproces (open)",
  "Ad-hoc sub-process": "Ad-hoc deelproces", "Ad-hoc sub-process (collapsed)": "Ad-hoc deelproces (dicht)", "Ad-hoc sub-process (expanded)": "Ad-hoc deelproces (open)",
  "Exclusive gateway": "Keuze: een weg", "Parallel gateway": "Samen: alle wegen", "Inclusive gateway": "Keuze: een of meer wegen", "Complex gateway": "Complexe poort", "Event-based gateway": "Wat het eerst gebeurt",
  "Data store reference": "Gegevensopslag", "Data object reference": "Gegevens", "Expanded pool/participant": "Pool (open)", "Empty pool/participant": "Pool (leeg)", "Empty pool/participant (removes content)": "Pool (leeg; de inhoud verdwijnt)",
  "Sequence flow": "Pijl", "Default flow": "Standaardpijl", "Conditional flow": "Pijl met voorwaarde",
};

const PANEL = {
  Association: "Verbinding", "Business Rule Task": PLAIN["Business rule task"], "Call Activity": PLAIN["Call activity"], Collaboration: "Samenwerking", "Conditional Flow": PLAIN["Conditional flow"], "Sequence Flow": "Pijl", "Default Flow": "Standaardpijl",
  "Data Input": "Invoergegevens", "Data Input Association": "Verbinding met gegevens", "Data Output": "Uitvoergegevens", "Data Output Association": "Verbinding met gegevens", "Data Object Reference": "Gegevens", "Data Store Reference": "Gegevensopslag",
  "End Event": "Einde", "Start Event": "Start", "Boundary Event": "Randgebeurtenis", "Intermediate Throw Event": "Tussengebeurtenis", "Intermediate Catch Event": "Tussengebeurtenis",
  "Event Sub Process": PLAIN["Event sub-process"], "Complex Gateway": PLAIN["Complex gateway"], "Event Based Gateway": PLAIN["Event-based gateway"], "Exclusive Gateway": PLAIN["Exclusive gateway"], Gateway: "Poort", "Inclusive Gateway": PLAIN["Inclusive gateway"], "Parallel Gateway": PLAIN["Parallel gateway"],
  Group: "Groep", Lane: "Baan", "Manual Task": PLAIN["Manual task"], "Message Flow": "Berichtpijl", Participant: "Pool", Process: "Proces", "Receive Task": PLAIN["Receive task"], "Script Task": PLAIN["Script task"], "Send Task": PLAIN["Send task"], "Service Task": PLAIN["Service task"], "User Task": PLAIN["User task"],
  "Collapsed Sub Process": PLAIN["Sub-process (collapsed)"], "Expanded Sub Process": PLAIN["Sub-process (expanded)"], "Collapsed Ad Hoc Sub Process": PLAIN["Ad-hoc sub-process (collapsed)"], "Expanded Ad Hoc Sub Process": PLAIN["Ad-hoc sub-process (expanded)"],
  "Text Annotation": "Opmerking",
};

const ENDS = { "Terminate end event": "Einde: alles stopt", "Terminate End Event": "Einde: alles stopt" };

export const TYPES = { ...events(), ...ENDS, ...PLAIN, ...PANEL };
