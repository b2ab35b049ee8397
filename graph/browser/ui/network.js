/** The graph: the items that are shown, drawn by vis-network at fixed positions. */

import { isVisible } from "../data/edges.js";
import { classOf } from "../data/labels.js";
import { payload, relationLabel } from "../data/payload.js";
import { byId } from "./dom.js";
import { fontColor, styledEdge, styledNode } from "./network-style.js";
import { fitsBetween, placeNew } from "./placement.js";
import { colors, onTheme } from "./theme.js";

/** @typedef {import("../data/payload.js").Edge} Edge */
/** @typedef {import("../core/url.js").Highlight} Highlight */
/** @typedef {import("./network-style.js").VisNode} VisNode */
/** @typedef {import("./network-style.js").VisEdge} VisEdge */

const vis = /** @type {{vis: typeof import("vis-network/standalone")}} */ (
  /** @type {unknown} */ (globalThis)
).vis;

/** How many edges of one node have labels at once; of more, none has. */
const MAX_LABELED_EDGES = 8;
const DIMMED = 0.22;
/** How far an arrow key moves the view, in pixels. @type {Record<string, [number, number]>} */
const MOVES = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] };

/** @type {import("vis-network/standalone").Network} */ let network;
/** @type {import("vis-data").DataSet<VisNode, "id">} */ let nodes;
/** @type {import("vis-data").DataSet<VisEdge, "id">} */ let edges;
/** @type {Map<string, {x: number, y: number}>} */
const positions = new Map(payload.nodes.map(({ id, x, y }) => [id, { x, y }]));
/** @type {Set<string>} */
let hidden = new Set();
let selected = "";
/**
 * What was clicked last: it lies under the pointer, so the view need not move, and for a double click must
 * not.
 */
let clicked = "";
/** @type {Set<string>} */
let highlighted = new Set();
/**
 * Whether all of the graph is in view, and stays so when its room changes; not once the reader has moved
 * it.
 */
let isFitted = true;

const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * Draw the overview at the positions that Python has given it.
 * @param {{select: (iri: string) => void, expand: (iri: string) => void}} actions
 */
export function draw(actions) {
  const container = byId("canvas");
  nodes = new vis.DataSet(payload.nodes.map(({ id }) => positionedNode(id)));
  edges = new vis.DataSet(payload.edges.map((edge) => styledEdge(edge)));
  const data = /** @type {import("vis-network/standalone").Data} */ (
    /** @type {unknown} */ ({ nodes, edges })
  );
  network = new vis.Network(container, data, payload.options);
  // the frame that vis makes would be a second tab stop
  /** @type {HTMLElement} */ (container.querySelector(".vis-network")).tabIndex = -1;
  network.once("afterDrawing", () => performance.mark("graph:drawn"));
  network.on("click", (event) => {
    const edge = event.edges.length === 1 ? edges.get(/** @type {string} */ (event.edges[0])) : null;
    clicked = event.nodes[0] ?? edge?.from ?? "";
    if (clicked || event.edges.length === 0) actions.select(clicked);
  });
  // the browser's own event, as it counts two clicks as one double click however busy the page is in between
  container.addEventListener("dblclick", (event) => {
    const { left, top } = container.getBoundingClientRect();
    const node = network.getNodeAt({ x: event.clientX - left, y: event.clientY - top });
    if (node) actions.expand(String(node));
  });
  network.on("dragEnd", (event) => {
    for (const id of event.nodes) positions.set(id, network.getPosition(id));
  });
  network.on("hoverNode", (event) => styleEdges(event.node));
  network.on("blurNode", () => styleEdges(selected));
  network.on("zoom", () => (isFitted = false));
  network.on("dragStart", () => (isFitted = false));
  // after vis has put its camera back
  network.on("resize", () => queueMicrotask(() => isFitted && fit(false)));
  container.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    pan(...move);
  });
  onTheme(restyle);
  fit(false);
  network.redraw();
}

