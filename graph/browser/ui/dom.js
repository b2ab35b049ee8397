/** Elements made from text: nothing that comes from data is ever read as HTML. */

/** @typedef {Node | string | number | null | undefined | false} Child */
/** @typedef {Child | Child[]} Children */

/**
 * Make an element. Attributes that start with `on` are listeners; true sets an empty one, null sets none.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...Children} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    } else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, ...children);
  return element;
}

/**
 * Make an element of SVG.
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {...Node | string} children
 * @returns {SVGElement}
 */
export function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** @param {Element} element @param {...Children} children */
function append(element, ...children) {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    element.append(typeof child === "number" ? String(child) : child);
  }
}

/**
 * Replace what an element holds; a control that had the focus keeps it, or else the heading gets it.
 * @param {Element} element
 * @param {...Children} children
 */
export function render(element, ...children) {
  const focused = document.activeElement;
  const identity = focused && focused !== element && element.contains(focused) ? identityOf(focused) : "";
  element.replaceChildren();
  append(element, ...children);
  if (!identity) return;
  const controls = [...element.querySelectorAll("a, button, input, select, summary, [tabindex]")];
  const same = controls.find((control) => identityOf(control) === identity);
  if (same instanceof HTMLElement) same.focus({ preventScroll: true });
  else focusHeading(element);
}

/** Tell a control from those beside it. @param {Element} control */
function identityOf(control) {
  const name = control.getAttribute("aria-label") ?? control.textContent;
  return `${control.tagName} ${control.getAttribute("data-iri") ?? name}`;
}

/**
 * Move the focus to the heading of an element, unless the reader has moved it elsewhere.
 * @param {Element} element
 * @param {Element | null} [from] where the focus was
 */
export function focusHeading(element, from = document.activeElement) {
  if (![from, document.body].includes(document.activeElement)) return;
  const heading = element.querySelector("h2") ?? element.closest(".panel")?.querySelector("h2");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus();
}

/** Find the element that has an id. @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no element ${id}.`);
  return element;
}

/**
 * Make a button.
 * @param {string} text
 * @param {() => unknown} onclick
 * @param {Record<string, unknown>} [attributes]
 */
export function button(text, onclick, attributes = {}) {
  return h("button", { type: "button", onclick, ...attributes }, text);
}

/**
 * Link to a web address; anything but http and https, and anything in the data's own namespace, stays text.
 * @param {string} address
 * @param {string} base
 * @returns {HTMLElement}
 */
export function link(address, base) {
  const isSafe = /^https?:\/\/[^\s]+$/i.test(address) && !(base && address.startsWith(base));
  if (!isSafe) return h("span", {}, address);
  return h("a", { href: address, rel: "noreferrer noopener", target: "_blank" }, address);
}

const SHOWN_FOR = 10_000;
let timer = 0;
let lasting = "";

/**
 * Say what has changed, in a line that screen readers read; it goes after a while.
 * @param {string} text
 * @param {{isLasting?: boolean}} [options] a lasting message comes back after each other one
 */
export function announce(text, { isLasting = false } = {}) {
  if (isLasting) lasting = text;
  byId("status").textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => (byId("status").textContent = lasting), SHOWN_FOR);
}
