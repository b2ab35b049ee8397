/** Routes from one item to another: every simple one of a few steps, ranked by what its steps state. */

/** @typedef {import("./terms.js").Term} Term */
/** @typedef {import("./terms.js").Row} Row */

/**
 * @typedef {object} Step
 * @property {string} start
 * @property {string} end
 * @property {string} how
 * @property {string} requires
 * @property {number | null} months
 * @property {number | null} monthsMax
 * @property {number | null} fee
 * @property {string} feeItem
 * @property {string} level
 * @property {string} recommends
 * @property {string} source
 * @property {[string, string][]} otherSources what other sources than the step's state, as ["fee", source]
 */

/** @typedef {{steps: Step[], bestBy: string[]}} Route */
/**
 * @typedef {Map<string, Map<string, Step>>} StepGraph The one step between two items, by its start and its
 *   end.
 */

export const MAX_STEPS = 6;
const MAX_ROUTES = 3;
/** What a step states beside where it leads; each may have a source of its own. */
const SOURCED = ["time", "fee", "membership", "level", "advice"];
const FEWEST_STEPS = "fewest steps";
/** No route is the best at this where no source states any time. */
const LEAST_TIME = "least time";

/**
 * How routes are ranked, in the same order as in Python: what is not stated is not taken for zero.
 * @type {Record<string, (steps: Step[]) => (number | string)[]>}
 */
const CRITERIA = {
  [FEWEST_STEPS]: (steps) => {
    const sums = totals(steps);
    return [steps.length, sums.withoutFee, sums.fee, sums.withoutMonths, sums.months, ...ends(steps)];
  },
  "lowest fees": (steps) => {
    const sums = totals(steps);
    return [sums.withoutFee, sums.fee, steps.length, sums.months, ...ends(steps)];
  },
  [LEAST_TIME]: (steps) => {
    const sums = totals(steps);
    return [sums.withoutMonths, sums.months, steps.length, sums.withoutFee, sums.fee, ...ends(steps)];
  },
};

/** Sum up what the steps of a route state. @param {Step[]} steps */
export function totals(steps) {
  const sum = (/** @type {(number | null)[]} */ values) =>
    values.reduce((/** @type {number} */ all, value) => all + (value ?? 0), 0);
  const longest = (/** @type {Step} */ { months, monthsMax }) =>
    months === null ? null : Math.max(monthsMax ?? months, months);
  return {
    fee: sum(steps.map((step) => step.fee)),
    withoutFee: steps.filter((step) => step.fee === null && step.feeItem).length,
    months: sum(steps.map((step) => step.months)),
    monthsMax: sum(steps.map(longest)),
    withoutMonths: steps.filter((step) => step.months === null).length,
  };
}

/** @param {Step[]} steps */
function ends(steps) {
  return steps.map((step) => step.end);
}

