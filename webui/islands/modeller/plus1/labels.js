/** What people read for the elements and attributes of our vocabulary: [Dutch, English], and how each is filled in. */

export const TYPES = {
  Package: ["Pakket", "Package"],
  Parameter: ["Parameters", "Parameters"],
  Role: ["Rollen", "Roles"],
  Constraint: ["Regels tussen keuzes", "Rules between choices"],
  VisibleTo: ["Wie ziet welk gegeven", "Who sees which value"],
  Point: ["Wat een gemeente mag kiezen", "What a municipality may choose"],
  ValuePoint: ["een waarde", "a value"],
  ListPoint: ["een lijst", "a list"],
  TextPoint: ["een brief (nog niet te publiceren)", "a letter (not yet publishable)"],
  RulePoint: ["een beslistabel", "a decision table"],
  FormPoint: ["een formulier", "a form"],
  StepPoint: ["een stap aan of uit", "a step on or off"],
  AlternativePoint: ["een van meer wegen (nog niet te publiceren)", "one of several ways (not yet publishable)"],
  SlotPoint: ["een eigen deelproces", "a process of its own"],
  OutcomePoint: ["uitkomsten (nog niet te publiceren)", "outcomes (not yet publishable)"],
  MappingPoint: ["een koppeling met de catalogus", "a tie to the catalogue"],
  Statutory: ["Wet", "Law"],
  FourEyes: ["Vier ogen", "Four eyes"],
  LaneRole: ["Rol van deze baan", "Role of this lane"],
};

/** Kinds of points that publishing takes today; a new point begins as the first of these. */
export const READY = ["ValuePoint", "ListPoint", "RulePoint", "FormPoint", "StepPoint", "SlotPoint", "MappingPoint"];

const TYPE = { number: ["getal of bedrag", "number or amount"], text: ["tekst", "text"], boolean: ["ja of nee", "yes or no"], duration: ["termijn", "period"], date: ["datum", "date"], list: ["lijst", "list"], group: ["groep medewerkers", "group of people"] };
const OWNER = { municipality: ["gemeente", "municipality"], executor: ["uitvoerder", "executor"] };
const EXPIRY = { default: ["de basis nemen, met bericht", "take the base, with notice"], stop: ["geen nieuwe zaken tot er is gekozen", "no new cases until somebody chooses"] };
const CLASS = { door: ["door", "onward"], terug: ["terug", "back"], aanhouden: ["aanhouden", "hold"], stop: ["stop", "stop"], done: ["klaar", "done"] };
const ALLOW = { add: ["velden toevoegen", "add fields"], hide: ["velden verbergen", "hide fields"], label: ["vragen anders noemen", "rename questions"], help: ["uitleg geven", "give explanations"], order: ["volgorde wijzigen", "change the order"] };
const MAPS = { status: ["status", "status"], result: ["resultaat", "result"], document: ["document", "document"], role: ["rol", "role"], zaaktype: ["zaaktype (op het proces)", "case type (on the process)"] };
const BINDING = { start: ["die bij de start van de zaak gold", "that held when the case began"], use: ["die nu geldt", "that holds now"], "event:": ["die gold op een datum in de zaak", "that held on a date in the case"] };

/**
 * Per property, or per `Type.property` where it differs: `label`, and optionally `hint`, `options` (fixed), `pick` (from
 * the package), `many` (several of the options), `feel` (required or optional), `long` (several lines), `then` (what follows
 * the option that ends in a colon).
 */
