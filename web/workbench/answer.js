// The answer: the sections of the report, kept up to date in place while the numbers move.

import { html, useEffect, useLayoutEffect, useRef, useState } from "../vendor/preact/preact.js";
import { mount } from "../report.js";
import { Compare } from "./compare.js";
import { morph, parse, styled } from "./morph.js";
import { addSavers } from "./picture.js";
import * as solving from "./solving.js";
import { report } from "./stories.js";
import { get, set, useStore, watch } from "./store.js";
import { theEditor } from "./story.js";
import { W } from "./words.js";

/** @import { Answer, Problem } from "./types.js" */

export function AnswerPlace() {
  const here = useStore((s) => s.solving.answer !== null);
  const problem = useStore((s) => s.solving.problem);
  const pinned = useStore((s) => s.pinned);
  return html`<div class="answer">
    <${Standing} />
    ${problem && html`<${Trouble} problem=${problem} />`}
    ${here && html`<${Bar} />`} ${pinned && here && html`<${Compare} />`} ${here ? html`<${Sections} />` : !problem && html`<${Waiting} />`}
  </div>`;
}

/** How far it is, and whether what is shown is the last word. Its height is always the same. */
function Standing() {
  const { running, progress, coarse, stale, took, answer } = useStore((s) => s.solving);
  const faults = useStore((s) => s.analysis)?.diagnostics.filter((d) => d.severity === "error").length ?? 0;
  const share = progress && progress.of > 0 ? Math.min(1, progress.done / progress.of) : null;
  const words = running
    ? coarse
      ? W.answer.coarse(progress?.words ?? "")
      : progress
        ? progress.words || W.answer.solving
        : W.answer.solving
    : faults
      ? answer
        ? W.answer.faulty
        : ""
      : answer
        ? W.answer.solved(answer.findings.game?.nodes ?? 0, took)
        : "";
  // A word that comes and goes in a blink would only flicker: while a quick answer is under way the last words stay.
  const [slow, setSlow] = useState(false);
  const last = useRef("");
  useEffect(() => {
    if (!running) return setSlow(false);
    const wait = setTimeout(() => setSlow(true), 250);
    return () => clearTimeout(wait);
  }, [running]);
  if (!running || slow || !answer) last.current = words;
  return html`<div class=${`standing ${stale && !running ? "stale" : ""}`}>
    <span class="unseen" role="status">${running ? (slow ? (coarse ? W.answer.coarse("") : W.answer.solving) : "") : words}</span>
    <span class="standing-words" aria-hidden="true">${last.current}</span>
    ${running && (progress || coarse)
      ? html`<progress max="1" value=${share ?? undefined} aria-label=${W.answer.progress}></progress>
          <button type="button" class="quiet" onClick=${solving.stop}>${W.answer.stop}</button>`
      : ""}
  </div>`;
}

function Bar() {
  const pinned = useStore((s) => s.pinned);
  const { doubt, running, coarse, answer } = useStore((s) => s.solving);
  const pin = () => {
    const { solving, numbers, story } = get();
    if (solving.answer) set({ pinned: { answer: solving.answer, numbers, text: story?.text ?? "" } });
  };
  const sections = answer?.sections ?? [];
  return html`<div class="answer-bar">
    <nav class="chips" aria-label=${W.answer.contents}>
      ${sections.map(({ id, title }) => html`<button type="button" class="chip" key=${id} onClick=${() => jump(id)}>${title}</button>`)}
    </nav>
    <div class="actions">
      ${pinned
        ? html`<button type="button" onClick=${() => set({ pinned: null })}>${W.compare.unpin}</button>`
        : html`<button type="button" onClick=${pin} disabled=${coarse}><span class="wide-only">${W.compare.pin}</span><span class="narrow-only">${W.compare.pinShort}</span></button>`}
      <button type="button" onClick=${solving.doubt} disabled=${running || doubt} title=${W.answer.doubtWhy}>${W.answer.doubt}</button>
      <button type="button" onClick=${report}>${W.answer.report}</button>
    </div>
  </div>`;
}

