/** Why an editor could not open a file, in our own words: the editors say it in English and for who wrote them. */
const EMPTY = /no (?:diagram|process or collaboration) to display|failed to parse document as/;
const ENDS = /Unexpected end of JSON/;

/** `t`: our texts, see words.js. */
export function why({ message }, t) {
  if (EMPTY.test(message)) return t("broken-empty");
  if (ENDS.test(message)) return t("broken-end");
  const [, below] = message.match(/\bline: (\d+)/) ?? []; // the reader of XML counts from 0
  const [, line = below === undefined ? undefined : Number(below) + 1] = message.match(/\(line (\d+) column/) ?? [];
  if (line !== undefined) return t("broken-line", { line });
  return t("broken-other", { text: message.split("\n")[0] });
}
