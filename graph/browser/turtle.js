/** N-Triples, as the engine writes them, become Turtle that people can read. */

import { short } from "./names.js";
import { page } from "./payload.js";

/** @typedef {{subject: string, predicate: string, object: string}} Line Terms as N-Triples has them. */

const LINE = /^(<[^>]*>|_:\S+) (<[^>]*>) (<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:@\S+|\^\^<[^>]*>)?) \.$/;
const TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>";

/** Read the triples that have plain terms. @param {string} triples @returns {Line[]} */
export function read(triples) {
  return triples.split("\n").flatMap((line) => {
    const [, subject, predicate, object] = LINE.exec(line) ?? [];
    return subject && predicate && object ? [{ subject, predicate, object }] : [];
  });
}

/** Write triples with prefixes, those of one subject together. @param {string} triples @returns {string} */
export function turtle(triples) {
  const used = new Set();
  const name = (/** @type {string} */ term) => {
    const iri = term.slice(1, -1);
    const written = short(iri);
    if (written === iri || written.startsWith("<")) return term;
    used.add(written.split(":")[0]);
    return written;
  };
  const written = (/** @type {string} */ term) => (term.startsWith("<") ? name(term) : term.replace(/\^\^(<[^>]*>)$/, (_, type) => `^^${name(type)}`));
  /** @type {Map<string, Map<string, string[]>>} */
  const subjects = new Map();
  for (const { subject, predicate, object } of read(triples)) {
    const said = subjects.get(subject) ?? new Map();
    subjects.set(subject, said);
    said.set(predicate, [...(said.get(predicate) ?? []), object]);
  }
  const blocks = [...subjects].map(([subject, said]) => {
    const lines = [...said].map(([predicate, objects]) => `${predicate === TYPE ? "a" : name(predicate)} ${objects.map(written).join(" , ")}`);
    return `${written(subject)} ${lines.join(" ;\n  ")} .\n`;
  });
  const odd = triples.split("\n").filter((line) => line && !LINE.test(line));
  const heads = [...used].sort().map((prefix) => `@prefix ${prefix}: <${page.prefixes[prefix]}> .`);
  return [heads.join("\n"), ...blocks, odd.join("\n")].filter(Boolean).join("\n\n").replace(/\n*$/, "\n");
}
