/** RDF lists: their members, read from their cells. */

/**
 * @typedef {import("./terms.js").Term} Term
 * @typedef {import("./terms.js").Row} Row
 */

/**
 * Take the first members of a list, and count the others.
 * @param {string} head
 * @param {Row[]} cells rows of `cell`, `first`, and `rest`
 * @param {number} limit
 * @returns {{members: Term[], more: number}}
 */
export function readList(head, cells, limit) {
  const byCell = new Map(cells.map((row) => [row["cell"]?.value ?? "", row]));
  const seen = new Set();
  /** @type {Term[]} */
  const members = [];
  for (let cell = head; byCell.has(cell) && !seen.has(cell); cell = byCell.get(cell)?.["rest"]?.value ?? "") {
    seen.add(cell);
    const member = byCell.get(cell)?.["first"];
    if (member) members.push(member);
  }
  return { members: members.slice(0, limit), more: Math.max(0, members.length - limit) };
}
