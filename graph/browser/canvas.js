/** The picture: what is shown, drawn by vis-network at fixed places. */

import { by, cut } from "./dom.js";
import { kindName, kindOf, label } from "./names.js";
import { isSeen } from "./links.js";
import { kinds, page, relationName } from "./payload.js";

/** @typedef {{from: string, to: string, relation: string}} Edge */

/** @type {any} */
const vis = /** @type {any} */ (globalThis).vis;

/** How many links of one thing bear their names at once; of more, each is named when it is pointed at. */
const NAMED = 8;
/** How wide a character of a link's name is, and how high its line. */
const CHARACTER = { wide: 6.2, high: 14 };

/** @type {any} */ let network;
/** @type {any} */ let nodes;
/** @type {any} */ let edges;
/** @type {Map<string, {x: number, y: number}>} */
const places = new Map(page.nodes.map(({ id, x, y }) => [id, { x, y }]));
/** @type {Set<string>} */
let hidden = new Set();
let selected = "";
/** What was last clicked: it lies under the pointer, so that the picture need not, and for a double click must not, move. */
let pointed = "";
/** @type {Set<string>} */
let marked = new Set();
/** Whether everything is in view, and stays so when the picture gets more room or less; not once somebody has moved it. */
let fitted = true;

const dark = matchMedia("(prefers-color-scheme: dark)");
const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Tell whether the page is dark now. */
export function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : dark.matches;
}

/**
 * Draw what Python placed, and say when it is drawn.
 * @param {{select: (iri: string) => void, expand: (iri: string) => void}} acts
 */
export function draw(acts) {
  nodes = new vis.DataSet(page.nodes.map(({ id }) => nodeLook(id)));
  edges = new vis.DataSet(page.edges.map(edgeLook));
  network = new vis.Network(by("canvas"), { nodes, edges }, page.options);
  /** @type {HTMLElement} */ (by("canvas").querySelector(".vis-network")).tabIndex = -1; // its frame would be a second stop
  network.once("afterDrawing", () => performance.mark("graph:drawn"));
  network.on("click", (/** @type {any} */ event) => {
    const hit = event.nodes[0] ?? (event.edges.length === 1 ? edges.get(event.edges[0])?.from : undefined);
    pointed = hit ?? "";
    if (hit || event.edges.length === 0) acts.select(hit ?? "");
  });
  // the browser's own event, as it counts two clicks as one double click however busy the page is between them
  by("canvas").addEventListener("dblclick", (event) => {
    const { left, top } = by("canvas").getBoundingClientRect();
    const hit = network.getNodeAt({ x: event.clientX - left, y: event.clientY - top });
    if (hit) acts.expand(hit);
  });
  network.on("dragEnd", (/** @type {any} */ event) => {
    for (const id of event.nodes) places.set(id, network.getPosition(id));
  });
  network.on("hoverNode", (/** @type {any} */ event) => nameEdges(event.node));
  network.on("blurNode", () => nameEdges(selected));
  for (const moving of ["zoom", "dragStart"]) network.on(moving, () => { fitted = false; });
  network.on("resize", () => queueMicrotask(() => fitted && fit(false))); // after vis has put its camera back
  dark.addEventListener("change", recolour);
  by("canvas").addEventListener("keydown", (event) => {
    const moves = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] });
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    pan(...move);
  });
  fit(false);
  network.redraw();
}

/** @param {string} id */
function nodeLook(id) {
  const kind = kinds.get(kindOf(id));
  const place = places.get(id) ?? { x: 0, y: 0 };
  const inside = ["ellipse", "box", "database", "circle", "text"].includes(kind?.shape ?? "dot");
  return {
    id,
    label: cut(label(id)),
    title: kindName(id),
    shape: kind?.shape ?? "dot",
    color: colours(kind?.colour ?? "#d3d3d3"),
    font: { color: inside ? "#16202a" : ink(), size: kind?.order === 1 ? 18 : 16 },
    ...place,
  };
}

/** @param {string} colour */
function colours(colour) {
  const border = isDark() ? "#e8eef4" : "#4a5a68";
  const strong = isDark() ? "#ffffff" : "#0b3d63";
  return { background: colour, border, highlight: { background: colour, border: strong }, hover: { background: colour, border: strong } };
}

function ink() {
  return isDark() ? "#e8eef4" : "#16202a";
}

/** @param {Edge} edge */
function edgeLook({ from, to, relation }) {
  return {
    id: `${from} ${relation} ${to}`,
    from,
    to,
    relation,
    dashes: relation.startsWith("~"),
    color: { color: isDark() ? "#72818f" : "#9aa7b2", highlight: isDark() ? "#ffffff" : "#0b3d63", hover: isDark() ? "#ffffff" : "#0b3d63" },
    font: { color: ink(), strokeColor: isDark() ? "#12181e" : "#ffffff", strokeWidth: 4, size: 12 },
    title: relationName(relation),
  };
}

