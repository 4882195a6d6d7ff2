// Agreements by what they are worth to two actors, with fallbacks and the corner in which both gain.

import { scaleOf } from "detente/lib/format.js";
import { FONT, NARROW, box, legend, textWidth, unlabelled, wrap } from "detente/lib/page.js";

/** Which two actors; nothing to choose where there are only two. */
export function controls(findings) {
  const { actors } = findings.packages;
  if (actors.length < 3) return [];
  const options = actors.map((actor, i) => ({ value: String(i), label: actor.label }));
  return [
    { name: "across", label: "Across", value: "0", groups: [{ options }] },
    { name: "up", label: "Up", value: "1", groups: [{ options }] },
  ];
}

function pairOf(findings, { across = "0", up = "1" }) {
  const [i, j] = [Number(across), Number(up)];
  // The same actor twice says nothing; the next one stands in.
  return i === j ? [i, (i + 1) % findings.packages.actors.length] : [i, j];
}

/** The message of the picture in a sentence. */
export function describe(findings, state) {
  const { actors, all, named } = findings.packages;
  const [i, j] = pairOf(findings, state);
  const both = (p) => p.values[i] >= actors[i].fallback && p.values[j] >= actors[j].fallback;
  const good = all.filter(both).length;
  const names = named.filter(both).map((p) => p.label);
  const said = names.length ? ` Among them: ${names.join(", ")}.` : "";
  return `${actors[i].label} across, ${actors[j].label} up: ${good} of ${all.length} agreements shown leave both at least at their fallbacks.${said}`;
}

export function draw(findings, { width, ...state }) {
  const { actors, all, named } = findings.packages;
  const [i, j] = pairOf(findings, state);
  const points = [...all.filter((p) => !p.label), ...named];
  const values = (k) => [...points.map((p) => p.values[k]), actors[k].fallback];
  const [xs, ys] = [padded(values(i)), padded(values(j))];
  const narrow = width < NARROW;
  const at = { x: (p) => p.values[i], y: (p) => p.values[j] };
  const plain = points.filter((p) => !p.label);
  const wide = Math.min(width, 680);
  const axis = (k) => wrap(`worth to ${actors[k].label}`, wide - 90, { size: 12, most: 1 })[0];
  const chart = Plot.plot({
    width: wide,
    height: narrow ? width * 0.95 : 460,
    marginLeft: 52,
    marginRight: 16,
    marginTop: 30,
    marginBottom: 44,
    style: { fontFamily: FONT, fontSize: "12px" },
    x: { domain: xs, ticks: 5, tickFormat: scaleOf(xs), label: `${axis(i)} →`, labelAnchor: "right" },
    y: { domain: ys, ticks: 5, tickFormat: scaleOf(ys), label: `↑ ${axis(j)}`, labelAnchor: "top" },
    marks: [
      Plot.rect([0], { x1: actors[i].fallback, x2: xs[1], y1: actors[j].fallback, y2: ys[1], fill: "var(--zone)" }),
      Plot.ruleX([actors[i].fallback], { strokeDasharray: "5 4", stroke: "var(--faint)" }),
      Plot.ruleY([actors[j].fallback], { strokeDasharray: "5 4", stroke: "var(--faint)" }),
      Plot.dot(plain.filter((p) => !p.efficient), { ...at, r: 3.5, stroke: "var(--faint)", strokeOpacity: 0.75, className: "mark" }),
      Plot.dot(plain.filter((p) => p.efficient), { ...at, r: 4, fill: "var(--accent)" }),
      Plot.dot(named, {
        ...at,
        r: 6.5,
        symbol: "diamond2",
        fill: (p) => (p.efficient ? "var(--accent)" : "var(--paper)"),
        stroke: "var(--accent)",
        strokeWidth: 2,
        className: "mark",
      }),
      named.length ? names(named, i, j) : null,
    ],
  });
  const entries = [
    { color: "var(--faint)", label: "possible agreement", shape: "ring" },
    { color: "var(--accent)", label: "efficient", shape: "dot" },
    { color: "var(--accent)", label: "package of the scenario", shape: "diamond" },
    { color: "var(--zone)", label: "both gain" },
    { color: "var(--faint)", label: "fallback", shape: "dashed" },
  ];
  return box("stack", unlabelled(chart), legend(entries));
}

function padded(values) {
  const [low, high] = d3.extent(values);
  const pad = (high - low || 1) * 0.07;
  return [low - pad, high + pad];
}

/** Names of the packages, each on the first side of its diamond where it touches no other name and no diamond. */
function names(named, i, j) {
  return (index, scales, values, dimensions) => {
    const frame = {
      left: dimensions.marginLeft,
      right: dimensions.width - dimensions.marginRight,
      top: dimensions.marginTop,
      bottom: dimensions.height - dimensions.marginBottom,
    };
    const points = named.map((p) => [scales.x(p.values[i]), scales.y(p.values[j])]);
    const taken = points.map(([x, y]) => ({ left: x - 8, right: x + 8, top: y - 8, bottom: y + 8 }));
    const group = d3.create("svg:g").attr("font-size", 12).attr("font-weight", 650).attr("class", "halo");
    named.forEach((p, k) => {
      // Beside its point on the wider side there is room for this much.
      const room = Math.max(points[k][0] - frame.left, frame.right - points[k][0]) - 14;
      const [label] = wrap(p.label ?? "", Math.min(220, room), { size: 12, weight: 650, most: 1 });
      const place = free(points[k], textWidth(label, 12, 650), frame, taken);
      taken.push(place);
      group
        .append("text")
        .attr("x", place.left)
        .attr("y", (place.top + place.bottom) / 2)
        .attr("dy", "0.33em")
        .attr("text-anchor", "start")
        .text(label);
    });
    return group.node();
  };
}

function free([x, y], width, frame, taken) {
  const at = (left, middle) => ({ left, right: left + width, top: middle - 8, bottom: middle + 8 });
  const sides = [at(x + 12, y), at(x - 12 - width, y), at(x - width / 2, y - 18), at(x - width / 2, y + 18)];
  const near = [-14, 14, -28, 28].flatMap((d) => [at(x + 12, y + d), at(x - 12 - width, y + d)]);
  const inside = (b) => b.left >= frame.left && b.right <= frame.right && b.top >= frame.top && b.bottom <= frame.bottom;
  const apartFrom = (b) => (t) => b.right < t.left || b.left > t.right || b.bottom < t.top || b.top > t.bottom;
  const all = [...sides, ...near];
  return all.find((b) => inside(b) && taken.every(apartFrom(b))) ?? all.find(inside) ?? sides[0];
}
