/** The SPARQL engine in a thread of its own: Oxigraph as WebAssembly. */

import init, { Store } from "oxigraph/web.js";

/** @type {Store | undefined} */
let store;

/**
 * Unpack gzip in base64. In a worker of a file:// page, WebKit refuses to read a Blob, but not a Response.
 * @param {string} text
 * @param {string} type
 */
function unpack(text, type) {
  const decode = /** @type {any} */ (Uint8Array).fromBase64; // newer than the type library
  const bytes =
    decode?.call(Uint8Array, text) ?? Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const packed = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (new Response(bytes).body);
  return new Response(packed.pipeThrough(new DecompressionStream("gzip")), {
    headers: { "Content-Type": type },
  });
}

/**
 * Open a store on the quads, with the merge of all graphs as its default graph, each triple once.
 * @param {{engine: string, quads: string}} message
 */
async function open({ engine, quads }) {
  const compiled = init({ module_or_path: unpack(engine, "application/wasm") });
  const data = await unpack(quads, "application/n-quads").arrayBuffer();
  await compiled;
  store = new Store();
  const options = { format: "application/n-quads", no_transaction: true, lenient: true };
  store.load(/** @type {any} */ (new Uint8Array(data)), options);
  store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }");
  store.query("SELECT * { ?s ?p ?o } LIMIT 1", { results_format: "json" });
}

/**
 * Answer in JSON, or where the results are triples in a format of RDF.
 * @param {{text: string, format?: string}} message
 */
function answer({ text, format = "application/n-triples" }) {
  const results = (/** @type {string} */ type) =>
    /** @type {string} */ (/** @type {Store} */ (store).query(text, { results_format: type }));
  try {
    return { json: results("application/sparql-results+json") };
  } catch (error) {
    if (!String(error).includes("Not supported RDF format")) throw error;
    return { triples: results(format) };
  }
}

const OUT_OF_MEMORY =
  "The query ran out of memory, or ORDER BY compares values of different types; " +
  "add LIMIT, or use ORDER BY STR(…).";

self.onmessage = async ({ data }) => {
  try {
    self.postMessage(data.engine ? { open: await open(data) } : answer(data));
  } catch (error) {
    const broken = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    const reason = error instanceof Error ? error.message : String(error);
    self.postMessage({ broken, error: broken && !data.engine ? OUT_OF_MEMORY : reason });
  }
};
