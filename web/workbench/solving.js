// The answer follows the text and the numbers. One question is under way at a time, the newest waits, all between are
// dropped; what takes long is broken off by the next.

import { aborted, events, problemOf } from "./api.js";
import { get, set } from "./store.js";
import { fileOf } from "./stories.js";

/** @import { Answer, Problem, Solving } from "./types.js" */

/** A question that takes no longer is let finish, so that pictures move along with a slider. */
const QUICK = 350;

/** @type {AbortController | null} */
let under = null;
let waiting = false;
let usual = 0;
let asked = 0;

/** @param {Partial<Solving>} change */
const tell = (change) => set({ solving: { ...get().solving, ...change } });

/** Forgets the answer: another story lies here. */
export function clear() {
  under?.abort();
  under = null;
  waiting = false;
  usual = 0;
  set({ solving: { running: false, progress: null, answer: null, coarse: false, stale: false, problem: null, took: null, doubt: false } });
}

/** Breaks off what is under way and keeps what is shown. */
export function stop() {
  under?.abort();
  under = null;
  waiting = false;
  tell({ running: false, progress: null });
}

/** Asks what the answer hangs on, too; the next change of a number asks without it again. */
export function doubt() {
  tell({ doubt: true });
  void run();
}

/** Solves what lies here; asked while a question is under way, it waits or takes its place. */
export function solve() {
  asked = performance.now();
  if (get().solving.doubt) tell({ doubt: false });
  if (under && usual < QUICK && performance.now() - begun < QUICK) waiting = true;
  else void run();
}

let begun = 0;

async function run() {
  const { story, analysis, numbers } = get();
  if (!story || analysis?.diagnostics.some((d) => d.severity === "error")) return;
  under?.abort();
  const mine = (under = new AbortController());
  const since = asked || performance.now();
  waiting = false;
  begun = performance.now();
  tell({ running: true, stale: get().solving.answer !== null });
  const late = setTimeout(() => {
    // What was thought quick is not: the newest question need not wait for it.
    if (under === mine && waiting) void run();
  }, QUICK);
  let overtaken = false;
  const body = { text: story.text, name: fileOf(story), numbers, precision: null, asks: [], doubt: get().solving.doubt };
  try {
    await events("solve", { body, signal: mine.signal, slot: "answer" }, (name, data) => {
      if (mine.signal.aborted) return;
      if (name === "progress") tell({ progress: data });
      else if (name === "coarse") show(data, true, since);
      else if (name === "answer") {
        usual = performance.now() - begun;
        show(data, false, since);
        // The time was up: what was reached is shown, with why it is not more.
        if (data.stopped) tell({ problem: data.stopped });
      } else if (name === "failed" && data.error.code === "cancelled") overtaken = true;
      else if (name === "failed") tell({ problem: data.error, progress: null });
    });
  } catch (error) {
    if (aborted(error) || mine.signal.aborted) return;
    tell({ problem: problemOf(error) });
  } finally {
    clearTimeout(late);
    if (under === mine) {
      under = null;
      tell({ running: false, progress: null });
      // An older question that reached the server late has ended this one, which is the newest: it is asked again.
      if (waiting || overtaken) void run();
    }
  }
}

/**
 * @param {Answer} answer
 * @param {boolean} coarse
 * @param {number} since
 */
function show(answer, coarse, since) {
  // Drawn at once, by those who watch; so this is the time to the picture.
  tell({ answer, coarse, stale: waiting, problem: null, progress: coarse ? get().solving.progress : null });
  requestAnimationFrame(() => tell({ took: performance.now() - since }));
}
