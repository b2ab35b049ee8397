/** The page: draw what Python placed, open the store, follow what the person does. */

import * as canvas from "./canvas.js";
import { showDetails } from "./details.js";
import { announce, by } from "./dom.js";
import { openFind } from "./find.js";
import { drawLegend } from "./legend.js";
import { AT_ONCE, linksBetween, neighbours } from "./links.js";
import { label, learnNames } from "./names.js";
import { page } from "./payload.js";
import { listShown, walkShown } from "./shown.js";
import { act, follow, onState, state } from "./state.js";
import * as store from "./store.js";

/** How many things the picture holds at most. */
const MOST = 1000;

/** @type {import("./canvas.js").Edge[]} */
let edges = page.edges;

const acts = {
  select: (/** @type {string} */ iri) => act({ selected: iri, panel: iri ? "details" : state.panel, shown: withThing(iri) }),
  /** @param {string} iri @param {string} [relation] @param {boolean} [inverse] */
  expand: async (iri, relation, inverse) => {
    const now = new Set(state.shown);
    const fresh = (await neighbours(iri, relation, inverse)).filter((other) => !now.has(other));
    const added = fresh.slice(0, Math.min(AT_ONCE, MOST - now.size));
    announce(fresh.length > added.length ? `${added.length} added, +${fresh.length - added.length} more` : `${added.length} added`);
    act({ shown: [...state.shown, ...added], selected: iri });
  },
  collapse: (/** @type {string} */ iri) => {
    const degree = new Map();
    for (const { from, to } of edges) for (const [one, other] of [[from, to], [to, from]]) degree.set(one, (degree.get(one) ?? new Set()).add(other));
    const alone = new Set([...(degree.get(iri) ?? [])].filter((other) => degree.get(other).size === 1));
    act({ shown: state.shown.filter((other) => !alone.has(other)) });
  },
  only: async (/** @type {string} */ iri) => act({ shown: [iri, ...(await neighbours(iri)).slice(0, AT_ONCE)], selected: iri }),
  compare: (/** @type {string} */ iri) => act({ panel: "compare", compare: [...new Set([...state.compare, iri])].slice(-4) }),
};

/** @param {string} iri @returns {string[]} */
function withThing(iri) {
  return iri && !state.shown.includes(iri) && state.shown.length < MOST ? [...state.shown, iri] : state.shown;
}

/** @param {string} iri */
function toggle(iri) {
  act({ hidden: state.hidden.includes(iri) ? state.hidden.filter((other) => other !== iri) : [...state.hidden, iri] });
}

/** @param {import("./state.js").State} now @param {import("./state.js").State} before */
async function render(now, before) {
  const hidden = new Set(now.hidden);
  if (now.shown.join() !== before.shown.join()) edges = await linksBetween(now.shown);
  if (now !== state) return;
  canvas.show(now.shown, edges, hidden);
  canvas.select(now.selected);
  listShown(now.shown, now.selected, hidden, acts.select);
  drawLegend(now.shown, edges, hidden, toggle);
  if (now.selected !== before.selected) {
    if (now.selected) {
      canvas.centre(now.selected);
      announce(`${label(now.selected)} selected`);
    }
    await showDetails(now.selected, acts);
  }
}

canvas.draw(acts);
listShown(state.shown, "", new Set(), acts.select);
drawLegend(state.shown, edges, new Set(), toggle);
walkShown();
openFind((iri) => acts.select(iri));
showDetails("", acts);
by("fit").addEventListener("click", () => canvas.fit());
by("closer").addEventListener("click", () => canvas.zoom(1.25));
by("further").addEventListener("click", () => canvas.zoom(0.8));
onState(render);

document.addEventListener("DOMContentLoaded", async () => {
  await store.start();
  await learnNames();
  performance.mark("graph:ready");
  document.documentElement.dataset["ready"] = "true";
  addEventListener("hashchange", follow);
  follow();
});

Object.assign(globalThis, { graphPage: { box: canvas.box, positions: canvas.positions, query: store.query } });
