/** Two to four things side by side: differences marked, gaps said, sources kept. */

import { announce, by, fill, h } from "./dom.js";
import { term } from "./details.js";
import { finder } from "./find.js";
import { label, learnKinds, sparqlIri } from "./names.js";
import { page } from "./payload.js";
import { select } from "./picture.js";
import { busy } from "./progress.js";
import { act, state } from "./state.js";
import { query } from "./store.js";

/** @typedef {import("./store.js").Term} Term */
/** @typedef {{value: Term, when: string, sources: string[]}} Said */
/** @typedef {{name: string, said: Said[][], differs: boolean}} Aspect */
/** @typedef {{aspects: Aspect[], sources: [string, string][]}} Comparison The sources in the order in which they are first named, each with what it is and of when. */

const MOST = 4;

/** Ask for what is said of some things, in the order of the query's rows. @param {string[]} things @param {AbortSignal} [signal] @returns {Promise<Comparison>} */
export async function compared(things, signal) {
  const values = things.map(sparqlIri).join(" ");
  const found = await query(page.asks.compare.replace(/VALUES \?thing \{[^}]*\}/, () => `VALUES ?thing { ${values} }`), signal);
  /** @type {Map<string, Map<string, Map<string, Said>>>} */
  const lines = new Map();
  /** @type {Map<string, string>} */
  const notes = new Map();
  for (const { aspect, thing, value, when, source, sourceIs } of found.rows) {
    if (!aspect || !thing || !value) continue;
    const line = lines.get(aspect.value) ?? new Map();
    lines.set(aspect.value, line);
    const said = line.get(thing.value) ?? new Map();
    line.set(thing.value, said);
    const key = `${value.value}\n${when?.value ?? ""}`;
    const one = said.get(key) ?? { value, when: when?.value ?? "", sources: [] };
    said.set(key, one);
    if (source && !one.sources.includes(source.value)) {
      one.sources.push(source.value);
      if (!notes.has(source.value)) notes.set(source.value, sourceIs?.value ?? "");
    }
  }
  const aspects = [...lines].map(([name, line]) => {
    const said = things.map((thing) => [...(line.get(thing)?.values() ?? [])]);
    return { name, said, differs: new Set(said.map((all) => all.map(({ value }) => value.value).sort().join("\n"))).size > 1 };
  });
  const named = new Set(aspects.flatMap(({ said }) => said.flat()).flatMap((one) => one.sources));
  return { aspects, sources: [...named].map((source) => [source, notes.get(source) ?? ""]) };
}

/** Show the comparison the address holds. */
export async function showCompare() {
  const region = by("compare");
  const things = state.compare;
  const chosen = h(
    "ul",
    { class: "chosen", "aria-label": "Compared" },
    things.map((iri) => h("li", {}, label(iri), h("button", { type: "button", class: "plain", "aria-label": `Take ${label(iri)} out`, onclick: () => act({ compare: state.compare.filter((other) => other !== iri) }) }, "×"))),
  );
  const add = things.length < MOST && finder("Add to the comparison", (iri) => act({ compare: [...new Set([...state.compare, iri])].slice(0, MOST) }), "Add a thing to compare …");
  const place = h("div");
  fill(region, h("h2", {}, "Compare"), chosen, add, place);
  if (things.length < 2) return fill(place, h("p", { class: "hint" }, "Choose two to four things, here or with the button Compare in their details."));
  await busy(place, "Comparing", (signal) => sideBySide(things, signal));
}

/** @param {string[]} things @param {AbortSignal} signal */
async function sideBySide(things, signal) {
  const { aspects, sources } = await compared(things, signal);
  await learnKinds(aspects.flatMap(({ said }) => said.flat()).flatMap(({ value }) => (value.type === "uri" ? [value.value] : [])));
  if (things !== state.compare) return null;
  const numbers = new Map(sources.map(([source], index) => [source, index + 1]));
  const only = h("input", { type: "checkbox", onchange: () => table.classList.toggle("differing", only.checked) });
  const table = h(
    "table",
    { class: "compare" },
    h("thead", {}, h("tr", {}, h("td"), things.map((iri) => h("th", { scope: "col" }, h("button", { type: "button", class: "plain", onclick: () => select(iri) }, label(iri)))))),
    h("tbody", {}, aspects.map((aspect) => row(aspect, numbers))),
  );
  performance.mark("graph:answer");
  announce(`${aspects.length} lines compared`);
  return [
    h("p", { class: "acts" }, h("label", {}, only, " only differences"), h("button", { type: "button", onclick: () => print() }, "Print")),
    h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Comparison" }, table),
    h("ol", { class: "references", "aria-label": "Sources" }, sources.map(([source, note]) => h("li", {}, h("button", { type: "button", class: "plain", onclick: () => select(source) }, label(source)), note && h("span", { class: "count" }, ` · ${note}`)))),
  ];
}

/** @param {Aspect} aspect @param {Map<string, number>} numbers of the sources */
function row(aspect, numbers) {
  return h(
    "tr",
    { class: aspect.differs ? "differs" : "same" },
    h("th", { scope: "row" }, aspect.differs ? h("span", { role: "img", title: "differs", "aria-label": "differs:" }, "≠ ") : null, aspect.name),
    aspect.said.map((all) =>
      h(
        "td",
        {},
        all.length === 0 ? h("span", { class: "gap" }, "not stated") : all.map((one) => h("div", {}, term(one.value, { select }), one.when && h("span", { class: "count" }, ` (${one.when})`), one.sources.length > 0 && h("sup", {}, one.sources.map((source) => numbers.get(source) ?? 0).sort((a, b) => a - b).join(", ")))),
      ),
    ),
  );
}