/** @param {string} id */
function jump(id) {
  const section = document.getElementById(id);
  section?.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  section?.querySelector("h2")?.setAttribute("tabindex", "-1");
  /** @type {HTMLElement | null} */ (section?.querySelector("h2") ?? null)?.focus({ preventScroll: true });
}

function Waiting() {
  const fault = useStore((s) => s.analysis)?.diagnostics.find((d) => d.severity === "error");
  return html`<div class="waiting">
    <p>${fault ? W.answer.mendFirst : W.answer.first}</p>
    ${fault && html`<p><button type="button" onClick=${() => show(fault)}>${W.story.show}</button></p>`}
    ${!fault && html`<div class="ghosts" aria-hidden="true">${[0.9, 0.6, 0.35, 0.2].map((w) => html`<span style=${{ width: `${w * 100}%` }}></span>`)}</div>`}
  </div>`;
}

/** Pixels above and below what is seen that are kept up to date at once; all else follows when there is time. */
const NEAR = 250;

/** The sections, which no framework draws: they come as words from the server, and the pictures as in the report. */
function Sections() {
  const place = useRef(/** @type {HTMLDivElement | null} */ (null));
  useLayoutEffect(() => {
    const host = place.current;
    if (!host) return;
    const shower = showing(host);
    shower.show(get().solving.answer);
    const unwatch = watch((s) => s.solving.answer, shower.show);
    const click = (/** @type {MouseEvent} */ event) => {
      const link = event.target instanceof Element ? event.target.closest("a[href^='#']") : null;
      if (!link) return;
      event.preventDefault();
      jump(link.getAttribute("href")?.slice(1) ?? "");
    };
    host.addEventListener("click", click);
    return () => {
      unwatch();
      shower.stop();
      host.removeEventListener("click", click);
    };
  }, []);
  return html`<div class="sections" ref=${place}></div>`;
}

/**
 * Keeps the sections as the newest answer has them.
 * @param {HTMLElement} host
 */
function showing(host) {
  /** What each section is made of, as it was last shown. @type {Map<string, { words: string, charts: ReturnType<typeof mount> | null }>} */
  const shown = new Map();
  /** @type {(() => void)[]} */
  let later = [];
  let idle = 0;
  /** How wide the first sentences are, and how high they have been. */
  let room = { width: 0, height: 0 };

  const work = (/** @type {IdleDeadline} */ deadline) => {
    idle = 0;
    while (later.length && (deadline.didTimeout || deadline.timeRemaining() > 3)) later.shift()?.();
    if (later.length) idle = whenIdle(work);
  };

  /** @param {Element} element @param {string} words @param {unknown} findings */
  const bring = (element, words, findings) => {
    const before = shown.get(element.id);
    if (before?.words !== words) {
      const wanted = parse(words).firstElementChild;
      if (wanted) morph(element, wanted);
    }
    const charts = before?.charts ?? (element.querySelector("[data-chart]") ? mount(element, findings) : null);
    before?.charts?.update(findings);
    shown.set(element.id, { words, charts });
    addSavers(element);
    if (element.id === "headlines") steady(/** @type {HTMLElement} */ (element));
  };

  /** A sentence that is a line shorter for a moment must not make the pictures below it jump. @param {HTMLElement} words */
  const steady = (words) => {
    const width = words.clientWidth;
    if (width !== room.width) {
      room = { width, height: 0 };
      words.style.minHeight = "";
    }
    room.height = Math.max(room.height, words.offsetHeight);
    words.style.minHeight = `${room.height}px`;
  };

  const show = (/** @type {Answer | null} */ answer) => {
    if (!answer) return;
    const wanted = [{ id: "wb-head", words: head(answer) }, ...answer.sections.map((s) => ({ id: s.id, words: sectionOf(s) }))];
    // The frames first, in their order; those that are gone let go of their pictures.
    const ids = new Set(wanted.map((w) => w.id));
    for (const element of [...host.children]) {
      if (ids.has(element.id)) continue;
      shown.get(element.id)?.charts?.stop();
      shown.delete(element.id);
      element.remove();
    }
    const elements = wanted.map(({ id, words }, i) => {
      let element = host.querySelector(`:scope > [id="${CSS.escape(id)}"]`);
      if (!element) {
        element = /** @type {Element} */ (parse(words).firstElementChild);
        styled(element);
      }
      if (host.children[i] !== element) host.insertBefore(element, host.children[i] ?? null);
      return element;
    });
    const [top, bottom] = [-NEAR, innerHeight + NEAR];
    const boxes = elements.map((element) => element.getBoundingClientRect());
    later = [];
    elements.forEach((element, i) => {
      const task = () => bring(element, wanted[i].words, answer.findings);
      if (boxes[i].bottom > top && boxes[i].top < bottom) task();
      else later.push(task);
    });
    if (later.length && !idle) idle = whenIdle(work);
  };
  return {
    show,
    stop() {
      later = [];
      for (const { charts } of shown.values()) charts?.stop();
    },
  };
}

