// One undo for the whole bench: changes of the text and of the numbers are taken back in the order in which they were
// made, wherever the keys are pressed. Each kind keeps its own steps; here stands only which came after which.

import { set } from "./store.js";

/** @typedef {"text" | "numbers"} Kind */

/** @type {Kind[]} */
let done = [];
/** @type {Kind[]} */
let undone = [];
/** How each kind takes a step back, and makes it again. @type {Map<Kind, { undo: () => void, redo: () => void }>} */
const means = new Map();

const tell = () => set({ canUndo: done.length > 0, canRedo: undone.length > 0 });

/**
 * @param {Kind} kind
 * @param {{ undo: () => void, redo: () => void }} how
 */
export const provide = (kind, how) => void means.set(kind, how);

/** A new step. @param {Kind} kind */
export function did(kind) {
  done.push(kind);
  undone = [];
  tell();
}

/** The last step of this kind was taken back. @param {Kind} kind */
export const took = (kind) => move(kind, done, undone);

/** And made again. @param {Kind} kind */
export const again = (kind) => move(kind, undone, done);

/** @param {Kind} kind @param {Kind[]} from @param {Kind[]} to */
function move(kind, from, to) {
  const at = from.lastIndexOf(kind);
  if (at >= 0) from.splice(at, 1);
  to.push(kind);
  tell();
}

/** Another story: nothing to take back. */
export function begin() {
  done = [];
  undone = [];
  tell();
}

export const undo = () => means.get(done.at(-1) ?? "numbers")?.undo();

export const redo = () => means.get(undone.at(-1) ?? "numbers")?.redo();
