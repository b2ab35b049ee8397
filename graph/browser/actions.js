/** What the reader can do to the graph: select, expand, collapse, filter, compare, find routes. */

import { edges, isItemDrawn, neighbors } from "./data/edges.js";
import { classOf, labelOf, loadTypes } from "./data/labels.js";
import { QueryError } from "./data/store.js";
import { MAX_COMPARED, MAX_NODES, navigate, state } from "./state.js";
import { announce } from "./ui/dom.js";

/** How many neighbors one action adds at most. */
export const MAX_ADDED = 25;
const FULL = `the graph is limited to ${MAX_NODES.toLocaleString("en")} items`;

/**
 * Make a function that reports in the live line what the engine cannot answer.
 * @template {unknown[]} A
 * @param {(...given: A) => Promise<void>} run
 * @returns {(...given: A) => Promise<void>}
 */
function action(run) {
  return async (...given) => {
    try {
      await run(...given);
    } catch (error) {
      if (!(error instanceof QueryError)) throw error;
      announce(error.message);
    }
  };
}

/** @param {string} iri @returns {string[]} */
function shownWith(iri) {
  const isAdded = iri && !state.shown.includes(iri) && state.shown.length < MAX_NODES;
  return isAdded ? [...state.shown, iri] : state.shown;
}

/** Select an item; it joins the graph if items of its class are drawn. */
export const select = action(async (/** @type {string} */ iri) => {
  if (iri) await loadTypes([iri]);
  const shown = isItemDrawn(iri) ? shownWith(iri) : state.shown;
  await navigate({ selected: iri, panel: iri ? "details" : state.panel, shown });
  if (iri && isItemDrawn(iri) && !shown.includes(iri)) announce(`${labelOf(iri)} selected; ${FULL}`);
  else if (state.hidden.includes(classOf(iri))) {
    announce(`${labelOf(iri)} selected; items of its type are filtered out`);
  }
});

/** Add the neighbors of an item, by one relation or by all. */
export const expand = action(
  async (
    /** @type {string} */ iri,
    /** @type {{relation: string, inverse: boolean} | undefined} */ only = undefined,
  ) => {
    const shown = new Set(shownWith(iri));
    const hidden = (await neighbors(iri, only)).filter((other) => !shown.has(other));
    const added = hidden.slice(0, Math.max(0, Math.min(MAX_ADDED, MAX_NODES - shown.size)));
    const rest = hidden.length - added.length;
    await navigate({ shown: [...shown, ...added], selected: iri });
    const full = shown.size + added.length >= MAX_NODES ? `; ${FULL}` : "";
    announce(rest > 0 ? `${added.length} added; ${rest} more not shown${full}` : `${added.length} added`);
  },
);

/** Remove the items that are connected only to this one. */
export const collapse = action(async (/** @type {string} */ iri) => {
  /** @type {Map<string, Set<string>>} */
  const linked = new Map();
  for (const { from, to } of edges) {
    linked.set(from, (linked.get(from) ?? new Set()).add(to));
    linked.set(to, (linked.get(to) ?? new Set()).add(from));
  }
  const removed = new Set(linked.get(iri));
  const isConnected = (/** @type {string} */ item) =>
    [...(linked.get(item) ?? [])].some((other) => other !== iri && !removed.has(other));
  for (let size = -1; size !== removed.size;) {
    size = removed.size;
    for (const item of removed) if (isConnected(item)) removed.delete(item);
  }
  await navigate({ shown: state.shown.filter((other) => !removed.has(other)), selected: iri });
  announce(`${removed.size} item${removed.size === 1 ? "" : "s"} hidden`);
});

/** Show an item and its neighbors, and nothing else. */
export const showOnlyThis = action(async (/** @type {string} */ iri) => {
  const all = await neighbors(iri);
  const kept = all.slice(0, MAX_ADDED);
  await navigate({ shown: [iri, ...kept], selected: iri });
  announce(`${labelOf(iri)} and ${kept.length} of its ${all.length} neighbors shown`);
});

/** Show some items in place of those in the graph. */
export const showItems = action(async (/** @type {string[]} */ iris) => {
  await loadTypes(iris);
  const drawn = [...new Set(iris)].filter(isItemDrawn);
  if (drawn.length > 0) await navigate({ shown: drawn.slice(0, MAX_NODES), selected: "" });
  const count = Math.min(drawn.length, MAX_NODES).toLocaleString("en");
  announce(`${count} of ${new Set(iris).size.toLocaleString("en")} items shown in the graph`);
});

/** Highlight a route, with its items in the graph; this is a part of the last action. */
export const highlightRoute = action(async (/** @type {import("./core/url.js").Highlight} */ highlight) => {
  await loadTypes(highlight.nodes);
  const added = highlight.nodes.filter((iri) => isItemDrawn(iri) && !state.shown.includes(iri));
  const route = new Set(highlight.nodes);
  const room = MAX_NODES - added.length - state.shown.filter((iri) => route.has(iri)).length;
  let others = 0;
  const kept = state.shown.filter((iri) => route.has(iri) || others++ < room);
  await navigate({ shown: [...kept, ...new Set(added)], highlight }, { replace: true });
});

/** Filter a class or relation out, or back in. @param {string} iri */
export function toggle(iri) {
  const isHidden = state.hidden.includes(iri);
  navigate({ hidden: isHidden ? state.hidden.filter((other) => other !== iri) : [...state.hidden, iri] });
}

/** Add an item to the comparison; of too many, the oldest goes. @param {string} iri */
export function addToComparison(iri) {
  navigate({ panel: "compare", compare: [...new Set([...state.compare, iri])].slice(-MAX_COMPARED) });
}

/** Look for routes to an item. @param {string} iri */
export function findRoutesTo(iri) {
  navigate({ panel: "route", route: [state.route[0] ?? "", iri] });
}
