/** Questions: their SPARQL is joined from segments, with what the reader has set in its slots. */

/**
 * @typedef {{parameter: string, text: string}} Slot
 * @typedef {{name: string, type: string, description: string, default: string}} Parameter
 * @typedef {{name: string, segments: (string | Slot)[], parameters: Parameter[], tags: string[]}} Question
 * @typedef {Record<string, string>} Settings SPARQL terms by the names of parameters.
 */

/** What a parameter holds that may be anything. */
export const ANY = "UNDEF";

/** Give what is set for a parameter, or nothing. @param {Settings} settings @param {string} name */
function settingOf(settings, name) {
  return Object.hasOwn(settings, name) ? (settings[name] ?? "") : "";
}

/**
 * Write the SPARQL of a question; a slot that is not set stays as it was written.
 * @param {Pick<Question, "segments">} question
 * @param {Settings} settings
 */
export function joinSegments({ segments }, settings) {
  const fill = (/** @type {Slot} */ { parameter, text }) => {
    const value = settingOf(settings, parameter);
    return value ? ` ${value} ` : text;
  };
  return segments.map((segment) => (typeof segment === "string" ? segment : fill(segment))).join("");
}

/**
 * Write the SPARQL of a system query about some items, which are what its first parameter takes.
 * @param {Pick<Question, "segments" | "parameters">} question
 * @param {string[]} terms
 */
export function joinAbout(question, terms) {
  const [parameter] = question.parameters;
  return joinSegments(question, parameter ? { [parameter.name]: terms.join(" ") } : {});
}

/**
 * Find the first parameter that still needs a value.
 * @param {Pick<Question, "parameters">} question
 * @param {Settings} settings
 */
export function missingParameter({ parameters }, settings) {
  return parameters.find((parameter) => !parameter.default && !settingOf(settings, parameter.name));
}

/**
 * Write a question as lines of Python that anyone can run.
 * @param {Pick<Question, "name" | "parameters">} question
 * @param {Settings} settings
 * @param {string[]} dataPaths
 */
export function pythonSnippet({ name, parameters }, settings, dataPaths) {
  const paths = dataPaths.map((path) => JSON.stringify(path)).join(", ");
  const settingsOf = parameters.flatMap((parameter) => {
    const term = settingOf(settings, parameter.name);
    return term ? [[parameter.name, toPlainText(term)]] : [];
  });
  const params = settingsOf.map((pair) => pair.map((text) => JSON.stringify(text)).join(": ")).join(", ");
  const query = `graph.load(${paths}).query("${name}"${params ? `, {${params}}` : ""})`;
  return `import graph\n\nfor row in ${query}:\n    print(row)\n`;
}

/** Take the quotes off a string; a parameter that may be anything is an empty text. @param {string} term */
export function toPlainText(term) {
  if (!term.startsWith('"')) return term === ANY ? "" : term;
  const text = term.replace(/\^\^<[^>]*>$/, "");
  try {
    return JSON.parse(text);
  } catch {
    return text.slice(1, -1); // an escape that SPARQL has and JSON has not
  }
}

/**
 * List the tags that most questions have, the most frequent first.
 * @param {Pick<Question, "tags">[]} questions
 * @param {number} limit
 */
export function frequentTags(questions, limit) {
  const counts = new Map();
  for (const tag of questions.flatMap(({ tags }) => tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const sorted = [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  return sorted.slice(0, limit).map(([tag]) => tag);
}
