/** The state of the page as the fragment of its URL, and back. */

/**
 * @typedef {{nodes: string[], steps: {from: string, to: string, label: string}[]}} Highlight A route in the
 *   graph.
 */

/**
 * @typedef {object} State What the reader sees; all of it but the highlight is in the URL.
 * @property {string[]} shown the items in the graph
 * @property {string} selected
 * @property {string[]} hidden the classes and relations that are filtered out
 * @property {string} panel
 * @property {string} question
 * @property {Record<string, string>} settings for each parameter that is set, one term of SPARQL
 * @property {string} query
 * @property {string[]} compare
 * @property {string[]} route where it starts and where it ends
 * @property {Highlight} highlight the route that stands out in the graph; it follows from the others
 */

/** @type {Highlight} */
export const NO_HIGHLIGHT = { nodes: [], steps: [] };

/** The state of a page that has just been opened. @param {readonly string[]} overview @returns {State} */
export function initialState(overview) {
  return {
    shown: [...overview],
    selected: "",
    hidden: [],
    panel: "details",
    question: "",
    settings: {},
    query: "",
    compare: [],
    route: [],
    highlight: NO_HIGHLIGHT,
  };
}

/**
 * Write a state as a URL fragment.
 * @param {State} state
 * @param {readonly string[]} overview what is drawn first
 * @param {(iri: string) => string} compress
 * @returns {string}
 */
export function encode(state, overview, compress) {
  const parameters = new URLSearchParams();
  const list = (/** @type {string[]} */ iris) => iris.map((iri) => (iri ? compress(iri) : "-")).join(" ");
  if (state.shown.join() !== overview.join()) {
    parameters.set("show", encodeNodes(state.shown, overview, compress));
  }
  if (state.selected) parameters.set("select", compress(state.selected));
  if (state.hidden.length > 0) parameters.set("hide", list(state.hidden));
  if (state.panel !== "details") parameters.set("panel", state.panel);
  if (state.question) parameters.set("question", state.question);
  for (const [name, term] of Object.entries(state.settings)) parameters.set(`set-${name}`, term);
  if (state.query) parameters.set("query", state.query);
  if (state.compare.length > 0) parameters.set("compare", list(state.compare));
  if (state.route.length > 0) parameters.set("route", list(state.route));
  return parameters.toString();
}

/**
 * Read a state from a URL fragment; nothing in it is checked against the data.
 * @param {string} fragment
 * @param {readonly string[]} overview
 * @param {(text: string) => string} expand
 * @returns {State}
 */
export function decode(fragment, overview, expand) {
  const parameters = new URLSearchParams(fragment);
  const state = initialState(overview);
  const list = (/** @type {string} */ name) =>
    words(parameters.get(name) ?? "").map((text) => (text === "-" ? "" : expand(text)));
  if (parameters.has("show")) state.shown = decodeNodes(parameters.get("show") ?? "", overview, expand);
  state.selected = list("select")[0] ?? "";
  state.hidden = list("hide");
  state.panel = parameters.get("panel") ?? state.panel;
  state.question = parameters.get("question") ?? "";
  for (const [name, term] of parameters) if (name.startsWith("set-")) state.settings[name.slice(4)] = term;
  state.query = parameters.get("query") ?? "";
  state.compare = list("compare");
  state.route = list("route");
  return state;
}

/**
 * Write what is shown as the overview with items removed and added, or as a list, whichever is shorter.
 * @param {string[]} shown
 * @param {readonly string[]} overview
 * @param {(iri: string) => string} compress
 */
function encodeNodes(shown, overview, compress) {
  const now = new Set(shown);
  const start = new Set(overview);
  const removed = overview.filter((iri) => !now.has(iri));
  const added = shown.filter((iri) => !start.has(iri));
  const kept = overview.filter((iri) => now.has(iri));
  const isInOrder = shown.slice(0, kept.length).join() === kept.join();
  if (!isInOrder || removed.length > shown.length) return shown.map(compress).join(" ");
  return ["*", ...removed.map((iri) => `-${compress(iri)}`), ...added.map(compress)].join(" ");
}

/**
 * @param {string} text
 * @param {readonly string[]} overview
 * @param {(text: string) => string} expand
 * @returns {string[]}
 */
function decodeNodes(text, overview, expand) {
  const parts = words(text);
  if (parts[0] !== "*") return [...new Set(parts.map(expand))];
  const removed = new Set(parts.filter((part) => part.startsWith("-")).map((part) => expand(part.slice(1))));
  const added = parts.slice(1).filter((part) => !part.startsWith("-"));
  return [...new Set([...overview.filter((iri) => !removed.has(iri)), ...added.map(expand)])];
}

/** @param {string} text */
function words(text) {
  return text.split(" ").filter(Boolean);
}
