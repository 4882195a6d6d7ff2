// What one doubted number at a time does to a result: from the low end of its range (hollow) to the high end (filled).

import { percent, percentTick, plain, scaleOf } from "../lib/format.js";
import { endingColor } from "../lib/palette.js";
import { NARROW, svgRoot, textWidth, wrap } from "../lib/page.js";

/** Rows that are drawn; the table has all. */
const MOST = 15;

/** What can be looked at: endings, and asks that have a value. */
export function controls(findings) {
  const endings = findings.endings
    .map((ending, i) => ({ value: `ending:${i}`, label: ending.label, p: ending.probability }))
    .sort((a, b) => b.p - a.p);
  const asks = findings.asks
    .map((ask, i) => ({ value: `ask:${i}`, label: ask.question, answered: ask.value !== null }))
    .filter((option) => option.answered);
  const groups = [
    { label: "Endings", options: endings },
    { label: "Questions", options: asks },
    { label: "Together", options: [{ value: "all", label: "All endings (probability moved between them)" }] },
  ];
  return [{ name: "result", label: "Look at", value: endings[0]?.value ?? "all", groups: groups.filter((g) => g.options.length) }];
}

/** What is shown: its name, its value at the best guesses (solved as the rows are), its values at the ends, and how it is written. */
function result(findings, choice) {
  const about = (id) => findings.assumptions.find((a) => a.id === id)?.source;
  return { about, ...resultOf(findings, choice) };
}

function resultOf(findings, choice) {
  const [kind, place] = choice.split(":");
  const i = Number(place);
  if (kind === "ending") {
    const ending = findings.endings[i];
    return {
      label: ending.label,
      base: findings.tornado_base?.endings[i] ?? ending.probability,
      ends: (row) => [row.at_low?.[i] ?? null, row.at_high?.[i] ?? null],
      place: i,
      write: percent,
      tick: percentTick,
      color: endingColor(i),
    };
  }
  if (kind === "ask") {
    const ask = findings.asks[i];
    const number = scaleOf(findings.tornado.flatMap((r) => [r.asks_at_low?.[i], r.asks_at_high?.[i]]));
    return {
      label: ask.question,
      base: findings.tornado_base?.asks[i] ?? ask.value,
      ends: (row) => [row.asks_at_low?.[i] ?? null, row.asks_at_high?.[i] ?? null],
      place: findings.endings.length + i,
      write: ask.unit === "probability" ? percent : number,
      tick: ask.unit === "probability" ? percentTick : undefined,
      color: "var(--accent)",
    };
  }
  return {
    label: "All endings",
    base: 0,
    ends: (row) => [0, row.swing],
    write: percent,
    tick: percentTick,
    color: "var(--accent)",
    together: true,
  };
}

function rowsOf(findings, shown) {
  const rows = findings.tornado.map((row) => {
    const [low, high] = shown.ends(row);
    const known = [low, high, shown.base].filter((v) => v !== null);
    return { row, low, high, reach: d3.max(known) - d3.min(known) };
  });
  return rows.filter((r) => r.low !== null || r.high !== null).sort((a, b) => b.reach - a.reach);
}

/** The message of the picture in a sentence. */
export function describe(findings, { result: choice }) {
  const shown = result(findings, choice);
  const [first] = rowsOf(findings, shown);
  if (!first) return `${shown.label}: no number could be tried at the ends of its range.`;
  const name = first.row.param;
  if (shown.together) return `“${name}” moves most: ${percent(first.row.swing)} of the probability of the endings.`;
  const said = (value) => (value === null ? "not solved" : shown.write(value));
  return (
    `${shown.label}: ${shown.write(shown.base)} at the best guesses. “${name}” moves it most: ${said(first.low)} where it is ` +
    `${plain(first.row.low, first.row.percent)}, ${said(first.high)} where it is ${plain(first.row.high, first.row.percent)}.`
  );
}

