/** Long work says what is going on, and can be stopped. */

import { fill, h } from "./dom.js";
import { Stopped } from "./store.js";

/** How long nothing need be said, in milliseconds. */
const SOON = 300;

/**
 * Do something that may take long, and put what it gives in its place, or what went wrong.
 * @param {Element} place
 * @param {string} words what is going on
 * @param {(signal: AbortSignal) => Promise<(import("./dom.js").Child | import("./dom.js").Child[])[] | null>} work gives what to show, or null when nobody waits for it any more
 */
export async function busy(place, words, work) {
  const stopper = new AbortController();
  const stop = h("button", { type: "button", onclick: () => stopper.abort() }, "Stop");
  const timer = setTimeout(() => fill(place, h("p", { class: "acts hint", role: "status" }, `${words} …`, stop)), SOON);
  try {
    const found = await work(stopper.signal);
    clearTimeout(timer);
    if (found) fill(place, ...found);
  } catch (error) {
    clearTimeout(timer);
    const said = error instanceof Error ? error.message : String(error);
    fill(place, h("p", { class: error instanceof Stopped ? "hint" : "wrong", role: "alert" }, error instanceof Stopped ? `Stopped. ${said}` : said));
  }
}
