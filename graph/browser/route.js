/** Ways from one thing to another, as numbered steps with what they ask, take and cost. */

import { mark } from "./canvas.js";
import { announce, by, fill, h } from "./dom.js";
import { finder } from "./find.js";
import { label, learnKinds } from "./names.js";
import { page } from "./payload.js";
import { select, showToo } from "./picture.js";
import { busy } from "./progress.js";
import { act, state } from "./state.js";
import { query } from "./store.js";

/** @typedef {{start: string, end: string, how: string, asks: string, months: number | null, upTo: number | null, fee: number | null, feeFor: string, level: string, advised: string, source: string, others: [string, string][]}} Step The others are what other sources say than the step itself, each such as ["fee, level", source]. */
/** @typedef {{steps: Step[], best: string[]}} Route */

const STEPS = 6;
const MOST = 3;
/** What a step says beside where it leads; each may have a source of its own. */
const SAID = ["time", "fee", "membership", "level", "advice"];
const FEWEST = "fewest steps";
/** Nothing can be the best at this of which no source states any time. */
const LEAST_TIME = "least time";

/** Every step, by its start and its end. @type {Map<string, Map<string, Step>> | undefined} */
let known;
/** The way that is marked in the picture. @type {Step[]} */
let lit = [];
/** What shows each way in the picture, and says whether it does. @type {Map<HTMLElement, Step[]>} */
const switches = new Map();

/** Sum up what is stated of the steps. @param {Step[]} steps */
function totals(steps) {
  const sum = (/** @type {(number | null)[]} */ values) => values.reduce((/** @type {number} */ all, value) => all + (value ?? 0), 0);
  return {
    fee: sum(steps.map((step) => step.fee)),
    withoutFee: steps.filter((step) => step.fee === null && step.feeFor).length,
    months: sum(steps.map((step) => step.months)),
    upTo: sum(steps.map((step) => (step.months === null ? null : Math.max(step.upTo ?? step.months, step.months)))),
    withoutMonths: steps.filter((step) => step.months === null).length,
  };
}

/** How ways are ranked, in the same order as in Python: what is not stated is not taken for nothing. @type {Record<string, (steps: Step[]) => (number | string)[]>} */
const BEST = {
  [FEWEST]: (steps) => { const t = totals(steps); return [steps.length, t.withoutFee, t.fee, t.withoutMonths, t.months, ...names(steps)]; },
  "lowest fees": (steps) => { const t = totals(steps); return [t.withoutFee, t.fee, steps.length, t.months, ...names(steps)]; },
  [LEAST_TIME]: (steps) => { const t = totals(steps); return [t.withoutMonths, t.months, steps.length, t.withoutFee, t.fee, ...names(steps)]; },
};

/** @param {Step[]} steps */
function names(steps) {
  return steps.map((step) => step.end);
}

