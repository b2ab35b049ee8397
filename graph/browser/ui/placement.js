/** Room in the graph: where a node goes that is added, and whether a label fits on an edge. */

/** @typedef {{x: number, y: number}} Point */
/** @typedef {import("../data/payload.js").Edge} Edge */
/** @typedef {Point & {left: number, right: number, top: number, bottom: number}} Box */

const GOLDEN_ANGLE = 2.39996;
const SPIRAL = { x: 67.2, y: 42 };
/** How far apart nodes lie at least, in one of the two directions. */
const ROOM = { x: 165, y: 72 };

/** How wide a character of an edge's label is, and how high its line. */
const CHARACTER = { width: 6.2, height: 14 };

/**
 * Give every new node a free position near its neighbors; the same nodes always get the same ones.
 * @param {string[]} shown
 * @param {Edge[]} edges
 * @param {Map<string, Point>} positions the new ones are added to it
 */
export function placeNew(shown, edges, positions) {
  const added = shown.filter((id) => !positions.has(id));
  if (added.length === 0) return;
  const taken = shown.flatMap((id) => positions.get(id) ?? []);
  for (const id of added) {
    const neighbors = edges.flatMap(({ from, to }) => (from === id ? [to] : to === id ? [from] : []));
    const position = freePosition(centerOf(neighbors.flatMap((other) => positions.get(other) ?? [])), taken);
    taken.push(position);
    positions.set(id, position);
  }
}

/** @param {Point[]} points @returns {Point} */
function centerOf(points) {
  const mean = (/** @type {number[]} */ values) =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  return { x: mean(points.map(({ x }) => x)), y: mean(points.map(({ y }) => y)) };
}

/**
 * Walk outward on a spiral until nothing is in the way.
 * @param {Point} center
 * @param {Point[]} taken
 * @returns {Point}
 */
function freePosition(center, taken) {
  for (let step = 1; ; step++) {
    const angle = step * GOLDEN_ANGLE;
    const point = {
      x: center.x + SPIRAL.x * Math.sqrt(step) * Math.cos(angle),
      y: center.y + SPIRAL.y * Math.sqrt(step) * Math.sin(angle),
    };
    const isFree = (/** @type {Point} */ { x, y }) =>
      Math.abs(x - point.x) > ROOM.x || Math.abs(y - point.y) > ROOM.y;
    if (taken.every(isFree)) return point;
  }
}

/** Tell whether a label fits on the edge between two nodes. @param {Box[]} ends @param {number} length */
export function fitsBetween([one, other], length) {
  if (!one || !other) return false;
  const distance = Math.hypot(other.x - one.x, other.y - one.y) || 1;
  const [across, down] = [Math.abs(other.x - one.x) / distance, Math.abs(other.y - one.y) / distance];
  const along = (/** @type {number} */ width, /** @type {number} */ height) =>
    Math.min(width / across, height / down);
  const taken = [one, other].map(({ left, right, top, bottom }) =>
    along((right - left) / 2, (bottom - top) / 2),
  );
  return (
    distance - taken.reduce((sum, part) => sum + part) > along(length * CHARACTER.width, CHARACTER.height)
  );
}
