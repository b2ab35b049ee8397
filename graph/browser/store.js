/** The data behind the page: ask it in SPARQL and get an answer, stop it when it takes too long. */

import { page } from "./payload.js";

/**
 * @typedef {{type: string, value: string, datatype?: string, "xml:lang"?: string, parts?: Term[]}} Term A triple has its three terms as parts.
 * @typedef {Record<string, Term | undefined>} Row
 * @typedef {{columns: string[], rows: Row[], yes?: boolean, triples?: string}} Answer
 * @typedef {{message: object, limited: boolean, resolve: (value: any) => void, reject: (reason: Error) => void}} Job
 */

/** A query that was stopped, by a person or by its time limit. */
export class Stopped extends Error {}

/** A query that the engine refuses. */
export class Refused extends Error {}

/** How long a query may take. */
const LIMIT = 60_000;

/** @type {Worker | undefined} */
let worker;
/** What waits for the engine, which does one thing at a time: to stop one query leaves the others waiting. @type {Job[]} */
const queue = [];
/** @type {Job | undefined} */
let running;
let timer = 0;
let open = false;

/** Start the engine on the quads that the page carries; what waits is asked when it is open. */
export async function start() {
  const [code, engine, quads] = ["engine-code", "engine", "quads"].map((id) => document.getElementById(id)?.textContent ?? "");
  const address = URL.createObjectURL(new Blob([/** @type {string} */ (code)], { type: "text/javascript" }));
  worker = new Worker(address);
  URL.revokeObjectURL(address);
  open = true;
  await new Promise((resolve, reject) => {
    queue.unshift({ message: { engine, quads }, limited: false, resolve, reject });
    next();
  });
}

/** Give the engine what waits longest. */
function next() {
  if (!open || running || !worker) return;
  const job = queue.shift();
  if (!job) return;
  running = job;
  if (job.limited) timer = setTimeout(() => drop(job, `It took longer than ${LIMIT / 1000} seconds.`), LIMIT);
  worker.onmessage = ({ data }) => {
    clearTimeout(timer);
    running = undefined;
    if (data.broken) again();
    if (data.error) job.reject(new Refused(data.error));
    else job.resolve(data);
    next();
  };
  worker.postMessage(job.message);
}

/** Start the engine anew, with the same data. */
function again() {
  worker?.terminate();
  open = false;
  start();
}

/** Take a job out of the queue, or out of the engine's hands. @param {Job} job @param {string} why */
function drop(job, why) {
  const at = queue.indexOf(job);
  if (at >= 0) queue.splice(at, 1);
  if (job === running) {
    clearTimeout(timer);
    running = undefined;
    again();
  }
  job.reject(new Stopped(why));
}

/** @param {object} message @param {AbortSignal} [signal] @returns {Promise<any>} */
function send(message, signal) {
  return new Promise((resolve, reject) => {
    const job = { message, limited: true, resolve, reject };
    signal?.addEventListener("abort", () => drop(job, "It was ended before it had an answer."));
    queue.push(job);
    next();
  });
}

/** All prefixes of the data on one line, so that line numbers stay those of the query. */
const PREFIXES = Object.entries(page.prefixes)
  .map(([name, iri]) => `PREFIX ${name}: <${iri}>`)
  .join(" ");

/**
 * Ask the store. Prefixes of the data need not be written.
 * @param {string} text
 * @param {AbortSignal} [signal] to stop it with
 * @returns {Promise<Answer>}
 */
export async function query(text, signal) {
  try {
    const found = await send({ text: `${PREFIXES} ${text}` }, signal);
    return found.triples === undefined ? read(JSON.parse(found.json)) : { columns: [], rows: [], triples: found.triples };
  } catch (error) {
    if (error instanceof Refused) throw new Refused(moved(error.message));
    throw error;
  }
}

/** Write what a CONSTRUCT query gives in a format of RDF. @param {string} text @param {string} format @returns {Promise<string>} */
export async function construct(text, format) {
  return (await send({ text: `${PREFIXES} ${text}`, as: format })).triples;
}

/** @param {any} json @returns {Answer} */
function read(json) {
  if (typeof json.boolean === "boolean") return { columns: [], rows: [], yes: json.boolean };
  return { columns: json.head.vars, rows: json.results.bindings.map(rowOf) };
}

/** Take a row: what it does not name is nothing, whatever its name; a triple gets a text. @param {any} binding @returns {Row} */
function rowOf(binding) {
  const row = { __proto__: null, ...binding };
  for (const [name, term] of Object.entries(row)) if (term.type === "triple") row[name] = tripleOf(term.value);
  return row;
}

/** @param {{subject: any, predicate: any, object: any}} triple @returns {Term} */
function tripleOf({ subject, predicate, object }) {
  const parts = [subject, predicate, object].map((part) => (part.type === "triple" ? tripleOf(part.value) : part));
  return { type: "triple", value: `<<( ${parts.map(({ type, value }) => (type === "uri" ? `<${value}>` : type === "literal" ? JSON.stringify(value) : value)).join(" ")} )>>`, parts };
}

/** Take the prefixes off the column of an error in the first line. @param {string} message */
function moved(message) {
  return message.replace(/(\b1:)(\d+)/, (_, line, column) => `${line}${Math.max(1, Number(column) - PREFIXES.length - 1)}`);
}
