// The form for the numbers: each with its label, slider, value, source, and a way back to the story's own value.

import { html, useMemo, useState } from "../vendor/preact/preact.js";
import { plain } from "../lib/format.js";
import * as history from "./numbers_history.js";
import { solve } from "./solving.js";
import { get, useStore } from "./store.js";
import { W } from "./words.js";

/** @import { Numeral } from "./types.js" */

/** Steps of a slider whose number has no step of its own, at least. */
const STEPS = 70;
/** Numbers above which a field to search them is worth its place. */
const MANY = 12;

const percent = (/** @type {Numeral} */ n) => n.percent === true || n.unit === "%";

/**
 * @param {Numeral} numeral
 * @param {number} value
 */
export function written(numeral, value) {
  if (numeral.kind === "truth") return value ? W.numbers.yes : W.numbers.no;
  const unit = numeral.unit && !percent(numeral) ? ` ${numeral.unit}` : "";
  return `${plain(value, percent(numeral))}${unit}`;
}

/**
 * Changes a number, or with null goes back to the story's own.
 * @param {Numeral} numeral
 * @param {number | null} value
 */
export function put(numeral, value) {
  const numbers = { ...get().numbers };
  if (value === null || value === numeral.value) delete numbers[numeral.name];
  else numbers[numeral.name] = value;
  history.change(numeral.name, numbers);
  solve();
}

export function resetAll() {
  if (Object.keys(get().numbers).length === 0) return;
  history.change("", {});
  solve();
}

export function Numbers() {
  const analysis = useStore((s) => s.analysis);
  const numbers = useStore((s) => s.numbers);
  const [search, setSearch] = useState("");
  const faulty = analysis?.diagnostics.some((d) => d.severity === "error");
  const all = analysis?.numbers ?? [];
  const changed = all.filter((n) => n.name in numbers);
  const words = search.trim().toLowerCase();
  const shown = all.filter((n) => !words || `${n.name.replaceAll("_", " ")} ${n.name} ${n.label} ${n.source ?? ""} ${n.note ?? ""}`.toLowerCase().includes(words));
  const groups = useMemo(() => grouped(shown), [analysis, search]);
  return html`<div class="numbers">
    <div class="numbers-head">
      <h2>${W.numbers.title}</h2>
      <button type="button" class="quiet" disabled=${changed.length === 0} onClick=${resetAll}>${W.numbers.resetAll(changed.length)}</button>
    </div>
    ${all.length > MANY &&
    html`<label class="search"><span class="unseen">${W.numbers.search}</span>
      <input type="search" placeholder=${W.numbers.search} value=${search} onInput=${(/** @type {any} */ e) => setSearch(e.currentTarget.value)} /></label>`}
    ${analysis && all.length === 0 && html`<p class="none">${faulty ? W.numbers.later : W.numbers.none}</p>`}
    ${words && shown.length === 0 && html`<p class="none">${W.numbers.notFound(search)}</p>`}
    ${groups.map(
      ([name, members]) => html`<fieldset key=${name}>
        ${name ? html`<legend>${name}</legend>` : html`<legend class="unseen">${W.numbers.title}</legend>`}
        ${members.map((n) => html`<${Row} key=${n.name} numeral=${n} value=${numbers[n.name] ?? n.value} set=${n.name in numbers} />`)}
      </fieldset>`,
    )}
  </div>`;
}

/**
 * @param {Numeral[]} numerals
 * @returns {[string, Numeral[]][]}
 */
function grouped(numerals) {
  /** @type {Map<string, Numeral[]>} */
  const groups = new Map();
  for (const numeral of numerals) {
    const name = numeral.group ?? "";
    groups.set(name, [...(groups.get(name) ?? []), numeral]);
  }
  return [...groups];
}

/** @param {{ numeral: Numeral, value: number, set: boolean }} props */
function Row({ numeral, value, set }) {
  const id = `wb-n-${numeral.name}`;
  const about = numeral.source || numeral.note || "";
  const label = numeral.label && numeral.label !== numeral.source ? numeral.label : numeral.name.replaceAll("_", " ");
  const field =
    numeral.kind === "truth"
      ? html`<${Switch} id=${id} numeral=${numeral} value=${value} />`
      : numeral.kind === "option"
        ? html`<${Options} id=${id} numeral=${numeral} value=${value} />`
        : html`<${Slider} id=${id} numeral=${numeral} value=${value} />`;
  return html`<div class=${`number ${set ? "changed" : ""}`}>
    <div class="number-head">
      <label for=${id}><bdi>${label}</bdi></label>
      <button type="button" class="reset" disabled=${!set} onClick=${() => put(numeral, null)} title=${W.numbers.resetTo(written(numeral, numeral.value))}>
        <span aria-hidden="true">↺</span><span class="unseen">${W.numbers.reset(label, written(numeral, numeral.value))}</span>
      </button>
    </div>
    ${field} ${about && html`<p class="about" id=${`${id}-about`}>${about}</p>`}
  </div>`;
}

