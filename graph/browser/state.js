/** What the person sees, as one value that lives in the address: every act is a step back can undo. */

import { long, short } from "./names.js";
import { page } from "./payload.js";

/**
 * @typedef {{
 *   shown: string[], selected: string, hidden: string[], panel: string,
 *   question: string, settings: Record<string, string>, query: string, compare: string[], route: string[]
 * }} State
 */

/** @type {readonly string[]} */
const atStart = page.nodes.map((node) => node.id);

/** @returns {State} */
function fresh() {
  return { shown: [...atStart], selected: "", hidden: [], panel: "details", question: "", settings: {}, query: "", compare: [], route: [] };
}

/** @type {State} */
export let state = fresh();
/** @type {((state: State, before: State) => unknown)[]} */
const listeners = [];

/** @param {(state: State, before: State) => unknown} listener */
export function onState(listener) {
  listeners.push(listener);
}

/** Change what the person sees; done when it is drawn. @param {Partial<State>} change */
export async function act(change) {
  const hash = encode({ ...state, ...change });
  if (hash === location.hash.slice(1)) return;
  location.hash = hash;
  await follow();
}

/** Take over what the address says. */
export async function follow() {
  const next = decode(location.hash.slice(1));
  if (encode(next) === encode(state)) return;
  const before = state;
  state = next;
  await Promise.all(listeners.map((listener) => listener(state, before)));
}

/** @param {State} value @returns {string} */
export function encode(value) {
  const said = new URLSearchParams();
  if (value.shown.join() !== atStart.join()) said.set("show", difference(value.shown));
  if (value.selected) said.set("select", short(value.selected));
  if (value.hidden.length) said.set("hide", value.hidden.map(short).join(" "));
  if (value.panel !== "details") said.set("panel", value.panel);
  if (value.question) said.set("question", value.question);
  for (const [name, setting] of Object.entries(value.settings)) said.set(`set-${name}`, setting);
  if (value.query) said.set("query", value.query);
  if (value.compare.length) said.set("compare", value.compare.map(short).join(" "));
  if (value.route.length) said.set("route", value.route.map(short).join(" "));
  return said.toString();
}

/** @param {string} hash @returns {State} */
export function decode(hash) {
  const said = new URLSearchParams(hash);
  const value = fresh();
  const list = (/** @type {string} */ name) => (said.get(name) ?? "").split(" ").filter(Boolean).map(long);
  if (said.has("show")) value.shown = whole(said.get("show") ?? "");
  value.selected = list("select")[0] ?? "";
  value.hidden = list("hide");
  value.panel = said.get("panel") ?? value.panel;
  value.question = said.get("question") ?? "";
  for (const [name, setting] of said) if (name.startsWith("set-")) value.settings[name.slice(4)] = setting;
  value.query = said.get("query") ?? "";
  value.compare = list("compare").slice(0, 4);
  value.route = list("route").slice(0, 2);
  return value;
}

/** Say what is shown as the start with things taken away and added, or as a list, whichever is less. @param {string[]} shown */
function difference(shown) {
  const now = new Set(shown);
  const gone = atStart.filter((iri) => !now.has(iri));
  const start = new Set(atStart);
  const added = shown.filter((iri) => !start.has(iri));
  const kept = shown.slice(0, shown.length - added.length).join() === atStart.filter((iri) => now.has(iri)).join();
  if (!kept || gone.length > shown.length) return shown.map(short).join(" ");
  return ["*", ...gone.map((iri) => `-${short(iri)}`), ...added.map((iri) => short(iri))].join(" ");
}

/** @param {string} text @returns {string[]} */
function whole(text) {
  const parts = text.split(" ").filter(Boolean);
  if (parts[0] !== "*") return [...new Set(parts.map(long))];
  const gone = new Set(parts.filter((part) => part.startsWith("-")).map((part) => long(part.slice(1))));
  const added = parts.slice(1).filter((part) => !part.startsWith("-"));
  return [...new Set([...atStart.filter((iri) => !gone.has(iri)), ...added.map(long)])];
}
