// Two settings side by side: the pinned one and the one that lies here, with what differs.

import { html, useEffect, useLayoutEffect, useRef } from "../vendor/preact/preact.js";
import { percent, scaleOf } from "../lib/format.js";
import { endingColor } from "../lib/palette.js";
import { written } from "./numbers.js";
import { pair } from "./pair_chart.js";
import { addSavers } from "./picture.js";
import { useStore } from "./store.js";
import { W } from "./words.js";

/** @import { Numeral } from "./types.js" */

/** A change of a probability in points of a hundred, with its sign. @param {number} by */
export function points(by) {
  const x = Math.abs(by * 100);
  if (x < 0.05) return "0";
  return `${by > 0 ? "+" : "−"}${x < 9.95 ? x.toFixed(1) : x.toFixed(0)}`;
}

/**
 * Then, now and the change of a value, all with the same decimals.
 * @param {number | null} then
 * @param {number | null} now
 */
function values(then, now) {
  const scale = scaleOf([then, now]);
  const shown = (/** @type {number | null} */ x) => (x === null ? "–" : scale(x));
  const by = then === null || now === null ? null : now - then;
  const change = by === null ? "–" : scale(by);
  return [shown(then), shown(now), Number(change.replace("−", "-")) === 0 ? "0" : by !== null && by > 0 ? `+${change}` : change];
}

export function Compare() {
  const pinned = useStore((s) => s.pinned);
  const answer = useStore((s) => s.solving.answer);
  const numbers = useStore((s) => s.numbers);
  const analysis = useStore((s) => s.analysis);
  const text = useStore((s) => s.story?.text);
  if (!pinned || !answer) return null;
  const [then, now] = [pinned.answer.findings, answer.findings];
  const names = [...new Set([...Object.keys(pinned.numbers), ...Object.keys(numbers)])].filter((name) => pinned.numbers[name] !== numbers[name]);
  const rewritten = pinned.text !== text;
  const numeral = (/** @type {string} */ name) => analysis?.numbers.find((n) => n.name === name);
  const value = (/** @type {string} */ name, /** @type {Record<string, number>} */ set) => {
    const known = numeral(name);
    return known ? written(known, set[name] ?? known.value) : String(set[name]);
  };
  const endings = now.endings.map((/** @type {any} */ e, /** @type {number} */ i) => {
    const before = then.endings.find((/** @type {any} */ o) => o.id === e.id);
    return { id: e.id, label: e.label, color: endingColor(i), then: before?.probability ?? null, now: e.probability };
  });
  const asks = now.asks.map((/** @type {any} */ a) => {
    const before = then.asks.find((/** @type {any} */ o) => o.query === a.query);
    return { label: a.question, probability: a.unit === "probability", then: before?.value ?? null, now: a.value };
  });
  const worths = now.actors.map((/** @type {any} */ a) => {
    const before = then.actors.find((/** @type {any} */ o) => o.id === a.id);
    return { label: W.compare.worth(a.label), probability: false, then: before?.value ?? null, now: a.value };
  });
  return html`<section class="compare" id="wb-compare" aria-labelledby="wb-compare-title">
    <div class="compare-head">
      <h2 id="wb-compare-title">${W.compare.title}</h2>
    </div>
    ${names.length === 0 && !rewritten
      ? html`<p class="none">${W.compare.same}</p>`
      : html`<p class="settings">
          ${rewritten && html`<span class="setting">${W.compare.text}</span>`} ${names.map((name) => html`<span class="setting" key=${name}><b>${name.replaceAll("_", " ")}</b> ${value(name, pinned.numbers)} → ${value(name, numbers)}</span>`)}
        </p>`}
    <${Pairs} rows=${endings} />
    <${Table} caption=${W.compare.asks} rows=${[...asks, ...worths]} />
  </section>`;
}

/** @param {{ rows: any[] }} props */
function Pairs({ rows }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  const plot = useRef(/** @type {HTMLDivElement | null} */ (null));
  const draw = () => {
    const host = plot.current;
    if (host && host.clientWidth > 0) host.replaceChildren(pair(rows, host.clientWidth));
  };
  useLayoutEffect(draw);
  useEffect(() => {
    if (place.current) addSavers(place.current);
    const observer = new ResizeObserver(draw);
    if (plot.current) observer.observe(plot.current);
    return () => observer.disconnect();
  }, []);
  const most = rows.reduce((a, b) => (Math.abs((b.now ?? 0) - (b.then ?? 0)) > Math.abs((a.now ?? 0) - (a.then ?? 0)) ? b : a), rows[0]);
  const said = most ? W.compare.said(most.label, percent(most.then), percent(most.now)) : "";
  return html`<div ref=${place}>
    <figure id="figure-compare">
      <figcaption><h3>${W.compare.endings}</h3><p>${W.compare.how}</p></figcaption>
      <div class="controls" data-controls></div>
      <div class="plot" role="img" aria-label=${said} ref=${plot}></div>
      <details class="data"><summary>${W.compare.numbers}</summary><${Table} caption=${W.compare.endings} rows=${rows.map((r) => ({ ...r, probability: true }))} /></details>
    </figure>
  </div>`;
}

/** @param {{ caption: string, rows: any[] }} props */
function Table({ caption, rows }) {
  const share = (/** @type {number | null} */ x) => (x === null ? "–" : percent(x));
  return html`<div class="scroll" role="region" tabindex="0" aria-label=${caption}>
    <table>
      <caption>${caption}</caption>
      <thead>
        <tr><th scope="col">${W.compare.what}</th><th scope="col" class="n">${W.compare.pinned}</th><th scope="col" class="n">${W.compare.here}</th><th scope="col" class="n">${W.compare.change}</th></tr>
      </thead>
      <tbody>
        ${rows.map((row) => {
          const by = row.then === null || row.now === null ? null : row.now - row.then;
          const [then, now, change] = row.probability ? [share(row.then), share(row.now), by === null ? "–" : points(by)] : values(row.then, row.now);
          const sign = by === null || change === "0" ? "" : by > 0 ? "up" : "down";
          return html`<tr>
            <th scope="row"><bdi>${row.label}</bdi></th>
            <td class="n">${then}</td>
            <td class="n">${now}</td>
            <td class=${`n change ${sign}`}>${change}</td>
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
}
