/** The panels at the side: one is open, the address says which. */

import { showAbout } from "./about.js";
import { showCompare } from "./compare.js";
import { showDetails } from "./details.js";
import { by, toHeading } from "./dom.js";
import { showQuestions } from "./questions.js";
import { lightAgain, showRoute } from "./route.js";
import { showSparql } from "./sparql.js";
import { act, state } from "./state.js";

/** What opens each panel, which parts of the state it shows, and what to do when it is opened again with nothing new. @type {Record<string, {open: () => unknown, of: () => unknown[], again?: () => void}>} */
const OPENS = {
  details: { open: () => showDetails(state.selected), of: () => [state.selected] },
  questions: { open: showQuestions, of: () => [state.question, JSON.stringify(state.settings)] },
  compare: { open: showCompare, of: () => state.compare },
  route: { open: showRoute, of: () => state.route, again: lightAgain },
  sparql: { open: showSparql, of: () => [state.query] },
  about: { open: showAbout, of: () => [] },
};

/** @type {Map<string, string>} */
const drawn = new Map();
let open = "";

/** Show the panel the state names, drawn anew if what it shows has changed. */
export async function showPanel() {
  const name = state.panel;
  const from = document.activeElement;
  const left = open !== name && by("side").contains(from) && !by("tabs").contains(from);
  const returned = open !== name;
  open = name;
  document.body.dataset["panel"] = name;
  for (const other of Object.keys(OPENS)) {
    const tab = by(`tab-${other}`);
    tab.setAttribute("aria-selected", String(other === name));
    tab.tabIndex = other === name ? 0 : -1;
    by(other).hidden = other !== name;
  }
  const panel = OPENS[name];
  const what = JSON.stringify(panel?.of());
  if (drawn.get(name) !== what) {
    drawn.set(name, what);
    await panel?.open();
  } else if (returned) panel?.again?.();
  if (left && state.panel === name) toHeading(by(name), from);
}

/** Let clicks and arrow keys change the panel. */
export function openTabs() {
  const tabs = Object.keys(OPENS).map((name) => by(`tab-${name}`));
  tabs.forEach((tab, index) => {
    tab.addEventListener("click", () => act({ panel: Object.keys(OPENS)[index] ?? "details" }));
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
