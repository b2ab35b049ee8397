/** The data behind the page: ask it in SPARQL and get an answer, stop it when it takes too long. */

import { page } from "./payload.js";

/**
 * @typedef {{type: string, value: string, datatype?: string, "xml:lang"?: string}} Term
 * @typedef {Record<string, Term | undefined>} Row
 * @typedef {{columns: string[], rows: Row[], yes?: boolean, triples?: string}} Answer
 */

/** A query that was stopped, by a person or by its time limit. */
export class Stopped extends Error {}

/** A query that the engine refuses. */
export class Refused extends Error {}

const LIMIT = 60_000;

/** @type {Worker | undefined} */
let worker;
/** @type {Map<number, {resolve: (value: any) => void, reject: (reason: Error) => void}>} */
const waiting = new Map();
let count = 0;

/** @type {(value: unknown) => void} */
let opened = () => {};
/** Resolves when the store answers. */
export let ready = new Promise((resolve) => {
  opened = resolve;
});

/** @param {string} id @returns {Uint8Array} */
function packed(id) {
  const text = document.getElementById(id)?.textContent ?? "";
  // @ts-ignore newer than the type library
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** Start the engine on the quads that the page carries. */
export async function start() {
  const code = document.getElementById("engine-code")?.textContent ?? "";
  const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  worker = new Worker(address);
  URL.revokeObjectURL(address);
  worker.onmessage = ({ data }) => {
    const caller = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.error) caller?.reject(new Refused(data.error));
    else caller?.resolve(data);
  };
  const engine = packed("engine");
  const quads = packed("quads");
  await send({ engine, quads }, [engine.buffer, quads.buffer]);
  opened(undefined);
}

/** @param {object} message @param {Transferable[]} [give] @returns {Promise<any>} */
function send(message, give = []) {
  const id = ++count;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker?.postMessage({ id, ...message }, give);
  });
}

/** Stop whatever the engine is doing; it starts anew with the same data. */
export function stop() {
  worker?.terminate();
  const stopped = [...waiting.values()];
  waiting.clear();
  ready = new Promise((resolve) => {
    opened = resolve;
  });
  start();
  for (const caller of stopped) caller.reject(new Stopped("The query was stopped."));
}

/** All prefixes of the data on one line, so that line numbers stay those of the query. */
const PREFIXES = Object.entries(page.prefixes)
  .map(([name, iri]) => `PREFIX ${name}: <${iri}>`)
  .join(" ");

/**
 * Ask the store. Prefixes of the data need not be written.
 * @param {string} text
 * @returns {Promise<Answer>}
 */
export async function query(text) {
  await ready;
  const timer = setTimeout(stop, LIMIT);
  try {
    const found = await send({ text: `${PREFIXES} ${text}` });
    return found.triples === undefined ? read(JSON.parse(found.json)) : { columns: [], rows: [], triples: found.triples };
  } catch (error) {
    if (error instanceof Refused) throw new Refused(moved(error.message));
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Write what a CONSTRUCT query gives in a format of RDF. @param {string} text @param {string} format @returns {Promise<string>} */
export async function construct(text, format) {
  await ready;
  return (await send({ text: `${PREFIXES} ${text}`, as: format })).triples;
}

/** @param {any} json @returns {Answer} */
function read(json) {
  if (typeof json.boolean === "boolean") return { columns: [], rows: [], yes: json.boolean };
  return { columns: json.head.vars, rows: json.results.bindings };
}

/** Take the prefixes off the column of an error in the first line. @param {string} message */
function moved(message) {
  return message.replace(/(\b1:)(\d+)/, (_, line, column) => `${line}${Math.max(1, Number(column) - PREFIXES.length - 1)}`);
}
