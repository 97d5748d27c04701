// Evaluates FEEL with feelin: one JSON line {text, context} in, one JSON line out, values tagged with their type.
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(process.argv[2]);
const feelin = await import(pathToFileURL(require.resolve("feelin")));

function tagged(value) {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return { number: String(value) };
  if (typeof value === "string") return { string: value };
  if (typeof value === "boolean") return { boolean: value };
  if (Array.isArray(value)) return { list: value.map(tagged) };
  if (feelin.isFunction(value) || typeof value === "function") return { function: true };
  if (feelin.isRange(value)) {
    return {
      range: [value.start, value.end].map(tagged),
      closed: [value["start included"] === true, value["end included"] === true],
    };
  }
  if (value instanceof feelin.FeelDate) return { date: value.iso };
  if (value instanceof feelin.FeelTime) return { time: value.iso };
  if (value instanceof feelin.FeelDateTime) return { moment: value.iso };
  if (value instanceof feelin.FeelDuration) return { duration: value.iso };
  return { context: Object.entries(value).map(([key, item]) => [key, tagged(item)]) };
}

for await (const line of createInterface({ input: process.stdin })) {
  const { text, context } = JSON.parse(line);
  let answer;
  try {
    answer = { value: tagged(feelin.evaluate(text, context).value) };
  } catch (error) {
    answer = { error: error instanceof feelin.SyntaxError ? "syntax" : "raised" };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
