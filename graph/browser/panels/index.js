/** The panels, in the order of their tabs; the tabs, the state and the style sheet follow from this list. */

import { navigate, state } from "../state.js";
import { explainError } from "../ui/busy.js";
import { byId, focusHeading, h, render } from "../ui/dom.js";
import { makeTabs, selectTab } from "../ui/tabs.js";
import { QueryError } from "../data/store.js";
import { showAbout } from "./about.js";
import { showCompare } from "./compare.js";
import { showDetails } from "./details.js";
import { showQuestions } from "./questions.js";
import { reopenRoute, showRoute } from "./route.js";
import { showSparql } from "./sparql.js";

/**
 * @typedef {object} Panel
 * @property {string} id
 * @property {string} title
 * @property {() => unknown} show
 * @property {() => unknown} shows the part of the state that it shows; it is drawn anew when that has changed
 * @property {() => unknown} [reopen] what to do when it is opened again and shows nothing new
 * @property {boolean} [isWide] whether it needs more room than text does
 */

/** @type {Panel[]} */
const PANELS = [
  { id: "details", title: "Details", show: showDetails, shows: () => state.selected },
  {
    id: "questions",
    title: "Questions",
    show: showQuestions,
    shows: () => [state.question, state.settings],
    isWide: true,
  },
  { id: "compare", title: "Compare", show: showCompare, shows: () => state.compare, isWide: true },
  {
    id: "route",
    title: "Route",
    show: showRoute,
    shows: () => state.route,
    reopen: reopenRoute,
    isWide: true,
  },
  { id: "sparql", title: "SPARQL", show: showSparql, shows: () => state.query, isWide: true },
  { id: "about", title: "About", show: showAbout, shows: () => "" },
];

/** What each panel shows at the moment. @type {Map<string, string>} */
const drawn = new Map();
let open = "";

/** Tell whether there is a panel. @param {string} id */
export function isPanel(id) {
  return PANELS.some((panel) => panel.id === id);
}

/** Make the tabs and the panels, which are empty yet. */
export function makePanels() {
  makeTabs(PANELS, (id) => navigate({ panel: id }));
}

/** Show the panel that the state names, drawn anew if what it shows has changed. */
export async function showPanel() {
  const panel = PANELS.find(({ id }) => id === state.panel) ?? PANELS[0];
  if (!panel) return;
  const { id, show, shows, reopen, isWide = false } = panel;
  const from = document.activeElement;
  const isOpened = open !== id;
  const movesFocus = isOpened && byId("side").contains(from) && !byId("tabs").contains(from);
  open = id;
  document.body.toggleAttribute("data-wide", isWide);
  selectTab(id);
  const part = JSON.stringify(shows());
  if (drawn.get(id) !== part) {
    drawn.set(id, part);
    await draw(byId(id), show);
  } else if (isOpened) reopen?.();
  if (movesFocus && state.panel === id) focusHeading(byId(id), from);
}

/**
 * Draw a panel; what the engine cannot answer is said in it.
 * @param {HTMLElement} region
 * @param {() => unknown} show
 */
async function draw(region, show) {
  region.setAttribute("aria-busy", "true");
  try {
    await show();
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    render(
      region,
      h("h2", {}, PANELS.find(({ id }) => id === region.id)?.title ?? ""),
      ...explainError(error),
    );
  } finally {
    region.setAttribute("aria-busy", "false");
  }
}
