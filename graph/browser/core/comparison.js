/** The rows of the query `compare` become a comparison: for each aspect, what each item has. */

/**
 * @typedef {import("./terms.js").Term} Term
 * @typedef {{value: Term, period: string, sources: string[]}} SourcedValue
 * @typedef {{name: string, cells: SourcedValue[][], differs: boolean}} ComparisonRow
 * @typedef {{rows: ComparisonRow[], sources: [string, string][]}} Comparison
 *   The sources come in the order in which they are first named, each with its type and date.
 */

/**
 * Bring rows of `aspect`, `item`, `value`, `period`, `source` and `sourceNote` together, in their order.
 * @param {import("./terms.js").Row[]} rows
 * @param {string[]} items in the order of the columns
 * @returns {Comparison}
 */
export function compareItems(rows, items) {
  /** @type {Map<string, Map<string, Map<string, SourcedValue>>>} */
  const aspects = new Map();
  /** @type {Map<string, string>} */
  const notes = new Map();
  for (const { aspect, item, value, period, source, sourceNote } of rows) {
    if (!aspect || !item || !value) continue;
    const byItem = aspects.get(aspect.value) ?? new Map();
    aspects.set(aspect.value, byItem);
    const values = byItem.get(item.value) ?? new Map();
    byItem.set(item.value, values);
    const key = JSON.stringify([value.value, period?.value ?? ""]);
    const entry = values.get(key) ?? { value, period: period?.value ?? "", sources: [] };
    values.set(key, entry);
    if (source && !entry.sources.includes(source.value)) {
      entry.sources.push(source.value);
      if (!notes.has(source.value)) notes.set(source.value, sourceNote?.value ?? "");
    }
  }
  const found = [...aspects].map(([name, byItem]) => {
    const cells = items.map((iri) => [...(byItem.get(iri)?.values() ?? [])]);
    const stated = cells.filter((values) => values.length > 0);
    return { name, cells, differs: new Set(stated.map(identityOf)).size > 1 };
  });
  const sources = new Set(found.flatMap((row) => row.cells.flat().flatMap((entry) => entry.sources)));
  return { rows: found, sources: [...sources].map((source) => [source, notes.get(source) ?? ""]) };
}

/** Two items have the same if they have the same values, in whatever order. @param {SourcedValue[]} values */
function identityOf(values) {
  return JSON.stringify(values.map(({ value }) => value.value).sort());
}
