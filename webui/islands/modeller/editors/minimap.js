/** The small map of a large diagram, loaded when somebody asks for it. */
import "diagram-js-minimap/assets/diagram-js-minimap.css";

import minimap from "diagram-js-minimap";

/** Adds the map to an editor that is open already; answers with the map. */
export function addMap(modeler) {
  const Minimap = minimap.minimap[1];
  const map = modeler.get("injector").instantiate(Minimap);
  map._dirty = true; // it was not there when the diagram was drawn; so it draws it when it is opened
  return map;
}
