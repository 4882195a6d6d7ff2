// Stories are opened, saved, kept as drafts and read by the server here.

import { Refusal, aborted, blob, escaped, json, problemOf } from "./api.js";
import * as history from "./numbers_history.js";
import { clear, solve } from "./solving.js";
import { get, set } from "./store.js";
import { W } from "./words.js";

/** @import { Numbers, Story } from "./types.js" */

/** The text that was kept last. */
let kept = "";

/** Milliseconds without a key before the text is read, and before it is kept as a draft. */
const READ = 250;
const KEEP = 2000;

/**
 * How a story is called in links.
 * @param {Story} story
 */
export const refOf = (story) => `${story.kind}/${story.name}`;

/**
 * The name under which the server reads a story, so that parts that it uses are found beside it.
 * @param {Story} story
 */
export const fileOf = (story) => (story.kind === "file" ? story.name : `${story.kind}/${story.name}`);

/** @param {Story} story */
const draftsOf = (story) => `drafts/${story.kind === "file" ? escaped(story.name) : `${story.kind}/${escaped(story.name)}`}`;

/** @param {Story} story */
export const unsaved = (story) => story.text !== story.saved;

/** Reads what the folder and the library hold. */
export async function list() {
  try {
    const { files, library } = await json("files");
    set({ files, library });
  } catch (error) {
    notify(problemOf(error).message, "bad");
  }
}

/**
 * @param {string} ref
 * @param {Numbers} [numbers]
 * @param {number | null} [node]  of its tree, to be looked at
 */
export async function open(ref, numbers = {}, node = null) {
  await keep();
  const [kind, ...rest] = ref.split("/");
  const name = rest.join("/");
  try {
    if (kind === "library") {
      const { text } = await json(`library/${escaped(name)}`);
      lay({ kind, name, text, saved: text, version: null }, numbers, node);
    } else if (kind === "file") {
      const { text, version } = await json(`files/${escaped(name)}`);
      lay({ kind, name, text, saved: text, version }, numbers, node);
    } else if (kind === "untitled") {
      const { drafts } = await json(`drafts/untitled/${escaped(name)}`);
      const { text } = drafts[0] ? await json(`drafts/untitled/${escaped(name)}?id=${encodeURIComponent(drafts[0].id)}`) : { text: W.story.blank };
      lay({ kind, name, text, saved: "", version: null }, numbers, node);
    } else return false;
    await offerDraft();
    return true;
  } catch (error) {
    notify(W.story.cannotOpen(name, problemOf(error).message), "bad");
    return false;
  }
}

/**
 * A new story, without a name until it is saved.
 * @param {string} text
 */
export function create(text) {
  void keep();
  const name = Date.now().toString(36);
  lay({ kind: "untitled", name, text, saved: "", version: null }, {}, null);
  set({ place: "story", side: "text" });
}

/**
 * @param {Story} story
 * @param {Numbers} numbers
 * @param {number | null} node
 */
function lay(story, numbers, node) {
  clear();
  kept = "";
  history.begin(numbers);
  set({ story, analysis: null, node, pinned: null });
  void analyse();
}

/** Says so where a draft is newer than what was opened. */
async function offerDraft() {
  const { story } = get();
  if (!story || story.kind === "untitled") return;
  const { drafts } = await json(draftsOf(story)).catch(() => ({ drafts: [] }));
  const newest = drafts[0];
  if (!newest) return;
  const { text } = await json(`${draftsOf(story)}?id=${encodeURIComponent(newest.id)}`);
  if (text !== story.text && (newest.version || null) === story.version && get().story === story) set({ dialog: { name: "draft", draft: newest, text } });
}

/**
 * The text as it is being written.
 * @param {string} text
 */
