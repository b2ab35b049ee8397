/** Simple paths in a directed graph, from the best on, by a lexicographic sum; as graph/paths.py does. */

/*
 * This is Yen's algorithm as refined by Lawler, with one search that gives lower bounds for all of its queue.
 */

/**
 * @typedef {bigint[]} Vector what an edge adds to a rank, the most important number first
 * @typedef {{rank: Vector, path: string[]}} Walk
 * @typedef {Walk & {fixed: number, excluded: Set<string>}} Entry
 * @typedef {Map<string, Walk | null>} Memo
 */

/**
 * Compare texts by their code points, as Python does.
 * @param {string} a
 * @param {string} b
 */
export function compareText(a, b) {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index++;
  return (a.codePointAt(index) ?? -1) - (b.codePointAt(index) ?? -1);
}

/**
 * Tell whether one walk is better than another: by its rank, then by the names on it.
 * @param {Walk} one
 * @param {Walk} other
 */
function isBetter(one, other) {
  const index = one.rank.findIndex((value, at) => value !== other.rank[at]);
  if (index >= 0) return /** @type {bigint} */ (one.rank[index]) < /** @type {bigint} */ (other.rank[index]);
  const at = one.path.findIndex((node, position) => node !== other.path[position]);
  return at >= 0 && compareText(/** @type {string} */ (one.path[at]), other.path[at] ?? "") < 0;
}

/**
 * @param {Vector} a
 * @param {Vector} b
 */
const add = (a, b) => a.map((value, index) => value + (b[index] ?? 0n));

/**
 * Yield the paths from one node to another that visit none twice.
 * @template Edge
 * @param {Map<string, Map<string, Edge>>} graph
 * @param {(edge: Edge) => Vector} weigh
 * @param {string} start
 * @param {string} end
 * @param {number} maxEdges
 * @returns {Generator<string[], void, void>}
 */
export function* bestPaths(graph, weigh, start, end, maxEdges) {
  if (start === end) return;
  const distance = distances(graph, end, maxEdges);
  /** @type {Map<string, [string, Vector][]>} */
  const links = new Map();
  /** @type {Set<Entry>} */
  const queue = new Set();

  /** @param {string} node */
  function linksOf(node) {
    let found = links.get(node);
    if (!found) {
      found = [...(graph.get(node) ?? [])].flatMap(([to, edge]) =>
        distance.has(to) ? [[to, weigh(edge)]] : [],
      );
      links.set(node, found);
    }
    return found;
  }

  /**
   * Find the best walk on from a node: its rank, and the nodes after this one.
   * @param {string} node
   * @param {number} edges
   * @param {Set<string>} excluded from the next node
   * @param {Set<string>} avoided by the whole walk
   * @param {Memo} memo
   * @returns {Walk | null}
   */
  function step(node, edges, excluded, avoided, memo) {
    /** @type {Walk | null} */
    let found = null;
    for (const [to, weight] of linksOf(node)) {
      if (excluded.has(to) || avoided.has(to) || (distance.get(to) ?? edges) >= edges) continue;
      const rest = to === end ? { rank: [], path: [] } : walk(to, edges - 1, avoided, memo);
      const option = rest && { rank: add(weight, rest.rank), path: [to, ...rest.path] };
      if (option && (!found || isBetter(option, found))) found = option;
    }
    return found;
  }

  /**
   * @param {string} node
   * @param {number} edges
   * @param {Set<string>} avoided
   * @param {Memo} memo
   */
  function walk(node, edges, avoided, memo) {
    const key = `${edges} ${node}`;
    let found = memo.get(key);
    if (found === undefined) memo.set(key, (found = step(node, edges, new Set(), avoided, memo)));
    return found;
  }

  /**
   * Queue the best walk that begins so, does not go on to what is excluded, and then avoids some nodes.
   * @param {string[]} begin
   * @param {Set<string>} excluded
   * @param {string[]} avoided
   * @param {Memo} memo
   */
  function push(begin, excluded, avoided, memo) {
    const last = /** @type {string} */ (begin.at(-1));
    const next = new Set([...excluded, ...begin]);
    const rest = step(last, maxEdges - begin.length + 1, next, new Set(avoided), memo);
    if (!rest) return;
    let rank = rest.rank;
    begin.slice(1).forEach((to, index) => {
      const link = linksOf(/** @type {string} */ (begin[index])).find(([node]) => node === to);
      if (link) rank = add(rank, link[1]);
    });
    queue.add({ rank, path: [...begin, ...rest.path], fixed: begin.length, excluded });
  }

  /** @type {Memo} */
  const bounds = new Map();
  push([start], new Set(), [], bounds);
  while (queue.size > 0) {
    const entry = [...queue].reduce((best, other) => (isBetter(other, best) ? other : best));
    queue.delete(entry);
    const { path, fixed, excluded } = entry;
    if (new Set(path).size < path.length) {
      push(path.slice(0, fixed), excluded, path.slice(0, fixed), new Map());
      continue;
    }
    yield path;
    for (let size = fixed; size < path.length; size++) {
      push(path.slice(0, size), new Set([...(size === fixed ? excluded : []), path[size] ?? ""]), [], bounds);
    }
  }
}

/**
 * Count the edges from each node to the end, up to a number.
 * @param {Map<string, Map<string, unknown>>} graph
 * @param {string} end
 * @param {number} maxEdges
 */
function distances(graph, end, maxEdges) {
  /** @type {Map<string, string[]>} */
  const before = new Map();
  for (const [node, edges] of graph) {
    for (const to of edges.keys())
      before
        .set(to, before.get(to) ?? [])
        .get(to)
        ?.push(node);
  }
  const distance = new Map([[end, 0]]);
  for (const [node, edges] of distance) {
    for (const other of edges < maxEdges ? (before.get(node) ?? []) : []) {
      if (!distance.has(other)) distance.set(other, edges + 1);
    }
  }
  return distance;
}
