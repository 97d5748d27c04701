/**
 * References that carry the prefix of the file's own namespace (`messageRef="tns:order"`), as some tools write them. bpmn.io
 * reads them as references to nothing and drops them; without the prefix they mean the same.
 */
export function withoutPrefix(text) {
  const own = text.match(/\stargetNamespace\s*=\s*["']([^"']*)["']/)?.[1];
  const prefix = own && [...text.matchAll(/\sxmlns:([\w.-]+)\s*=\s*["']([^"']*)["']/g)].find(([, , space]) => space === own)?.[1];
  if (!prefix) return text;
  const name = prefix.replace(/[.-]/g, "\\$&");
  const attribute = new RegExp(`(\\s(?:\\w+Ref|default|bpmnElement)\\s*=\\s*["'])${name}:`, "g");
  const element = new RegExp(`(<(?:[\\w.-]+:)?(?:incoming|outgoing|\\w+Ref)>\\s*)${name}:`, "g");
  return text.replace(attribute, "$1").replace(element, "$1");
}
