/**
 * Our part of the properties panel. It comes after that of Camunda 8 (lower priority), adds our groups and lets forms,
 * decisions, letters and kinds of work be picked instead of typed.
 *
 * `config.plus1`: {locale, forms(), decisions(), letters(), scenarios() → [{id, name, path}], open(path, id),
 * create(kind, title) → id}.
 */
import { fill } from "../words.js";
import { Changing } from "./changing.js";
import { groupsFor } from "./groups.js";
import { withPicks } from "./picks.js";

const AFTER_CAMUNDA = 400;

/** Publishing refuses these, so nobody is led to fill them in; what a file holds already stays to be seen. */
const REFUSED = ["Zeebe__ExecutionListeners", "Zeebe__TaskListeners", "businessId", "jobPriorityDefinition"];

class Plus1Provider {
  constructor(config, propertiesPanel, injector) {
    this.injector = injector;
    const index = config.locale === "nl" ? 0 : 1;
    this.kit = {
      context: config,
      changing: new Changing(injector),
      registry: injector.get("elementRegistry"),
      say: (pair, values) => fill(pair[index], values),
    };
    propertiesPanel.registerProvider(AFTER_CAMUNDA, this);
  }

  getGroups(element) {
    return (groups) => {
      const offered = groups.filter((group) => !REFUSED.includes(group.id) || group.items?.length);
      const ours = groupsFor(this.kit, element).filter(Boolean);
      const general = offered.findIndex(({ id }) => id === "documentation") + 1;
      const picked = withPicks(this.kit, element, offered);
      return [...picked.slice(0, general), ...ours, ...picked.slice(general)];
    };
  }
}
Plus1Provider.$inject = ["config.plus1", "propertiesPanel", "injector"];

export const plus1Module = { __init__: ["plus1Provider"], plus1Provider: ["type", Plus1Provider] };