/** @param {string} id @returns {VisNode} */
function positionedNode(id) {
  return { ...styledNode(id), ...(positions.get(id) ?? { x: 0, y: 0 }) };
}

/** Follow the switch between light and dark. */
function restyle() {
  nodes.update(nodes.getIds().map((id) => positionedNode(String(id))));
  edges.update(edges.get({ filter: (edge) => !edge.step }).map(styledEdge));
  styleNodes();
}

/**
 * Show these items and the edges between them.
 * @param {string[]} shown
 * @param {Edge[]} between
 * @param {Set<string>} filtered the classes and relations that are filtered out
 */
export function show(shown, between, filtered) {
  hidden = filtered;
  const wanted = new Set(shown);
  placeNew(shown, between, positions);
  nodes.remove(nodes.getIds().filter((id) => !wanted.has(String(id))));
  nodes.update(shown.map((id) => ({ ...positionedNode(id), hidden: hidden.has(classOf(id)) })));
  const drawn = between.map((edge) => ({ ...styledEdge(edge), hidden: !isVisible(edge, hidden) }));
  const kept = new Set(drawn.map(({ id }) => id));
  edges.remove(edges.getIds({ filter: (edge) => !edge.step && !kept.has(edge.id) }));
  edges.update(drawn);
  styleNodes();
}

/** Select an item: it and its neighbors stay bright. @param {string} iri */
export function select(iri) {
  selected = iri;
  network.unselectAll(); // the style that vis gives what was clicked would come on top of ours
  styleNodes();
}

/** Make a route stand out, whatever is selected. @param {Highlight} highlight */
export function highlight({ nodes: route, steps }) {
  const isSame = [...highlighted].join() === route.join();
  highlighted = new Set(route);
  edges.remove(edges.getIds({ filter: (edge) => Boolean(edge.step) }));
  edges.add(
    steps.map(({ from, to, label }, index) => ({
      ...styledEdge({ from, to, relation: "" }),
      id: `step ${index}`,
      step: label,
      dashes: [8, 4],
    })),
  );
  styleNodes();
  if (isSame || route.length === 0) return;
  isFitted = false;
  network.fit({ nodes: route.filter((id) => nodes.get(id)), animation: motion(), maxZoomLevel: 1.1 });
}

/** Dim all nodes but the route, or else the selected one and its neighbors. */
function styleNodes() {
  const isSelected = selected && nodes.get(selected) && !nodes.get(selected)?.hidden;
  const focus = isSelected ? new Set([selected, ...visibleNeighbors(selected)]) : null;
  const bright = highlighted.size > 0 ? highlighted : focus;
  const isBright = (/** @type {string} */ id) => !bright || bright.has(id);
  nodes.update(
    nodes.get().map(({ id, font }) => ({
      id,
      opacity: isBright(id) ? 1 : DIMMED,
      borderWidth: id === selected ? 4 : bright?.has(id) ? 2 : 1,
      font: {
        .../** @type {object} */ (font),
        color: isBright(id) ? fontColor(id) : colors()["ink-dim"],
      },
    })),
  );
  styleEdges(selected);
}

/** @param {string} iri @returns {string[]} */
function visibleNeighbors(iri) {
  return network.getConnectedEdges(iri).flatMap((id) => {
    const edge = edges.get(String(id));
    return !edge || edge.hidden ? [] : [edge.from, edge.to];
  });
}

/** Label the edges of the route, or else those of one node, and dim the others. @param {string} iri */
function styleEdges(iri) {
  const hasRoute = highlighted.size > 0;
  const node = !hasRoute && iri && nodes.get(iri) ? iri : "";
  const isFew = node !== "" && network.getConnectedEdges(node).length <= MAX_LABELED_EDGES;
  const dimsOthers = hasRoute || (selected && nodes.get(selected));
  const palette = colors();
  edges.update(
    edges.get().map((edge) => {
      const isNear = hasRoute ? Boolean(edge.step) : node !== "" && (edge.from === node || edge.to === node);
      const label = edge.step ?? (isNear && isFew ? relationLabel(edge.relation) : "");
      const color = isNear ? palette.ink : dimsOthers ? palette["edge-dim"] : palette.edge;
      return {
        id: edge.id,
        label: label && hasRoom(edge, label) ? label : undefined,
        color: { .../** @type {object} */ (edge.color), color },
        width: isNear ? 2 : 1,
      };
    }),
  );
}

