/** Elements made from text: nothing that comes from data is ever read as HTML. */

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * Make an element. Attributes that start with `on` are listeners; true sets an empty attribute; null, undefined and false set none.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  put(element, ...children);
  return element;
}

/**
 * Append children; text stays text.
 * @param {Element} element
 * @param {...(Child | Child[])} children
 */
export function put(element, ...children) {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    element.append(typeof child === "number" ? String(child) : child);
  }
}

/**
 * Replace what an element holds; what had the keyboard keeps it, or the heading gets it.
 * @param {Element} element
 * @param {...(Child | Child[])} children
 */
export function fill(element, ...children) {
  const at = document.activeElement;
  const held = at && at !== element && element.contains(at) ? sign(at) : "";
  element.replaceChildren();
  put(element, ...children);
  if (!held) return;
  const same = [...element.querySelectorAll("a, button, input, select, summary, [tabindex]")].find((other) => sign(other) === held);
  if (same instanceof HTMLElement) same.focus({ preventScroll: true });
  else toHeading(element);
}

/** Tell a control from the others beside it. @param {Element} control */
function sign(control) {
  return `${control.tagName} ${control.getAttribute("data-iri") ?? control.getAttribute("aria-label") ?? control.textContent}`;
}

/** Let the keyboard go on from an element's heading, unless the person has left where they were. @param {Element} element @param {Element | null} [from] where they were */
export function toHeading(element, from = document.activeElement) {
  if (![from, document.body].includes(document.activeElement)) return;
  const heading = element.querySelector("h2") ?? element.closest(".panel")?.querySelector("h2");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus();
}

/**
 * Find the one element with an id.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function by(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no element ${id}.`);
  return element;
}

/**
 * Link to a web address; anything but http and https, and anything under our own names, stays text.
 * @param {string} address
 * @param {string} base
 * @returns {HTMLElement}
 */
export function link(address, base) {
  const safe = /^https?:\/\/[^\s]+$/i.test(address) && !(base && address.startsWith(base));
  return safe ? h("a", { href: address, rel: "noreferrer noopener", target: "_blank" }, address) : h("span", {}, address);
}

/** How much of a name a sign or a line bears. */
const NAME = 80;

/** Cut a long name, in the same place as Python does. @param {string} text */
export function cut(text) {
  const signs = [...text.replace(/\s+/g, " ").slice(0, 2 * NAME + 2)];
  return signs.length > NAME ? `${signs.slice(0, NAME - 1).join("")}…` : signs.join("");
}

let timer = 0;

/**
 * Say what has changed, in a line that screen readers read; it goes after a while.
 * @param {string} text
 * @param {boolean} [lasting]
 */
export function announce(text, lasting = false) {
  by("status").textContent = text;
  clearTimeout(timer);
  if (!lasting) timer = setTimeout(() => by("status").replaceChildren(), 10_000);
}
