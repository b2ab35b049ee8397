/** Bars for one number per item, in plain SVG; each bar has its value beside it. */

import { svg } from "./dom.js";

const ROW = 24;
const LABEL = 190;
const VALUE = 76;
const WIDTH = 560;
const MAX_LABEL_LENGTH = 28;

/**
 * Draw a bar for each number, on either side of zero.
 * @param {string} title
 * @param {{label: string, value: number}[]} bars
 * @returns {SVGElement}
 */
export function barChart(title, bars) {
  const low = Math.min(0, ...bars.map(({ value }) => value));
  const high = Math.max(0, ...bars.map(({ value }) => value));
  const scale = (WIDTH - LABEL - VALUE) / (high - low || 1);
  const zero = LABEL - low * scale;
  const parts = bars.flatMap(({ label, value }, index) => {
    const y = index * ROW + 3;
    const end = zero + value * scale;
    const box = {
      x: Math.min(zero, end),
      y: y + 2,
      width: Math.max(1, Math.abs(end - zero)),
      height: ROW - 8,
    };
    const text = value.toLocaleString("en", { maximumFractionDigits: 2 });
    const name = { x: LABEL - 8, y: y + 14, "text-anchor": "end" };
    return [
      svg("text", name, shorten(label), svg("title", {}, label)),
      svg("rect", { ...box, rx: 2 }),
      svg("text", { x: Math.max(zero, end) + 6, y: y + 14, class: "value" }, text),
    ];
  });
  const height = bars.length * ROW + 4;
  const attributes = { viewBox: `0 0 ${WIDTH} ${height}`, class: "chart", role: "img", "aria-label": title };
  return svg("svg", attributes, ...parts);
}

/** @param {string} label */
function shorten(label) {
  return label.length > MAX_LABEL_LENGTH ? `${label.slice(0, MAX_LABEL_LENGTH - 1)}…` : label;
}
