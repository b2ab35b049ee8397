/** Controls for the parameters of a question: a list of the items of a class, a text box, or a search. */

import { ANY, toPlainText } from "../core/question.js";
import { isIri, toSparqlIri } from "../core/terms.js";
import { byLabel, labelOf } from "../data/labels.js";
import { compress, expand } from "../data/payload.js";
import { query } from "../data/store.js";
import { combobox } from "../ui/combobox.js";
import { h } from "../ui/dom.js";

/** @typedef {import("../data/payload.js").Parameter} Parameter */
/** @typedef {(term: string) => unknown} SetTerm */

const XSD = "http://www.w3.org/2001/XMLSchema#";

/** Write an IRI as a term of SPARQL, with its prefix if it has one. @param {string} iri */
export function toTerm(iri) {
  return compress(iri) === iri ? toSparqlIri(iri) : compress(iri);
}

/**
 * Write what the reader typed as a term: a literal of a datatype, or else a number, an IRI, or a string.
 * @param {string} text
 * @param {string} [datatype]
 */
function parseTyped(text, datatype) {
  if (datatype) return `${JSON.stringify(text)}^^${toSparqlIri(datatype)}`;
  if (/^([-+]?\d+(\.\d+)?|true|false)$/.test(text)) return text;
  const iri = expand(text.trim());
  return isIri(iri) ? toTerm(iri) : JSON.stringify(text);
}

/** Write a term as the reader would. @param {string} term */
function toText(term) {
  if (!term || term === ANY) return "";
  return /^("|[-+\d]|true$|false$)/.test(term) ? toPlainText(term) : labelOf(expand(term));
}

/**
 * Make the control for a parameter.
 * @param {Parameter} parameter
 * @param {string} current the term that is set, or the default
 * @param {SetTerm} set
 */
export async function parameterControl(parameter, current, set) {
  const title = parameter.description || parameter.name;
  const type = expand(parameter.type);
  if (type.startsWith(XSD)) return textControl(title, current, type, set);
  if (!isIri(type)) {
    const picks = {
      pick: (/** @type {string} */ iri) => set(toTerm(iri)),
      pickText: (/** @type {string} */ text) => set(parseTyped(text)),
    };
    return h("div", { class: "field" }, h("span", {}, title), combobox(title, picks, toText(current)));
  }
  return listControl(title, current, await itemsOf(type), parameter.default, set);
}

/** @param {string} title @param {string} current @param {string} datatype @param {SetTerm} set */
function textControl(title, current, datatype, set) {
  const onchange = () => set(input.value ? parseTyped(input.value, datatype) : "");
  const input = h("input", { type: "text", "aria-label": title, value: toText(current), onchange });
  return h("label", {}, h("span", {}, title), input);
}

/**
 * @param {string} title
 * @param {string} current
 * @param {string[]} items
 * @param {string} defaultTerm
 * @param {SetTerm} set
 */
function listControl(title, current, items, defaultTerm, set) {
  const isAny = current.toUpperCase() === ANY;
  const selected = isAny || !current ? "" : expand(current);
  const none =
    defaultTerm.toUpperCase() === ANY
      ? h("option", { value: ANY, selected: isAny }, "any")
      : !defaultTerm && h("option", { value: "", selected: !current }, "choose …");
  const options = items.map((iri) =>
    h("option", { value: toTerm(iri), selected: iri === selected }, labelOf(iri)),
  );
  const select = h("select", { "aria-label": title, onchange: () => set(select.value) }, none, options);
  return h("label", {}, h("span", {}, title), select);
}

/** @param {string} classIri */
async function itemsOf(classIri) {
  const { rows } = await query(
    `SELECT DISTINCT ?item { ?item a/rdfs:subClassOf* ${toSparqlIri(classIri)} FILTER(isIRI(?item)) }`,
  );
  return rows.flatMap(({ item }) => item?.value ?? []).sort(byLabel);
}
