/** Prefixed names: IRIs are compressed with the prefixes of the data, and expanded again. */

/** @typedef {{compress: (iri: string) => string, expand: (text: string) => string}} Prefixes */

// PN_CHARS_BASE, PN_PREFIX and PN_LOCAL of the SPARQL grammar, without backslash escapes and without
// characters beyond the basic plane, which Oxigraph does not read in names; graph/terms.py has the same.
const LETTER =
  "A-Za-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D" +
  "\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD";
const CHARACTER = `${LETTER}_\\-0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040`;
const PERCENT = "%[0-9A-Fa-f]{2}";

/** A regular expression (flag u) for the part of a prefixed name before the colon. */
export const PREFIX_NAME = `[${LETTER}](?:[${CHARACTER}.]*[${CHARACTER}])?`;
/** A regular expression (flag u) for the part of a prefixed name after the colon. */
export const LOCAL_NAME =
  `(?:[${LETTER}_0-9:]|${PERCENT})` + `(?:(?:[${CHARACTER}.:]|${PERCENT})*(?:[${CHARACTER}:]|${PERCENT}))?`;

const WHOLE_LOCAL_NAME = new RegExp(`^(?:${LOCAL_NAME})?$`, "u");

/**
 * Make the two functions that translate between IRIs and prefixed names.
 * @param {Record<string, string>} prefixes
 * @returns {Prefixes}
 */
export function makePrefixes(prefixes) {
  const namespaces = Object.entries(prefixes).sort(
    ([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1),
  );

  /**
   * Write an IRI with its prefix where that can be read back; in brackets where it looks like such a name.
   */
  function compress(/** @type {string} */ iri) {
    for (const [name, namespace] of namespaces) {
      if (iri.startsWith(namespace) && WHOLE_LOCAL_NAME.test(iri.slice(namespace.length))) {
        return `${name}:${iri.slice(namespace.length)}`;
      }
    }
    return expand(iri) === iri ? iri : `<${iri}>`;
  }

  /** Read an IRI that is written with a prefix, in brackets, or in full. */
  function expand(/** @type {string} */ text) {
    if (/^<.*>$/.test(text)) return text.slice(1, -1);
    const colon = text.indexOf(":");
    const [name, local] = [text.slice(0, colon), text.slice(colon + 1)];
    if (colon < 0 || !Object.hasOwn(prefixes, name) || local.startsWith("//")) return text;
    return prefixes[name] + local;
  }

  return { compress, expand };
}
