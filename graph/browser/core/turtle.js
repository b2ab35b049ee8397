/** N-Triples, as the engine writes them, become Turtle that people can read. */

/** @typedef {{subject: string, predicate: string, object: string}} Triple Terms as N-Triples has them. */

const TRIPLE = /^(<[^>]*>|_:\S+) (<[^>]*>) (<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:@\S+|\^\^<[^>]*>)?) \.$/;
const TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>";

/** Read the triples that have plain terms. @param {string} text @returns {Triple[]} */
export function parseTriples(text) {
  return text.split("\n").flatMap((line) => {
    const [, subject, predicate, object] = TRIPLE.exec(line) ?? [];
    return subject && predicate && object ? [{ subject, predicate, object }] : [];
  });
}

/**
 * Write triples with prefixes, those of one subject together.
 * @param {string} text in N-Triples
 * @param {Record<string, string>} prefixes
 * @param {(iri: string) => string} compress
 * @returns {string}
 */
export function toTurtle(text, prefixes, compress) {
  const used = new Set();
  const name = (/** @type {string} */ term) => {
    const iri = term.slice(1, -1);
    const compressed = compress(iri);
    if (compressed === iri || compressed.startsWith("<")) return term;
    used.add(compressed.split(":")[0]);
    return compressed;
  };
  const write = (/** @type {string} */ term) =>
    term.startsWith("<") ? name(term) : term.replace(/\^\^(<[^>]*>)$/, (_, type) => `^^${name(type)}`);
  const blocks = [...bySubject(parseTriples(text))].map(([subject, predicates]) => {
    const statements = [...predicates].map(
      ([predicate, objects]) =>
        `${predicate === TYPE ? "a" : name(predicate)} ${objects.map(write).join(" , ")}`,
    );
    return `${write(subject)} ${statements.join(" ;\n  ")} .\n`;
  });
  const others = text.split("\n").filter((line) => line && !TRIPLE.test(line));
  const head = [...used].sort().map((prefix) => `@prefix ${prefix}: <${prefixes[prefix]}> .`);
  const parts = [head.join("\n"), ...blocks, others.join("\n")].filter(Boolean);
  return parts.join("\n\n").replace(/\n*$/, "\n");
}

/** @param {Triple[]} triples @returns {Map<string, Map<string, string[]>>} */
function bySubject(triples) {
  const subjects = new Map();
  for (const { subject, predicate, object } of triples) {
    const predicates = subjects.get(subject) ?? new Map();
    subjects.set(subject, predicates);
    predicates.set(predicate, [...(predicates.get(predicate) ?? []), object]);
  }
  return subjects;
}
