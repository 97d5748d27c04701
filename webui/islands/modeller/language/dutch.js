/** The whole dictionary of the editors' own texts. */
import { BPMN } from "./bpmn.js";
import { DMN } from "./dmn.js";
import { FORM } from "./form.js";
import { PANEL } from "./panel.js";
import { TYPES } from "./types.js";

export const DUTCH = { ...FORM, ...TYPES, ...BPMN, ...DMN, ...PANEL };
