/** Which steps of the processes name a file of the package, so that nobody deletes one by surprise. */
import { decisions, forms, kindOf, nameOf, pathsOf } from "./package.js";

const NAMED_BY = { forms: "formId", decisions: "decisionId", texts: "value", process: "processId" };

/** Names of the steps that use what stands in `path`. @returns {string[]} */
export function usersOf(draft, path) {
  const kind = kindOf(path);
  const attribute = NAMED_BY[kind];
  if (!attribute) return [];
  const ids = new Set(idsIn(draft, path, kind));
  return pathsOf(draft, "process").flatMap((at) => {
    const xml = new DOMParser().parseFromString(draft.text(at) ?? "", "text/xml");
    const users = [...xml.querySelectorAll(`[${attribute}]`)].filter((each) => ids.has(each.getAttribute(attribute)));
    return users.map(stepOf);
  });
}

function idsIn(draft, path, kind) {
  const listed = { forms, decisions }[kind]?.(draft).filter((one) => one.path === path);
  return listed?.map(({ id }) => id) ?? [nameOf(path)];
}

function stepOf(part) {
  const step = part.closest("extensionElements, *|extensionElements")?.parentElement ?? part;
  return step.getAttribute("name") || step.getAttribute("id") || "";
}
