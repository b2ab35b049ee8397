/** How a node and an edge look to vis-network, by the class and the relation they are of. */

import { truncate } from "../core/labels.js";
import { classLabel, classOf, labelOf } from "../data/labels.js";
import { classStyles, relationLabel } from "../data/payload.js";
import { shapeOf } from "./node-shapes.js";
import { colors } from "./theme.js";

/** @typedef {import("../data/payload.js").Edge} Edge */
/** @typedef {import("vis-network/standalone").Node & {id: string}} VisNode */
/** @typedef {import("vis-network/standalone").Edge & Edge & {id: string, step?: string}} VisEdge */

const LABEL_INSIDE = new Set(["ellipse", "box", "database"]);

/** @param {string} id @returns {VisNode} */
export function styledNode(id) {
  const classIri = classOf(id);
  const style = classStyles.get(classIri);
  const shape = shapeOf(classIri);
  const palette = colors();
  const background = style?.color || palette.node;
  const strong = { background, border: palette["edge-strong"] };
  return {
    id,
    label: truncate(labelOf(id)),
    title: classLabel(classIri),
    shape,
    color: { background, border: palette["node-border"], highlight: strong, hover: strong },
    font: { color: fontColor(id), size: style?.order === 1 ? 18 : 16 },
  };
}

/** @param {Edge} edge @returns {VisEdge} */
export function styledEdge({ from, to, relation }) {
  const palette = colors();
  const strong = palette["edge-strong"];
  return {
    id: `${from} ${relation} ${to}`,
    from,
    to,
    relation,
    color: { color: palette.edge, highlight: strong, hover: strong },
    font: { color: palette.ink, strokeColor: palette.ground, strokeWidth: 4, size: 12 },
    title: relationLabel(relation),
  };
}

/** Give the color of a label, which lies inside some shapes and below others. @param {string} id */
export function fontColor(id) {
  return LABEL_INSIDE.has(shapeOf(classOf(id))) ? colors()["node-ink"] : colors().ink;
}