/** @param {(number | string)[]} a @param {(number | string)[]} b */
function before(a, b) {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const [one, other] = [a[index] ?? "", b[index] ?? ""];
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

/**
 * Find the best ways from one thing to another.
 * @param {string} start
 * @param {string} end
 * @param {AbortSignal} [signal]
 * @returns {Promise<Route[]>}
 */
export async function routes(start, end, signal) {
  const found = ways(await links(signal), start, end);
  /** @type {Map<Step[], string[]>} */
  const chosen = new Map();
  for (const [name, key] of Object.entries(BEST)) {
    const best = [...found].sort((a, b) => before(key(a), key(b)))[0];
    if (best) chosen.set(best, [...(chosen.get(best) ?? []), ...(name !== LEAST_TIME || totals(best).months ? [name] : [])]);
  }
  for (const steps of [...found].sort((a, b) => before(/** @type {any} */ (BEST[FEWEST])(a), /** @type {any} */ (BEST[FEWEST])(b)))) {
    if (chosen.size >= MOST) break;
    if (!chosen.has(steps)) chosen.set(steps, []);
  }
  return [...chosen].slice(0, MOST).map(([steps, best]) => ({ steps, best }));
}

/** Name what leads to a thing in one step. @param {string} end @param {AbortSignal} [signal] */
async function leadingTo(end, signal) {
  return [...(await links(signal))].flatMap(([start, ends]) => (ends.has(end) ? [start] : [])).sort();
}

/** Tell which steps the data knows; asked once. @param {AbortSignal} [signal] */
async function links(signal) {
  known ??= linked(await query(page.asks.route, signal));
  return known;
}

/** Keep one step for each pair: the one that asks for the fewest months, then the first by its words, then the cheapest. @param {import("./store.js").Answer} answer */
function linked(answer) {
  const number = (/** @type {import("./store.js").Term | undefined} */ term) => (term ? Number(term.value) : null);
  const steps = answer.rows.map((row) => ({
    start: row["from"]?.value ?? "",
    end: row["to"]?.value ?? "",
    how: row["how"]?.value ?? "",
    asks: row["asks"]?.value ?? "",
    months: number(row["months"]),
    upTo: number(row["monthsUpTo"]),
    fee: number(row["fee"]),
    feeFor: row["feeFor"]?.value ?? "",
    level: row["level"]?.value ?? "",
    advised: row["advised"]?.value ?? "",
    source: row["source"]?.value ?? "",
    others: others(row),
  }));
  const key = (/** @type {Step} */ step) => [step.months ?? 0, Number(step.months === null), step.how, step.asks, Number(step.fee === null), step.fee ?? 0, step.source, step.feeFor, step.level, step.advised, step.upTo ?? -1, ...step.others.flat()];
  steps.sort((a, b) => before(key(a), key(b)));
  /** @type {Map<string, Map<string, Step>>} */
  const from = new Map();
  for (const step of steps) {
    const ends = from.get(step.start) ?? new Map();
    from.set(step.start, ends);
    if (!ends.has(step.end)) ends.set(step.end, step);
  }
  return from;
}

/** Name the sources of what a step says beside where it leads, where these are others. @param {import("./store.js").Row} row @returns {[string, string][]} */
function others(row) {
  /** @type {Map<string, string[]>} */
  const said = new Map();
  for (const what of SAID) {
    const source = row[`sourceOf${what.charAt(0).toUpperCase()}${what.slice(1)}`]?.value;
    if (source && source !== row["source"]?.value) said.set(source, [...(said.get(source) ?? []), what]);
  }
  return [...said].map(([source, whats]) => [whats.join(", "), source]);
}

/** Find every way that visits nothing twice, up to some steps. @param {Map<string, Map<string, Step>>} from @param {string} start @param {string} end @returns {Step[][]} */
function ways(from, start, end) {
  const far = distances(from, end);
  /** @type {Step[][]} */
  const found = [];
  const walk = (/** @type {Step[]} */ steps, /** @type {Set<string>} */ seen) => {
    const at = steps.at(-1)?.end ?? start;
    for (const [next, step] of from.get(at) ?? []) {
      if (seen.has(next) || steps.length + 1 + (far.get(next) ?? Number.POSITIVE_INFINITY) > STEPS) continue;
      if (next === end) found.push([...steps, step]);
      else walk([...steps, step], new Set([...seen, next]));
    }
  };
  if (start !== end) walk([], new Set([start]));
  return found;
}

/** Tell how many steps each thing is from the end. @param {Map<string, Map<string, Step>>} from @param {string} end */
function distances(from, end) {
  const far = new Map([[end, 0]]);
  for (let round = 1; round <= STEPS; round++) {
    for (const [start, ends] of from) if (!far.has(start) && [...ends.keys()].some((next) => far.get(next) === round - 1)) far.set(start, round);
  }
  return far;
}

/** Show the way the address holds. */
export async function showRoute() {
  const region = by("route");
  const [start = "", end = ""] = state.route;
  const place = h("div");
  const box = (/** @type {string} */ name, /** @type {number} */ index, /** @type {string} */ hint) =>
    h("div", { class: "end" }, h("span", {}, name), state.route[index] ? h("strong", {}, label(state.route[index] ?? "")) : null, finder(name, (iri) => act({ route: index === 0 ? [iri, state.route[1] ?? ""] : [state.route[0] ?? "", iri] }), state.route[index] ? "change" : hint));
  fill(region, h("h2", {}, "Route"), box("From", 0, "high school diploma …"), box("To", 1, "coding auditor …"), place);
  mark([]);
  lit = [];
  if (!start || !end) return fill(place, h("p", { class: "hint" }, "Choose where you are and where you want to get to."));
  await busy(place, "Looking for ways", (signal) => found(start, end, signal));
  if (lit.length > 0) await light(lit);
}

/** @param {string} start @param {string} end @param {AbortSignal} signal */
async function found(start, end, signal) {
  const best = await routes(start, end, signal);
  if (start !== (state.route[0] ?? "") || end !== (state.route[1] ?? "")) return null;
  performance.mark("graph:answer");
  await learnKinds(best.flatMap(({ steps }) => steps.flatMap((step) => [step.start, step.end, step.source, ...step.others.map(([, iri]) => iri)])).filter(Boolean));
  announce(`${best.length} way${best.length === 1 ? "" : "s"} found`);
  lit = best[0]?.steps ?? [];
  switches.clear();
  if (best.length === 0) return noWay(start, end, await leadingTo(end, signal));
  return [h("p", { class: "acts" }, h("button", { type: "button", onclick: () => print() }, "Print")), best.map((route, index) => way(route, index))];
}

/** Say that there is no way, and what leads to the end at all. @param {string} start @param {string} end @param {string[]} before */
async function noWay(start, end, before) {
  await learnKinds(before);
  return [
    h("p", { class: "gap" }, `No way of up to ${STEPS} steps is known from ${label(start)} to ${label(end)}.`),
    h("p", {}, before.length > 0 ? `What leads to ${label(end)}: ` : `Nothing is known to lead to ${label(end)}.`, before.flatMap((iri, index) => [index > 0 && "; ", thing(iri)]), before.length > 0 && "."),
  ];
}

/** Mark again the way that was marked last, when the panel is opened again. */
export function lightAgain() {
  if (lit.length > 0) light(lit);
}

/** Show a way in the picture. @param {Step[]} steps */
async function light(steps) {
  lit = steps;
  for (const [button, way] of switches) button.setAttribute("aria-pressed", String(way === steps));
  const things = [steps[0]?.start ?? "", ...names(steps)].filter(Boolean);
  if (things.some((iri) => !state.shown.includes(iri))) await showToo(things);
  mark(things, steps.map((step) => ({ from: step.start, to: step.end, label: step.how })));
}

/** @param {Route} route @param {number} index */
function way({ steps, best }, index) {
  const t = totals(steps);
  const priced = steps.filter((step) => step.feeFor).length;
  const gaps = (/** @type {number} */ without, /** @type {string} */ of) => (without ? `, not stated for ${without} of ${of}` : "");
  const fees = priced === 0 ? "none, as no step has a price" : t.withoutFee === priced ? "not stated" : dollars(t.fee) + gaps(t.withoutFee, `${priced} with a price`);
  const time = t.withoutMonths === steps.length ? "not stated" : span(t.months, t.upTo) + gaps(t.withoutMonths, `${steps.length} steps`);
  const show = h("button", { type: "button", "aria-pressed": "false", onclick: () => light(steps) }, "Show in picture");
  switches.set(show, steps);
  return h(
    "section",
    { class: "way", "aria-label": `Way ${index + 1}` },
    h("h3", {}, `Way ${index + 1}: ${steps.length} step${steps.length === 1 ? "" : "s"}`, best.length > 0 ? h("span", { class: "count" }, ` (${best.join(", ")})`) : null),
    h("ol", {}, steps.map(stepLine)),
    h("p", {}, `Fees: ${fees}. Time: ${time}.`),
    h("p", { class: "acts" }, show),
  );
}

/** @param {string} iri */
function thing(iri) {
  return h("button", { type: "button", class: "plain", onclick: () => select(iri) }, label(iri));
}

/** @param {Step} step */
function stepLine(step) {
  /** @type {[string, string][]} */
  const sources = step.source ? [["", step.source], ...step.others] : step.others;
  const asides = [step.asks, step.level ? `level: ${step.level}` : ""].filter(Boolean).join("; ");
  return h(
    "li",
    {},
    thing(step.start), ` ${step.how} `, thing(step.end), asides ? ` (${asides})` : "",
    step.months ? `. Takes ${span(step.months, step.upTo)}` : "",
    step.feeFor ? `. Costs ${step.fee === null ? "(not stated)" : dollars(step.fee)} for ${step.feeFor}` : "",
    step.advised ? `. Advised beforehand: ${step.advised}` : "", ".",
    sources.length > 0 ? h("div", { class: "sources" }, sources.map(([what, iri]) => h("span", { class: "source" }, what && `${what}: `, thing(iri)))) : null,
  );
}

/** @param {number} value */
function dollars(value) {
  return `$${value.toLocaleString("en")}`;
}

/** @param {number} low @param {number | null} high */
function span(low, high) {
  return high && high !== low ? `${low} to ${high} months` : `${low} months`;
}
