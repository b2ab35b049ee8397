/** Reads the cases that the tests of Python and JavaScript share. */

import { readFileSync } from "node:fs";

/** @param {string} name @returns {any} */
export function readCases(name) {
  return JSON.parse(readFileSync(new URL(`../cases/${name}.json`, import.meta.url), "utf8"));
}