export const PROPERTIES = {
  id: { label: ["Naam in uitdrukkingen", "Name in expressions"], hint: ["Begin met een letter; geen spaties.", "Begin with a letter; no blanks."] },
  "Role.id": { label: ["Rol", "Role"], hint: ["Kleine letters, zoals behandelaar.", "Lower case, such as caseworker."] },
  "Point.id": { label: ["Kenmerk", "Id"], hint: ["Uniek in dit proces, zoals vp-leges. Verander het niet meer na publiceren.", "Unique in this process, such as vp-fee. Do not change it after publishing."] },
  key: { label: ["Sleutel", "Key"], hint: ["Vaste naam van het pakket.", "Fixed name of the package."] },
  uses: { label: ["Roept aan", "Calls"], hint: ["Andere pakketten, als naam@versie, met spaties ertussen.", "Other packages, as name@version, separated by blanks."] },
  name: { label: ["Naam voor mensen", "Name for people"] },
  "Input.name": { label: ["Gegeven", "Value"] },
  "Output.name": { label: ["Gegeven", "Value"] },
  type: { label: ["Soort", "Type"], options: TYPE },
  "WhenOff.type": { label: ["Soort", "Type"] },
  "Input.type": { label: ["Soort", "Type"] },
  "Output.type": { label: ["Soort", "Type"] },
  item: { label: ["Soort van elk onderdeel", "Type of each item"], options: { group: TYPE.group, text: TYPE.text } },
  unit: { label: ["Eenheid", "Unit"], hint: ["Bijvoorbeeld EUR.", "For example EUR."] },
  default: { label: ["Waarde zonder keuze", "Value without a choice"], feel: "optional", hint: ["Een termijn als P8W of P14D, een datum als 2026-01-31.", "A period as P8W or P14D, a date as 2026-01-31."] },
  "Point.default": { label: ["Zonder keuze", "Without a choice"] },
  "StepPoint.default": { label: ["Zonder keuze", "Without a choice"], options: { on: ["aan", "on"], off: ["uit", "off"] } },
  min: { label: ["Ten minste", "At least"] },
  max: { label: ["Ten hoogste", "At most"] },
  source: { label: ["Grondslag", "Legal basis"], hint: ["Artikel dat de grenzen stelt, zoals Awb 4:13.", "Article that sets the limits, such as Awb 4:13."] },
  role: { label: ["Vult de rol", "Fills the role"], pick: "roles" },
  binding: { label: ["Welke waarde telt", "Which value counts"], options: BINDING, then: ["Datum in de zaak", "Date in the case"] },
  expression: { label: ["Regel", "Rule"], feel: "required" },
  message: { label: ["Melding als de regel niet klopt", "Message when the rule is broken"], long: true },
  variable: { label: ["Gegeven", "Value"] },
  roles: { label: ["Mag gezien worden door", "May be seen by"], pick: "roles", many: true },
  owner: { label: ["Wie kiest", "Who chooses"], options: OWNER },
  safe: { label: ["Zonder vragen te gebruiken", "May be used without asking"] },
  onExpiry: { label: ["Als eerdere versies niet meer mogen", "When earlier versions end"], options: EXPIRY },
  question: { label: ["Vraag aan de gemeente", "Question for the municipality"], long: true },
  parameter: { label: ["Parameter", "Parameter"], pick: "parameters" },
  allowed: { label: ["Toegestane waarden", "Allowed values"], hint: ["Met | ertussen.", "Separated by |."] },
  fields: { label: ["Velden van elk onderdeel", "Fields of each item"] },
  ordered: { label: ["Volgorde telt", "Order counts"] },
  text: { label: ["Brief", "Letter"], pick: "letters" },
  required: { label: ["Passages die moeten blijven", "Passages that must stay"] },
  decision: { label: ["Beslistabel", "Decision table"], pick: "decisions" },
  hitPolicyFixed: { label: ["De manier van kiezen (hit policy) staat vast", "The hit policy is fixed"] },
  form: { label: ["Formulier", "Form"], pick: "forms" },
  allow: { label: ["De gemeente mag", "The municipality may"], options: ALLOW, many: true },
  whenOff: { label: ["Als de stap uit staat, dan toch schrijven", "When the step is off, still write"] },
  voids: { label: ["Scenario’s die dan vervallen", "Scenarios that then lapse"] },
  target: { label: ["Gegeven", "Value"] },
  value: { label: ["Waarde", "Value"] },
  "WhenOff.value": { label: ["Waarde", "Value"], feel: "optional" },
  scenario: { label: ["Scenario", "Scenario"], pick: "scenarios" },
  options: { label: ["Wegen", "Ways"], pick: "flows", many: true },
  replace: { label: ["Mag het deelproces vervangen", "May replace the sub-process"] },
  input: { label: ["Geeft mee", "Gives"] },
  output: { label: ["Moet teruggeven", "Must return"] },
  result: { label: ["Uitgangen", "Exits"] },
  class: { label: ["Soort", "Class"], options: CLASS },
  "Open.class": { label: ["Soorten die erbij mogen", "Classes that may be added"] },
  answer: { label: ["Antwoorden", "Answers"] },
  targets: { label: ["Leidt tot", "Leads to"] },
  open: { label: ["Open gelaten", "Left open"] },
  maps: { label: ["Koppelt aan", "Maps to"], options: MAPS, many: true },
  basis: { label: ["Wetsartikel", "Law article"], hint: ["Zoals Awb 4:5. De stap kan nooit uit.", "Such as Awb 4:5. The step can never be switched off."] },
  other: { label: ["Een ander dan wie dit deed", "Another person than who did"], pick: "userTasks" },
  title: { label: ["Naam van de taak, berekend", "Name of the task, worked out"], feel: "required" },
  codeVariable: { label: ["Gegeven dat de code krijgt", "Value that gets the code"] },
  messageVariable: { label: ["Gegeven dat de melding krijgt", "Value that gets the message"] },
  ends: { label: ["Eindgebeurtenis van de basis", "End event of the base"], hint: ["Alleen bij de soort klaar.", "Only with the class done."] },
  endsAll: { label: ["Beëindigt het hele proces", "Ends the whole process"] },
  endsRepetition: { label: ["Beëindigt de hele herhaling", "Ends the whole repetition"] },
  ownCase: { label: ["Alleen binnen deze zaak", "Within this case only"] },
};

/** Kinds of work that a step of a system may ask for (`engine/connectors`). */
export const JOBS = {
  document: ["een brief maken (document)", "make a letter (document)"],
  decision: ["besluiten vastleggen (decision)", "record decisions (decision)"],
  http: ["een ander systeem aanroepen (http)", "call another system (http)"],
};

export const TEXTS = {
  none: ["(geen)", "(none)"],
  unknown: ["{name} (bestaat niet)", "{name} (does not exist)"],
  kind: ["Wat is te kiezen", "What may be chosen"],
  statutory: ["De wet eist deze stap", "The law demands this step"],
  form: ["Formulier", "Form"],
  decision: ["Beslistabel", "Decision table"],
  letter: ["Brief", "Letter"],
  job: ["Soort werk", "Kind of work"],
  open: ["Openen", "Open"],
  "new-form": ["Nieuw formulier", "New form"],
  "new-decision": ["Nieuwe beslistabel", "New decision table"],
  "new-letter": ["Nieuwe brief", "New letter"],
  lane: ["Wie deze rol heeft, mag de taken in deze baan doen.", "Who has this role may do the tasks in this lane."],
  "no-roles": ["Maak eerst rollen bij het proces: klik op de rand van het proces of naast de tekening.", "First add roles to the process: click its border, or beside the drawing."],
};

/** The meaning of a property of a type. `point`: the type is a variation point. */
export function meaning(type, property, point) {
  const names = [`${type}.${property}`, ...(point ? [`Point.${property}`] : []), property];
  return PROPERTIES[names.find((name) => name in PROPERTIES)] ?? { label: [property, property] };
}
