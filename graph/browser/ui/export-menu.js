/** The menu Download: the graph as PNG or SVG, its facts as Turtle, JSON-LD or CSV, and a panel on paper. */

import { toCsv } from "../core/csv.js";
import { truncate } from "../core/labels.js";
import { toSparqlIri } from "../core/terms.js";
import { toTurtle } from "../core/turtle.js";
import { edges, isVisible } from "../data/edges.js";
import { classLabel, classOf, labelOf } from "../data/labels.js";
import { classStyles, compress, payload, relationLabel } from "../data/payload.js";
import { construct } from "../data/store.js";
import { announce, byId } from "./dom.js";
import { nodePositions, snapshot } from "./network.js";
import { pathOf } from "./node-shapes.js";
import { saveFile } from "./save.js";
import { colors } from "./theme.js";

/** @typedef {{shown: string[], hidden: string[]}} Shown */

/** Room around the nodes of an SVG file. */
const MARGIN = { x: 120, top: 60, bottom: 80 };
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** @type {Record<string, (shown: Shown) => unknown>} */
const EXPORTS = {
  png: () => snapshot().toBlob((blob) => blob && saveFile("graph.png", blob, "image/png")),
  svg: (shown) => saveFile("graph.svg", toSvg(shown), "image/svg+xml"),
  csv: (shown) => saveFile("graph.csv", edgeTable(shown), "text/csv"),
  turtle: async (shown) => {
    const triples = await construct(factsQuery(shown), "application/n-triples");
    saveFile("graph.ttl", toTurtle(triples, payload.prefixes, compress), "text/turtle");
  },
  jsonld: async (shown) => {
    const type = "application/ld+json";
    saveFile("graph.jsonld", await construct(factsQuery(shown), type), type);
  },
  print: () => print(),
};

/**
 * Make the menu work: arrows, Home and End walk it, Escape closes it.
 * @param {() => Shown} shown what is in the graph now
 */
export function listenForExports(shown) {
  const button = byId("download");
  const menu = byId("download-menu");
  const items = [...menu.querySelectorAll("button")];
  const toggle = (/** @type {boolean} */ isOpen, first = 0) => {
    menu.hidden = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) items.at(first)?.focus();
  };
  button.addEventListener("click", () => toggle(Boolean(menu.hidden)));
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    toggle(true, event.key === "ArrowDown" ? 0 : -1);
  });
  menu.addEventListener("keydown", (event) => {
    const at = items.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    if (event.key === "Escape") {
      event.stopPropagation();
      toggle(false);
      button.focus();
    }
    /** @type {Record<string, number>} */
    const targets = { ArrowDown: (at + 1) % items.length, ArrowUp: at - 1, Home: 0, End: -1 };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    items.at(target)?.focus();
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (!menu.contains(/** @type {Node | null} */ (relatedTarget)) && relatedTarget !== button) toggle(false);
  });
  for (const item of items) {
    item.addEventListener("click", async () => {
      toggle(false);
      button.focus();
      try {
        await EXPORTS[item.dataset["export"] ?? ""]?.(shown());
      } catch (error) {
        announce(error instanceof Error ? error.message : String(error));
      }
    });
  }
}

/** Ask for every fact between the visible items, with their labels and types. @param {Shown} shown */
function factsQuery(shown) {
  const iris = visibleItems(shown).map(toSparqlIri);
  return `CONSTRUCT { ?s ?p ?o } WHERE {
    VALUES ?s { ${iris.join(" ")} } ?s ?p ?o .
    FILTER(isLiteral(?o) || ?p = rdf:type || ?o IN (${iris.join(", ")}))
  }`;
}

/** @param {Shown} shown @returns {string[]} */
function visibleItems({ shown, hidden }) {
  return shown.filter((iri) => !hidden.includes(classOf(iri)));
}

/** @param {Shown} shown */
function visibleEdges({ hidden }) {
  const filtered = new Set(hidden);
  return edges.filter((edge) => isVisible(edge, filtered));
}

/** @param {Shown} shown */
function edgeTable(shown) {
  const rows = visibleEdges(shown).map(({ from, relation, to }) => [
    labelOf(from),
    relationLabel(relation),
    labelOf(to),
    from,
    relation,
    to,
  ]);
  return toCsv([["from", "relation", "to", "fromIri", "relationIri", "toIri"], ...rows]);
}

/** Draw what is shown; every text stays text. @param {Shown} shown */
function toSvg(shown) {
  const positions = nodePositions();
  const items = visibleItems(shown).filter((iri) => positions[iri]);
  const xs = items.map((iri) => positions[iri]?.x ?? 0);
  const ys = items.map((iri) => positions[iri]?.y ?? 0);
  const [left, top] = [Math.min(...xs) - MARGIN.x, Math.min(...ys) - MARGIN.top];
  const [width, height] = [Math.max(...xs) - left + MARGIN.x, Math.max(...ys) - top + MARGIN.bottom];
  const { ground, ink, edge: line } = colors();
  const drawnEdges = visibleEdges(shown).map(({ from, to, relation }) => {
    const [a, b] = [positions[from], positions[to]];
    const title = escapeXml(`${labelOf(from)} ${relationLabel(relation)} ${labelOf(to)}`);
    if (!a || !b) return "";
    const ends = `x1="${a.x}" y1="${a.y}" x2="${b.x}" y2="${b.y}"`;
    return `<line ${ends} stroke="${line}"><title>${title}</title></line>`;
  });
  const nodes = items.map((iri) => {
    const { x, y } = positions[iri] ?? { x: 0, y: 0 };
    const classIri = classOf(iri);
    const fill = classStyles.get(classIri)?.color || colors().node;
    const shape = `transform="scale(1.8)" d="${pathOf(classIri)}" fill="${fill}"`;
    return [
      `<g transform="translate(${x} ${y})"><path ${shape} stroke="${ink}" stroke-width=".6"/>`,
      `<text y="32" text-anchor="middle" fill="${ink}">${escapeXml(truncate(labelOf(iri)))}</text>`,
      `<title>${escapeXml(classLabel(classIri))}</title></g>`,
    ].join("");
  });
  const size = `width="${width}" height="${height}"`;
  const view = `viewBox="${left} ${top} ${width} ${height}"`;
  const attributes = `${view} ${size} font-family="sans-serif" font-size="14"`;
  return [
    `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>`,
    `<rect x="${left}" y="${top}" ${size} fill="${ground}"/>`,
    ...drawnEdges,
    ...nodes,
    "</svg>\n",
  ].join("");
}

/** @param {string} text */
function escapeXml(text) {
  const escaped = text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
  return escaped.replace(NOT_IN_XML, "");
}
