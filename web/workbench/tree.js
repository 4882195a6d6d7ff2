// The tree: explored from the root. On the left what can happen, opened node by node; on the right the node that is
// looked at: who decides, what they know and believe, what the options are worth.

import { html, useEffect, useRef, useState } from "../vendor/preact/preact.js";
import { percent, scaleOf } from "../lib/format.js";
import { actorColor, endingColor } from "../lib/palette.js";
import { aborted, json, problemOf } from "./api.js";
import { fileOf } from "./stories.js";
import { get, set, useStore } from "./store.js";
import { Bar } from "./ui.js";
import { W } from "./words.js";

/** @import { Problem, TreeNode, TreeOption, TreeView } from "./types.js" */

/** Options of a node that are asked for at first, and by how many more each time. */
const LIMIT = 12;

/** How many options each node was asked for. @type {Map<number, number>} */
let limits = new Map();

/** Questions that are not answered yet, word by word: the same is not asked twice at a time. @type {Map<string, Promise<TreeView>>} */
const asked = new Map();

/**
 * @param {number | null} node
 * @returns {Promise<TreeView>}
 */
async function ask(node) {
  const { story, numbers } = get();
  if (!story) throw new Error(W.tree.none);
  const body = { text: story.text, name: fileOf(story), numbers, precision: null, node, set: null, limit: limits.get(node ?? 0) ?? LIMIT };
  const question = JSON.stringify(body);
  const known = asked.get(question);
  if (known) return known;
  const answer = json("tree", { body, slot: `tree-${node ?? "root"}` }).finally(() => asked.delete(question));
  asked.set(question, answer);
  return answer;
}

