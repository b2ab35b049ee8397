/** What the reader sees, as one value that lives in the URL: every action is a step that Undo takes back. */

import { isTerm } from "./core/terms.js";
import { decode, encode, initialState, NO_HIGHLIGHT } from "./core/url.js";
import { filterExisting, loadTypes } from "./data/labels.js";
import { classStyles, compress, expand, overview, payload } from "./data/payload.js";

/** @typedef {import("./core/url.js").State} State */

export const MAX_NODES = 1000;
export const MAX_COMPARED = 4;

export let state = initialState(overview);

/** @type {(state: State) => unknown} */
let listener = () => {};
/** @type {(id: string) => boolean} */
let isPanel = () => true;
/** How many steps led to the state that is shown. */
let depth = 0;

/**
 * Name what draws a state, and what tells the panels there are.
 * @param {(state: State) => unknown} draw
 * @param {(id: string) => boolean} knowsPanel
 */
export function onState(draw, knowsPanel) {
  [listener, isPanel] = [draw, knowsPanel];
}

/** Tell how many actions can be undone. @returns {number} */
export function historyDepth() {
  return history.state?.step ?? 0;
}

/**
 * Change what the reader sees; done when it is drawn.
 * @param {Partial<State>} change
 * @param {{replace?: boolean}} [options] replace: part of the last action, not one of its own
 */
export async function navigate(change, { replace = false } = {}) {
  const next = { ...state, ...change };
  if (next.route.join(" ") !== state.route.join(" ")) next.highlight = NO_HIGHLIGHT;
  const fragment = encode(next, overview, compress);
  if (fragment === encode(state, overview, compress)) {
    if (next.highlight !== state.highlight) await commit(next);
    return;
  }
  if (replace) history.replaceState(history.state, "", `#${fragment}`);
  else history.pushState({ step: historyDepth() + 1 }, "", `#${fragment}`);
  depth = historyDepth() + 1;
  await commit(next);
}

/** Take over the state in the URL, as far as the data has what it names. */
export async function restoreFromUrl() {
  const { hash } = location;
  const next = await sanitized(decode(hash.slice(1), overview, expand));
  if (hash !== location.hash) return;
  if (history.state === null) history.replaceState({ step: depth }, "");
  depth = historyDepth() + 1;
  if (next.route.join(" ") === state.route.join(" ")) next.highlight = state.highlight;
  if (encode(next, overview, compress) !== encode(state, overview, compress)) await commit(next);
}

/** @param {State} next */
async function commit(next) {
  state = next;
  await listener(next);
}

/**
 * Leave out what the data does not have: a link may come from anywhere.
 * @param {State} given
 * @returns {Promise<State>}
 */
async function sanitized(given) {
  const iris = [...given.shown, ...given.compare, ...given.route, given.selected].filter(Boolean);
  const existing = new Set(await filterExisting(iris));
  await loadTypes([...existing]);
  const exists = (/** @type {string} */ iri) => existing.has(iri);
  const isClassOrRelation = (/** @type {string} */ iri) =>
    iri === "" || classStyles.has(iri) || Object.hasOwn(payload.relations, iri);
  const question = payload.questions.find(({ name }) => name === given.question);
  const parameters = new Set(question?.parameters.map(({ name }) => name));
  const settings = Object.entries(given.settings).filter(
    ([name, term]) => parameters.has(name) && isTerm(term),
  );
  return {
    shown: given.shown.filter(exists).slice(0, MAX_NODES),
    selected: exists(given.selected) ? given.selected : "",
    hidden: given.hidden.filter(isClassOrRelation),
    panel: isPanel(given.panel) ? given.panel : "details",
    question: question?.name ?? "",
    settings: Object.fromEntries(settings),
    query: given.query,
    compare: given.compare.filter(exists).slice(0, MAX_COMPARED),
    route: given.route.some(exists) ? given.route.slice(0, 2).map((iri) => (exists(iri) ? iri : "")) : [],
    highlight: NO_HIGHLIGHT,
  };
}
