/** The menu Download: the picture as PNG or SVG, what is shown as Turtle, JSON-LD or CSV. */

import { isDark, positions, snapshot } from "./canvas.js";
import { by, cut } from "./dom.js";
import { download } from "./download.js";
import { edges, isSeen } from "./links.js";
import { kindName, kindOf, label, sparqlIri } from "./names.js";
import { kinds, relationName } from "./payload.js";
import { SHAPES } from "./shapes.js";
import { state } from "./state.js";
import { construct } from "./store.js";
import { turtle } from "./turtle.js";

/** @type {Record<string, () => void | Promise<void>>} */
const MAKES = {
  png: () => new Promise((resolve) => snapshot().toBlob((blob) => { if (blob) download("graph.png", blob, "image/png"); resolve(); })),
  svg: () => download("graph.svg", svg(), "image/svg+xml"),
  turtle: async () => download("graph.ttl", turtle(await construct(shown(), "application/n-triples")), "text/turtle"),
  jsonld: async () => download("graph.jsonld", await construct(shown(), "application/ld+json"), "application/ld+json"),
  csv: () => download("graph.csv", table(), "text/csv"),
  print: () => print(),
};

/** Make the menu work: arrows walk it, Escape closes it. */
export function openMenu() {
  const button = by("download");
  const menu = by("download-menu");
  const items = [...menu.querySelectorAll("button")];
  const show = (/** @type {boolean} */ open) => {
    menu.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) items[0]?.focus();
  };
  button.addEventListener("click", () => show(Boolean(menu.hidden)));
  menu.addEventListener("keydown", (event) => {
    const at = items.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    if (event.key === "Escape") { event.stopPropagation(); show(false); button.focus(); }
    if (event.key === "ArrowDown") items[(at + 1) % items.length]?.focus();
    if (event.key === "ArrowUp") items[(at + items.length - 1) % items.length]?.focus();
    if (event.key.startsWith("Arrow")) event.preventDefault();
  });
  menu.addEventListener("focusout", (event) => {
    if (!menu.contains(/** @type {Node | null} */ (event.relatedTarget)) && event.relatedTarget !== button) show(false);
  });
  for (const item of items) item.addEventListener("click", () => { show(false); button.focus(); MAKES[item.dataset["make"] ?? ""]?.(); });
}

/** Ask for every statement between shown things, and their names and kinds. */
function shown() {
  const values = visible().map(sparqlIri).join(" ");
  return `CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?s { ${values} } ?s ?p ?o . FILTER(isLiteral(?o) || ?p = rdf:type || ?o IN (${visible().map(sparqlIri).join(", ")})) }`;
}

/** @returns {string[]} */
function visible() {
  return state.shown.filter((iri) => !state.hidden.includes(kindOf(iri)));
}

function seen() {
  const hidden = new Set(state.hidden);
  return edges.filter((edge) => isSeen(edge, hidden));
}

/** Write the links that are shown as a table. */
function table() {
  const quoted = (/** @type {string} */ text) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const rows = seen().map(({ from, relation, to }) => [label(from), relationName(relation), label(to), from, relation, to]);
  return [["from", "relation", "to", "fromIri", "relationIri", "toIri"], ...rows].map((row) => `${row.map(quoted).join(",")}\r\n`).join("");
}

/** Draw what is shown as SVG, every text as text. */
function svg() {
  const places = positions();
  const things = visible().filter((iri) => places[iri]);
  const xs = things.map((iri) => places[iri]?.x ?? 0);
  const ys = things.map((iri) => places[iri]?.y ?? 0);
  const [left, top] = [Math.min(...xs) - 120, Math.min(...ys) - 60];
  const [width, height] = [Math.max(...xs) - left + 120, Math.max(...ys) - top + 80];
  const [ground, ink, line] = isDark() ? ["#12181e", "#e8eef4", "#72818f"] : ["#f5f7f9", "#16202a", "#9aa7b2"];
  const safe = (/** @type {string} */ text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  const lines = seen().map(({ from, to, relation }) => {
    const [a, b] = [places[from], places[to]];
    return a && b ? `<line x1="${a.x}" y1="${a.y}" x2="${b.x}" y2="${b.y}" stroke="${line}"><title>${safe(`${label(from)} ${relationName(relation)} ${label(to)}`)}</title></line>` : "";
  });
  const signs = things.map((iri) => {
    const look = kinds.get(kindOf(iri));
    const at = places[iri] ?? { x: 0, y: 0 };
    return `<g transform="translate(${at.x} ${at.y})"><path transform="scale(1.8)" d="${SHAPES[look?.shape ?? "dot"] ?? SHAPES["dot"]}" fill="${safe(look?.colour ?? "#d3d3d3")}" stroke="${ink}" stroke-width=".6"/><text y="32" text-anchor="middle" fill="${ink}">${safe(cut(label(iri)))}</text><title>${safe(kindName(iri))}</title></g>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="14"><rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${ground}"/>${lines.join("")}${signs.join("")}</svg>\n`;
}