export function draw(findings, { width, result: choice }) {
  const shown = result(findings, choice);
  const all = rowsOf(findings, shown);
  const rows = all.slice(0, MOST);
  const narrow = width < NARROW;
  const names = narrow ? 0 : Math.min(240, Math.max(60, ...rows.map((r) => textWidth(`${r.row.param} †`, 13))) + 14);
  const [low, high] = d3.extent([shown.base, ...rows.flatMap((r) => [r.low, r.high])].filter((v) => v !== null));
  const spread = high - low || Math.abs(high) || 1;
  const x = d3.scaleLinear([low - 0.02 * spread, high + 0.02 * spread], [names + 64, width - 64]);
  const step = narrow ? 46 : 30;
  const top = 26;
  const more = all.length > MOST ? 22 : 0;
  const height = top + rows.length * step + 34 + more;
  const svg = svgRoot(width, height);
  frame(svg, shown, x, top, height);
  rows.forEach((entry, i) => rowOf(svg, entry, shown, x, top + i * step, { names, narrow, step, width }));
  if (all.length > MOST) {
    svg
      .append("text")
      .attr("class", "faint")
      .attr("font-size", 12)
      .attr("y", height - 36)
      .text(`${all.length - MOST} more move it less`);
  }
  return svg.node();
}

function frame(svg, shown, x, top, height) {
  const floor = height - 40;
  for (const tick of x.ticks(x.range()[1] < NARROW ? 3 : 6)) {
    svg.append("line").attr("class", "grid").attr("x1", x(tick)).attr("x2", x(tick)).attr("y1", top).attr("y2", floor);
    svg
      .append("text")
      .attr("class", "faint")
      .attr("font-size", 12)
      .attr("text-anchor", "middle")
      .attr("x", x(tick))
      .attr("y", height - 6)
      .text((shown.tick ?? shown.write)(tick));
  }
  if (shown.together) return;
  svg.append("line").attr("class", "zero").attr("x1", x(shown.base)).attr("x2", x(shown.base)).attr("y1", top - 4).attr("y2", floor);
  svg
    .append("text")
    .attr("x", x(shown.base))
    .attr("y", 14)
    .attr("text-anchor", "middle")
    .attr("font-size", 12)
    .attr("font-weight", 650)
    .text(`best guess ${shown.write(shown.base)}`);
}

function rowOf(svg, { row, low, high }, shown, x, y, { names, narrow, step, width }) {
  const middle = y + (narrow ? 30 : step / 2);
  const group = svg.append("g");
  const about = shown.about(row.param);
  if (about) group.append("title").text(about);
  const marked = row.one_sided?.includes(shown.place) ? `${row.param} †` : row.param;
  const [name] = wrap(marked, narrow ? width : names - 12, { most: 1 });
  group
    .append("text")
    .attr("x", narrow ? 0 : names - 10)
    .attr("y", narrow ? y + 14 : middle + 4.5)
    .attr("text-anchor", narrow ? "start" : "end")
    .text(name);
  const ends = [low ?? shown.base, high ?? shown.base].map(x);
  group
    .append("rect")
    .attr("class", "mark")
    .attr("x", Math.min(...ends))
    .attr("width", Math.max(1, Math.abs(ends[1] - ends[0])))
    .attr("y", middle - 4)
    .attr("height", 8)
    .attr("fill", shown.color)
    .attr("opacity", 0.38);
  const labels = shown.together
    ? [null, percent(row.swing)]
    : [low === null ? null : plain(row.low, row.percent), high === null ? null : plain(row.high, row.percent)];
  const lowIsLeft = ends[0] <= ends[1];
  if (!shown.together && low !== null) end(group, ends[0], middle, "hollow", shown.color, labels[0], lowIsLeft);
  if (!shown.together && (low === null || high === null)) unsolved(group, x(shown.base), middle, low === null, lowIsLeft);
  if (high !== null) end(group, ends[1], middle, "filled", shown.color, labels[1], !lowIsLeft);
}

/** Says at the line of the best guesses which end could not be solved. */
function unsolved(group, at, middle, low, lowIsLeft) {
  const left = low === lowIsLeft;
  group
    .append("text")
    .attr("class", "faint halo")
    .attr("x", at + (left ? -8 : 8))
    .attr("y", middle + 4)
    .attr("text-anchor", left ? "end" : "start")
    .attr("font-size", 12)
    .text(`${low ? "low" : "high"} end not solved`);
}

function end(group, at, middle, kind, color, label, left) {
  group
    .append("circle")
    .attr("cx", at)
    .attr("cy", middle)
    .attr("r", 4.5)
    .attr("fill", kind === "hollow" ? "var(--paper)" : color)
    .attr("stroke", color)
    .attr("stroke-width", 2);
  if (!label) return;
  group
    .append("text")
    .attr("class", "halo")
    .attr("x", at + (left ? -10 : 10))
    .attr("y", middle + 4)
    .attr("text-anchor", left ? "end" : "start")
    .attr("font-size", 12)
    .text(label);
}
