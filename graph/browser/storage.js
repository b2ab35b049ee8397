/** What the browser remembers for a person, where it remembers anything for a page from a file. */

/** @param {string} name @returns {string} */
export function kept(name) {
  try {
    return localStorage.getItem(`graph-${name}`) ?? "";
  } catch {
    return "";
  }
}

/** @param {string} name @param {string} value */
export function keep(name, value) {
  try {
    localStorage.setItem(`graph-${name}`, value);
  } catch {
    // it will be asked again
  }
}
