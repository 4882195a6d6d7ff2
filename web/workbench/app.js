// The frame: a bar above, the story beside the answer, the tree or a play; and the keys that work everywhere.

import { html, useEffect, useRef } from "../vendor/preact/preact.js";
import { AnswerPlace } from "./answer.js";
import { Dialogs } from "./dialogs.js";
import * as history from "./numbers_history.js";
import { PlayPlace } from "./play.js";
import { solve } from "./solving.js";
import { StoryPlace } from "./story.js";
import { notify, save, unsaved } from "./stories.js";
import { set, useStore } from "./store.js";
import { TreePlace } from "./tree.js";
import { copied, roving } from "./ui.js";
import { provide, redo, undo } from "./undo.js";
import { W } from "./words.js";

/** @import { Place } from "./types.js" */

const PLACES = /** @type {Place[]} */ (["story", "answer", "tree", "play"]);

provide("numbers", { undo: () => (history.undo(), solve()), redo: () => (history.redo(), solve()) });

export function App() {
  const place = useStore((s) => s.place);
  const side = useStore((s) => s.side);
  const seat = useStore((s) => s.play !== null);
  useEffect(() => {
    const keys = (/** @type {KeyboardEvent} */ event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      // The editor has its own undo, and so has a field that is typed in.
      const typing = event.composedPath()[0];
      const field = typing instanceof HTMLElement && (typing.isContentEditable || (typing instanceof HTMLInputElement && ["text", "search"].includes(typing.type)));
      if (key === "s") {
        event.preventDefault();
        void save();
      } else if (!field && key === "z" && !event.shiftKey) {
        event.preventDefault();
        undo();
      } else if (!field && (key === "y" || (key === "z" && event.shiftKey))) {
        event.preventDefault();
        redo();
      }
    };
    addEventListener("keydown", keys);
    return () => removeEventListener("keydown", keys);
  }, []);
  return html`<a class="skip" href="#wb-main" onClick=${skip}>${W.skip}</a>
    <${Head} />
    <main id="wb-main" tabindex="-1" class="bench" data-place=${place} data-side=${side} data-seat=${seat ? "" : undefined}>
      <section class="pane story-pane" id="wb-story" aria-label=${W.places.story}><${StoryPlace} /></section>
      <section class="pane view-pane" id="wb-view" role="tabpanel" aria-labelledby=${`wb-tab-${place}`} tabindex="-1">
        ${place === "tree" ? html`<${TreePlace} />` : place === "play" ? html`<${PlayPlace} />` : html`<${AnswerPlace} />`}
      </section>
    </main>
    <${Notice} />
    <${Dialogs} />`;
}

/** @param {Event} event */
function skip(event) {
  event.preventDefault();
  document.getElementById("wb-view")?.focus();
}

function Head() {
  const story = useStore((s) => s.story);
  const analysis = useStore((s) => s.analysis);
  const place = useStore((s) => s.place);
  const { canUndo, canRedo } = { canUndo: useStore((s) => s.canUndo), canRedo: useStore((s) => s.canRedo) };
  const invited = useStore((s) => s.play !== null || s.locked);
  const dirty = story !== null && unsaved(story);
  const title = analysis?.title || story?.name;
  useEffect(() => {
    document.title = title ? `${title} · ${W.name}` : W.name;
  }, [title]);
  const share = async () => notify((await copied(location.href)) ? W.head.linked : W.head.link(location.href));
  return html`<header class="head-bar">
    <div class="title">
      <button type="button" class="open" hidden=${story === null && invited} onClick=${() => set({ dialog: { name: "open" } })} aria-label=${W.head.open}><span aria-hidden="true">☰</span></button>
      <p class="story-title">
        <span class="wordmark">${W.name}</span>
        ${story && html`<span role="heading" aria-level="1"><bdi>${title}</bdi></span>`}
        <span class=${`unsaved ${dirty ? "" : "gone"}`} aria-live="polite">${dirty ? W.head.unsaved : ""}</span>
      </p>
    </div>
    <div class="tabs" hidden=${story === null && invited} role="tablist" aria-label=${W.places.all} onKeyDown=${roving}>
      ${PLACES.map(
        (name) => html`<button type="button" role="tab" id=${`wb-tab-${name}`} key=${name} aria-selected=${place === name} aria-controls="wb-view" tabindex=${place === name ? 0 : -1} onClick=${() => set({ place: name })}>${W.places[name]}</button>`,
      )}
    </div>
    <div class="tools" hidden=${story === null}>
      <button type="button" class="quiet" onClick=${undo} disabled=${!canUndo} aria-label=${W.head.undo} title=${W.head.undo}><span aria-hidden="true">↶</span></button>
      <button type="button" class="quiet" onClick=${redo} disabled=${!canRedo} aria-label=${W.head.redo} title=${W.head.redo}><span aria-hidden="true">↷</span></button>
      <button type="button" class="quiet" onClick=${() => set({ dialog: { name: "drafts" } })}>${W.head.drafts}</button>
      <button type="button" class="quiet" onClick=${() => save()}>${W.story.save}</button>
      <button type="button" class="quiet" onClick=${share}>${W.head.share}</button>
    </div>
  </header>`;
}

/** What is told stands above everything, also above a dialog that is open. */
function Notice() {
  const notice = useStore((s) => s.notice);
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  useEffect(() => {
    if (box.current?.matches(":popover-open")) box.current.hidePopover();
    if (notice) box.current?.showPopover();
  }, [notice]);
  return html`<div class=${`notice ${notice?.kind ?? ""}`} popover="manual" ref=${box}>${notice?.words ?? ""}</div>
    <p class="unseen" role="status">${notice?.words ?? ""}</p>`;
}
