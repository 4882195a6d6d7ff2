// Where the probability goes: boxes stage by stage, streams between them (Sankey layout by d3-sankey).

import { percent } from "detente/lib/format.js";
import { actorColorOf, endingColorOf, nobodyColor } from "detente/lib/palette.js";
import { svgRoot, textLines, textWidth, wrap } from "detente/lib/page.js";

/** Narrowest column in which the labels can be read; a narrower page scrolls the picture. */
const COLUMN = 132;
const BOX = 12;
const HEAD = 58;
const GAP = 32;

export function draw(findings, { width }) {
  const { stages, nodes, links } = findings.flow;
  const last = stages.length - 1;
  const wide = Math.max(width, stages.length * COLUMN);
  const column = (wide - BOX) / stages.length;
  const fullest = d3.max(d3.rollup(nodes, (v) => v.length, (d) => d.stage).values());
  const height = HEAD + Math.max(360, fullest * 66);
  const graph = layout(nodes, links, wide - column + BOX, height);
  const svg = svgRoot(wide, height + 26);
  headings(svg, stages, column, findings);
  const color = (node) =>
    node.outcome ? endingColorOf(findings, node.outcome) : node.actor ? actorColorOf(findings, node.actor) : nobodyColor;
  svg
    .append("g")
    .selectAll("path")
    .data(graph.links)
    .join("path")
    .attr("class", "mark stream")
    .attr("d", stream)
    .attr("fill", (d) => color(d.target.stage === last ? d.target : d.source))
    .append("title")
    .text((d) => `${d.source.label} → ${d.target.label}: ${percent(d.probability)}`);
  for (const node of graph.nodes) boxOf(svg, node, color(node), column);
  return svg.node();
}

/** Positions by d3-sankey; then each column is spread over the height, so that short columns do not hang at the top. */
function layout(nodes, links, right, bottom) {
  const sankey = d3
    .sankey()
    .nodeAlign((node) => node.stage)
    .nodeSort((a, b) => a.index - b.index)
    .nodeWidth(BOX)
    .nodePadding(GAP)
    .extent([
      [1, HEAD],
      [right, bottom],
    ]);
  const graph = sankey({
    nodes: nodes.map((node, index) => ({ ...node, index, fixedValue: node.probability })),
    links: links.filter((l) => l.probability > 0).map((link) => ({ ...link, value: link.probability })),
  });
  for (const column of d3.group(graph.nodes, (node) => node.stage).values()) spread(column, bottom);
  for (const node of graph.nodes) {
    node.sourceLinks.sort((a, b) => a.target.y0 - b.target.y0);
    node.targetLinks.sort((a, b) => a.source.y0 - b.source.y0);
  }
  return sankey.update(graph);
}

function spread(column, bottom) {
  const filled = d3.sum(column, (node) => node.y1 - node.y0);
  const gap = Math.min(3 * GAP, (bottom - HEAD - filled) / Math.max(1, column.length - 1));
  let y = (HEAD + bottom - filled - gap * (column.length - 1)) / 2;
  for (const node of column) {
    const height = node.y1 - node.y0;
    [node.y0, node.y1] = [y, y + height];
    y += height + gap;
  }
}

/** A stream as an area: unlike a thick line it does not bulge where it is steep. */
function stream(link) {
  const half = Math.max(1, link.width) / 2;
  const [x0, x1] = [link.source.x1, link.target.x0];
  const [a0, a1, b0, b1] = [link.y0 - half, link.y0 + half, link.y1 - half, link.y1 + half];
  const m = (x0 + x1) / 2;
  return `M${x0},${a0}C${m},${a0} ${m},${b0} ${x1},${b0}V${b1}C${m},${b1} ${m},${a1} ${x0},${a1}Z`;
}

function headings(svg, stages, column, findings) {
  stages.forEach((stage, i) => {
    // "United States: approach" reads as the actor above what it decides.
    const parts = stage.split(/:\s+/);
    const x = 1 + i * column;
    const lines = parts.flatMap((part) => wrap(part, column - 14, { size: 12, weight: 650, most: 2 }));
    const text = textLines(svg, lines.slice(0, 3), { x, y: 14, step: 15 });
    text.attr("font-size", 12).attr("font-weight", 650).attr("class", "faint");
  });
}

function boxOf(svg, node, color, column) {
  const group = svg.append("g");
  group
    .append("rect")
    .attr("class", "mark")
    .attr("x", node.x0)
    .attr("y", node.y0)
    .attr("width", node.x1 - node.x0)
    .attr("height", Math.max(1.5, node.y1 - node.y0))
    .attr("fill", color);
  // The percentage follows the label on its last line where there is room.
  const room = column - BOX - 14;
  const share = percent(node.probability);
  const lines = wrap(node.label, room, { size: 12, most: 2 });
  const joined = textWidth(`${lines.at(-1)}  ${share}`, 12, 650) <= room;
  const height = (lines.length + (joined ? 0 : 1)) * 14;
  const x = node.x1 + 5;
  const text = textLines(group, lines, { x, y: (node.y0 + node.y1) / 2 - height / 2 + 11, step: 14 });
  text.attr("font-size", 12).attr("class", "halo");
  const value = text.append("tspan").attr("font-weight", 650).text(share);
  if (joined) value.attr("dx", 6);
  else value.attr("x", x).attr("dy", 14);
  group.append("title").text(`${node.label}: ${share}`);
}
