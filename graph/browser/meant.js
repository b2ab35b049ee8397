/** What a person may have meant by a name in a query that the data does not know. */

import { h } from "./dom.js";
import { isLetterOff } from "./find.js";
import { entries, existing, isIri, long, short } from "./names.js";
import { page } from "./payload.js";

/** Terms that stand for datatypes and functions, which no data need hold. */
const ASIDE = "http://www.w3.org/2001/XMLSchema#";
const STRINGS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|#[^\n]*|<[^>\s]*>/g;

/**
 * Name the terms of a query that the data does not know, each with the nearest that it does.
 * @param {string} text
 * @param {(text: string) => void} write puts a query in place of this one
 */
export async function unknownTerms(text, write) {
  const bare = text.replace(STRINGS, " ");
  const own = new Set([...bare.matchAll(/\bPREFIX\s+([\w.-]*):/gi)].map((found) => found[1]));
  const used = [...new Set([...bare.matchAll(/(?<![\w?$:.-])([A-Za-z][\w-]*:[\w.-]*\w)/g)].map((found) => found[1] ?? ""))];
  const asked = used.filter((name) => !own.has(name.split(":")[0]) && long(name) !== name && isIri(long(name)) && !long(name).startsWith(ASIDE));
  const relations = asked.filter((name) => !Object.hasOwn(page.relations, long(name)));
  const there = new Set(await existing(relations.map(long)));
  const unknown = relations.filter((name) => !there.has(long(name)));
  if (unknown.length === 0) return null;
  const all = [...new Set([...Object.keys(page.relations), ...page.kinds.map(({ iri }) => iri), ...entries.map(({ iri }) => iri)])].map(short);
  return h(
    "ul",
    { class: "wrong", "aria-label": "Names that are not in the data" },
    unknown.map((name) => {
      const near = nearest(name, all);
      return h("li", {}, `${name} is not in the data`, near ? [" – did you mean ", h("button", { type: "button", class: "plain", onclick: () => write(replaced(text, name, near)) }, near), "?"] : ".");
    }),
  );
}

/** Replace a name where it stands whole. @param {string} text @param {string} name @param {string} near */
function replaced(text, name, near) {
  return text.replace(new RegExp(`(?<![\\w?$:.-])${name.replaceAll(".", "\\.")}(?![\\w-])`, "g"), () => near);
}

/** Find a name that differs by a letter, by its prefix, or by a part. @param {string} name @param {string[]} all */
function nearest(name, all) {
  const [prefix, local = ""] = name.toLowerCase().split(":");
  const rest = (/** @type {string} */ other) => (other.split(":")[1] ?? "").toLowerCase();
  const among = all.filter((other) => other.toLowerCase().startsWith(`${prefix}:`));
  return (
    all.find((other) => isLetterOff(other.toLowerCase(), name.toLowerCase())) ??
    all.find((other) => rest(other) === local) ??
    among.find((other) => local.length > 3 && rest(other).length > 3 && (rest(other).includes(local) || local.includes(rest(other))))
  );
}
