// What asks before it acts: the first welcome, stories to open, a name to save under, a conflict, drafts.

import { html, useEffect, useRef, useState } from "../vendor/preact/preact.js";
import { EditorState, EditorView, MergeView, lineNumbers } from "../vendor/codemirror/codemirror.js";
import * as stories from "./stories.js";
import { get, set, useStore } from "./store.js";
import { Dialog } from "./ui.js";
import { W } from "./words.js";

/** @import { Draft } from "./types.js" */

export const FLAGSHIP = "us-iran-2025";

export function Dialogs() {
  const dialog = useStore((s) => s.dialog);
  switch (dialog?.name) {
    case "welcome":
      return html`<${Welcome} key="welcome" />`;
    case "open":
      return html`<${Open} key="open" />`;
    case "saveAs":
      return html`<${SaveAs} key="saveAs" />`;
    case "conflict":
      return html`<${Conflict} key="conflict" ...${dialog} />`;
    case "draft":
      return html`<${NewerDraft} key="draft" ...${dialog} />`;
    case "drafts":
      return html`<${Drafts} key="drafts" />`;
    default:
      return null;
  }
}

const close = () => set({ dialog: null });

/** A time in words. @param {number | string} time @param {"short" | "medium"} [style]  with seconds where it is medium */
const when = (time, style = "short") => new Date(typeof time === "number" && time < 1e12 ? time * 1000 : time).toLocaleString(W.locale, { dateStyle: "medium", timeStyle: style });

/** @param {string} ref */
async function openAnd(ref) {
  if (await stories.open(ref)) {
    const { dialog } = get();
    if (dialog?.name === "open" || dialog?.name === "welcome") close();
  }
}

function Welcome() {
  const flagship = useStore((s) => s.library).find((entry) => entry.name === FLAGSHIP);
  return html`<${Dialog} title=${W.welcome.title} onClose=${remember}>
    <p class="lead">${W.welcome.lead}</p>
    <dl class="places">
      ${W.welcome.places.map(([name, words]) => html`<div><dt>${name}</dt><dd>${words}</dd></div>`)}
    </dl>
    <p>${W.welcome.keys}</p>
    <div class="actions">
      <button type="button" class="primary" autofocus onClick=${() => (remember(), close())}>${W.welcome.begin}</button>
      <button type="button" onClick=${() => (remember(), set({ dialog: { name: "open" } }))}>${W.welcome.other}</button>
      ${flagship && html`<button type="button" onClick=${() => (remember(), void openAnd(`library/${FLAGSHIP}`))}>${W.welcome.flagship}</button>`}
    </div>
  <//>`;
}

/** Not welcomed twice. */
function remember() {
  try {
    localStorage.setItem("detente-welcomed", "1");
  } catch {
    // A browser that keeps nothing welcomes again.
  }
}

function Open() {
  const files = useStore((s) => s.files);
  const library = useStore((s) => s.library);
  const [search, setSearch] = useState("");
  useEffect(() => void stories.list(), []);
  const words = search.trim().toLowerCase();
  const fits = (/** @type {string[]} */ ...texts) => !words || texts.join(" ").toLowerCase().includes(words);
  /** @type {Map<string, typeof library>} */
  const groups = new Map();
  for (const entry of library.filter((l) => fits(l.name, l.title ?? "", l.about ?? "", l.heading))) groups.set(entry.heading, [...(groups.get(entry.heading) ?? []), entry]);
  const found = files.filter((f) => fits(f.path, f.title));
  return html`<${Dialog} title=${W.open.title} wide=${true}>
    <div class="open-head">
      <label class="search"><span class="unseen">${W.open.search}</span><input type="search" autofocus placeholder=${W.open.search} value=${search} onInput=${(/** @type {any} */ e) => setSearch(e.currentTarget.value)} /></label>
      <button type="button" onClick=${() => (stories.create(W.story.blank), close())}>${W.open.blank}</button>
    </div>
    ${found.length > 0 &&
    html`<h3>${W.open.files}</h3>
      <ul class="stories">${found.map((f) => html`<li key=${f.path}><button type="button" class="story" onClick=${() => openAnd(`file/${f.path}`)}><b><bdi>${f.title || f.path}</bdi></b><small>${f.path} · ${when(f.modified)}</small></button></li>`)}</ul>`}
    ${[...groups].map(
      ([group, entries]) => html`<h3 key=${group}>${group || W.open.library}</h3>
        <ul class="stories">
          ${entries.map(
            (entry) => html`<li key=${entry.name}>
              <button type="button" class="story" onClick=${() => openAnd(`library/${entry.name}`)}><b><bdi>${entry.title}</bdi></b><small>${entry.about}</small></button>
            </li>`,
          )}
        </ul>`,
    )}
    ${found.length === 0 && groups.size === 0 && html`<p class="none">${W.open.nothing}</p>`}
  <//>`;
}

