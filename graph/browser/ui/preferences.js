/** What the browser remembers for a reader, where it remembers anything for a page from a file. */

import { payload } from "../data/payload.js";

/** Every page that is opened from a file may share one storage, so each key names the project. */
const PROJECT = "graph-explorer";
const DATA_SET = `${PROJECT}:${digest(`${payload.base} ${payload.title}`)}`;
/** Preferences that are about the reader, not about the data. */
const SHARED = new Set(["shortcuts", "theme"]);

/** Hash a text (FNV-1a, 32 bits). @param {string} text */
function digest(text) {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, "0");
}

/** @param {string} name */
function keyOf(name) {
  return `${SHARED.has(name) ? PROJECT : DATA_SET}:${name}`;
}

/** @param {string} name @returns {string} */
export function getPreference(name) {
  try {
    return localStorage.getItem(keyOf(name)) ?? "";
  } catch {
    return "";
  }
}

/** @param {string} name @param {string} value */
export function setPreference(name, value) {
  try {
    localStorage.setItem(keyOf(name), value);
  } catch {
    // the preference holds until the page is closed
  }
}
