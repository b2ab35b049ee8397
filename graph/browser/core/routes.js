/** The best routes from one item to another, by the policy of `route.rq`; as graph/route.py does. */

import { bestPaths } from "./paths.js";

/**
 * @typedef {import("./steps.js").Policy} Policy
 * @typedef {import("./steps.js").Step} Step
 * @typedef {import("./steps.js").Steps} Steps
 * @typedef {{
 *   steps: Step[], bestBy: string[],
 *   sums: Record<string, bigint>, maxSums: Record<string, bigint>, missing: Record<string, number>
 * }} Route
 */

const STEPS = "steps";

/**
 * Find the best route by each criterion, then the next best by the first criterion.
 * @param {Steps} steps
 * @param {Policy} policy
 * @param {string} start
 * @param {string} end
 * @param {number} [limit]
 * @returns {Route[]}
 */
export function routes(steps, policy, start, end, limit = 3) {
  const paths = (/** @type {string[]} */ keys) =>
    bestPaths(steps, (step) => weight(step, policy, keys), start, end, policy.maxSteps);
  /** @type {Map<string, Route>} */
  const chosen = new Map();
  const choose = (/** @type {string[]} */ path) => {
    const key = JSON.stringify(path);
    const route = chosen.get(key) ?? routeOf(path, steps, policy);
    chosen.set(key, route);
    return route;
  };
  for (const [name, keys] of policy.criteria) {
    const [path] = paths(keys);
    const route = path && choose(path);
    if (route && isStated(route, policy, keys[0] ?? STEPS)) route.bestBy.push(name);
  }
  for (const path of paths(policy.criteria[0]?.[1] ?? [STEPS])) {
    if (chosen.size >= limit) break;
    choose(path);
  }
  return [...chosen.values()].slice(0, Math.max(limit, 0));
}

/**
 * List what a step adds to a rank: for each measure its gap, then its value.
 * @param {Step} step
 * @param {Policy} policy
 * @param {string[]} keys
 */
function weight(step, policy, keys) {
  return [...keys, STEPS].flatMap((key) => {
    const amount = step.amounts[policy.measures.findIndex(({ name }) => name === key)];
    return amount ? [BigInt(amount.isMissing), amount.value ?? 0n] : [1n];
  });
}

/**
 * Tell whether a route can be called the best by a measure: something is stated, or nothing has to be.
 * @param {Route} route
 * @param {Policy} policy
 * @param {string} key
 */
function isStated({ steps, missing }, policy, key) {
  const index = policy.measures.findIndex(({ name }) => name === key);
  return !missing[key] || steps.some(({ amounts }) => amounts[index]?.value !== null);
}

/**
 * @param {string[]} path
 * @param {Steps} all
 * @param {Policy} policy
 * @returns {Route}
 */
function routeOf(path, all, policy) {
  const steps = path.slice(1).flatMap((to, index) => all.get(path[index] ?? "")?.get(to) ?? []);
  /** @type {Route} */
  const route = { steps, bestBy: [], sums: {}, maxSums: {}, missing: {} };
  policy.measures.forEach(({ name }, index) => {
    const amounts = steps.flatMap((step) => step.amounts[index] ?? []);
    route.sums[name] = amounts.reduce((sum, { value }) => sum + (value ?? 0n), 0n);
    route.maxSums[name] = amounts.reduce((sum, { max }) => sum + (max ?? 0n), 0n);
    route.missing[name] = amounts.filter(({ isMissing }) => isMissing).length;
  });
  return route;
}
