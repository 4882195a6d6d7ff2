// Brings a part of the page to what it should be by changing as little as possible, so that nothing that stays is drawn
// anew: pictures keep standing until the next one takes their place, opened tables stay open, focus stays where it is.

/** What belongs to the page and not to the words from the server. */
const OURS = ".message, .hint, [data-ours]";

/**
 * The words from the server as nodes. Their styles are set by script: a strict page takes none from attributes.
 * @param {string} html
 * @returns {DocumentFragment}
 */
export function parse(html) {
  const template = document.createElement("template");
  // In escaped text a quotation mark is `&quot;`, so that this finds attributes alone.
  template.innerHTML = html.replace(/ style="/g, ' data-style="');
  for (const element of template.content.querySelectorAll("details.data")) element.removeAttribute("open");
  return template.content;
}

/**
 * @param {Element} place
 * @param {Element} wanted  of the same kind
 */
export function morph(place, wanted) {
  one(place, wanted);
}

/**
 * @param {Element} live
 * @param {ParentNode} wanted
 */
function children(live, wanted) {
  const ours = (/** @type {Node} */ node) => node instanceof Element && node.matches(OURS);
  const old = [...live.childNodes].filter((node) => !ours(node));
  const next = [...wanted.childNodes];
  const keyed = new Map(old.flatMap((node) => (node instanceof Element && node.id ? [[node.id, node]] : [])));
  /** @type {Set<Node>} */
  const kept = new Set();
  let at = 0;
  /** @type {ChildNode | null} */
  let last = null;
  for (const node of next) {
    let match = /** @type {ChildNode | undefined} */ (undefined);
    if (node instanceof Element && node.id) match = keyed.get(node.id);
    else {
      while (at < old.length && (kept.has(old[at]) || (old[at] instanceof Element && /** @type {Element} */ (old[at]).id))) at++;
      if (old[at] && alike(old[at], node)) match = old[at];
    }
    if (match && alike(match, node)) {
      one(match, node);
    } else {
      match = /** @type {ChildNode} */ (node.cloneNode(true));
      styled(match);
    }
    kept.add(match);
    /** @type {ChildNode | null} */
    const after = last ? skipOurs(last.nextSibling, ours) : skipOurs(live.firstChild, ours);
    if (after !== match) live.insertBefore(match, after);
    last = match;
  }
  for (const node of old) if (!kept.has(node)) node.remove();
}

/**
 * @param {ChildNode | null} node
 * @param {(node: Node) => boolean} ours
 */
function skipOurs(node, ours) {
  while (node && ours(node)) node = node.nextSibling;
  return node;
}

/** @param {Node} a @param {Node} b */
const alike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName;

/** @param {Node} live @param {Node} wanted */
function one(live, wanted) {
  if (!(live instanceof Element) || !(wanted instanceof Element)) {
    if (live.nodeValue !== wanted.nodeValue) live.nodeValue = wanted.nodeValue;
    return;
  }
  const drawn = live.matches("[data-chart]");
  for (const { name } of [...live.attributes]) {
    const stays = name === "style" || name === "open" || (drawn && ["tabindex", "aria-label"].includes(name));
    if (!stays && !wanted.hasAttribute(name)) live.removeAttribute(name);
  }
  for (const { name, value } of wanted.attributes) {
    if (name === "open" || live.getAttribute(name) === value) continue;
    live.setAttribute(name, value);
    if (name === "data-style") /** @type {HTMLElement} */ (live).style.cssText = value;
  }
  if (drawn || live.matches("[data-controls]")) return;
  children(live, wanted);
}

/** Sets the styles of what is new. @param {Node} node */
export function styled(node) {
  if (!(node instanceof Element)) return;
  for (const element of [node, ...node.querySelectorAll("[data-style]")]) {
    const style = element.getAttribute("data-style");
    if (style) /** @type {HTMLElement} */ (element).style.cssText = style;
  }
}
