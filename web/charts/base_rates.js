// Base rates of comparable crises (hollow, with intervals) beside what the model says (filled).

import { percent, percentTick } from "../lib/format.js";
import { NARROW, queryWords, svgRoot, textLines, textWidth, wrap } from "../lib/page.js";

export function draw(findings, { width }) {
  const rows = findings.base_rates.map((rate) => ({
    ...rate,
    words: queryWords(findings, rate.query),
  }));
  const most = Math.min(1, 1.08 * Math.max(0.05, ...rows.flatMap((r) => [r.rate, r.high ?? 0, r.value ?? 0])));
  const x = d3.scaleLinear([0, most], [8, width - 56]);
  const svg = svgRoot(width, 10);
  const grid = svg.append("g");
  let y = 4;
  let before = null;
  for (const row of rows) {
    if (row.words !== before) {
      if (before !== null) y += 12;
      const lines = wrap(row.words, width, { size: 13, weight: 650, most: 3 });
      textLines(svg, lines, { x: 0, y: y + 16 }).attr("font-weight", 650);
      y += 16 * lines.length + 6;
      before = row.words;
    }
    const lines = wrap(row.source, width, { size: 12, most: 3 });
    textLines(svg, lines, { x: 0, y: y + 14, step: 15 }).attr("class", "faint").attr("font-size", 12);
    y += 15 * lines.length + 4;
    pair(svg, row, x, y + 14);
    y += 44;
  }
  axis(grid, x, y);
  svg.attr("height", y + 24).attr("viewBox", [0, 0, width, y + 24]);
  return svg.node();
}

function pair(svg, row, x, y) {
  svg.append("line").attr("class", "grid").attr("x1", x.range()[0]).attr("x2", x.range()[1]).attr("y1", y).attr("y2", y);
  if (row.low !== null && row.high !== null) {
    svg.append("line").attr("class", "interval").attr("x1", x(row.low)).attr("x2", x(row.high)).attr("y1", y).attr("y2", y);
  }
  svg.append("circle").attr("class", "mark hollow").attr("cx", x(row.rate)).attr("cy", y).attr("r", 6);
  const model = row.value !== null;
  if (model) svg.append("circle").attr("class", "mark accent").attr("cx", x(row.value)).attr("cy", y).attr("r", 6);
  const rateText = `rate ${percent(row.rate)}`;
  const modelText = model ? `model ${percent(row.value)}` : "";
  // Two labels side by side: below the line where they would touch, the left one to the left.
  const rateLeft = !model || row.rate <= row.value;
  const near = model && Math.abs(x(row.rate) - x(row.value)) < (textWidth(rateText, 12) + textWidth(modelText, 12)) / 2 + 10;
  label(svg, rateText, x(row.rate), y, near ? (rateLeft ? "end" : "start") : "middle", x);
  if (model) label(svg, modelText, x(row.value), y, near ? (rateLeft ? "start" : "end") : "middle", x, 650);
}

function label(svg, text, at, y, anchor, x, weight = 400) {
  const wide = textWidth(text, 12, weight);
  const shift = { start: -4, middle: 0, end: 4 }[anchor];
  const [low, high] = { start: [0, wide], middle: [wide / 2, wide / 2], end: [wide, 0] }[anchor];
  const inside = Math.max(low, Math.min(x.range()[1] + 56 - high, at + shift));
  svg
    .append("text")
    .attr("x", inside)
    .attr("y", y + 20)
    .attr("text-anchor", anchor)
    .attr("font-size", 12)
    .attr("font-weight", weight)
    .text(text);
}

function axis(group, x, height) {
  for (const tick of x.ticks(x.range()[1] < NARROW ? 4 : 6)) {
    group.append("line").attr("class", "grid").attr("x1", x(tick)).attr("x2", x(tick)).attr("y2", height).attr("opacity", 0.5);
    group
      .append("text")
      .attr("x", x(tick))
      .attr("y", height + 16)
      .attr("text-anchor", tick === 0 ? "start" : "middle")
      .attr("font-size", 12)
      .attr("class", "faint")
      .text(percentTick(tick));
  }
}
