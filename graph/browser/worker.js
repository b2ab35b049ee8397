/** The SPARQL engine, in a thread of its own: Oxigraph as WebAssembly. */

import init, { Store } from "oxigraph/web.js";

/** @type {Store | undefined} */
let store;

/** @param {Uint8Array} bytes @param {string} type */
function unpacked(bytes, type) {
  const stream = new Blob([/** @type {BlobPart} */ (bytes)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream, { headers: { "Content-Type": type } });
}

/**
 * Open a store on the quads, its default graph the merge of all graphs, each triple once.
 * @param {{engine: Uint8Array, quads: Uint8Array}} message
 */
async function open({ engine, quads }) {
  const [data] = await Promise.all([
    unpacked(quads, "application/n-quads").arrayBuffer(),
    init({ module_or_path: unpacked(engine, "application/wasm") }),
  ]);
  store = new Store();
  const options = { format: "application/n-quads", no_transaction: true, lenient: true };
  store.load(/** @type {any} */ (new Uint8Array(data)), options);
  store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }");
  store.query("SELECT * { ?s ?p ?o } LIMIT 1", { results_format: "json" });
}

/** @param {{text: string, as?: string}} message */
function answer({ text, as }) {
  if (!store) throw new Error("the store is not open");
  if (as) return { triples: /** @type {string} */ (store.query(text, { results_format: as })) };
  const form = /^(?:\s|#[^\n]*\n|PREFIX\s+[^\s]*\s*<[^>]*>|BASE\s*<[^>]*>)*(CONSTRUCT|DESCRIBE)\b/i.test(text);
  if (!form) return { json: /** @type {string} */ (store.query(text, { results_format: "json" })) };
  return { triples: /** @type {string} */ (store.query(text, { results_format: "application/n-triples" })) };
}

self.onmessage = async ({ data }) => {
  try {
    self.postMessage(data.engine ? { open: await open(data) } : answer(data));
  } catch (error) {
    const broken = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    const said = error instanceof Error ? error.message : String(error);
    self.postMessage({ broken, error: broken ? "The answer is too large for this page; make it smaller, for instance with LIMIT" : said });
  }
};
