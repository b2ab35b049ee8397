/** What is wrong with a query, in one sentence: where it goes wrong, and how to go on. */

import { page } from "./payload.js";

/** How long what the parser expected may be and still help. */
const MOST = 120;
const ASIDE = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|<[^>\s]*>|#.*/g;
const CHANGES = /^\s*(?:(?:PREFIX\s+\S*|BASE)\s+)*(?:INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b/i;

/** Say what the engine complains of. @param {string} text the query @param {string} said @returns {string} */
export function faulty(text, said) {
  const bare = text.replace(ASIDE, " ");
  const [, line, column, expected = ""] = /error at (\d+):(\d+): (.*)/s.exec(said) ?? [];
  if (!line) return `The query cannot be run: ${said.replace(/[.\s]*$/, "")}; correct it.`;
  if (CHANGES.test(bare)) return "This page only reads; ask with SELECT, ASK, CONSTRUCT or DESCRIBE.";
  const at = `Line ${line}, column ${column}: `;
  const own = [...bare.matchAll(/\bPREFIX\s+([\w.-]*):/gi)].map((found) => found[1] ?? "");
  const used = [...bare.matchAll(/(?<![\w?$:.%-])([A-Za-z][\w.-]*)?:/g)].map((found) => found[1] ?? "");
  const unknown = used.find((name) => !own.includes(name) && !Object.hasOwn(page.prefixes, name));
  if (unknown !== undefined) return `${at}the prefix ${unknown}: is not known; write PREFIX ${unknown}: <…> before the query.`;
  const wanted = expected.length < MOST && !expected.includes("[") ? expected.replace(/^expected /, "") : "something else";
  const near = (text.split(/\r\n|\n|\r/)[Number(line) - 1] ?? "").trim().slice(0, 60);
  return `${at}${wanted} was expected near “${near}”; correct the query.`;
}
