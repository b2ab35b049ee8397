/** Files that the reader saves, and text that goes to the clipboard. */

import { announce } from "./dom.js";

const REVOKED_AFTER = 10_000;

/** Save a file. @param {string} name @param {string | Blob} data @param {string} type */
export function saveFile(name, data, type) {
  const blob = data instanceof Blob ? data : new Blob([data], { type: `${type};charset=utf-8` });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name.replace(/[^\w.-]+/g, "-");
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), REVOKED_AFTER);
  announce(`Saved ${link.download}`);
}

/** Copy text to the clipboard, also where the browser has only the old way. @param {string} text */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("aria-hidden", "true");
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  announce("Copied to the clipboard");
}
