/** The data behind the page: ask it in SPARQL, and cancel what takes too long. */

import { explainQueryError, spread } from "../core/query-errors.js";
import { inOrderOfAppearance, withoutService } from "../core/sparql.js";
import { parseResults } from "../core/terms.js";
import { payload } from "./payload.js";

/**
 * @typedef {import("../core/terms.js").Results} Results
 * @typedef {{message: object, resolve: (value: any) => void, reject: (reason: Error) => void}} Job
 */

/** A query that the engine refuses or cannot answer. */
export class QueryError extends Error {}

/** What the engine itself says about a query that it refuses. */
class EngineError extends QueryError {}

/** A query that was cancelled, by the reader or by its time limit. */
export class QueryCancelled extends QueryError {}

const TIME_LIMIT = 60_000;
/** How often an engine that fails to open is started anew. */
const MAX_RESTARTS = 2;

/** @type {Worker | undefined} */
let worker;
/** What waits for the engine, which does one job at a time. @type {Job[]} */
const queue = [];
/** @type {Job | undefined} */
let running;
let isOpen = false;
let timer = 0;
let restarts = 0;
/** Why the engine does not open at all. @type {QueryError | undefined} */
let failure;
/** @type {() => void} */
let onOpen = () => {};
/** @type {(reason: QueryError) => void} */
let onFailure = () => {};

/** Start the engine on the data of the page; done when it is open. @returns {Promise<void>} */
export function start() {
  return new Promise((resolve, reject) => {
    [onOpen, onFailure] = [resolve, reject];
    startWorker();
  });
}

function startWorker() {
  const [code = "", engine, quads] = ["engine-code", "engine", "quads"].map(
    (id) => document.getElementById(id)?.textContent ?? "",
  );
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  worker = new Worker(url);
  URL.revokeObjectURL(url);
  worker.onmessage = ({ data }) => (data.error ? failToOpen(data.error) : open());
  worker.onerror = ({ message }) => failToOpen(message);
  worker.postMessage({ engine, quads });
}

function open() {
  isOpen = true;
  restarts = 0;
  onOpen();
  runNext();
}

/** Start anew a few times; then tell everyone who waits. @param {string} reason */
function failToOpen(reason) {
  worker?.terminate();
  if (restarts++ < MAX_RESTARTS) return startWorker();
  const text = reason.replace(/[.\s]*$/, "");
  failure = new QueryError(`Could not open the data: ${text}. Reload the page, or try another browser.`);
  onFailure(failure);
  for (const job of queue.splice(0)) job.reject(failure);
}

function restartWorker() {
  worker?.terminate();
  isOpen = false;
  startWorker();
}

function runNext() {
  if (!isOpen || running || !worker) return;
  const job = queue.shift();
  if (!job) return;
  running = job;
  timer = setTimeout(() => cancel(job, `Timed out after ${TIME_LIMIT / 1000} seconds.`), TIME_LIMIT);
  worker.onmessage = ({ data }) => finish(job, data);
  worker.onerror = ({ message }) => finish(job, { broken: true, error: message });
  worker.postMessage(job.message);
}

/** @param {Job} job @param {any} data */
function finish(job, data) {
  clearTimeout(timer);
  running = undefined;
  if (data.broken) restartWorker();
  if (data.error) job.reject(data.broken ? new QueryError(data.error) : new EngineError(data.error));
  else job.resolve(data);
  runNext();
}

/** Take a job out of the queue, or stop the engine that does it. @param {Job} job @param {string} reason */
function cancel(job, reason) {
  const at = queue.indexOf(job);
  if (at >= 0) queue.splice(at, 1);
  if (job === running) {
    clearTimeout(timer);
    running = undefined;
    restartWorker();
  }
  job.reject(new QueryCancelled(reason));
}

/** @param {object} message @param {AbortSignal} [signal] @returns {Promise<any>} */
function send(message, signal) {
  if (failure) return Promise.reject(failure);
  if (signal?.aborted) return Promise.reject(new QueryCancelled("Cancelled."));
  return new Promise((resolve, reject) => {
    const stop = () => cancel(job, "Cancelled.");
    const settle = (/** @type {(value: any) => void} */ how) => (/** @type {any} */ value) => {
      signal?.removeEventListener("abort", stop);
      how(value);
    };
    const job = { message, resolve: settle(resolve), reject: settle(reject) };
    signal?.addEventListener("abort", stop, { once: true });
    queue.push(job);
    runNext();
  });
}

/** All prefixes of the data, which no query need declare. */
const PREFIXES = Object.entries(payload.prefixes)
  .map(([name, iri]) => `PREFIX ${name}: <${iri}>\n`)
  .join("");

/**
 * Run a query; prefixes of the data need not be declared.
 * @param {string} text
 * @param {AbortSignal} [signal]
 * @returns {Promise<Results>}
 */
export async function query(text, signal) {
  try {
    const { json, triples } = await send({ text: PREFIXES + text }, signal);
    if (triples !== undefined) return { columns: [], rows: [], triples };
    const results = parseResults(JSON.parse(json));
    return { ...results, columns: inOrderOfAppearance(text, results.columns) };
  } catch (error) {
    if (error instanceof EngineError) throw await explained(text, error.message, signal);
    throw error;
  }
}

/**
 * Run a CONSTRUCT query; its triples come in a format of RDF.
 * @param {string} text
 * @param {string} format
 * @returns {Promise<string>}
 */
export async function construct(text, format) {
  return (await send({ text: PREFIXES + text, format })).triples;
}

/**
 * Say what is wrong with a query; of the query spread out, the engine tells the place more exactly.
 * @param {string} text
 * @param {string} message
 * @param {AbortSignal} [signal]
 */
async function explained(text, message, signal) {
  const position = /error at \d+:\d+/;
  let spreadMessage = "";
  if (position.test(message) || message.includes("service")) {
    try {
      await send({ text: `${PREFIXES}\n${withoutService(spread(text))}` }, signal);
    } catch (error) {
      if (error instanceof QueryCancelled) return error;
      if (error instanceof EngineError && position.test(error.message)) spreadMessage = error.message;
    }
  }
  return new QueryError(explainQueryError(text, spreadMessage || message, payload.queryHints));
}
