/** Bars for a number per thing, in plain SVG; colour is not the only sign, each bar bears its value. */

const NS = "http://www.w3.org/2000/svg";
const [ROW, LABEL, VALUE, WIDTH] = [24, 190, 76, 560];

/** @param {string} tag @param {Record<string, string | number>} attributes @param {string} [text] @returns {SVGElement} */
function s(tag, attributes, text) {
  const element = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  if (text !== undefined) element.textContent = text;
  return element;
}

/**
 * Draw a bar for each row, on either side of zero.
 * @param {string} title
 * @param {{label: string, value: number}[]} bars
 * @returns {SVGElement}
 */
export function barChart(title, bars) {
  const height = bars.length * ROW + 4;
  const chart = s("svg", { viewBox: `0 0 ${WIDTH} ${height}`, class: "chart", role: "img", "aria-label": title });
  const low = Math.min(0, ...bars.map(({ value }) => value));
  const high = Math.max(0, ...bars.map(({ value }) => value));
  const scale = (WIDTH - LABEL - VALUE) / (high - low || 1);
  const zero = LABEL - low * scale;
  bars.forEach(({ label, value }, index) => {
    const y = index * ROW + 3;
    const short = label.length > 28 ? `${label.slice(0, 27)}…` : label;
    const name = s("text", { x: LABEL - 8, y: y + 14, "text-anchor": "end" }, short);
    name.append(s("title", {}, label));
    const end = zero + value * scale;
    chart.append(
      name,
      s("rect", { x: Math.min(zero, end), y: y + 2, width: Math.max(1, Math.abs(end - zero)), height: ROW - 8, rx: 2 }),
      s("text", { x: Math.max(zero, end) + 6, y: y + 14, class: "value" }, value.toLocaleString("en", { maximumFractionDigits: 2 })),
    );
  });
  return chart;
}
