// Undo and redo of changed numbers. Moves of the same slider in quick succession are one step.

import { get, set } from "./store.js";
import * as undoing from "./undo.js";

/** @import { Numbers } from "./types.js" */

/** Steps that are kept. */
const MOST = 200;
/** Milliseconds within which moves of one number are one step. */
const TOGETHER = 900;

/** @type {Numbers[]} */
let before = [];
/** @type {Numbers[]} */
let after = [];
let last = { name: "", at: 0 };

/**
 * @param {string} name  what is changed: a number's name, or a word for many
 * @param {Numbers} numbers  all changed numbers as they are then
 */
export function change(name, numbers) {
  const now = performance.now();
  if (name !== last.name || now - last.at > TOGETHER) {
    before = [...before, get().numbers].slice(-MOST);
    undoing.did("numbers");
  }
  last = { name, at: now };
  after = [];
  set({ numbers });
}

export function undo() {
  const numbers = before.pop();
  if (!numbers) return;
  after.push(get().numbers);
  last = { name: "", at: 0 };
  undoing.took("numbers");
  set({ numbers });
}

export function redo() {
  const numbers = after.pop();
  if (!numbers) return;
  before.push(get().numbers);
  last = { name: "", at: 0 };
  undoing.again("numbers");
  set({ numbers });
}

/**
 * Another story: nothing to take back.
 * @param {Numbers} numbers
 */
export function begin(numbers) {
  before = [];
  after = [];
  last = { name: "", at: 0 };
  undoing.begin();
  set({ numbers });
}
