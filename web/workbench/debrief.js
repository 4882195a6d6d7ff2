// After the play: what was hidden, what it came from, and how good each decision was, by what was known and by what is known now.

import { html, useLayoutEffect, useRef } from "../vendor/preact/preact.js";
import { percent, scaleOf } from "../lib/format.js";
import { svgRoot, textWidth } from "../lib/page.js";
import { Steps } from "./facilitator.js";
import { addSavers } from "./picture.js";
import { Bar } from "./ui.js";
import { W } from "./words.js";

/** @import { Debrief, DebriefActor, DebriefDecision } from "./types.js" */

/** @param {{ debrief: Debrief }} props */
export function Debriefing({ debrief }) {
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => {
    if (place.current) addSavers(place.current);
  }, [debrief]);
  return html`<section class="debrief" aria-labelledby="wb-debrief" ref=${place}>
    <h2 id="wb-debrief">${W.play.debrief}</h2>
    <ul class="headlines"><li>${debrief.headlines[0]}</li></ul>
    ${[...debrief.actors].sort((a, b) => Number(b.seat !== null) - Number(a.seat !== null)).map((actor) => (actor.seat !== null ? html`<${Actor} key=${actor.actor} actor=${actor} />` : null))}
    <h3>${W.play.whole}</h3>
    <${Steps} steps=${debrief.story} />
  </section>`;
}

/** @param {{ actor: DebriefActor }} props */
function Actor({ actor }) {
  return html`<h3><bdi>${actor.label}</bdi></h3>
    ${actor.words.map((words, i) => html`<p key=${i}>${words}</p>`)}
    <${Parts} actor=${actor} />
    ${actor.decisions.map((decision) => html`<${Decision} key=${decision.number} decision=${decision} who=${actor.label} />`)}`;
}

/** From what was to be expected to what came: the steps of the way. @param {{ actor: DebriefActor }} props */
function Parts({ actor }) {
  const plot = useRef(/** @type {HTMLDivElement | null} */ (null));
  // Parts that would read as nothing are left out.
  const least = (actor.most - actor.least) * 5e-3;
  const parts = W.play.parts.map(([name, words]) => [words, actor.parts[/** @type {keyof DebriefActor["parts"]} */ (name)]]).filter(([, x]) => Math.abs(Number(x)) >= least);
  const rows = [[W.play.expected, actor.expected], ...parts, [W.play.gotIt, actor.got]];
  useLayoutEffect(() => {
    const host = plot.current;
    if (!host) return;
    const draw = () => host.clientWidth > 0 && host.replaceChildren(waterfall(/** @type {[string, number][]} */ (rows), host.clientWidth));
    draw();
    const observer = new ResizeObserver(draw);
    observer.observe(host);
    return () => observer.disconnect();
  }, [actor]);
  const scale = scaleOf(rows.map(([, x]) => Number(x)));
  return html`<figure>
    <figcaption><h4>${W.play.from(actor.label)}</h4><p>${W.play.fromHow}</p></figcaption>
    <div class="plot" role="img" aria-label=${rows.map(([words, x]) => `${words}: ${scale(Number(x))}`).join("; ")} ref=${plot}></div>
    <details class="data"><summary>${W.compare.numbers}</summary>
      <div class="scroll" role="region" tabindex="0" aria-label=${W.play.from(actor.label)}><table><caption>${W.play.from(actor.label)}</caption><thead><tr><th scope="col">${W.compare.what}</th><th scope="col" class="n">${W.play.pointsOf}</th></tr></thead><tbody>${rows.map(([words, x]) => html`<tr key=${words}><th scope="row">${words}</th><td class="n">${scale(Number(x))}</td></tr>`)}</tbody></table></div>
    </details>
  </figure>`;
}

/**
 * @param {[string, number][]} rows  the first and the last stand from 0, those between are steps
 * @param {number} width
 * @returns {SVGSVGElement}
 */
function waterfall(rows, width) {
  const left = Math.min(width * 0.45, Math.max(...rows.map(([words]) => textWidth(words, 13))) + 14);
  const right = 60;
  const scale = scaleOf(rows.map(([, x]) => x));
  let at = 0;
  const bars = rows.map(([words, x], i) => {
    const whole = i === 0 || i === rows.length - 1;
    const from = whole ? 0 : at;
    at = whole ? x : at + x;
    return { words, x, from, to: at, whole };
  });
  const [low, high] = d3.extent([0, ...bars.flatMap((b) => [b.from, b.to])]);
  const x = d3.scaleLinear([low, high === low ? low + 1 : high], [left, width - right]);
  const step = 30;
  const svg = svgRoot(width, rows.length * step + 6);
  svg.append("line").attr("class", "zero").attr("x1", x(0)).attr("x2", x(0)).attr("y2", rows.length * step);
  bars.forEach((b, i) => {
    const y = i * step;
    svg.append("text").attr("x", left - 10).attr("y", y + 19).attr("text-anchor", "end").attr("font-weight", b.whole ? 650 : 400).text(b.words);
    svg.append("rect").attr("class", "mark").attr("x", Math.min(x(b.from), x(b.to))).attr("width", Math.max(1.5, Math.abs(x(b.to) - x(b.from)))).attr("y", y + 6).attr("height", 16).attr("fill", b.whole ? "var(--faint)" : b.x >= 0 ? "var(--actor-0)" : "var(--actor-1)");
    const sign = !b.whole && b.x > 0 ? "+" : "";
    svg.append("text").attr("x", Math.max(x(b.from), x(b.to)) + 7).attr("y", y + 19).text(`${sign}${scale(b.x)}`);
  });
  return svg.node();
}

/** @param {{ decision: DebriefDecision, who: string }} props */
function Decision({ decision, who }) {
  const scale = scaleOf(decision.options.flatMap((o) => [o.foresight, o.hindsight]));
  const heading = W.play.decided(decision.number, decision.about, decision.round);
  return html`<article class="decision">
    <h4>${heading}</h4>
    <p>${decision.words}</p>
    <div class="scroll" role="region" tabindex="0" aria-label=${`${who}, ${heading}`}>
      <table>
        <caption>${decision.about}</caption>
        <thead><tr><th scope="col">${W.tree.option}</th><th scope="col" class="n" colspan="2">${W.play.equilibrium}</th><th scope="col" class="n">${W.play.foresight}</th><th scope="col" class="n">${W.play.hindsight}</th></tr></thead>
        <tbody>
          ${decision.options.map(
            (o) => html`<tr key=${o.label} class=${o.chosen ? "chosen" : ""}>
              <th scope="row"><bdi>${o.label}</bdi>${o.chosen ? html` <span class="tag-private">${W.play.yoursWas}</span>` : ""}</th>
              <td class="bar-cell"><${Bar} share=${o.probability} /></td>
              <td class="n">${percent(o.probability)}</td>
              <td class="n">${scale(o.foresight)}</td>
              <td class="n">${scale(o.hindsight)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${decision.hidden.length > 0 && html`<p class="known">${W.play.wasHidden} ${decision.hidden.map((h, i) => html`<span key=${i}><bdi>${h.words}</bdi> (${W.play.believed(percent(h.believed))})${i < decision.hidden.length - 1 ? "; " : "."}</span>`)}</p>`}
  </article>`;
}
