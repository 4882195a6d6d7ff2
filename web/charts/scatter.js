// Any answer against any doubted number: a dot for each draw.

import { percent, percentTick, plain } from "../lib/format.js";
import { actorColor, endingColor } from "../lib/palette.js";
import { NARROW, svgRoot, textLines, wrap } from "../lib/page.js";

const words = (id) => id.replaceAll("_", " ");
const GROUPS = [
  ["ending", "Endings"],
  ["ask", "Questions"],
  ["actor", "What it is worth to"],
];

/** Two selectors: which answer, which number. */
export function controls({ doubt }) {
  const [number, output] = firstPair(doubt);
  const entries = doubt.outputs.map((o, i) => ({ value: String(i), label: o.label, kind: o.kind }));
  const known = new Map(doubt.importance.map((i) => [i.output, i.found.map((w) => w.number)]));
  const order = d3.range(doubt.numbers.length).sort((a, b) => words(doubt.numbers[a].id).localeCompare(words(doubt.numbers[b].id)));
  const strongest = (known.get(output) ?? []).slice(0, 8);
  const option = (i) => ({ value: String(i), label: words(doubt.numbers[i].id) });
  return [
    {
      name: "output",
      label: "Answer",
      value: String(output),
      groups: GROUPS.map(([kind, label]) => ({ label, options: entries.filter((e) => e.kind === kind) })).filter((g) => g.options.length),
    },
    {
      name: "number",
      label: "against",
      value: String(number),
      groups: strongest.length
        ? [
            { label: "Those that matter", options: strongest.map(option) },
            { label: "All others", options: order.filter((i) => !strongest.includes(i)).map(option) },
          ]
        : [{ label: "", options: order.map(option) }],
    },
  ];
}

/** What stands beside the picture: the number's meaning, and whether the answer goes with it. */
export function describe({ doubt }, { output, number }) {
  const of = doubt.outputs[output];
  const by = doubt.numbers[number];
  const about = by.about ? ` (${by.about})` : "";
  const found = doubt.importance.find((i) => i.output === Number(output))?.found.find((w) => w.number === Number(number));
  const goes = found
    ? found.low < 0 && found.high > 0
      ? "The answer changes with it, without simply rising or falling."
      : `The higher the number, the ${found.rank > 0 ? "higher" : "lower"} the answer, with strength ${Math.round(100 * Math.abs(found.rank))} of 100.`
    : doubt.importance.length
      ? "That the answer goes with this number cannot be told from chance."
      : "";
  const dots = doubt.rows.filter((row) => row.outputs[output] !== null).length;
  return `${of.label} against ${words(by.id)}${about}: ${dots} dots. ${goes}`.trim();
}

export function draw({ doubt }, { width, output, number }) {
  const of = doubt.outputs[output];
  const by = doubt.numbers[number];
  const dots = doubt.rows.map((row) => [row.numbers[number], row.outputs[output]]).filter(([, y]) => y !== null);
  const height = width < NARROW ? 320 : 400;
  const probability = of.unit === "probability";
  const [left, foot, top] = [58, 52, 12];
  const x = d3.scaleLinear(room(d3.extent([...dots.map((d) => d[0])])), [left, width - 12]).nice(4);
  const y = d3.scaleLinear(probability ? [0, Math.max(0.02, d3.max(dots, (d) => d[1]) ?? 1)] : room(d3.extent(dots, (d) => d[1])), [height - foot, top]).nice(4);
  const svg = svgRoot(width, height);
  const write = probability ? percentTick : plain;
  for (const tick of y.ticks(4)) {
    svg.append("line").attr("class", "grid").attr("x1", left).attr("x2", width).attr("y1", y(tick)).attr("y2", y(tick));
    svg
      .append("text")
      .attr("class", "faint")
      .attr("font-size", 12)
      .attr("text-anchor", "end")
      .attr("x", left - 8)
      .attr("y", y(tick) + 4)
      .text(write(tick));
  }
  for (const tick of x.ticks(width < NARROW ? 3 : 6)) {
    svg
      .append("text")
      .attr("class", "faint")
      .attr("font-size", 12)
      .attr("text-anchor", "middle")
      .attr("x", Math.min(x(tick), width - 22))
      .attr("y", height - foot + 18)
      .text(plain(tick, by.percent));
  }
  if (by.base !== null && by.base >= x.domain()[0] && by.base <= x.domain()[1]) {
    svg
      .append("line")
      .attr("class", "zero")
      .attr("stroke-dasharray", "5 4")
      .attr("x1", x(by.base))
      .attr("x2", x(by.base))
      .attr("y1", top)
      .attr("y2", height - foot);
  }
  const dot = svg
    .append("g")
    .attr("fill", colour(doubt, output))
    .attr("fill-opacity", dots.length > 400 ? 0.4 : 0.65)
    .selectAll("circle")
    .data(dots)
    .join("circle")
    .attr("class", "mark")
    .attr("cx", (d) => x(d[0]))
    .attr("cy", (d) => y(d[1]))
    .attr("r", dots.length > 400 ? 2.5 : 3.5);
  dot.append("title").text((d) => `${words(by.id)} ${plain(d[0], by.percent)}: ${probability ? percent(d[1]) : plain(d[1])}`);
  const [line] = wrap(`${words(by.id)} →`, width - left, { most: 1 });
  textLines(svg, [line], { x: width, y: height - 6 }).attr("text-anchor", "end");
  return svg.node();
}

/** Two different ends. */
function room([low, high]) {
  if (low === undefined) return [0, 1];
  return low < high ? [low, high] : [low - 0.5, low + 0.5];
}

function colour(doubt, output) {
  const { kind } = doubt.outputs[output];
  const before = doubt.outputs.slice(0, output).filter((o) => o.kind === kind).length;
  if (kind === "ending") return endingColor(before);
  return kind === "actor" ? actorColor(before) : "var(--accent)";
}

/** The pair that the page shows without script too: the strongest number of the ending that moves most. */
function firstPair(doubt) {
  const moves = (i) => (doubt.outputs[i].kind === "ending" && doubt.outputs[i].quantiles ? doubt.outputs[i].quantiles[4] - doubt.outputs[i].quantiles[0] : 0);
  const known = doubt.importance.filter((i) => moves(i.output) > 0);
  const best = known.reduce((a, b) => (a && moves(a.output) >= moves(b.output) ? a : b), null);
  if (best) return [best.found[0].number, best.output];
  return [0, d3.range(doubt.outputs.length).reduce((a, b) => (moves(b) > moves(a) ? b : a), 0)];
}
