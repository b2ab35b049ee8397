/** The page: draw what Python placed, open the store, follow what the person does. */

import * as canvas from "./canvas.js";
import { compared } from "./compare.js";
import { announce, by } from "./dom.js";
import { copy } from "./download.js";
import { makeFinder } from "./find.js";
import { drawLegend } from "./legend.js";
import { edges, linksBetween } from "./links.js";
import { label, learnNameless, learnNames } from "./names.js";
import { openTabs, showPanel } from "./panels.js";
import { page } from "./payload.js";
import { expand, select, toggle } from "./picture.js";
import { bound } from "./questions.js";
import { routes } from "./route.js";
import { listShown, walkShown } from "./shown.js";
import { act, follow, onState, state } from "./state.js";
import * as store from "./store.js";
import { openMenu } from "./takeaway.js";

/** @param {import("./state.js").State} now @param {import("./state.js").State} before */
async function render(now, before) {
  const hidden = new Set(now.hidden);
  if (now.shown.join() !== before.shown.join()) await linksBetween(now.shown);
  if (now !== state) return;
  canvas.show(now.shown, edges, hidden);
  canvas.select(now.selected);
  if (before.panel === "route" && now.panel !== "route") canvas.mark([]);
  listShown(now.shown, now.selected, hidden, select);
  drawLegend(now.shown, edges, hidden, toggle);
  if (now.selected && now.selected !== before.selected) {
    canvas.centre(now.selected);
    announce(`${label(now.selected)} selected`);
  }
  await showPanel();
}

/** Keys that work wherever nothing is being typed. */
function keys() {
  const acts = /** @type {Record<string, () => void>} */ ({
    "/": () => by("find").focus(),
    "?": () => act({ panel: "about" }),
    e: () => state.selected && expand(state.selected),
    f: () => canvas.fit(),
    "+": () => canvas.zoom(1.25),
    "-": () => canvas.zoom(0.8),
    Escape: () => act({ selected: "" }),
  });
  document.addEventListener("keydown", (event) => {
    const at = event.target instanceof HTMLElement ? event.target : document.body;
    if (at.isContentEditable || /^(input|textarea|select)$/i.test(at.tagName) || event.ctrlKey || event.metaKey || event.altKey) return;
    const run = acts[event.key];
    if (!run) return;
    event.preventDefault();
    run();
  });
}

/** Switch between light and dark, and remember it where the browser allows. */
function theme() {
  const root = document.documentElement;
  try {
    root.dataset["theme"] = localStorage.getItem("graph-theme") ?? "";
  } catch {
    // a page from a file may have no storage
  }
  by("theme").addEventListener("click", () => {
    root.dataset["theme"] = canvas.isDark() ? "light" : "dark";
    by("theme").setAttribute("aria-pressed", String(canvas.isDark()));
    canvas.repaint();
    try {
      localStorage.setItem("graph-theme", root.dataset["theme"]);
    } catch {
      // nothing to remember it in
    }
  });
  by("theme").setAttribute("aria-pressed", String(canvas.isDark()));
}

/** A short guide for those who come for the first time; it can be closed, and stays closed. */
function guide() {
  const box = by("guide");
  const close = () => {
    box.hidden = true;
    try {
      localStorage.setItem("graph-guide", "closed");
    } catch {
      // it will come again
    }
  };
  try {
    box.hidden = localStorage.getItem("graph-guide") === "closed";
  } catch {
    box.hidden = false;
  }
  if (location.hash) box.hidden = true;
  by("guide-close").addEventListener("click", close);
  by("guide-question").addEventListener("click", () => {
    close();
    act({ panel: "questions", question: page.firstQuestion });
  });
}

theme();
canvas.draw({ select, expand });
listShown(state.shown, "", new Set(), select);
drawLegend(state.shown, edges, new Set(), toggle);
walkShown();
guide();
openTabs();
openMenu();
keys();
showPanel();
makeFinder(/** @type {HTMLInputElement} */ (by("find")), by("find-hits"), select);
by("fit").addEventListener("click", () => canvas.fit());
by("closer").addEventListener("click", () => canvas.zoom(1.25));
by("further").addEventListener("click", () => canvas.zoom(0.8));
by("undo").addEventListener("click", () => history.back());
by("copy-link").addEventListener("click", () => copy(location.href));
onState(render);

document.addEventListener("DOMContentLoaded", async () => {
  await store.start();
  performance.mark("graph:ready");
  await learnNames();
  addEventListener("hashchange", follow);
  follow();
  document.documentElement.dataset["ready"] = "true";
  await learnNameless();
});

Object.assign(globalThis, { graphPage: { ask: store.query, bound, box: canvas.box, compared, page, positions: canvas.positions, routes } });
