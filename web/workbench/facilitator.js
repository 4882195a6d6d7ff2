// Who leads a session sees everything, and can pause it, inject a draw, take back a step or call the end.

import { html, useState } from "../vendor/preact/preact.js";
import { percent } from "../lib/format.js";
import { endingColor } from "../lib/palette.js";
import { Bar } from "./ui.js";
import { W } from "./words.js";

/** @import { PlayOverview, PlayStep } from "./types.js" */

/** @param {{ overview: PlayOverview, leads: boolean, links: any, act: (act: string, body?: unknown) => Promise<void>, log: () => Promise<void> }} props */
export function Facilitator({ overview, leads, links, act, log }) {
  const { status, to_move: mover } = overview;
  const over = status === "ended" || status === "called";
  return html`<h1><bdi>${overview.title}</bdi></h1>
    <p class="lead" role="status">
      ${over ? W.play.over : status === "paused" ? W.play.paused : mover ? W.play.toMove(mover.name, mover.question.about) : ""}
      ${overview.ending ? html` <b><bdi>${overview.ending.label}</bdi></b>` : ""}
    </p>
    ${leads &&
    html`<div class="actions" role="group" aria-label=${W.play.facilitator}>
      ${status === "paused" ? html`<button type="button" class="primary" onClick=${() => act("resume")}>${W.play.resume}</button>` : html`<button type="button" disabled=${over} onClick=${() => act("pause")}>${W.play.pause}</button>`}
      <button type="button" disabled=${!overview.undoable} onClick=${() => act("undo")}>${W.play.undo}</button>
      <button type="button" disabled=${over} onClick=${() => act("call")}>${W.play.call}</button>
      <button type="button" onClick=${log}>${W.play.log}</button>
    </div>
    ${links && html`<details><summary>${W.play.links}</summary>${links}</details>`}`}
    ${leads && !over && overview.injectable.length > 0 && html`<${Inject} overview=${overview} act=${act} />`}
    <div class="chair">
      <div class="seen"><h2>${W.play.soAll}</h2><${Steps} steps=${overview.story} /></div>
      <div class="wants">
        ${!over &&
        html`<h2>${W.play.likely}</h2>
          <ul class="histories">${overview.endings.map((e, i) => html`<li key=${e.id}><${Bar} share=${e.probability} color=${endingColor(i)} /><span class="n">${percent(e.probability)}</span><span><bdi>${e.label}</bdi></span></li>`)}</ul>`}
        <h2>${W.play.seatsNow}</h2>
        <ul class="wants-list">${overview.seats.map((s) => html`<li key=${s.name}><bdi>${s.name}</bdi><span>${s.to_move ? W.play.itsTurn : ""}</span></li>`)}</ul>
      </div>
    </div>`;
}

/** @param {{ overview: PlayOverview, act: (act: string, body?: unknown) => Promise<void> }} props */
function Inject({ overview, act }) {
  const [at, setAt] = useState(0);
  const [option, setOption] = useState("");
  const draw = overview.injectable[Math.min(at, overview.injectable.length - 1)];
  const value = draw.options.some(([id]) => id === option) ? option : draw.options[0]?.[0];
  const lay = (/** @type {Event} */ event) => {
    event.preventDefault();
    void act("inject", { draw: draw.variable, option: value });
  };
  return html`<form class="inject" onSubmit=${lay}>
    <h2>${W.play.inject}</h2>
    <p class="about">${W.play.injectHow}</p>
    <div class="controls">
      <label>${W.play.injectWhat} <select onChange=${(/** @type {any} */ e) => setAt(Number(e.currentTarget.value))}>${overview.injectable.map((d, i) => html`<option key=${d.variable} value=${i} selected=${i === at}>${d.about || d.variable}</option>`)}</select></label>
      <label>${W.play.injectTo} <select onChange=${(/** @type {any} */ e) => setOption(e.currentTarget.value)}>${draw.options.map(([id, label]) => html`<option key=${id} value=${id} selected=${id === value}>${label}</option>`)}</select></label>
      <button type="submit">${W.play.inject}</button>
    </div>
    ${overview.pending.map((p) => html`<p key=${p.variable} class="pending">${W.play.pending(...laid(p, overview.injectable))} <button type="button" class="link" onClick=${() => act("withdraw", { draw: p.variable })}>${W.play.withdraw}</button></p>`)}
  </form>`;
}

/**
 * What was laid down, in words: the draw, and how it turns out.
 * @param {PlayOverview["pending"][number]} pending
 * @param {PlayOverview["injectable"]} draws
 * @returns {[string, string]}
 */
function laid({ variable, option }, draws) {
  const draw = draws.find((d) => d.variable === variable);
  const label = draw?.options.find(([id]) => id === option)?.[1];
  return [draw?.about || variable.replaceAll("_", " "), label ?? option.replaceAll("_", " ")];
}

/** @param {{ steps: PlayStep[] }} props */
export function Steps({ steps }) {
  if (steps.length === 0) return html`<p class="none">${W.play.nothing}</p>`;
  return html`<ol class="steps-list">
    ${steps.map(
      (s, i) => html`<li key=${i} class=${s.by}>
        ${s.actor ? html`<b><bdi>${s.actor}</bdi>:</b> ` : ""}<bdi>${s.words}</bdi> <span class="faint">${percent(s.probability)}</span>
        ${s.by === "facilitator" ? html` <span class="tag-private">${W.play.injected}</span>` : ""}
        ${s.hidden_from.length > 0 ? html`<small>${W.play.hiddenFrom(s.hidden_from.join(", "))}</small>` : ""}
      </li>`,
    )}
  </ol>`;
}
