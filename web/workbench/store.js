// What the page remembers, in one place. Parts of the page look at what they need and are drawn again when that changes.

import { useLayoutEffect, useState } from "../vendor/preact/preact.js";

/** @import { State } from "./types.js" */

/** @type {State} */
let state = {
  status: null,
  files: [],
  library: [],
  story: null,
  analysis: null,
  numbers: {},
  solving: { running: false, progress: null, answer: null, coarse: false, stale: false, problem: null, took: null, doubt: false },
  pinned: null,
  place: "answer",
  side: "numbers",
  node: null,
  dialog: null,
  notice: null,
  play: null,
  locked: false,
  canUndo: false,
  canRedo: false,
};

/** @type {Set<() => void>} */
const watchers = new Set();

export const get = () => state;

/**
 * Takes over what has changed and tells those who watch.
 * @param {Partial<State>} change
 */
export function set(change) {
  state = { ...state, ...change };
  for (const watcher of [...watchers]) watcher();
}

/**
 * Calls whenever what is looked at has changed.
 * @template T
 * @param {(state: State) => T} look
 * @param {(seen: T) => void} then
 */
export function watch(look, then) {
  let seen = look(state);
  const watcher = () => {
    const now = look(state);
    if (Object.is(now, seen)) return;
    seen = now;
    then(now);
  };
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
}

/**
 * The same for a component: it is drawn again when what it looks at has changed.
 * @template T
 * @param {(state: State) => T} look
 * @returns {T}
 */
export function useStore(look) {
  const [, redraw] = useState(0);
  useLayoutEffect(() => watch(look, () => redraw((n) => n + 1)), []);
  return look(state);
}