export function edit(text) {
  const { story } = get();
  if (!story || text === story.text) return;
  set({ story: { ...story, text } });
  clearTimeout(reading);
  clearTimeout(keeping);
  reading = setTimeout(() => void analyse(), READ);
  keeping = setTimeout(() => void keep(), KEEP);
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let reading;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let keeping;
/** @type {AbortController | undefined} */
let asking;

/** Has the text read: colours, faults, numbers. A text without faults is solved. */
export async function analyse() {
  const { story } = get();
  if (!story) return;
  asking?.abort();
  const mine = (asking = new AbortController());
  try {
    let analysis = await json("analysis", { body: { text: story.text, name: fileOf(story) }, signal: mine.signal, slot: "analysis" });
    if (mine.signal.aborted) return;
    const faults = analysis.diagnostics.filter((/** @type {{severity: string}} */ d) => d.severity === "error").length;
    // The numbers of a broken text are not known: those of the last sound one stay, so that the form does not jump.
    if (faults) analysis = { ...analysis, numbers: get().analysis?.numbers ?? [] };
    const known = new Set(analysis.numbers.map((/** @type {{name: string}} */ n) => n.name));
    const kept = Object.fromEntries(Object.entries(get().numbers).filter(([name]) => known.has(name)));
    const fewer = Object.keys(kept).length < Object.keys(get().numbers).length;
    set(faults || !fewer ? { analysis } : { analysis, numbers: kept });
    if (faults) set({ solving: { ...get().solving, stale: true } });
    else solve();
  } catch (error) {
    if (!aborted(error) && !mine.signal.aborted) notify(problemOf(error).message, "bad");
  }
}

/** Whether closing the page would lose what was written. */
export function losing() {
  const { story } = get();
  return story !== null && unsaved(story) && story.text !== kept;
}

/** The text in its canonical layout. */
export async function tidy() {
  const { story } = get();
  if (!story) return;
  try {
    const { text } = await json("format", { body: { text: story.text, name: fileOf(story) } });
    if (get().story?.text === story.text) edit(text);
  } catch (error) {
    notify(problemOf(error).message, "bad");
  }
}

/** Keeps the text as a draft. */
export async function keep() {
  const { story } = get();
  clearTimeout(keeping);
  if (!story || !unsaved(story) || story.text === kept) return;
  const { text } = story;
  try {
    await json(draftsOf(story), { body: { text, base: story.version } });
    kept = text;
  } catch (error) {
    notify(W.story.notKept(problemOf(error).message), "bad");
  }
}

/** Drafts of the story, newest first. */
export async function drafts() {
  const { story } = get();
  if (!story) return [];
  return (await json(draftsOf(story))).drafts;
}

/** @param {number} id */
export async function draft(id) {
  const { story } = get();
  if (!story) return "";
  return (await json(`${draftsOf(story)}?id=${id}`)).text;
}

/**
 * Another text in place of the one that is here; the editor can take it back.
 * @param {string} text
 */
export function replace(text) {
  edit(text);
}

/** Saves under its own name, or asks for one. */
export async function save() {
  const { story } = get();
  if (!story) return;
  if (story.kind !== "file") set({ dialog: { name: "saveAs" } });
  else await saveTo(story.name, story.version);
}

/**
 * @param {string} path
 * @param {string | null} base  the version that this text was written over; null for a new file
 */
export async function saveTo(path, base) {
  const { story } = get();
  if (!story) return;
  const { text } = story;
  try {
    const { version } = await json(`files/${escaped(path)}`, { method: "PUT", body: { text, base } });
    const now = get().story;
    if (now) set({ story: { ...now, kind: "file", name: path, saved: text, version }, dialog: null });
    clearTimeout(keeping);
    notify(W.story.savedAs(path));
    void list();
  } catch (error) {
    if (error instanceof Refusal && error.status === 409) {
      set({ dialog: { name: "conflict", path, theirs: error.body.text ?? "", version: error.body.version ?? null } });
    } else notify(W.story.notSaved(problemOf(error).message), "bad");
  }
}

/**
 * Takes what lies on disk instead of what is here.
 * @param {string} path
 * @param {string} text
 * @param {string | null} version
 */
export async function takeTheirs(path, text, version) {
  await keep();
  const { story } = get();
  if (!story) return;
  set({ story: { ...story, kind: "file", name: path, text, saved: text, version }, dialog: null });
  void analyse();
}

/** The report of the settings that lie here, as a file: the one that `detente run` writes. */
export async function report() {
  const { story, numbers } = get();
  if (!story) return;
  notify(W.answer.writing);
  try {
    const body = { text: story.text, name: fileOf(story), numbers };
    download(await blob("report", { body }), `${story.name.replace(/\.detente$/, "").split("/").pop()}-report.html`);
    notify(W.answer.written);
  } catch (error) {
    notify(problemOf(error).message, "bad");
  }
}

/**
 * @param {Blob} what
 * @param {string} name
 */
export function download(what, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(what);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let silence;

/**
 * A word at the foot of the page, for a while.
 * @param {string} words
 * @param {"calm" | "bad"} [kind]
 */
export function notify(words, kind = "calm") {
  clearTimeout(silence);
  set({ notice: { words, kind } });
  silence = setTimeout(() => set({ notice: null }), kind === "bad" ? 12_000 : 4000);
}
