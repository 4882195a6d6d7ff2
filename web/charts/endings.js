// Endings as bars, most likely first, with a thin line for the range over doubted numbers.

import { percent, percentRange, percentTick } from "../lib/format.js";
import { endingColor } from "../lib/palette.js";
import { NARROW, svgRoot, textWidth, wrap, textLines } from "../lib/page.js";

export function draw(findings, { width }) {
  const rows = findings.endings
    .map((ending, index) => ({ ...ending, index }))
    .sort((a, b) => b.probability - a.probability);
  const narrow = width < NARROW;
  const labelWidth = narrow ? 0 : Math.min(230, Math.max(...rows.map((r) => textWidth(r.label, 14))) + 16);
  const valueWidth = Math.max(...rows.map((r) => valuesWidth(r))) + 12;
  const most = Math.max(1e-9, ...rows.map((r) => Math.max(r.probability, r.high ?? 0)));
  const x = d3.scaleLinear([0, most], [labelWidth + 1, width - valueWidth]);
  const step = narrow ? 50 : 38;
  const height = rows.length * step + 30;
  const svg = svgRoot(width, height);
  axis(svg, x, height, narrow ? 3 : 5);
  rows.forEach((row, i) => {
    const group = svg.append("g").attr("transform", `translate(0,${i * step})`);
    const middle = narrow ? 33 : step / 2;
    bar(group, row, x, middle);
    const lines = wrap(row.label, narrow ? width : labelWidth - 12, { size: 14, most: narrow ? 1 : 2 });
    textLines(group, lines, {
      x: narrow ? 0 : labelWidth - 10,
      y: narrow ? 17 : middle + 5 - (lines.length - 1) * 8,
    })
      .attr("font-size", 14)
      .attr("class", "halo")
      .attr("text-anchor", narrow ? "start" : "end");
  });
  return svg.node();
}

function valuesWidth({ probability, low, high }) {
  const range = low === null || high === null ? 0 : 7 + textWidth(percentRange(low, high), 12);
  return textWidth(percent(probability), 14, 650) + range;
}

function axis(svg, x, height, count) {
  const ticks = x.ticks(count);
  const group = svg.append("g").attr("class", "axis");
  group
    .selectAll("line")
    .data(ticks)
    .join("line")
    .attr("x1", x)
    .attr("x2", x)
    .attr("y2", height - 24)
    .attr("class", (t) => (t === 0 ? "zero" : "grid"));
  group
    .selectAll("text")
    .data(ticks)
    .join("text")
    .attr("x", x)
    .attr("y", height - 8)
    .attr("text-anchor", (t) => (t === 0 ? "start" : "middle"))
    .attr("font-size", 12)
    .attr("class", "faint")
    .text(percentTick);
}

function bar(group, row, x, middle) {
  group
    .append("rect")
    .attr("class", "mark")
    .attr("x", x(0))
    .attr("y", middle - 8)
    .attr("width", Math.max(1.5, x(row.probability) - x(0)))
    .attr("height", 16)
    .attr("fill", endingColor(row.index));
  const ranged = row.low !== null && row.high !== null;
  if (ranged) {
    const [low, high] = [x(row.low), Math.max(x(row.high), x(row.low) + 1)];
    const line = `M${low},${middle}H${high}M${low},${middle - 4}v8M${high},${middle - 4}v8`;
    group.append("path").attr("class", "whisker under").attr("d", line);
    group.append("path").attr("class", "whisker").attr("d", line);
  }
  const right = Math.max(x(row.probability), ranged ? x(row.high) : 0) + 8;
  const value = group
    .append("text")
    .attr("x", right)
    .attr("y", middle + 5)
    .attr("font-size", 14);
  value.append("tspan").attr("font-weight", 650).text(percent(row.probability));
  if (ranged) {
    value.append("tspan").attr("class", "faint").attr("font-size", 12).attr("dx", 7).text(percentRange(row.low, row.high));
  }
}
