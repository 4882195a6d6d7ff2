// Small helpers that every chart needs: SVG elements, text that is measured and wrapped, labels kept apart.

/** Width below which a chart puts its labels above its marks. */
export const NARROW = 520;

/** Font of all chart text; must agree with `.plot` in the style sheet. */
export const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif";

/** A new SVG root of this size, which shrinks with its page. */
export function svgRoot(width, height) {
  return d3
    .create("svg")
    .attr("width", width)
    .attr("height", height)
    .attr("viewBox", [0, 0, width, height])
    .attr("font-family", FONT)
    .attr("font-size", 13)
    .attr("fill", "currentColor");
}

const ruler = typeof document === "undefined" ? null : document.createElement("canvas").getContext("2d");

/** Width of a text in pixels. */
export function textWidth(text, size = 13, weight = 400) {
  if (!ruler) return text.length * size * 0.55;
  ruler.font = `${weight} ${size}px ${FONT}`;
  return ruler.measureText(text).width;
}

/** A text as lines no wider than `width` pixels, at most `most` of them; what does not fit ends in "…". */
export function wrap(text, width, { size = 13, weight = 400, most = 3 } = {}) {
  const fits = (line) => textWidth(line, size, weight) <= width;
  const lines = [""];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines[lines.length - 1];
    const longer = last ? `${last} ${word}` : word;
    if (!last || fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const kept = lines.slice(0, most);
  if (lines.length > most) kept[most - 1] += " …";
  return kept.map((line) => cut(line, fits));
}

function cut(line, fits) {
  if (fits(line)) return line;
  const letters = [...line.replace(/ …$/, "")];
  while (letters.length > 1 && !fits(`${letters.join("")}…`)) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

/** Appends lines of text, the first at `y`. */
export function textLines(parent, lines, { x, y, step = 16 }) {
  const text = parent.append("text").attr("y", y);
  lines.forEach((line, i) => {
    text
      .append("tspan")
      .attr("x", x)
      .attr("dy", i === 0 ? 0 : step)
      .text(line);
  });
  return text;
}

/**
 * Positions as near to `wanted` as a distance of `gap` between neighbours allows, within `[low, high]`.
 * The order of `wanted` is kept.
 */
export function apart(wanted, gap, low, high) {
  const order = d3.range(wanted.length).sort((a, b) => wanted[a] - wanted[b]);
  const at = [...wanted];
  let floor = low;
  for (const i of order) {
    at[i] = Math.max(at[i], floor);
    floor = at[i] + gap;
  }
  let ceiling = high;
  for (const i of order.reverse()) {
    at[i] = Math.min(at[i], ceiling);
    ceiling = at[i] - gap;
  }
  return at;
}

/** The words for a query: the question that asks for it, else the endings that it names, else the query itself. */
export function queryWords(findings, query) {
  const ask = findings.asks.find((a) => a.query === query);
  if (ask) return ask.question;
  const inner = /^p\((.*)\)$/.exec(query)?.[1] ?? "";
  const ids = /^outcome in \{(.*)\}$/.exec(inner)?.[1] ?? inner.replace(/^outcome == /, "");
  const names = ids.split(",").map((id) => findings.endings.find((e) => e.id === id.trim())?.label);
  return names.every(Boolean) ? names.join(" or ") : query;
}

/**
 * Takes off the labels that Plot gives to groups of marks: the place that holds the picture has its own. Its style element
 * goes too, which strict pages forbid: the style sheet says the same.
 */
export function unlabelled(svg) {
  for (const style of svg.querySelectorAll("style")) style.remove();
  for (const element of [svg, ...svg.querySelectorAll("[aria-label], [aria-description]")]) {
    element.removeAttribute("aria-label");
    element.removeAttribute("aria-description");
  }
  return svg;
}

/** A list of colours with their names. */
export function legend(entries) {
  const list = document.createElement("ul");
  list.className = "legend";
  for (const { color, label, shape = "square" } of entries) {
    const item = document.createElement("li");
    const key = document.createElement("span");
    key.className = `key ${shape}`;
    key.style.setProperty("--key", color);
    const name = document.createElement("bdi");
    name.textContent = label;
    item.append(key, name);
    list.append(item);
  }
  return list;
}

/** A box with several pictures or a picture and its legend. */
export function box(className, ...children) {
  const div = document.createElement("div");
  div.className = className;
  div.append(...children);
  return div;
}
