/** The SPARQL engine, in a thread of its own: Oxigraph as WebAssembly. */

import init, { Store } from "oxigraph/web.js";

/** @type {Store | undefined} */
let store;

/** @param {string} text gzipped, in base64 @param {string} type */
function unpacked(text, type) {
  // @ts-ignore newer than the type library
  const bytes = Uint8Array.fromBase64?.(text) ?? Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  // WebKit refuses to read a Blob in the worker of a page that is opened as a file; it reads a Response.
  const packed = /** @type {ReadableStream<BufferSource>} */ (new Response(/** @type {BodyInit} */ (bytes)).body);
  return new Response(packed.pipeThrough(new DecompressionStream("gzip")), { headers: { "Content-Type": type } });
}

/**
 * Open a store on the quads, its default graph the merge of all graphs, each triple once.
 * @param {{engine: string, quads: string}} message
 */
async function open({ engine, quads }) {
  const compiled = init({ module_or_path: unpacked(engine, "application/wasm") });
  const data = await unpacked(quads, "application/n-quads").arrayBuffer();
  await compiled;
  store = new Store();
  const options = { format: "application/n-quads", no_transaction: true, lenient: true };
  store.load(/** @type {any} */ (new Uint8Array(data)), options);
  store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }");
  store.query("SELECT * { ?s ?p ?o } LIMIT 1", { results_format: "json" });
}

/** Answer in JSON; the engine tells when the answer is triples, which come in a format of RDF. @param {{text: string, as?: string}} message */
function answer({ text, as = "application/n-triples" }) {
  const written = (/** @type {string} */ format) => /** @type {string} */ (/** @type {Store} */ (store).query(text, { results_format: format }));
  try {
    return { json: written("application/sparql-results+json") };
  } catch (error) {
    if (!String(error).includes("Not supported RDF format")) throw error;
    return { triples: written(as) };
  }
}

self.onmessage = async ({ data }) => {
  try {
    self.postMessage(data.engine ? { open: await open(data) } : answer(data));
  } catch (error) {
    const broken = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    const said = error instanceof Error ? error.message : String(error);
    self.postMessage({ broken, error: broken ? "The engine gave up: the answer is too large for this page, or ORDER BY mixes values that have no order; use LIMIT, or ORDER BY STR(…)" : said });
  }
};