function recolour() {
  nodes.update(nodes.getIds().map((/** @type {string} */ id) => nodeLook(id)));
  edges.update(edges.get().filter((/** @type {any} */ edge) => !edge.step).map(edgeLook));
  highlight();
}

/** Follow the switch between light and dark. */
export function repaint() {
  recolour();
}

/**
 * Show these things and the links between them.
 * @param {string[]} shown
 * @param {Edge[]} links
 * @param {Set<string>} unseen kinds and relations that are filtered out
 */
export function show(shown, links, unseen) {
  hidden = unseen;
  const wanted = new Set(shown);
  place(shown, links);
  nodes.remove(nodes.getIds().filter((/** @type {string} */ id) => !wanted.has(id)));
  nodes.update(shown.map((id) => ({ ...nodeLook(id), hidden: hidden.has(kindOf(id)) })));
  const looks = links.map((edge) => ({ ...edgeLook(edge), hidden: !isSeen(edge, hidden) }));
  const kept = new Set(looks.map((edge) => edge.id));
  edges.remove(edges.getIds({ filter: (/** @type {any} */ edge) => !edge.step && !kept.has(edge.id) }));
  edges.update(looks);
  highlight();
}

/** Select a thing: it and its neighbours stay bright. @param {string} iri */
export function select(iri) {
  selected = iri;
  network.unselectAll(); // its own look of what was clicked would come on top of ours
  highlight();
}

/**
 * Keep some things bright, such as those on a way, with the links of the way between them, whatever is selected.
 * @param {string[]} things
 * @param {{from: string, to: string, label: string}[]} [steps]
 */
export function mark(things, steps = []) {
  marked = new Set(things);
  edges.remove(edges.getIds({ filter: (/** @type {any} */ edge) => edge.step }));
  edges.add(steps.map(({ from, to, label }, index) => ({ ...edgeLook({ from, to, relation: "" }), id: `step ${index}`, step: label, dashes: [8, 4] })));
  highlight();
  if (things.length === 0) return;
  fitted = false;
  network.fit({ nodes: things, animation: motion(), maxZoomLevel: 1.1 });
}

/** Tell what is marked: the things of a way, and its steps. */
export function lit() {
  const steps = edges.get({ filter: (/** @type {any} */ edge) => edge.step });
  return { things: [...marked], steps: steps.map((/** @type {any} */ { from, step, to }) => [from, step, to]) };
}

function highlight() {
  const seen = selected && nodes.get(selected) && !nodes.get(selected).hidden;
  const focus = seen ? new Set([selected, ...nearTo(selected)]) : null;
  const bright = marked.size > 0 ? marked : focus;
  nodes.update(
    nodes.getIds().map((/** @type {string} */ id) => ({
      id,
      opacity: !bright || bright.has(id) ? 1 : 0.22,
      borderWidth: id === selected ? 4 : bright?.has(id) ? 2 : 1,
      font: { ...nodes.get(id).font, color: !bright || bright.has(id) ? nodeLook(id).font.color : isDark() ? "#5f6d79" : "#94a0ab" },
    })),
  );
  nameEdges(selected);
}

/** The ends of the links of a thing that are not filtered out. @param {string} iri @returns {string[]} */
function nearTo(iri) {
  return network.getConnectedEdges(iri).flatMap((/** @type {string} */ id) => {
    const edge = edges.get(id);
    return edge.hidden ? [] : [edge.from, edge.to];
  });
}

/** Name the links of one thing, and only those. @param {string} iri */
function nameEdges(iri) {
  const lit = marked.size > 0 ? null : iri && nodes.get(iri) ? iri : null;
  const few = lit !== null && network.getConnectedEdges(lit).length <= NAMED;
  edges.update(
    edges.get().map((/** @type {any} */ edge) => {
      const near = marked.size > 0 ? Boolean(edge.step) : edge.from === lit || edge.to === lit;
      const dim = (marked.size > 0 || (selected && nodes.get(selected))) && !near;
      const calm = isDark() ? (dim ? "#333d46" : "#72818f") : dim ? "#dfe5ea" : "#9aa7b2";
      const said = edge.step ? edge.step : near && few ? relationName(edge.relation) : undefined;
      const name = said && hasRoom(edge, said) ? said : undefined;
      return { id: edge.id, label: name, color: { ...edge.color, color: near ? ink() : calm }, width: near ? 2 : 1 };
    }),
  );
}

