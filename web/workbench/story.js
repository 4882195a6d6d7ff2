// The story: its text in the editor, what the reader found in it, and the form for its numbers.

import { html, useEffect, useRef, useState } from "../vendor/preact/preact.js";
import { createEditor } from "./editor.js";
import { Numbers } from "./numbers.js";
import { edit, fileOf, save, tidy } from "./stories.js";
import { get, set, useStore, watch } from "./store.js";
import { Told, roving } from "./ui.js";
import { W } from "./words.js";

/** @import { Diagnostic, Outline, Story } from "./types.js" */

/** @type {ReturnType<typeof createEditor> | null} */
let editor = null;

export const theEditor = () => editor;

export function StoryPlace() {
  const side = useStore((s) => s.side);
  const faults = useStore((s) => s.analysis)?.diagnostics.filter((d) => d.severity === "error").length ?? 0;
  const tabs = /** @type {const} */ (["numbers", "text"]);
  return html`<div class="sides" role="tablist" aria-label=${W.story.sides} onKeyDown=${roving}>
      ${tabs.map(
        (name) => html`<button
          type="button"
          role="tab"
          id=${`wb-side-${name}`}
          aria-selected=${side === name}
          aria-controls=${`wb-${name}`}
          tabindex=${side === name ? 0 : -1}
          onClick=${() => set({ side: name })}
        >
          ${W.story.side[name]}${name === "text" && faults > 0 ? html` <span class="count" title=${W.story.faults(faults)}>${faults}</span>` : ""}
        </button>`,
      )}
    </div>
    <div class="side" id="wb-numbers" role="tabpanel" aria-labelledby="wb-side-numbers" tabindex="-1"><${Numbers} /></div>
    <div class="side" id="wb-text" role="tabpanel" aria-labelledby="wb-side-text" tabindex="-1"><${TextPane} /></div>`;
}

function TextPane() {
  const host = useRef(/** @type {HTMLDivElement | null} */ (null));
  const here = useStore((s) => s.story !== null);
  useEffect(() => {
    const story = get().story;
    if (!host.current || !story) return;
    const made = createEditor(host.current, {
      text: story.text,
      name: () => fileOf(/** @type {Story} */ (get().story)),
      edited: edit,
      save: () => void save(),
    });
    editor = made;
    const { analysis } = get();
    if (analysis) made.tell(analysis);
    let opened = identity(story);
    const unwatch = [
      watch(
        (s) => s.story,
        (story) => {
          if (!story) return;
          const now = identity(story);
          if (now !== opened && story.text !== made.text()) made.lay(story.text);
          else if (story.text !== made.text()) made.replace(story.text);
          opened = now;
        },
      ),
      watch(
        (s) => s.analysis,
        (analysis) => {
          if (analysis && get().story?.text === made.text()) made.tell(analysis);
        },
      ),
    ];
    return () => {
      unwatch.forEach((stop) => stop());
      made.stop();
      editor = null;
    };
  }, [here]);
  return html`<div class="editor" ref=${host}></div>
    <${Faults} />`;
}

/** @param {Story} story */
const identity = (story) => `${story.kind}/${story.name}`;

/** Faults in words below the text, with their mends; and the outline to jump by. */
function Faults() {
  const analysis = useStore((s) => s.analysis);
  const [open, setOpen] = useState(false);
  if (!analysis) return html`<div class="faults"></div>`;
  const faults = [...analysis.diagnostics].sort((a, b) => Number(b.severity === "error") - Number(a.severity === "error") || a.from - b.from);
  return html`<div class="faults" aria-live="polite">
    <div class="faults-bar">
      <span class=${faults.some((f) => f.severity === "error") ? "bad" : "calm"}>${W.story.read(faults)}</span>
      <span>
        <button type="button" class="quiet narrow-only" onClick=${() => void save()}>${W.story.save}</button>
        <button type="button" class="quiet narrow-only" onClick=${() => set({ dialog: { name: "drafts" } })}>${W.head.drafts}</button>
        <button type="button" class="quiet" onClick=${tidy}>${W.story.tidy}</button>
        <button type="button" class="quiet" aria-expanded=${open} onClick=${() => setOpen(!open)}>${W.story.outline}</button>
      </span>
    </div>
    ${faults.length > 0 &&
    html`<ul class="fault-list">
      ${faults.slice(0, 20).map((fault) => html`<${Fault} fault=${fault} />`)}
    </ul>`}
    ${open && html`<nav class="outline" aria-label=${W.story.outline}><${Entries} entries=${analysis.outline} /></nav>`}
  </div>`;
}

/** @param {{ fault: Diagnostic }} props */
function Fault({ fault }) {
  const { mend } = fault;
  return html`<li class=${fault.severity}>
    <button type="button" class="link" onClick=${() => editor?.reveal(fault.from, fault.to)}>${W.story.line(lineOf(fault.from))}</button>
    <span><${Told} words=${fault.message} /></span>
    ${mend && html`<button type="button" class="mend" onClick=${() => editor?.mend(mend.edits)}><${Told} words=${mend.title || W.story.mend} /></button>`}
    ${fault.help && html`<small><${Told} words=${fault.help} /></small>`}
  </li>`;
}

/** @param {number} at */
const lineOf = (at) => (get().story?.text.slice(0, at).split("\n").length ?? 1);

/** @param {{ entries: Outline[] }} props */
function Entries({ entries }) {
  return html`<ul>
    ${entries.map(
      (entry) => html`<li>
        <button type="button" class="link" onClick=${() => editor?.reveal(entry.from, entry.from)}>
          <code>${entry.name}</code> ${entry.label && entry.label !== entry.name ? html`<span class="faint">${entry.label}</span>` : ""}
        </button>
        ${entry.children?.length > 0 && html`<${Entries} entries=${entry.children} />`}
      </li>`,
    )}
  </ul>`;
}
