/** The page: draw what Python placed, open the store, follow what the person does. */

import * as canvas from "./canvas.js";
import { compared } from "./compare.js";
import { announce, by, toHeading } from "./dom.js";
import { copy } from "./download.js";
import { makeFinder } from "./find.js";
import { listen } from "./keys.js";
import { drawLegend } from "./legend.js";
import { edges, isSeen, linksBetween } from "./links.js";
import { label, learnNameless, learnNames } from "./names.js";
import { openTabs, showPanel } from "./panels.js";
import { bound } from "./parameters.js";
import { page } from "./payload.js";
import { expand, select, toggle } from "./picture.js";
import { routes } from "./route.js";
import { listShown, walkShown } from "./shown.js";
import { act, follow, onState, state, steps } from "./state.js";
import { keep, kept } from "./storage.js";
import * as store from "./store.js";
import { openMenu } from "./takeaway.js";

/** What a person sees now; a state that is overtaken while its links are asked for is never seen. */
let seen = state;

/** @param {import("./state.js").State} now */
async function render(now) {
  const hidden = new Set(now.hidden);
  await linksBetween(now.shown);
  if (now !== state) return;
  const before = seen;
  seen = now;
  canvas.show(now.shown, edges, hidden);
  canvas.select(now.selected);
  if (before.panel === "route" && now.panel !== "route") canvas.mark([]);
  listShown(now.shown, now.selected, hidden, select, edges.filter((edge) => !isSeen(edge, hidden)).length);
  drawLegend(now.shown, edges, hidden, toggle);
  if (now.selected && now.selected !== before.selected) {
    canvas.centre(now.selected);
    announce(`${label(now.selected)} selected`);
  }
  by("undo").setAttribute("aria-disabled", String(steps() === 0));
  await showPanel();
}

/** Switch between light and dark. */
function theme() {
  const root = document.documentElement;
  const tell = () => by("theme").setAttribute("aria-pressed", String(canvas.isDark()));
  root.dataset["theme"] = kept("theme");
  tell();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", tell);
  by("theme").addEventListener("click", () => {
    root.dataset["theme"] = canvas.isDark() ? "light" : "dark";
    keep("theme", root.dataset["theme"]);
    tell();
    canvas.repaint();
  });
}

/** A short guide for those who come for the first time; it can be closed, and stays closed. */
function guide() {
  const box = by("guide");
  const close = () => {
    box.hidden = true;
    keep("guide", "closed");
  };
  box.hidden = kept("guide") === "closed" || location.hash.length > 1;
  by("guide-close").addEventListener("click", close);
  by("guide-question").addEventListener("click", () => {
    close();
    act({ panel: "questions", question: page.firstQuestion, settings: {} });
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
listen();
showPanel();
const find = /** @type {HTMLInputElement} */ (by("find"));
makeFinder(find, by("find-hits"), async (iri) => {
  await select(iri);
  if (!find.value) toHeading(by("details"), find); // who types on keeps the keyboard
});
by("fit").addEventListener("click", () => canvas.fit());
by("closer").addEventListener("click", () => canvas.zoom(1.25));
by("further").addEventListener("click", () => canvas.zoom(0.8));
by("undo").addEventListener("click", () => steps() > 0 && history.back());
by("copy-link").addEventListener("click", () => copy(location.href));
onState(render);

document.addEventListener("DOMContentLoaded", async () => {
  try {
    await store.start();
  } catch (error) {
    return announce(`This browser cannot open the data: ${error instanceof Error ? error.message : error}`, true);
  }
  performance.mark("graph:ready");
  await learnNames();
  addEventListener("popstate", follow);
  await follow();
  await render(state);
  document.documentElement.dataset["ready"] = "true";
  await learnNameless();
});

Object.assign(globalThis, { graphPage: { ask: store.query, at: canvas.at, bound, box: canvas.box, compared, lit: canvas.lit, looks: canvas.looks, page, positions: canvas.positions, routes } });
