/** What the person sees, as one value that lives in the address: every act is a step back can undo. */

import { existing, isTerm, learnKinds, long, short } from "./names.js";
import { kinds, page } from "./payload.js";

/** How many things the picture holds at most. */
export const MOST = 1000;

export const PANELS = ["details", "questions", "compare", "route", "sparql", "about"];

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

/** The number of the next act. */
let reached = 0;

/** Tell how many acts can be taken back. @returns {number} */
export function steps() {
  return history.state?.step ?? 0;
}

/** Change what the person sees; done when it is drawn. @param {Partial<State>} change @param {{joined?: boolean}} [how] joined: part of the last act */
export async function act(change, { joined = false } = {}) {
  const next = { ...state, ...change };
  const hash = encode(next);
  if (hash === encode(state)) return;
  if (joined) history.replaceState(history.state, "", `#${hash}`);
  else history.pushState({ step: steps() + 1 }, "", `#${hash}`);
  reached = steps() + 1;
  await go(next);
}

/** Take over what the address says, as far as there is such a thing. */
export async function follow() {
  const hash = location.hash;
  const next = await cleared(decode(hash.slice(1)));
  if (hash !== location.hash) return;
  if (history.state === null) history.replaceState({ step: reached }, "");
  reached = steps() + 1;
  if (encode(next) !== encode(state)) await go(next);
}

/** @param {State} next */
async function go(next) {
  const before = state;
  state = next;
  await Promise.all(listeners.map((listener) => listener(next, before)));
}

/** Leave out what the data does not know: an address may come from anywhere. @param {State} said @returns {Promise<State>} */
async function cleared(said) {
  const there = new Set(await existing([...said.shown, ...said.compare, ...said.route, said.selected].filter(Boolean)));
  await learnKinds([...there]);
  const known = (/** @type {string} */ iri) => there.has(iri);
  const question = page.questions.find(({ name }) => name === said.question);
  const asked = new Set(question?.parameters.map(({ name }) => name));
  return {
    shown: said.shown.filter(known).slice(0, MOST),
    selected: known(said.selected) ? said.selected : "",
    hidden: said.hidden.filter((iri) => iri === "" || kinds.has(iri) || Object.hasOwn(page.relations, iri)),
    panel: PANELS.includes(said.panel) ? said.panel : "details",
    question: question?.name ?? "",
    settings: Object.fromEntries(Object.entries(said.settings).filter(([name, value]) => asked.has(name) && isTerm(value))),
    query: said.query,
    compare: said.compare.filter(known).slice(0, 4),
    route: said.route.some(known) ? said.route.slice(0, 2).map((iri) => (known(iri) ? iri : "")) : [],
  };
}

/** @param {State} value @returns {string} */
export function encode(value) {
  const said = new URLSearchParams();
  if (value.shown.join() !== atStart.join()) said.set("show", difference(value.shown));
  if (value.selected) said.set("select", short(value.selected));
  if (value.hidden.length) said.set("hide", value.hidden.map(named).join(" "));
  if (value.panel !== "details") said.set("panel", value.panel);
  if (value.question) said.set("question", value.question);
  for (const [name, setting] of Object.entries(value.settings)) said.set(`set-${name}`, setting);
  if (value.query) said.set("query", value.query);
  if (value.compare.length) said.set("compare", value.compare.map(short).join(" "));
  if (value.route.length) said.set("route", value.route.map(named).join(" "));
  return said.toString();
}

/** Write an IRI, or a dash where there is none. @param {string} iri */
function named(iri) {
  return iri ? short(iri) : "-";
}

/** @param {string} hash @returns {State} */
export function decode(hash) {
  const said = new URLSearchParams(hash);
  const value = fresh();
  const list = (/** @type {string} */ name) => (said.get(name) ?? "").split(" ").filter(Boolean).map((text) => (text === "-" ? "" : long(text)));
  if (said.has("show")) value.shown = whole(said.get("show") ?? "");
  value.selected = list("select")[0] ?? "";
  value.hidden = list("hide");
  value.panel = said.get("panel") ?? value.panel;
  value.question = said.get("question") ?? "";
  for (const [name, setting] of said) if (name.startsWith("set-")) value.settings[name.slice(4)] = setting;
  value.query = said.get("query") ?? "";
  value.compare = list("compare");
  value.route = list("route");
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