export function TreePlace() {
  const story = useStore((s) => s.story);
  const numbers = useStore((s) => s.numbers);
  const answer = useStore((s) => s.solving.answer);
  const node = useStore((s) => s.node);
  const [views, setViews] = useState(/** @type {Map<number, TreeView>} */ (new Map()));
  const [open, setOpen] = useState(/** @type {Set<number>} */ (new Set()));
  const [problem, setProblem] = useState(/** @type {Problem | null} */ (null));
  const [root, setRoot] = useState(/** @type {number | null} */ (null));
  const turn = useRef(0);
  const list = useRef(/** @type {HTMLDivElement | null} */ (null));

  /** @param {(number | null)[]} ids @param {boolean} anew */
  const load = async (ids, anew) => {
    const mine = anew ? ++turn.current : turn.current;
    try {
      const found = await Promise.all(ids.map(ask));
      if (mine !== turn.current) return [];
      setProblem(null);
      setViews((before) => {
        const next = anew ? new Map() : new Map(before);
        for (const view of found) next.set(view.node.id, view);
        return next;
      });
      return found;
    } catch (error) {
      if (mine === turn.current && !aborted(error)) setProblem(problemOf(error));
      return [];
    }
  };

  // Another answer: all that is open is asked anew, and stands until then.
  const lasting = useRef(/** @type {string | null} */ (null));
  useEffect(() => {
    if (!story || !answer) return;
    const same = lasting.current === `${story.kind}/${story.name}/${story.text.length}`;
    lasting.current = `${story.kind}/${story.name}/${story.text.length}`;
    if (!same) limits = new Map();
    void (async () => {
      const others = same ? [...open].filter((id) => id !== root) : [];
      const looked = get().node;
      const found = await load([null, ...new Set([...others, ...(looked !== null && looked !== root ? [looked] : [])])], true);
      if (!found.length) {
        if (looked !== null && !same) set({ node: null });
        return;
      }
      setRoot(found[0].node.id);
      if (!same) setOpen(new Set([found[0].node.id]));
      if (get().node === null) set({ node: found[0].node.id });
    })();
  }, [answer]);

  // What is looked at is loaded, with all that leads to it opened.
  useEffect(() => {
    if (node === null || root === null) return;
    void (async () => {
      const view = views.get(node) ?? (await load([node], false))[0];
      if (!view) return;
      const way = wayTo(view.node).map((step) => step.node).filter((id) => id !== node);
      const missing = way.filter((id) => !views.has(id));
      if (missing.length) await load(missing, false);
      setOpen((before) => new Set([...before, ...way]));
    })();
  }, [node, root]);

  /** @param {number} id */
  const look = (id) => set({ node: id });
  /** @param {number} id */
  const toggle = async (id) => {
    if (open.has(id)) setOpen(new Set([...open].filter((o) => o !== id)));
    else {
      if (!views.has(id)) await load([id], false);
      setOpen((before) => new Set([...before, id]));
    }
  };
  /** @param {number} id */
  const more = async (id) => {
    limits.set(id, (limits.get(id) ?? LIMIT) + 40);
    await load([id === root ? null : id], false);
  };

  if (problem && views.size === 0) return html`<div class="trouble" role="alert"><h2>${W.tree.trouble}</h2><p>${problem.message}</p></div>`;
  const first = root === null ? null : views.get(root);
  const shown = node === null ? first : views.get(node);
  if (!first) return html`<p class="waiting" role="status">${answer ? W.tree.loading : W.tree.none}</p>`;

  /** Keys as in any tree (WAI-ARIA practices). @param {KeyboardEvent} event */
  const keys = (event) => {
    const items = /** @type {HTMLElement[]} */ ([...(list.current?.querySelectorAll("[role=treeitem]") ?? [])]);
    const at = items.findIndex((item) => item === document.activeElement);
    if (at < 0) return;
    const item = items[at];
    const id = Number(item.dataset.node);
    const go = (/** @type {HTMLElement | undefined | null} */ to) => {
      if (!to) return;
      to.focus();
      look(Number(to.dataset.node));
    };
    const parent = () => /** @type {HTMLElement | null} */ (item.parentElement?.closest("[role=treeitem]") ?? null);
    const acts = /** @type {Record<string, () => void>} */ ({
      ArrowDown: () => go(items[at + 1]),
      ArrowUp: () => go(items[at - 1]),
      ArrowRight: () => (item.getAttribute("aria-expanded") === "false" ? void toggle(id) : go(/** @type {HTMLElement | null} */ (item.querySelector("[role=treeitem]")))),
      ArrowLeft: () => (item.getAttribute("aria-expanded") === "true" ? void toggle(id) : go(parent())),
      Home: () => go(items[0]),
      End: () => go(items.at(-1)),
      Enter: () => void toggle(id),
      " ": () => void toggle(id),
    });
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  return html`<div class="tree-place">
    <div class="tree-list">
      <h2 id="wb-tree-title">${W.tree.title}</h2>
      <p class="about">${W.tree.how(first.nodes)}</p>
      <div role="tree" aria-labelledby="wb-tree-title" ref=${list} onKeyDown=${keys}>
        <${Item} label=${W.tree.root} share=${1} id=${first.node.id} views=${views} open=${open} selected=${shown?.node.id ?? null} look=${look} toggle=${toggle} more=${more} />
      </div>
    </div>
    <div class="tree-node" aria-live="polite">${shown ? html`<${Node} view=${shown} look=${look} more=${more} />` : html`<p>${W.tree.loading}</p>`}</div>
  </div>`;
}

/** @param {any} props */
function Item({ label, share, id, end = null, views, open, selected, look, toggle, more }) {
  /** @type {TreeView | undefined} */
  const view = views.get(id);
  const over = view?.node.kind === "end";
  const opened = open.has(id) && view && !over;
  const on = selected === id;
  const next = view ? whose(view) : null;
  return html`<div class="tree-item" role="treeitem" data-node=${id} tabindex=${on ? 0 : -1} aria-selected=${on} aria-expanded=${over ? undefined : Boolean(opened)}>
    <div class=${`tree-row ${on ? "on" : ""}`} onClick=${() => look(id)}>
      ${over
        ? html`<span class="twist end" aria-hidden="true" style=${{ color: next?.color }}>●</span>`
        : html`<button type="button" class="twist" tabindex="-1" aria-hidden="true" onClick=${(/** @type {Event} */ e) => (e.stopPropagation(), void toggle(id))}>${opened ? "▾" : "▸"}</button>`}
      <span class="tree-label"><bdi>${label}</bdi>${next ? html` <span class="next" style=${{ color: over ? "var(--faint)" : next.color }}>${next.words}</span>` : ""}</span>
      <span class="tree-share">${percent(share)}</span>
    </div>
    ${opened &&
    html`<div role="group" class="tree-group">
      ${view.node.options.map(
        (/** @type {TreeOption} */ o) => html`<${Item}
          key=${o.child}
          label=${o.label}
          share=${o.probability}
          id=${o.child}
          views=${views}
          open=${open}
          selected=${selected}
          look=${look}
          toggle=${toggle}
          more=${more}
        />`,
      )}
      ${view.node.folded && html`<button type="button" class="link folded" onClick=${() => more(id)}>${W.tree.folded(view.node.folded.count, percent(view.node.folded.probability))}</button>`}
    </div>`}
  </div>`;
}

/** Who moves at a node, or how it ends. @param {TreeView} view */
function whose({ node, actors, outcomes }) {
  if (node.kind === "end") {
    const at = node.outcome ?? 0;
    return { words: outcomes[at]?.label ?? W.tree.end, color: endingColor(at) };
  }
  if (node.kind === "draw" || node.actor === null) return { words: W.tree.chance, color: "var(--faint)" };
  return { words: actors[node.actor]?.label ?? "", color: actorColor(node.actor) };
}

/** The way to a node, from the beginning. @param {TreeNode} node */
const wayTo = (node) => (node.path[0]?.node === 0 ? node.path : [{ node: 0, label: W.tree.root, probability: 1 }, ...node.path]);

/** @param {{ view: TreeView, look: (id: number) => void, more: (id: number) => void }} props */
function Node({ view, look, more }) {
  const { node } = view;
  const { actors } = view;
  const who = whose(view);
  const color = node.kind === "draw" ? "var(--nobody)" : who.color;
  const scale = scaleOf(node.options.map((o) => o.value));
  const worth = scaleOf(node.values ?? []);
  return html`<nav class="crumbs" aria-label=${W.tree.way}>
      <ol>
        ${wayTo(node).map((step, i) => html`<li key=${step.node}><button type="button" class="link" onClick=${() => look(step.node)} aria-current=${step.node === node.id ? "step" : undefined}><bdi>${step.label || (i === 0 ? W.tree.root : "…")}</bdi></button></li>`)}
      </ol>
    </nav>
    <h2 class="node-title"><span class="key" style=${{ background: color }}></span>${W.tree.heading(node.kind, who.words)}</h2>
    <p class="facts">
      ${node.label && node.kind !== "end" ? html`<bdi>${W.tree.about(node.label, node.round)}</bdi> · ` : ""}${W.tree.reach(percent(node.reach))}
    </p>
    ${node.options.length > 0 &&
    html`<h3>${node.kind === "draw" ? W.tree.draws : W.tree.options}</h3>
      <table class="options-table">
        <caption>${W.tree.options}</caption>
        <thead><tr><th scope="col">${W.tree.option}</th><th scope="col" class="n" colspan="2">${node.kind === "draw" ? W.tree.chanceOf : W.tree.taken}</th>${node.kind === "decision" && html`<th scope="col" class="n">${W.tree.worth}</th>`}</tr></thead>
        <tbody>
          ${node.options.map(
            (o) => html`<tr key=${o.child}>
              <th scope="row"><button type="button" class="link" onClick=${() => look(o.child)}><bdi>${o.label}</bdi> <span aria-hidden="true">›</span></button></th>
              <td class="bar-cell"><${Bar} share=${o.probability} color=${color} /></td>
              <td class="n">${percent(o.probability)}</td>
              ${node.kind === "decision" && html`<td class="n">${o.value === null ? "–" : scale(o.value)}</td>`}
            </tr>`,
          )}
        </tbody>
      </table>
      ${node.folded && html`<p><button type="button" class="link" onClick=${() => more(node.id)}>${W.tree.folded(node.folded.count, percent(node.folded.probability))}</button></p>`}`}
    ${node.set && html`<${Knowledge} node=${node} look=${look} color=${color} />`}
    ${node.values?.length > 0 &&
    html`<h3>${node.kind === "end" ? W.tree.payoffs : W.tree.values}</h3>
      <dl class="values">${node.values.map((value, i) => html`<div key=${i}><dt><span class="key" style=${{ background: actorColor(i) }}></span><bdi>${actors[i]?.label ?? ""}</bdi></dt><dd>${worth(value)}</dd></div>`)}</dl>`}`;
}

/** What the actor knows here, what is hidden from it, and where else it may be. @param {{ node: TreeNode, look: (id: number) => void, color: string }} props */
function Knowledge({ node, look, color }) {
  const { set } = node;
  if (!set) return null;
  return html`<h3>${W.tree.knowledge}</h3>
    ${set.knows.length > 0 ? html`<p class="known"><b>${W.tree.knows}</b> ${set.knows.join("; ")}.</p>` : html`<p class="known">${W.tree.knowsNothing}</p>`}
    ${set.hidden.length > 0 && html`<p class="known"><b>${W.tree.hidden}</b> ${set.hidden.join("; ")}.</p>`}
    ${set.histories.length > 1
      ? html`<p class="about">${W.tree.believes(set.size)}</p>
          <ul class="histories">
            ${set.histories.map(
              (h) => html`<li key=${h.node} class=${h.node === node.id ? "here" : ""}>
                <${Bar} share=${h.belief} color=${color} />
                <span class="n">${h.belief === null ? "–" : percent(h.belief)}</span>
                ${h.node === node.id ? html`<span><bdi>${h.label}</bdi> <em>${W.tree.here}</em></span>` : html`<button type="button" class="link" onClick=${() => look(h.node)}><bdi>${h.label}</bdi></button>`}
              </li>`,
            )}
          </ul>
          ${set.size > set.histories.length && html`<p class="about">${W.tree.others(set.size - set.histories.length)}</p>`}`
      : html`<p class="about">${W.tree.certain}</p>`}`;
}
