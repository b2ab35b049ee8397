/** What is wrong with a query, in one sentence: where the mistake is, and how to go on. */

/** How long the parser's expectation may be and still help. */
const MAX_EXPECTATION = 120;
const STRINGS_IRIS_COMMENTS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|<[^>\s]*>|#.*/g;
const UPDATE =
  /^\s*(?:(?:PREFIX\s+\S*|BASE)\s+)*(?:INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b/i;

/**
 * Explain the engine's message.
 * @param {string} query
 * @param {string} message
 * @param {Record<string, string>} prefixes those that queries may use without declaring them
 * @returns {string}
 */
export function explainQueryError(query, message, prefixes) {
  const bare = query.replace(STRINGS_IRIS_COMMENTS, " ");
  const [, line, column, expected = ""] = /error at (\d+):(\d+): (.*)/s.exec(message) ?? [];
  if (!line) return `The query cannot be run: ${message.replace(/[.\s]*$/, "")}; correct it.`;
  if (UPDATE.test(bare)) return "This page only reads; use SELECT, ASK, CONSTRUCT or DESCRIBE.";
  const at = `Line ${line}, column ${column}: `;
  const declared = [...bare.matchAll(/\bPREFIX\s+([\w.-]*):/gi)].map((found) => found[1] ?? "");
  const used = [...bare.matchAll(/(?<![\w?$:.%-])([A-Za-z][\w.-]*)?:/g)].map((found) => found[1] ?? "");
  const unknown = used.find((name) => !declared.includes(name) && !Object.hasOwn(prefixes, name));
  if (unknown !== undefined) {
    return `${at}the prefix ${unknown}: is not known; write PREFIX ${unknown}: <…> before the query.`;
  }
  const isHelpful = expected.length < MAX_EXPECTATION && !expected.includes("[");
  const expectation = isHelpful ? expected.replace(/^expected /, "") : "something else";
  const near = (query.split(/\r\n|\n|\r/)[Number(line) - 1] ?? "").trim().slice(0, 60);
  return `${at}${expectation} was expected near “${near}”; correct the query.`;
}
