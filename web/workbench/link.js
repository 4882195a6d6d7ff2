// The address keeps scenario, numbers and place: `#/tree?of=library/chicken&node=4&set.crash=-20`.

/** @import { Numbers, Place } from "./types.js" */

const PLACES = ["story", "answer", "tree", "play"];

/**
 * @typedef {object} Link
 * @property {Place} place
 * @property {string | null} of  which story: `library/NAME`, `file/PATH`
 * @property {number | null} node
 * @property {Numbers} numbers
 * @property {string | null} code  of a session that is played
 * @property {string | null} token  of a seat in it
 */

/**
 * @param {string} fragment
 * @returns {Link}
 */
export function read(fragment) {
  const [path, query] = fragment.replace(/^#\/?/, "").split("?");
  const fields = new URLSearchParams(query ?? "");
  /** @type {Numbers} */
  const numbers = {};
  for (const [name, value] of fields) {
    if (name.startsWith("set.") && value.trim() !== "" && Number.isFinite(Number(value))) numbers[name.slice(4)] = Number(value);
  }
  const node = Number(fields.get("node") ?? NaN);
  return {
    place: PLACES.includes(path) ? /** @type {Place} */ (path) : "answer",
    of: fields.get("of"),
    node: Number.isInteger(node) && node >= 0 ? node : null,
    numbers,
    code: fields.get("code"),
    token: fields.get("token"),
  };
}

/**
 * @param {Partial<Link>} link
 * @returns {string}
 */
export function write({ place = "answer", of, node, numbers = {}, code, token }) {
  const fields = [];
  // Slashes are allowed in a fragment and read better than their escapes.
  if (of) fields.push(`of=${encodeURIComponent(of).replaceAll("%2F", "/")}`);
  if (place === "tree" && node !== null && node !== undefined) fields.push(`node=${node}`);
  if (code) fields.push(`code=${encodeURIComponent(code)}`);
  if (token) fields.push(`token=${encodeURIComponent(token)}`);
  for (const [name, value] of Object.entries(numbers)) fields.push(`set.${encodeURIComponent(name)}=${value}`);
  return `#/${place}${fields.length ? `?${fields.join("&")}` : ""}`;
}
