/** The panels at the side: one is open, the address says which. */

import { showAbout } from "./about.js";
import { showCompare } from "./compare.js";
import { showDetails } from "./details.js";
import { by } from "./dom.js";
import { showQuestions } from "./questions.js";
import { showRoute } from "./route.js";
import { showSparql } from "./sparql.js";
import { act, state } from "./state.js";

/** What opens each panel, and which parts of the state it shows. @type {Record<string, {open: () => unknown, of: () => unknown[]}>} */
const PANELS = {
  details: { open: () => showDetails(state.selected), of: () => [state.selected] },
  questions: { open: showQuestions, of: () => [state.question, JSON.stringify(state.settings)] },
  compare: { open: showCompare, of: () => state.compare },
  route: { open: showRoute, of: () => state.route },
  sparql: { open: showSparql, of: () => [state.query] },
  about: { open: showAbout, of: () => [] },
};

/** @type {Map<string, string>} */
const drawn = new Map();

/** Show the panel the state names, drawn anew if what it shows has changed. */
export async function showPanel() {
  const name = state.panel in PANELS ? state.panel : "details";
  document.body.dataset["panel"] = name;
  for (const other of Object.keys(PANELS)) {
    const tab = by(`tab-${other}`);
    tab.setAttribute("aria-selected", String(other === name));
    tab.tabIndex = other === name ? 0 : -1;
    by(other).hidden = other !== name;
  }
  const panel = PANELS[name];
  const what = JSON.stringify(panel?.of());
  if (drawn.get(name) === what && name !== "route") return;
  drawn.set(name, what);
  await panel?.open();
}

/** Let clicks and arrow keys change the panel. */
export function openTabs() {
  const tabs = Object.keys(PANELS).map((name) => by(`tab-${name}`));
  tabs.forEach((tab, index) => {
    tab.addEventListener("click", () => act({ panel: Object.keys(PANELS)[index] ?? "details" }));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const next = tabs[(index + step + tabs.length) % tabs.length];
      next?.focus();
      next?.click();
    });
  });
}