function SaveAs() {
  const story = useStore((s) => s.story);
  const files = useStore((s) => s.files);
  const [path, setPath] = useState(story?.kind === "library" ? `${story.name}.detente` : `${W.story.unnamed}.detente`);
  const name = path.endsWith(".detente") ? path : `${path}.detente`;
  const taken = files.some((f) => f.path === name);
  /** @param {Event} event */
  const save = (event) => {
    event.preventDefault();
    void stories.saveTo(name, null);
  };
  return html`<${Dialog} title=${W.story.saveAs}>
    <form onSubmit=${save}>
      <label>${W.story.path} <input type="text" autofocus required value=${path} onInput=${(/** @type {any} */ e) => setPath(e.currentTarget.value)} /></label>
      <p class="about">${taken ? W.story.taken(name) : W.story.saveWhere}</p>
      <div class="actions"><button type="submit" class="primary">${W.story.save}</button><button type="button" onClick=${close}>${W.cancel}</button></div>
    </form>
  <//>`;
}

/** @param {any} props */
function Conflict({ path, theirs, version }) {
  const [shown, setShown] = useState(false);
  const mine = useStore((s) => s.story)?.text ?? "";
  return html`<${Dialog} title=${W.conflict.title} wide=${shown}>
    <p class="lead">${W.conflict.lead(path)}</p>
    ${shown && html`<${Differences} theirs=${theirs} mine=${mine} />`}
    <div class="actions">
      <button type="button" class="primary" onClick=${() => stories.saveTo(path, version)}>${W.conflict.mine}</button>
      <button type="button" onClick=${() => stories.takeTheirs(path, theirs, version)}>${W.conflict.theirs}</button>
      <button type="button" aria-pressed=${shown} onClick=${() => setShown(!shown)}>${W.conflict.show}</button>
    </div>
    <p class="about">${W.conflict.kept}</p>
  <//>`;
}

/** @param {{ theirs: string, mine: string }} props */
function Differences({ theirs, mine }) {
  const host = useRef(/** @type {HTMLDivElement | null} */ (null));
  useEffect(() => {
    if (!host.current) return;
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: "open" });
    const look = EditorView.theme({
      "&": { color: "var(--ink)", backgroundColor: "var(--paper)", fontSize: ".82rem" },
      ".cm-scroller": { fontFamily: "var(--mono)" },
      ".cm-gutters": { backgroundColor: "var(--paper)", color: "var(--faint)", border: "none" },
      ".cm-changedLine": { backgroundColor: "var(--zone)" },
      ".cm-changedText": { background: "var(--mark)" },
      ".cm-collapsedLines:before, .cm-collapsedLines:after": { content: '"⋯"' },
      ".cm-collapsedLines": { background: "var(--raised)", color: "var(--faint)" },
    });
    const fixed = (/** @type {string} */ label) => [EditorState.readOnly.of(true), lineNumbers(), EditorView.lineWrapping, look, EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" })];
    const view = new MergeView({
      a: { doc: theirs, extensions: fixed(W.conflict.onDisk) },
      b: { doc: mine, extensions: fixed(W.conflict.here) },
      parent: root,
      root,
      collapseUnchanged: { margin: 2, minSize: 5 },
      gutter: true,
    });
    return () => view.destroy();
  }, []);
  return html`<div class="diff-head"><b>${W.conflict.onDisk}</b><b>${W.conflict.here}</b></div>
    <div class="diff" ref=${host}></div>`;
}

/** @param {any} props */
function NewerDraft({ draft, text }) {
  return html`<${Dialog} title=${W.drafts.newer}>
    <p class="lead">${W.drafts.lead(when(draft.saved))}</p>
    <div class="actions">
      <button type="button" class="primary" onClick=${() => (stories.replace(text), close())}>${W.drafts.take}</button>
      <button type="button" onClick=${close}>${W.drafts.leave}</button>
    </div>
  <//>`;
}

function Drafts() {
  const [all, setAll] = useState(/** @type {Draft[] | null} */ (null));
  useEffect(() => void stories.keep().then(stories.drafts).then(setAll, () => setAll([])), []);
  /** @param {number} id */
  const restore = async (id) => {
    stories.replace(await stories.draft(id));
    close();
  };
  return html`<${Dialog} title=${W.drafts.title}>
    <p class="about">${W.drafts.how}</p>
    ${all === null ? html`<p>${W.drafts.loading}</p>` : all.length === 0 ? html`<p class="none">${W.drafts.none}</p>` : html`<ul class="stories">${all.map((d) => html`<li key=${d.id}><button type="button" class="story" onClick=${() => restore(d.id)}><b>${when(d.saved, "medium")}</b><small>${W.drafts.size(d.bytes)}</small></button></li>`)}</ul>`}
  <//>`;
}