/** Compare lists by their first difference. @param {(number | string)[]} a @param {(number | string)[]} b */
function compareLists(a, b) {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const [one, other] = [a[index] ?? "", b[index] ?? ""];
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

/**
 * Find the best routes: by each criterion, and then those with the fewest steps.
 * @param {StepGraph} graph
 * @param {string} start
 * @param {string} end
 * @returns {Route[]}
 */
export function findRoutes(graph, start, end) {
  const found = simplePaths(graph, start, end);
  const ranked = (/** @type {(steps: Step[]) => (number | string)[]} */ criterion) =>
    found.map((steps) => ({ steps, key: criterion(steps) })).sort((a, b) => compareLists(a.key, b.key));
  /** @type {Map<Step[], string[]>} */
  const chosen = new Map();
  for (const [name, criterion] of Object.entries(CRITERIA)) {
    const best = ranked(criterion)[0]?.steps;
    if (!best) continue;
    const isBest = name !== LEAST_TIME || totals(best).months > 0;
    chosen.set(best, [...(chosen.get(best) ?? []), ...(isBest ? [name] : [])]);
  }
  for (const { steps } of ranked(/** @type {any} */ (CRITERIA[FEWEST_STEPS]))) {
    if (chosen.size >= MAX_ROUTES) break;
    if (!chosen.has(steps)) chosen.set(steps, []);
  }
  return [...chosen].slice(0, MAX_ROUTES).map(([steps, bestBy]) => ({ steps, bestBy }));
}

/** List the items that lead to another in one step. @param {StepGraph} graph @param {string} end */
export function predecessors(graph, end) {
  return [...graph].flatMap(([start, byEnd]) => (byEnd.has(end) ? [start] : [])).sort();
}

/**
 * Keep one step for each pair: the one with the fewest months, then the first by its text, then the
 * cheapest.
 * @param {Row[]} rows
 * @returns {StepGraph}
 */
export function buildStepGraph(rows) {
  const steps = rows.map(toStep);
  steps.sort((a, b) => compareLists(stepOrder(a), stepOrder(b)));
  /** @type {StepGraph} */
  const graph = new Map();
  for (const step of steps) {
    const byEnd = graph.get(step.start) ?? new Map();
    graph.set(step.start, byEnd);
    if (!byEnd.has(step.end)) byEnd.set(step.end, step);
  }
  return graph;
}

/** @param {Row} row @returns {Step} */
function toStep(row) {
  const number = (/** @type {Term | undefined} */ term) => (term ? Number(term.value) : null);
  return {
    start: row["from"]?.value ?? "",
    end: row["to"]?.value ?? "",
    how: row["how"]?.value ?? "",
    requires: row["asks"]?.value ?? "",
    months: number(row["months"]),
    monthsMax: number(row["monthsUpTo"]),
    fee: number(row["fee"]),
    feeItem: row["feeFor"]?.value ?? "",
    level: row["level"]?.value ?? "",
    recommends: row["advised"]?.value ?? "",
    source: row["source"]?.value ?? "",
    otherSources: otherSources(row),
  };
}

/** @param {Step} step */
function stepOrder(step) {
  return [
    step.months ?? 0,
    Number(step.months === null),
    step.how,
    step.requires,
    Number(step.fee === null),
    step.fee ?? 0,
    step.source,
    step.feeItem,
    step.level,
    step.recommends,
    step.monthsMax ?? -1,
    ...step.otherSources.flat(),
  ];
}

/** @param {Row} row @returns {[string, string][]} */
function otherSources(row) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const aspect of SOURCED) {
    const source = row[`sourceOf${aspect.charAt(0).toUpperCase()}${aspect.slice(1)}`]?.value;
    if (!source || source === row["source"]?.value) continue;
    found.set(source, [...(found.get(source) ?? []), aspect]);
  }
  return [...found].map(([source, aspects]) => [aspects.join(", "), source]);
}

/**
 * Find every route of at most MAX_STEPS steps that visits no item twice.
 * @param {StepGraph} graph
 * @param {string} start
 * @param {string} end
 * @returns {Step[][]}
 */
function simplePaths(graph, start, end) {
  const distances = distancesTo(graph, end);
  /** @type {Step[][]} */
  const found = [];
  const walk = (/** @type {Step[]} */ steps, /** @type {Set<string>} */ visited) => {
    for (const [next, step] of graph.get(steps.at(-1)?.end ?? start) ?? []) {
      const length = steps.length + 1 + (distances.get(next) ?? Number.POSITIVE_INFINITY);
      if (visited.has(next) || length > MAX_STEPS) continue;
      if (next === end) found.push([...steps, step]);
      else walk([...steps, step], new Set([...visited, next]));
    }
  };
  if (start !== end) walk([], new Set([start]));
  return found;
}

/** Count for each item the steps from it to the end. @param {StepGraph} graph @param {string} end */
function distancesTo(graph, end) {
  const distances = new Map([[end, 0]]);
  for (let distance = 1; distance <= MAX_STEPS; distance++) {
    for (const [start, byEnd] of graph) {
      if (distances.has(start)) continue;
      if ([...byEnd.keys()].some((next) => distances.get(next) === distance - 1))
        distances.set(start, distance);
    }
  }
  return distances;
}
