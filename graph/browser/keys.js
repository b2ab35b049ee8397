/** Keys that work wherever nothing is being typed; those who talk to their computer can switch them off. */

import * as canvas from "./canvas.js";
import { by, toHeading } from "./dom.js";
import { expand } from "./picture.js";
import { act, state } from "./state.js";
import { kept, keep } from "./storage.js";

/** @type {Record<string, () => unknown>} */
const ACTS = {
  "/": () => by("find").focus(),
  "?": async () => {
    const from = document.activeElement;
    await act({ panel: "about" });
    toHeading(by("about"), from);
  },
  e: () => state.selected && expand(state.selected),
  f: () => canvas.fit(),
  "+": () => canvas.zoom(1.25),
  "-": () => canvas.zoom(0.8),
};

let on = kept("keys") !== "off";

/** Tell whether single keys work. */
export function areKeysOn() {
  return on;
}

/** Let single keys work, or not. @param {boolean} working */
export function switchKeys(working) {
  on = working;
  keep("keys", working ? "on" : "off");
}

/** Listen for keys. */
export function listen() {
  document.addEventListener("keydown", (event) => {
    const at = event.target instanceof HTMLElement ? event.target : document.body;
    if (at.isContentEditable || /^(input|textarea|select)$/i.test(at.tagName) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") act({ selected: "" });
    const run = on && Object.hasOwn(ACTS, event.key) && ACTS[event.key];
    if (!run) return;
    event.preventDefault();
    run();
  });
}
