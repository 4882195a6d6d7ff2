// Where the probability goes: boxes stage by stage, streams between them (Sankey layout by d3-sankey).

import { percent } from "../lib/format.js";
import { actorColorOf, endingColorOf, nobodyColor } from "../lib/palette.js";
import { svgRoot, textLines, textWidth, wrap } from "../lib/page.js";

/** Narrowest column in which the labels can be read; a narrower page scrolls the picture. */
const COLUMN = 132;
const BOX = 12;
const HEAD = 58;
const GAP = 32;

export function draw(findings, { width }) {
  const { stages, nodes, links } = findings.flow;
  const wide = Math.max(width, stages.length * COLUMN);
  const column = (wide - BOX) / stages.length;
  const height = HEAD + heightFor(nodes);
  const graph = layout(nodes, links, wide - column + BOX, height);
  const svg = svgRoot(wide, height + 26);
  headings(svg, stages, column);
  const color = (node) => {
    // A lane has the colour of the ending that it leads to, else of the box that it comes from.
    const box = node.lane && !node.lane.outcome ? node.from : (node.lane ?? node);
    if (box.outcome) return endingColorOf(findings, box.outcome);
    return box.actor ? actorColorOf(findings, box.actor) : nobodyColor;
  };
  // A stream has the colour of the ending that it leads to, else of where it comes from.
  const tint = ({ source, target }) => color((target.lane ?? target).outcome ? target : source);
  svg
    .append("g")
    .selectAll("path")
    .data(graph.links)
    .join("path")
    .attr("class", "mark stream")
    .attr("d", stream)
    .attr("fill", tint)
    .append("title")
    .text((d) => `${nameOf(d.source)} → ${nameOf(d.target)}: ${percent(d.value)}`);
  const lanes = svg.append("g");
  for (const node of graph.nodes) {
    if (node.lane) laneOf(lanes, node, color(node));
    else boxOf(svg, node, color(node), column);
  }
  return svg.node();
}

const nameOf = (node) => (node.lane ?? node).label;

/** Enough for the fullest stage to have its labels side by side. */
function heightFor(nodes) {
  const fullest = d3.max(d3.rollup(nodes, (v) => v.length, (d) => d.stage).values());
  return Math.max(360, fullest * 66);
}

/** A stream passing under a stage. */
function laneOf(group, node, color) {
  group
    .append("rect")
    .attr("class", "stream")
    .attr("x", node.x0)
    .attr("y", node.y0)
    .attr("width", node.x1 - node.x0)
    .attr("height", Math.max(1, node.y1 - node.y0))
    .attr("fill", color);
}

/**
 * Positions by d3-sankey. A stream that passes over stages gets a place of its own in each of them, so that it goes
 * around their boxes; streams to the same box share it.
 */
function layout(nodes, links, right, bottom) {
  const boxes = nodes.map((node, index) => ({ ...node, key: `${index}` }));
  const streams = new Map();
  const pass = (source, target, value) => {
    const key = `${source.key}>${target.key}`;
    if (!streams.has(key)) streams.set(key, { source: source.key, target: target.key, value: 0 });
    streams.get(key).value += value;
  };
  const lanes = new Map();
  for (const link of links.filter((l) => l.probability > 0)) {
    const target = boxes[link.target];
    let from = boxes[link.source];
    for (let stage = from.stage + 1; stage < target.stage; stage++) {
      const key = `${link.target}@${stage}`;
      if (!lanes.has(key)) lanes.set(key, { key, stage, lane: target, from: boxes[link.source] });
      pass(from, lanes.get(key), link.probability);
      from = lanes.get(key);
    }
    pass(from, target, link.probability);
  }
  const sankey = d3
    .sankey()
    .nodeId((node) => node.key)
    .nodeAlign((node) => node.stage)
    .nodeWidth(BOX)
    .nodePadding(GAP)
    .iterations(40)
    .extent([
      [1, HEAD],
      [right, bottom],
    ]);
  const used = new Set([...streams.values()].flatMap((s) => [s.source, s.target]));
  return sankey({
    nodes: [...boxes, ...lanes.values()].filter((node) => used.has(node.key)),
    links: [...streams.values()],
  });
}

/** A stream as an area: unlike a thick line it does not bulge where it is steep. */
function stream(link) {
  const half = Math.max(1, link.width) / 2;
  const [x0, x1] = [link.source.x1, link.target.x0];
  const [a0, a1, b0, b1] = [link.y0 - half, link.y0 + half, link.y1 - half, link.y1 + half];
  const m = (x0 + x1) / 2;
  return `M${x0},${a0}C${m},${a0} ${m},${b0} ${x1},${b0}V${b1}C${m},${b1} ${m},${a1} ${x0},${a1}Z`;
}

function headings(svg, stages, column) {
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
