/** The page: draw the overview, open the store, follow what the reader does. */

import { expand, select, toggle } from "./actions.js";
import { NO_HIGHLIGHT } from "./core/url.js";
import { joinSegments } from "./core/question.js";
import { edges, isVisible, loadEdges } from "./data/edges.js";
import { labelOf, loadLabels, loadUnlabeled } from "./data/labels.js";
import { payload } from "./data/payload.js";
import * as store from "./data/store.js";
import { comparisonOf } from "./panels/compare.js";
import { isPanel, makePanels, showPanel } from "./panels/index.js";
import { routesBetween } from "./panels/route.js";
import { historyDepth, navigate, onState, restoreFromUrl, state } from "./state.js";
import { makeCombobox } from "./ui/combobox.js";
import { announce, byId, focusHeading } from "./ui/dom.js";
import { listenForExports } from "./ui/export-menu.js";
import { renderLegend } from "./ui/legend.js";
import * as network from "./ui/network.js";
import { listenForListKeys, renderNodeList } from "./ui/node-list.js";
import { getPreference, setPreference } from "./ui/preferences.js";
import { copyText } from "./ui/save.js";
import { listenForShortcuts } from "./ui/shortcuts.js";
import { listenForTheme } from "./ui/theme.js";

/** The state that is drawn; one that is overtaken while its edges are loaded never is. */
let drawn = state;
/** Whether the store is open and the URL is followed. */
let isReady = false;

/** @param {import("./state.js").State} next */
async function render(next) {
  await loadEdges(next.shown).catch(report);
  if (next !== state) return;
  const before = drawn;
  drawn = next;
  const hidden = new Set(next.hidden);
  const hiddenEdges = edges.filter((edge) => !isVisible(edge, hidden)).length;
  network.show(next.shown, edges, hidden);
  network.select(next.selected);
  network.highlight(next.panel === "route" ? next.highlight : NO_HIGHLIGHT);
  renderNodeList(next.shown, next.selected, hidden, hiddenEdges, select);
  renderLegend(next.shown, edges, hidden, toggle);
  if (next.selected && next.selected !== before.selected) {
    network.center(next.selected);
    announce(`${labelOf(next.selected)} selected`);
  }
  updateUndo();
  await showPanel();
}

/** Report in the live line what the engine cannot answer. @param {unknown} error */
function report(error) {
  if (!(error instanceof store.QueryError)) throw error;
  announce(error.message);
}

function updateUndo() {
  byId("undo").setAttribute("aria-disabled", String(!isReady || historyDepth() === 0));
}

/** A short guide for first-time readers; it can be closed, and stays closed. */
function listenForGuide() {
  const guide = byId("guide");
  const close = () => {
    guide.hidden = true;
    setPreference("guide", "closed");
  };
  guide.hidden = getPreference("guide") === "closed" || location.hash.length > 1;
  byId("guide-close").addEventListener("click", close);
  byId("guide-question").addEventListener("click", () => {
    close();
    navigate({ panel: "questions", question: payload.firstQuestion, settings: {} });
  });
}

function listenForFind() {
  const input = /** @type {HTMLInputElement} */ (byId("find"));
  const pick = async (/** @type {string} */ iri) => {
    await select(iri);
    if (!input.value) focusHeading(byId("details"), input); // keep focus in Find while the reader is typing
  };
  makeCombobox(input, byId("find-hits"), { pick });
}

async function showAboutPanel() {
  const from = document.activeElement;
  await navigate({ panel: "about" });
  focusHeading(byId("about"), from);
}

function listen() {
  listenForFind();
  listenForGuide();
  listenForListKeys();
  listenForExports(() => state);
  listenForShortcuts(
    {
      find: () => byId("find").focus(),
      about: showAboutPanel,
      expand: () => state.selected && expand(state.selected),
      fit: () => network.fit(),
      zoomIn: network.zoomIn,
      zoomOut: network.zoomOut,
    },
    () => navigate({ selected: "" }),
  );
  byId("fit").addEventListener("click", () => network.fit());
  byId("zoom-in").addEventListener("click", network.zoomIn);
  byId("zoom-out").addEventListener("click", network.zoomOut);
  byId("undo").addEventListener("click", ({ currentTarget }) => {
    const isDisabled = /** @type {HTMLElement} */ (currentTarget).getAttribute("aria-disabled") === "true";
    if (!isDisabled) history.back();
  });
  byId("copy-link").addEventListener("click", () => copyText(location.href));
}

async function openStore() {
  try {
    await store.start();
    performance.mark("graph:ready");
    await loadLabels();
    addEventListener("popstate", () => restoreFromUrl().catch(report));
    await restoreFromUrl();
    isReady = true;
    await render(state);
    document.documentElement.dataset["ready"] = "true";
    await loadUnlabeled();
  } catch (error) {
    if (!(error instanceof store.QueryError)) throw error;
    announce(error.message, { isLasting: true });
  }
}

listenForTheme(byId("theme"));
makePanels();
network.draw({ select, expand });
renderNodeList(state.shown, "", new Set(), 0, select);
renderLegend(state.shown, edges, new Set(), toggle);
listen();
onState(render, isPanel);
showPanel();
document.addEventListener("DOMContentLoaded", openStore);

Object.assign(globalThis, {
  graphPageForTests: {
    ...network.forTests,
    ask: store.query,
    comparisonOf,
    joinSegments,
    payload,
    routesBetween,
  },
});
