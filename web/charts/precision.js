// Probability of each ending from random play to the limit: bands over the logarithm of precision.

import { percent, percentTick, plain } from "../lib/format.js";
import { endingColor } from "../lib/palette.js";
import { FONT, NARROW, apart, box, legend, textWidth, unlabelled, wrap } from "../lib/page.js";

/**
 * A scale on which equal steps are equal ratios of precision, with 0 at its left end. The constant of the
 * symmetric logarithm is the smallest positive precision of the path, where the straight part ends.
 */
export function precisionScale(path, width) {
  const positive = path.map((p) => p.precision).filter((p) => p > 0);
  const [low, high] = d3.extent(positive);
  const decades = d3.range(Math.ceil(Math.log10(low)), Math.floor(Math.log10(high)) + 1).map((e) => 10 ** e);
  // Where they would crowd, only every second, third … decade is named.
  const every = Math.ceil((decades.length * 44) / width);
  const named = decades.filter((t, i) => (decades.length - 1 - i) % every === 0);
  const ticks = path[0].precision === 0 ? [0, ...named.filter((t) => t > low * 1.5)] : named;
  return {
    type: "symlog",
    constant: low,
    domain: [path[0].precision, high],
    ticks,
    tickFormat: precisionText,
  };
}

/**
 * The points of a path whose precision is lower than that of every later point: one answer for each precision, with
 * the first and the last point among them. Where the path turns back the answer jumps.
 */
export function onward(path) {
  let lowest = Infinity;
  const kept = [...path].reverse().filter(({ precision }) => {
    const lower = precision !== null && precision < lowest;
    if (lower) lowest = precision;
    return lower;
  });
  return kept.reverse();
}

/** A tick of precision: plain, or a power of ten where that is shorter. */
function precisionText(t) {
  if (t === 0 || (t < 1e5 && t >= 1e-3)) return plain(t);
  const raised = [...String(Math.round(Math.log10(t)))].map((c) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[c] ?? "⁻").join("");
  return `10${raised}`;
}

export function draw(findings, { width }) {
  const path = onward(findings.precision);
  // Names stand beside their bands where there is room for all of them, else below.
  const narrow = width < NARROW || findings.endings.length > 18;
  const side = narrow ? 10 : Math.min(260, Math.max(...findings.endings.map((e, i) => nameWidth(e, path.at(-1).endings[i]))) + 34);
  const bands = path.flatMap((point) =>
    stack(point.endings).map(([y1, y2], index) => ({ precision: point.precision, index, y1, y2 })),
  );
  const height = width < NARROW ? 320 : 400;
  const at = findings.certificate.precision;
  const chart = Plot.plot({
    width,
    height,
    marginLeft: 46,
    marginRight: side,
    marginTop: 12,
    marginBottom: 42,
    style: { fontFamily: FONT, fontSize: "12px" },
    x: { ...precisionScale(path, width - side - 46), label: null },
    y: { domain: [0, 1], tickFormat: percentTick, ticks: 5, label: null },
    color: { type: "identity" },
    marks: [
      Plot.areaY(bands, {
        x: "precision",
        y1: "y1",
        y2: "y2",
        z: "index",
        fill: (d) => endingColor(d.index),
        stroke: "var(--paper)",
        strokeWidth: 0.75,
        className: "mark",
      }),
      ...(at > 0 ? [Plot.ruleX([Math.min(at, path.at(-1).precision)], { strokeDasharray: "4 3", stroke: "currentColor" })] : []),
      ...(narrow ? [] : [names(findings, path.at(-1), height)]),
      Plot.text(["precision (logarithmic)"], { frameAnchor: "bottom", dy: 36, fill: "var(--faint)" }),
    ],
  });
  const entries = findings.endings.map((e, i) => ({ color: endingColor(i), label: `${e.label} ${percent(path.at(-1).endings[i])}` }));
  unlabelled(chart);
  return narrow ? box("stack", chart, legend(entries)) : chart;
}

function nameWidth(ending, p) {
  return textWidth(percent(p), 13, 650) + 6 + textWidth(ending.label, 13);
}

/** Lower and upper edge of each band; the first ending lies on top. */
function stack(shares) {
  let top = 1;
  return shares.map((share) => {
    const edge = top;
    top -= share ?? 0;
    return [Math.max(0, top), edge];
  });
}

/** Names at the right end of the bands, kept apart, with a tick to the band where they had to move. */
function names(findings, end, height) {
  const [top, bottom] = [12, height - 42];
  return (index, scales, values, dimensions) => {
    const middles = stack(end.endings).map(([y1, y2]) => scales.y((y1 + y2) / 2));
    const placed = apart(middles, 17, top + 4, bottom - 2);
    const x = dimensions.width - dimensions.marginRight;
    const group = d3.create("svg:g").attr("font-size", 13).attr("text-anchor", "start");
    findings.endings.forEach((ending, i) => {
      group
        .append("path")
        .attr("d", `M${x + 2},${middles[i]}L${x + 12},${placed[i]}h4`)
        .attr("stroke", endingColor(i))
        .attr("stroke-width", 2)
        .attr("fill", "none");
      const text = group.append("text").attr("x", x + 20).attr("y", placed[i]).attr("dy", "0.33em");
      text.append("tspan").attr("font-weight", 650).text(percent(end.endings[i]));
      const room = dimensions.marginRight - 30 - textWidth(percent(end.endings[i]), 13, 650);
      const [label] = wrap(ending.label, room, { most: 1 });
      text.append("tspan").attr("dx", 6).text(label);
    });
    return group.node();
  };
}
