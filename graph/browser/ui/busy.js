/** Long work says what is going on, and can be cancelled. */

import { QueryCancelled } from "../data/store.js";
import { button, h, render } from "./dom.js";

/** @typedef {import("./dom.js").Children} Children */

/** How long work may take before it says so, in milliseconds. */
const DELAY = 300;

/**
 * @typedef {object} ProgressOptions
 * @property {AbortController} [controller] cancels the work
 * @property {HTMLElement} [stop] a button that is there while the work goes on, in place of one of its own
 * @property {() => boolean} [isCurrent] tells whether the result is still wanted
 * @property {(error: Error) => Children[] | Promise<Children[]>} [explain] what to show of an error
 */

/**
 * Do something that may take long; show its result in the container, or what went wrong.
 * @param {Element} container
 * @param {string} text what is going on
 * @param {(signal: AbortSignal) => Promise<Children[]>} work
 * @param {ProgressOptions} [options]
 */
export async function withProgress(container, text, work, options = {}) {
  const { controller = new AbortController(), isCurrent = () => true, explain = explainError } = options;
  const stop = options.stop ?? button("Stop", () => controller.abort());
  const timer = setTimeout(() => {
    const parts = [`${text} …`, !options.stop && stop];
    render(container, h("p", { class: "actions hint", role: "status" }, parts));
  }, DELAY);
  stop.hidden = false;
  let result;
  try {
    result = await work(controller.signal);
  } catch (error) {
    result = isCurrent() ? await explain(error instanceof Error ? error : new Error(String(error))) : [];
  }
  clearTimeout(timer);
  if (!isCurrent()) return;
  stop.hidden = true;
  render(container, ...result);
}

/** @param {Error} error @returns {Children[]} */
export function explainError(error) {
  const type = error instanceof QueryCancelled ? "hint" : "error";
  return [h("p", { class: type, role: "alert" }, error.message)];
}
