// A chair: what its actor has seen, what it wants, and what it is asked, in words and large buttons.

import { html, useEffect, useRef, useState } from "../vendor/preact/preact.js";
import { percent, plain, scaleOf } from "../lib/format.js";
import { Bar } from "./ui.js";
import { W } from "./words.js";

/** @import { PlayChair, PlayQuestion, PlayView } from "./types.js" */

/** @param {{ view: PlayView, act: (act: string, body?: unknown) => Promise<void> }} props */
export function Chair({ view, act }) {
  const { status, question, waiting_for: who } = view;
  return html`<h1><bdi>${view.title}</bdi></h1>
    <div class="chair">
      <div class="asked" role="region" aria-label=${W.play.turn} aria-live="polite">
        ${question
          ? html`<${Question} key=${view.turn} question=${question} turn=${view.turn} act=${act} />`
          : html`<p class="lead">${status === "waiting" ? W.play.waiting(who) : status === "paused" ? W.play.paused : W.play.over}</p>`}
        ${view.ending && html`<p class="ending"><b><bdi>${view.ending.label}</bdi></b> ${view.ending.payoffs.map((x, i) => html`<span key=${i}>${view.chairs.length === 1 ? W.play.gotYou(plain(x)) : W.play.got(view.chairs[i]?.label ?? "", plain(x))}</span>`)}</p>`}
      </div>
      <div class="seen">${view.chairs.map((chair) => html`<${Story} key=${chair.actor ?? ""} chair=${chair} heading=${view.chairs.length === 1 ? W.play.so : W.play.soOf(chair.label)} />`)}</div>
      <div class="wants">${view.chairs.map((chair) => chair.endings.length > 0 && html`<${Wants} key=${chair.actor ?? ""} chair=${chair} alone=${view.chairs.length === 1} />`)}</div>
    </div>`;
}

/** What everybody may see, for those who look on. @param {{ view: PlayView }} props */
export function Looking({ view }) {
  const { status, waiting_for: who } = view;
  return html`<h1><bdi>${view.title}</bdi></h1>
    <p class="lead" role="status">${status === "waiting" ? W.play.waiting(who) : status === "paused" ? W.play.paused : W.play.over}</p>
    ${view.ending && html`<p class="ending"><b><bdi>${view.ending.label}</bdi></b></p>`}
    ${view.chairs.map((chair) => html`<${Story} key="public" chair=${chair} heading=${chair.label} />`)}`;
}

/** @param {{ question: PlayQuestion, turn: number, act: (act: string, body?: unknown) => Promise<void> }} props */
function Question({ question, turn, act }) {
  const [chosen, setChosen] = useState(/** @type {number | null} */ (null));
  const first = useRef(/** @type {HTMLHeadingElement | null} */ (null));
  useEffect(() => first.current?.focus({ preventScroll: true }), []);
  const choose = async (/** @type {number} */ option) => {
    setChosen(option);
    await act("choose", { option, turn });
    setChosen(null);
  };
  const many = question.options.length > 8;
  const worth = scaleOf(question.options.map((o) => o.value));
  return html`<h2 tabindex="-1" ref=${first}>${W.play.question(question.label, question.about, question.round)}</h2>
    ${question.known.length > 0 && html`<p class="known">${question.known.map((k) => html`<span key=${k.id}><bdi>${k.label}</bdi>: <b>${k.value}</b></span>`)}</p>`}
    <div class=${many ? "options many" : "options"} role="group" aria-label=${W.play.choose}>
      ${question.options.map(
        (o) => html`<button type="button" key=${o.number} class="option" disabled=${chosen !== null} onClick=${() => choose(o.number)}>
          <bdi>${o.label}</bdi>
          ${o.value !== null && html`<small>${W.play.hint(worth(o.value), o.probability === null ? "–" : percent(o.probability))}</small>`}
        </button>`,
      )}
    </div>
    ${question.thoughts && question.thoughts.length > 0 && html`<h3>${W.play.thoughts}</h3><ul class="histories">${question.thoughts.map((t) => html`<li key=${t.words}><${Bar} share=${t.probability} /><span class="n">${percent(t.probability)}</span><span><bdi>${t.words}</bdi></span></li>`)}</ul>`}`;
}

/** @param {{ chair: PlayChair, heading: string }} props */
function Story({ chair, heading }) {
  const empty = chair.story.every((p) => p.entries.length === 0);
  return html`<h2>${heading}</h2>
    ${empty && html`<p class="none">${W.play.nothing}</p>`}
    <ol class="story-list">
      ${chair.story.map(
        (passage, i) => html`<li key=${i}>
          ${passage.round !== null && html`<h3>${W.play.round(passage.round)}</h3>`}
          <ul>
            ${passage.entries.map((e, j) => html`<li key=${j} class=${e.own ? "own" : ""}>${e.actor ? html`<b><bdi>${e.own ? W.play.you : e.actor}</bdi>:</b> ` : ""}<bdi>${e.words}</bdi>${e.private ? html` <span class="tag-private">${W.play.private}</span>` : ""}</li>`)}
          </ul>
        </li>`,
      )}
    </ol>`;
}

/** @param {{ chair: PlayChair, alone: boolean }} props */
function Wants({ chair, alone }) {
  return html`<h2>${alone ? W.play.wants : W.play.wantsOf(chair.label)}</h2>
    <ul class="wants-list">
      ${chair.endings.map((e) => html`<li key=${e.id} class=${e.possible ? "" : "gone"}><bdi>${e.label}</bdi><span class="n">${e.low === null || e.high === null ? "–" : e.low === e.high ? plain(e.low) : W.play.between(plain(e.low), plain(e.high))}</span></li>`)}
    </ul>`;
}