/** Where it is told what a number is. @param {Numeral} numeral @param {string} id */
const described = (numeral, id) => (numeral.source || numeral.note ? `${id}-about` : undefined);

/** @param {{ id: string, numeral: Numeral, value: number }} props */
function Slider({ id, numeral, value }) {
  const { low, high } = numeral;
  const share = percent(numeral) ? 100 : 1;
  const [typed, setTyped] = useState(/** @type {string | null} */ (null));
  const take = () => {
    if (typed === null) return;
    const number = Number(typed.replace(",", ".").replace("−", "-").replace("%", "").trim());
    if (typed.trim() !== "" && Number.isFinite(number)) put(numeral, number / share);
    setTyped(null);
  };
  const text = typed ?? String(Number((value * share).toPrecision(6)));
  const own = W.numbers.own(written(numeral, numeral.value));
  return html`<div class="slider">
    ${low === null || high === null
      ? html`<span class="fixed">${W.numbers.fixed}</span>`
      : html`<span class="end" aria-hidden="true">${plain(low, percent(numeral))}</span>
          <span class="rail">
            <input
              id=${id}
              type="range"
              min=${low}
              max=${high}
              step=${numeral.step || roundStep((high - low) / STEPS) || "any"}
              value=${value}
              aria-valuetext=${written(numeral, value)}
              aria-describedby=${described(numeral, id)}
              title=${own}
              onInput=${(/** @type {any} */ e) => put(numeral, Number(Number(e.currentTarget.value).toPrecision(6)))}
            />
            <${Own} numeral=${numeral} />
          </span>
          <span class="end" aria-hidden="true">${plain(high, percent(numeral))}</span>`}
    <span class="value">
      <input
        id=${low === null || high === null ? id : undefined}
        type="text"
        inputmode="decimal"
        size="6"
        aria-label=${W.numbers.exactly(numeral.name.replaceAll("_", " "))}
        value=${text}
        onInput=${(/** @type {any} */ e) => setTyped(e.currentTarget.value)}
        onBlur=${take}
        onKeyDown=${(/** @type {KeyboardEvent} */ e) => (e.key === "Enter" ? take() : e.key === "Escape" ? setTyped(null) : undefined)}
      />
      <span class="unit">${percent(numeral) ? "%" : (numeral.unit ?? "")}</span>
    </span>
  </div>`;
}

/** The next lower of 1, 2, 5, 10 …, so that sliders give round numbers. @param {number} step */
function roundStep(step) {
  const ten = 10 ** Math.floor(Math.log10(step));
  return Number(((step >= 5 * ten ? 5 : step >= 2 * ten ? 2 : 1) * ten).toPrecision(1));
}

/** Where the story's own value lies. @param {{ numeral: Numeral }} props */
function Own({ numeral }) {
  const { low, high, value } = numeral;
  if (low === null || high === null || high <= low) return null;
  const share = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return html`<span class="own" aria-hidden="true" style=${{ left: `calc(${share} * (100% - 18px) + 9px)` }}></span>`;
}

/** @param {{ id: string, numeral: Numeral, value: number }} props */
function Switch({ id, numeral, value }) {
  return html`<div class="switch">
    <input id=${id} type="checkbox" role="switch" checked=${value !== 0} aria-describedby=${described(numeral, id)} title=${W.numbers.own(written(numeral, numeral.value))} onChange=${(/** @type {any} */ e) => put(numeral, e.currentTarget.checked ? 1 : 0)} />
    <span aria-hidden="true">${written(numeral, value)}</span>
  </div>`;
}

/** @param {{ id: string, numeral: Numeral, value: number }} props */
function Options({ id, numeral, value }) {
  // A link may give it another value than the story's.
  const options = [...new Set([...(numeral.options ?? []), value])].sort((a, b) => a - b);
  return html`<select id=${id} aria-describedby=${described(numeral, id)} title=${W.numbers.own(written(numeral, numeral.value))} onChange=${(/** @type {any} */ e) => put(numeral, Number(e.currentTarget.value))}>
    ${options.map((o) => html`<option key=${o} value=${o} selected=${o === value}>${written(numeral, o)}</option>`)}
  </select>`;
}
