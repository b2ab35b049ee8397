/** Light and dark: the switch, and the colors of the style sheet for what is drawn on the canvas. */

import { getPreference, setPreference } from "./preferences.js";

const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
const root = document.documentElement;

/** The CSS variables that the graph is drawn with. */
const VARIABLES = /** @type {const} */ ([
  "ground",
  "ink",
  "ink-dim",
  "node",
  "node-border",
  "node-ink",
  "edge",
  "edge-dim",
  "edge-strong",
]);

/** @typedef {Record<typeof VARIABLES[number], string>} Palette Colors as #rrggbb. */

/** @type {Palette | undefined} */
let palette;
/** @type {(() => void)[]} */
const listeners = [];

/** Tell whether the page is dark now. */
function isDark() {
  return root.dataset["theme"] ? root.dataset["theme"] === "dark" : systemIsDark.matches;
}

/** Read the colors that hold now. @returns {Palette} */
export function colors() {
  if (!palette) {
    const probe = document.createElement("span");
    document.body.append(probe);
    const entries = VARIABLES.map((name) => {
      probe.style.color = `var(--${name})`;
      return [name, toHex(getComputedStyle(probe).color)];
    });
    probe.remove();
    palette = /** @type {Palette} */ (Object.fromEntries(entries));
  }
  return palette;
}

/** @param {string} color as `rgb(1, 2, 3)` */
function toHex(color) {
  const parts = color.match(/\d+/g)?.slice(0, 3) ?? [];
  return `#${parts.map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`;
}

/** Call a function whenever the colors have changed. @param {() => void} listener */
export function onTheme(listener) {
  listeners.push(listener);
}

/** Let a button switch between light and dark. @param {HTMLElement} button */
export function listenForTheme(button) {
  const update = () => {
    palette = undefined;
    button.setAttribute("aria-pressed", String(isDark()));
    for (const listener of listeners) listener();
  };
  const stored = getPreference("theme");
  if (stored) root.dataset["theme"] = stored;
  update();
  systemIsDark.addEventListener("change", update);
  button.addEventListener("click", () => {
    root.dataset["theme"] = isDark() ? "light" : "dark";
    setPreference("theme", root.dataset["theme"]);
    update();
  });
}
