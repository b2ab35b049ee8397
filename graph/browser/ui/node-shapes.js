/** The shapes of nodes, each as a path of SVG, and small signs of them for lists. */

import { classStyles } from "../data/payload.js";
import { svg } from "./dom.js";

/** @type {Record<string, string>} */
const PATHS = {
  dot: "M-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0Z",
  ellipse: "M-9 0a9 6 0 1 0 18 0a9 6 0 1 0-18 0Z",
  box: "M-9-5h18v10h-18Z",
  square: "M-7-7h14v14h-14Z",
  diamond: "M0-9L9 0L0 9L-9 0Z",
  triangle: "M0-8L9 7h-18Z",
  triangleDown: "M0 8L9-7h-18Z",
  hexagon: "M-9 0L-4.5-8h9L9 0L4.5 8h-9Z",
  star: "M0-9L2.6-3L9-2.6L4-1.5L5.6 7.6L0 4L-5.6 7.6L-4-1.5L-9-2.6L-2.6-3Z",
  database: "M-7-6a7 3 0 0 1 14 0v12a7 3 0 0 1-14 0Z",
};

/** Name the shape of a class; one that there is not becomes a dot. @param {string} classIri */
export function shapeOf(classIri) {
  const shape = classStyles.get(classIri)?.shape ?? "dot";
  return Object.hasOwn(PATHS, shape) ? shape : "dot";
}

/** Draw the shape of a class around the origin. @param {string} classIri @returns {string} */
export function pathOf(classIri) {
  return PATHS[shapeOf(classIri)] ?? "";
}

/**
 * Make a small picture with the shape and color of a class.
 * @param {string} classIri
 * @returns {SVGElement}
 */
export function swatch(classIri) {
  const path = svg("path", { d: pathOf(classIri) });
  const color = classStyles.get(classIri)?.color;
  if (color) path.setAttribute("fill", color);
  return svg("svg", { viewBox: "-10 -10 20 20", class: "swatch", "aria-hidden": "true" }, path);
}
