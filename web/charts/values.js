// What the play is worth to each actor against precision: one small picture per actor, each on its own scale.

import { actorColor } from "../lib/palette.js";
import { FONT, NARROW, box, textWidth, unlabelled } from "../lib/page.js";
import { onward, precisionScale } from "./precision.js";

export function draw(findings, { width }) {
  const most = Math.max(1, Math.floor((width + 16) / (width < NARROW ? 300 : 250)));
  const lines = Math.ceil(findings.actors.length / most);
  const columns = Math.ceil(findings.actors.length / lines);
  const each = Math.floor((width - 16 * (columns - 1)) / columns);
  const charts = findings.actors.map((actor, index) => small(findings, actor, index, each));
  return box("multiples", ...charts);
}

function small(findings, actor, index, width) {
  const path = onward(findings.precision);
  const [low, high] = d3.extent(path, (p) => p.actors[index]);
  const write = d3.tickFormat(low, high, 4);
  const ticks = d3.ticks(low, high, 4);
  const room = Math.max(20, ...ticks.map((t) => textWidth(write(t), 12)));
  const chart = Plot.plot({
    width,
    height: 170,
    marginLeft: Math.ceil(room) + 16,
    marginRight: 14,
    marginTop: 14,
    marginBottom: 26,
    style: { fontFamily: FONT, fontSize: "12px" },
    x: { ...precisionScale(path, width), label: null },
    y: { ticks, tickFormat: write, label: null, grid: true },
    marks: [
      Plot.line(path, {
        x: "precision",
        y: (d) => d.actors[index],
        stroke: actorColor(index),
        strokeWidth: 2.25,
        className: "mark",
      }),
      Plot.dot([path.at(-1)], { x: "precision", y: (d) => d.actors[index], fill: actorColor(index), r: 3.5 }),
    ],
  });
  const name = document.createElement("p");
  name.className = "name";
  name.textContent = actor.label;
  return box("multiple", name, unlabelled(chart));
}