/** Tell whether a name fits between the two ends of a link. @param {Edge} edge @param {string} name */
function hasRoom({ from, to }, name) {
  if (!nodes.get(from) || !nodes.get(to)) return false;
  const [one, other] = [network.getPosition(from), network.getPosition(to)];
  const far = Math.hypot(other.x - one.x, other.y - one.y) || 1;
  const [across, down] = [Math.abs(other.x - one.x) / far, Math.abs(other.y - one.y) / far];
  const along = (/** @type {number} */ width, /** @type {number} */ height) => Math.min(width / across, height / down);
  const taken = [from, to].map((id) => network.getBoundingBox(id)).map(({ left, right, top, bottom }) => along((right - left) / 2, (bottom - top) / 2));
  return far - taken.reduce((sum, one) => sum + one) > along(name.length * CHARACTER.wide, CHARACTER.high);
}

/** Bring a thing into the middle. @param {string} iri */
export function centre(iri) {
  const lies = iri === pointed;
  pointed = "";
  if (!nodes.get(iri) || lies) return;
  fitted = false;
  network.focus(iri, { scale: Math.max(0.8, network.getScale()), animation: motion() });
}

/** Bring everything into view. @param {boolean} [moving] */
export function fit(moving = true) {
  fitted = true;
  network.fit({ animation: moving ? motion() : false, minZoomLevel: 0.1, maxZoomLevel: 1.3 });
}

/** @param {number} factor */
export function zoom(factor) {
  fitted = false;
  network.moveTo({ scale: network.getScale() * factor, animation: motion() });
}

/** @param {number} x @param {number} y */
export function pan(x, y) {
  fitted = false;
  const at = network.getViewPosition();
  const scale = network.getScale();
  network.moveTo({ position: { x: at.x + x / scale, y: at.y + y / scale }, animation: motion() });
}

function motion() {
  return still.matches ? false : { duration: 180, easingFunction: "easeInOutQuad" };
}

/** The picture as it is on the screen, on its ground. @returns {HTMLCanvasElement} */
export function snapshot() {
  const drawn = /** @type {HTMLCanvasElement} */ (by("canvas").querySelector("canvas"));
  const copy = document.createElement("canvas");
  [copy.width, copy.height] = [drawn.width, drawn.height];
  const pen = /** @type {CanvasRenderingContext2D} */ (copy.getContext("2d"));
  pen.fillStyle = isDark() ? "#12181e" : "#f5f7f9";
  pen.fillRect(0, 0, copy.width, copy.height);
  pen.drawImage(drawn, 0, 0);
  return copy;
}

/** The places of what is drawn, for tests and for pictures. @returns {Record<string, {x: number, y: number}>} */
export function positions() {
  return network.getPositions();
}

/** Where on the screen a thing lies. @param {string} id @returns {{x: number, y: number}} */
export function at(id) {
  const { left, top } = by("canvas").getBoundingClientRect();
  const { x, y } = network.canvasToDOM(network.getPosition(id));
  return { x: left + x, y: top + y };
}

/** How what is drawn looks, for tests. */
export function looks() {
  const links = edges.get().map((/** @type {any} */ { from, to, relation, hidden, label, width }) => ({ from, to, relation, hidden: Boolean(hidden), label: label ?? "", width }));
  const things = nodes.get().map((/** @type {any} */ { id, shape, hidden, opacity, title }) => ({ id, shape, hidden: Boolean(hidden), bright: (opacity ?? 1) === 1, title }));
  return { links, things, scale: network.getScale(), middle: network.getViewPosition() };
}

/** The box that each drawn thing takes with its label. @param {string} id @returns {{left: number, top: number, right: number, bottom: number}} */
export function box(id) {
  return network.getBoundingBox(id);
}

/** Give every new thing a free place near what it is linked to; the same things always get the same places. @param {string[]} shown @param {Edge[]} links */
function place(shown, links) {
  const fresh = shown.filter((id) => !places.has(id));
  if (fresh.length === 0) return;
  const taken = shown.filter((id) => places.has(id)).map((id) => /** @type {{x: number, y: number}} */ (places.get(id)));
  for (const id of fresh) {
    const near = links.flatMap(({ from, to }) => (from === id ? [to] : to === id ? [from] : [])).flatMap((other) => places.get(other) ?? []);
    const centre = near.length > 0 ? { x: mean(near.map((at) => at.x)), y: mean(near.map((at) => at.y)) } : { x: 0, y: 0 };
    const at = free(centre, taken);
    taken.push(at);
    places.set(id, at);
  }
}

/** Walk outwards on a spiral until nothing is in the way. @param {{x: number, y: number}} from @param {{x: number, y: number}[]} taken */
function free(from, taken) {
  for (let step = 1; ; step++) {
    const angle = step * 2.39996;
    const at = { x: from.x + 42 * Math.sqrt(step) * 1.6 * Math.cos(angle), y: from.y + 42 * Math.sqrt(step) * Math.sin(angle) };
    if (taken.every((other) => Math.abs(other.x - at.x) > 165 || Math.abs(other.y - at.y) > 72)) return at;
  }
}

/** @param {number[]} values */
function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
