/** Keyboard shortcuts: those of one key work wherever nothing is typed, and can be switched off. */

import { getPreference, setPreference } from "./preferences.js";

/** @typedef {"find" | "about" | "expand" | "fit" | "zoomIn" | "zoomOut"} Action */

/**
 * All shortcuts, as the panel About lists them; those with an action are of one key.
 * @type {{keys: string, text: string, action?: Record<string, Action>}[]}
 */
export const SHORTCUTS = [
  { keys: "/", text: "find an item", action: { "/": "find" } },
  { keys: "↑ ↓ Enter", text: "choose a match, or an item in the list Shown" },
  { keys: "e", text: "expand the selected item", action: { e: "expand" } },
  { keys: "f", text: "fit the graph into view", action: { f: "fit" } },
  { keys: "+ −", text: "zoom in and out", action: { "+": "zoomIn", "-": "zoomOut" } },
  { keys: "← → ↑ ↓", text: "move the view when the graph has the focus" },
  { keys: "Alt+←", text: "undo" },
  { keys: "Ctrl+Enter", text: "run the query" },
  { keys: "Esc Tab", text: "leave the query editor" },
  { keys: "?", text: "show this list", action: { "?": "about" } },
  { keys: "Esc", text: "close a list, or clear the selection" },
];

/** @type {Record<string, Action>} */
const ACTIONS = Object.assign({}, ...SHORTCUTS.map(({ action }) => action));

let isOn = getPreference("shortcuts") !== "off";

/** Tell whether shortcuts of one key work. */
export function areShortcutsOn() {
  return isOn;
}

/** @param {boolean} on */
export function switchShortcuts(on) {
  isOn = on;
  setPreference("shortcuts", on ? "on" : "off");
}

/**
 * @param {Record<Action, () => unknown>} actions
 * @param {() => unknown} onEscape
 */
export function listenForShortcuts(actions, onEscape) {
  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof HTMLElement ? event.target : document.body;
    const isTyping = target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName);
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") onEscape();
    const action = isOn && Object.hasOwn(ACTIONS, event.key) && ACTIONS[event.key];
    if (!action) return;
    event.preventDefault();
    actions[action]();
  });
}
