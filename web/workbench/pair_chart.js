// Endings under two settings: hollow where they were, filled where they are, a line between, the change beside it.

import { percent, percentTick } from "../lib/format.js";
import { NARROW, svgRoot, textLines, textWidth, wrap } from "../lib/page.js";
import { points } from "./compare.js";

/**
 * @param {{ label: string, color: string, then: number | null, now: number }[]} rows
 * @param {number} width
 * @returns {SVGSVGElement}
 */
export function pair(rows, width) {
  const narrow = width < NARROW;
  const left = narrow ? 0 : Math.min(230, Math.max(...rows.map((r) => textWidth(r.label, 14))) + 16);
  const right = 108;
  const most = Math.max(1e-9, ...rows.flatMap((r) => [r.then ?? 0, r.now]));
  const x = d3.scaleLinear([0, most], [left + 8, width - right]);
  const step = narrow ? 50 : 34;
  const height = rows.length * step + 28;
  const svg = svgRoot(width, height);
  for (const tick of x.ticks(narrow ? 3 : 5)) {
    svg.append("line").attr("class", tick === 0 ? "zero" : "grid").attr("x1", x(tick)).attr("x2", x(tick)).attr("y2", height - 24);
    svg.append("text").attr("class", "faint").attr("font-size", 12).attr("text-anchor", tick === 0 ? "start" : "middle").attr("x", x(tick)).attr("y", height - 8).text(percentTick(tick));
  }
  rows.forEach((row, i) => {
    const y = i * step + (narrow ? 33 : step / 2);
    const lines = wrap(row.label, narrow ? width - right : left - 12, { size: 14, most: narrow ? 1 : 2 });
    textLines(svg, lines, { x: narrow ? 0 : left - 10, y: narrow ? i * step + 17 : y + 5 - (lines.length - 1) * 8 })
      .attr("font-size", 14)
      .attr("text-anchor", narrow ? "start" : "end");
    const then = row.then ?? row.now;
    svg.append("line").attr("x1", x(then)).attr("x2", x(row.now)).attr("y1", y).attr("y2", y).attr("stroke", row.color).attr("stroke-width", 4).attr("opacity", 0.45);
    svg.append("circle").attr("class", "mark").attr("cx", x(then)).attr("cy", y).attr("r", 5.5).attr("fill", "var(--paper)").attr("stroke", row.color).attr("stroke-width", 2);
    svg.append("circle").attr("class", "mark").attr("cx", x(row.now)).attr("cy", y).attr("r", 6).attr("fill", row.color);
    const text = svg.append("text").attr("x", width - right + 14).attr("y", y + 5).attr("font-size", 14);
    text.append("tspan").attr("font-weight", 650).text(percent(row.now));
    if (row.then !== null) text.append("tspan").attr("class", "faint").attr("font-size", 13).attr("x", width).attr("text-anchor", "end").text(points(row.now - row.then));
  });
  return svg.node();
}
