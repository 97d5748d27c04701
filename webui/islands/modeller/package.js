/** What is in a draft, for picking and for tabs: forms, decisions, letters, and the smallest valid new ones. */

const DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/";

/** The kinds of files that a package holds; `process` is the one that ties the others. */
export const KINDS = {
  process: { folder: "processes", ending: ".bpmn", add: "new-process" },
  decisions: { folder: "decisions", ending: ".dmn", add: "new-decision" },
  forms: { folder: "forms", ending: ".json", add: "new-form" },
  texts: { folder: "texts", ending: ".md", add: "new-text" },
  scenarios: { folder: "scenarios", ending: ".json", add: "new-scenario" },
};
export const MANIFEST = "process.bpmn";

/** The paths of one kind. */
export function pathsOf(draft, kind) {
  const { folder, ending } = KINDS[kind];
  const found = draft.paths(folder, ending);
  return kind === "process" ? [MANIFEST, ...found] : found;
}

export function kindOf(path) {
  if (path === MANIFEST) return "process";
  return Object.keys(KINDS).find((kind) => path.startsWith(`${KINDS[kind].folder}/`) && path.endsWith(KINDS[kind].ending));
}

/** How a file is called for people: its name without folder and ending. */
export function nameOf(path) {
  return path.split("/").pop().replace(/\.[^.]+$/, "");
}

/** Forms of the package. @returns {{id: string, name: string, path: string}[]} */
export function forms(draft) {
  return pathsOf(draft, "forms").flatMap((path) => {
    const id = formId(draft.text(path));
    return id ? [{ id, name: id, path }] : [];
  });
}

function formId(text) {
  try {
    const { id } = JSON.parse(text);
    return typeof id === "string" ? id : "";
  } catch {
    return "";
  }
}

/** Decisions of the package, several per file. @returns {{id: string, name: string, path: string}[]} */
export function decisions(draft) {
  return pathsOf(draft, "decisions").flatMap((path) => {
    const root = new DOMParser().parseFromString(draft.text(path), "text/xml").documentElement;
    const found = [...root.children].filter((each) => each.localName === "decision" && each.getAttribute("id"));
    return found.map((each) => ({ id: each.getAttribute("id"), name: each.getAttribute("name") || each.getAttribute("id"), path }));
  });
}

/** Letters of the package by the name that a step gives. */
export function letters(draft) {
  return pathsOf(draft, "texts").map((path) => ({ id: nameOf(path), name: nameOf(path), path }));
}

export function scenarios(draft) {
  return pathsOf(draft, "scenarios").map((path) => ({ id: nameOf(path), name: nameOf(path), path }));
}

/** A name for a new file that is free: besluit, besluit-2, … */
export function freeName(draft, kind, wanted) {
  const base = wanted.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^[^a-z]+|-+$/g, "") || "nieuw";
  const taken = new Set([...pathsOf(draft, kind).map(nameOf), ...decisions(draft).map(({ id }) => id), ...forms(draft).map(({ id }) => id)]);
  let name = base;
  for (let number = 2; taken.has(name); number++) name = `${base}-${number}`;
  return name;
}

/** The smallest content that can be published, per kind; `title` is what people read. @returns {string} */
export function emptyFile(kind, name, title) {
  return { process: emptyProcess, decisions: emptyDecision, forms: emptyForm, texts: emptyText, scenarios: emptyScenario }[kind](name, title);
}

function emptyForm(id, title) {
  const field = { type: "textfield", id: "veld-1", key: "toelichting", label: title, layout: { row: "rij-1", columns: null } };
  return json({ schemaVersion: 18, type: "default", id, executionPlatform: "Camunda Cloud", executionPlatformVersion: "8.8.0", components: [field] });
}

function emptyText(_, title) {
  return `# ${title}\n\n`;
}

function emptyScenario(id, name) {
  return json({ id, name, start: {}, steps: [], expect: { end: "" } });
}

function emptyDecision(id, title) {
  const variable = id.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="${DMN}" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" id="Definities_${id}" name="${escape(title)}" namespace="http://plus-1.nl/beslissingen">
  <decision id="${id}" name="${escape(title)}">
    <decisionTable id="Tabel_${id}" hitPolicy="FIRST">
      <input id="Invoer_${id}" label="Gegeven">
        <inputExpression id="Uitdrukking_${id}" typeRef="string">
          <text>gegeven</text>
        </inputExpression>
      </input>
      <output id="Uitvoer_${id}" label="${escape(title)}" name="${variable}" typeRef="string" />
      <rule id="Regel_${id}">
        <inputEntry id="Regel_${id}_1"><text>-</text></inputEntry>
        <outputEntry id="Regel_${id}_uit"><text>"uitkomst"</text></outputEntry>
      </rule>
    </decisionTable>
  </decision>
  <dmndi:DMNDI>
    <dmndi:DMNDiagram id="Schema_${id}">
      <dmndi:DMNShape id="Vorm_${id}" dmnElementRef="${id}"><dc:Bounds height="80" width="180" x="160" y="100" /></dmndi:DMNShape>
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>
`;
}

function emptyProcess(id, title) {
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="Definities_${id}" targetNamespace="http://plus-1.nl/processen" modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.8.0">
  <process id="${id}" name="${escape(title)}" isExecutable="true">
    <startEvent id="Start_${id}"><outgoing>Flow_${id}</outgoing></startEvent>
    <endEvent id="End_${id}"><incoming>Flow_${id}</incoming></endEvent>
    <sequenceFlow id="Flow_${id}" sourceRef="Start_${id}" targetRef="End_${id}" />
  </process>
  <bpmndi:BPMNDiagram id="Schema_${id}">
    <bpmndi:BPMNPlane id="Vlak_${id}" bpmnElement="${id}">
      <bpmndi:BPMNShape id="Vorm_Start_${id}" bpmnElement="Start_${id}"><dc:Bounds x="160" y="100" width="36" height="36" /></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="Vorm_End_${id}" bpmnElement="End_${id}"><dc:Bounds x="360" y="100" width="36" height="36" /></bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="Lijn_${id}" bpmnElement="Flow_${id}"><di:waypoint x="196" y="118" /><di:waypoint x="360" y="118" /></bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</definitions>
`;
}

function json(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function escape(text) {
  return text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
}