/**
 * When nothing else is to be done, and soon in any case. Not every browser knows.
 * @param {(deadline: IdleDeadline) => void} work
 */
function whenIdle(work) {
  if ("requestIdleCallback" in window) return requestIdleCallback(work, { timeout: 400 });
  return Number(setTimeout(() => work({ didTimeout: true, timeRemaining: () => 0 }), 50));
}

const escape = (/** @type {string} */ text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** Title, and what stands behind it. @param {Answer} answer */
function head({ findings }) {
  const { title, as_of, sources = [], notes = [] } = findings.scenario;
  const line = as_of ? `<p class="facts">${escape(W.answer.asOf(as_of))}</p>` : "";
  const warning = findings.certificate?.trustworthy === false ? `<p class="caution bad"><strong>${escape(W.answer.untrusted)}</strong> ${escape(findings.certificate.sentence ?? "")}</p>` : "";
  const about = [...notes, ...sources.map((/** @type {string} */ s) => W.answer.source(s))].map((p) => `<p class="about"><bdi>${escape(p)}</bdi></p>`).join("");
  return (
    `<div class="head" id="wb-head"><h2><bdi>${escape(title)}</bdi></h2>${line}${warning}` +
    `<details class="about-story"><summary>${escape(W.answer.about)}</summary>${about}<p class="about">${escape(W.answer.caution)}</p></details></div>`
  );
}

/** @param {import("./types.js").Section} section */
function sectionOf({ id, title, html: words }) {
  if (words.trimStart().startsWith("<section")) return words;
  return `<section id="${escape(id)}" aria-labelledby="${escape(id)}-title"><h2 id="${escape(id)}-title">${escape(title)}</h2>${words}</section>`;
}

/** What could not be solved, and where that stands in the text. @param {{ problem: Problem }} props */
function Trouble({ problem }) {
  const rendered = typeof problem.diagnostics === "string" ? problem.diagnostics : null;
  const places = Array.isArray(problem.diagnostics) ? problem.diagnostics : [];
  return html`<div class="trouble" role="alert">
    <h2>${W.answer.trouble}</h2>
    <p>${problem.message}</p>
    ${problem.help && html`<p class="help">${problem.help}</p>`} ${rendered && html`<pre tabindex="0">${rendered}</pre>`}
    ${places.map(
      (place) => html`<p>
        <button type="button" class="link" onClick=${() => show(place)}>${W.story.show}</button> ${place.message}
      </p>`,
    )}
  </div>`;
}

/** @param {{ from: number, to: number }} place */
function show({ from, to }) {
  set({ side: "text" });
  requestAnimationFrame(() => theEditor()?.reveal(from, to));
}
