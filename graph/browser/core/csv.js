/** CSV as RFC 4180 has it. */

/** Write rows of text. @param {string[][]} rows @returns {string} */
export function toCsv(rows) {
  const quoted = (/** @type {string} */ text) =>
    /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return rows.map((row) => `${row.map(quoted).join(",")}\r\n`).join("");
}
