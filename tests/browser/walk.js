/** Makes an element of every kind in the open process, shows its panel with all that opens, and its menus; tells what had no Dutch. */
async () => {
  const editor = document.querySelector("[data-plus1-modeller]").modeller.stage.process;
  const [registry, factory, modeling, selection, menus] = ["elementRegistry", "elementFactory", "modeling", "selection", "popupMenu"].map((name) => editor.get(name));
  const panel = document.querySelector(".plus1-modeller__panel");
  const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  const press = (selector) => panel.querySelectorAll(selector).forEach((each) => each.click());
  const seen = new Set();
  let shown = 0;

  const look = () => panel.querySelectorAll("label, option, .bio-properties-panel-group-header-title").forEach((each) => seen.add(each.textContent.trim()));

  /** Choose each option once: other fields come with it. */
  const choose = async () => {
    for (const id of [...panel.querySelectorAll("select")].map((each) => each.id)) {
      for (const { value } of [...(document.getElementById(id)?.options ?? [])]) {
        const select = document.getElementById(id);
        if (!select) break;
        select.value = value;
        select.dispatchEvent(new Event("change", { bubbles: true }));
        await wait(5);
        look();
      }
    }
  };

  const show = async (element) => {
    selection.select(element);
    await wait(40);
    press(".bio-properties-panel-add-entry");
    await wait(40);
    press(".bio-properties-panel-group-header:not(.open)");
    press(".bio-properties-panel-collapsible-entry:not(.open) > .bio-properties-panel-collapsible-entry-header");
    await wait(40);
    look();
    await choose();
    for (const menu of ["bpmn-replace", "bpmn-append"]) {
      menus.open(element, menu, { x: 10, y: 10 }, { title: "", search: true });
      await wait(10);
      menus.close();
    }
    shown++;
  };

  const parent = registry.get("Behandeling");
  const add = async (type, more = {}) => {
    const made = modeling.createShape(factory.createShape({ type: `bpmn:${type}`, ...more }), { x: 700, y: 300 }, parent);
    await show(made);
    modeling.removeElements([made]);
  };
  const host = registry.get("Task_Advies");
  const attach = async (trigger, cancelActivity) => {
    const shape = factory.createShape({ type: "bpmn:BoundaryEvent", eventDefinitionType: `bpmn:${trigger}EventDefinition`, cancelActivity });
    const made = modeling.createShape(shape, { x: host.x, y: host.y }, host, { attach: true });
    await show(made);
    modeling.removeElements([made]);
  };

  const tasks = ["Task", "UserTask", "ServiceTask", "SendTask", "ReceiveTask", "ManualTask", "BusinessRuleTask", "ScriptTask", "CallActivity"];
  const gateways = ["ExclusiveGateway", "ParallelGateway", "InclusiveGateway", "ComplexGateway", "EventBasedGateway"];
  for (const type of [...tasks, ...gateways, "DataObjectReference", "DataStoreReference", "TextAnnotation", "Group"]) await add(type);
  for (const type of ["SubProcess", "Transaction", "AdHocSubProcess"]) await add(type, { isExpanded: true });
  await add("SubProcess", { isExpanded: true, triggeredByEvent: true });
  const events = {
    StartEvent: ["Message", "Timer", "Conditional", "Signal", "Error", "Escalation", "Compensate"],
    IntermediateCatchEvent: ["Message", "Timer", "Conditional", "Link", "Signal"],
    IntermediateThrowEvent: ["Message", "Escalation", "Link", "Compensate", "Signal"],
    EndEvent: ["Message", "Escalation", "Error", "Cancel", "Compensate", "Signal", "Terminate"],
  };
  for (const [type, triggers] of Object.entries(events)) {
    if (type !== "IntermediateCatchEvent") await add(type);
    for (const trigger of triggers) await add(type, { eventDefinitionType: `bpmn:${trigger}EventDefinition` });
  }
  for (const trigger of ["Message", "Timer", "Escalation", "Conditional", "Signal", "Error", "Compensate"]) await attach(trigger, true);
  for (const trigger of ["Message", "Timer", "Escalation", "Conditional", "Signal"]) await attach(trigger, false);
  for (const id of ["Pool_Gemeente", "Lane_adviseur", "Flow_Onvolledig", "Flow_Aanvraag"]) await show(registry.get(id));
  selection.select([]);
  await wait(40);
  look();
  return { shown, missing: [...plus1Missing], labels: [...seen] };
};