/** Tell whether a label fits between the two ends of an edge. @param {Edge} edge @param {string} label */
function hasRoom({ from, to }, label) {
  if (!nodes.get(from) || !nodes.get(to)) return false;
  const ends = [from, to].map((id) => ({ ...network.getPosition(id), ...network.getBoundingBox(id) }));
  return fitsBetween(ends, label.length);
}

/** Bring an item into the middle of the view. @param {string} iri */
export function center(iri) {
  const isUnderPointer = iri === clicked;
  clicked = "";
  if (!nodes.get(iri) || isUnderPointer) return;
  isFitted = false;
  network.focus(iri, { scale: Math.max(0.8, network.getScale()), animation: motion() });
}

/** Bring all of the graph into view. @param {boolean} [isAnimated] */
export function fit(isAnimated = true) {
  isFitted = true;
  network.fit({ animation: isAnimated ? motion() : false, minZoomLevel: 0.1, maxZoomLevel: 1.3 });
}

/** @param {number} factor */
function zoom(factor) {
  isFitted = false;
  network.moveTo({ scale: network.getScale() * factor, animation: motion() });
}

export const zoomIn = () => zoom(1.25);
export const zoomOut = () => zoom(0.8);

/** @param {number} x @param {number} y */
function pan(x, y) {
  isFitted = false;
  const at = network.getViewPosition();
  const scale = network.getScale();
  network.moveTo({ position: { x: at.x + x / scale, y: at.y + y / scale }, animation: motion() });
}

/** @returns {false | {duration: number, easingFunction: "easeInOutQuad"}} */
function motion() {
  return reducedMotion.matches ? false : { duration: 180, easingFunction: "easeInOutQuad" };
}

/** Copy the graph as it is on the screen, on its ground. @returns {HTMLCanvasElement} */
export function snapshot() {
  const drawn = /** @type {HTMLCanvasElement} */ (byId("canvas").querySelector("canvas"));
  const copy = document.createElement("canvas");
  [copy.width, copy.height] = [drawn.width, drawn.height];
  const pen = /** @type {CanvasRenderingContext2D} */ (copy.getContext("2d"));
  pen.fillStyle = colors().ground;
  pen.fillRect(0, 0, copy.width, copy.height);
  pen.drawImage(drawn, 0, 0);
  return copy;
}

/** Tell where each node lies. @returns {Record<string, {x: number, y: number}>} */
export function nodePositions() {
  return network.getPositions();
}

/** What tests may look at. */
export const forTests = {
  /** Tell where in the window a node lies. @param {string} id */
  at(id) {
    const { left, top } = byId("canvas").getBoundingClientRect();
    const { x, y } = network.canvasToDOM(network.getPosition(id));
    return { x: left + x, y: top + y };
  },
  /** Measure the box that a node takes with its label. @param {string} id */
  box: (id) => network.getBoundingBox(id),
  positions: nodePositions,
  highlight() {
    const steps = edges.get({ filter: (edge) => Boolean(edge.step) });
    return { nodes: [...highlighted], steps: steps.map(({ from, step, to }) => [from, step, to]) };
  },
  view: () => ({
    nodes: nodes.get().map(({ id, shape, hidden: isHidden, opacity, title }) => ({
      id,
      shape,
      title,
      hidden: Boolean(isHidden),
      bright: (opacity ?? 1) === 1,
    })),
    edges: edges.get().map(({ from, to, relation, hidden: isHidden, label, width }) => ({
      from,
      to,
      relation,
      width,
      hidden: Boolean(isHidden),
      label: label ?? "",
    })),
    scale: network.getScale(),
    middle: network.getViewPosition(),
  }),
};
