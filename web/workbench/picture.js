// Every picture can be kept: as SVG and PNG that look as on the page and need nothing beside them, and its numbers as CSV.

import { FONT } from "../lib/page.js";
import { download, notify } from "./stories.js";
import { W } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
/** What of the computed style makes the look of a mark; written as attributes, which every program reads. */
const LOOK = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linejoin", "opacity", "font-size", "font-weight", "text-anchor", "paint-order", "dominant-baseline"];
/** Room around a picture, and for its title, in pixels. */
const EDGE = 16;
const TITLE = 34;
/** Pixels of a PNG for each of the page's, at least. */
const SHARP = 2;

/**
 * Gives every picture within the place its buttons, once.
 * @param {Element} place
 */
export function addSavers(place) {
  for (const figure of place.querySelectorAll("figure")) {
    const plot = /** @type {HTMLElement | null} */ (figure.querySelector(".plot, svg.plane")?.closest(".plot, figure") ?? null);
    if (!plot || figure.querySelector(".savers")) continue;
    const bar = document.createElement("p");
    bar.className = "savers";
    bar.dataset.ours = "";
    bar.append(Object.assign(document.createElement("span"), { textContent: `${W.picture.save} ` }));
    for (const kind of /** @type {const} */ (["SVG", "PNG", "CSV"])) {
      if (kind === "CSV" && !figure.querySelector("table")) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "link";
      button.textContent = kind;
      button.setAttribute("aria-label", W.picture.saveAs(title(figure), kind));
      button.addEventListener("click", () => void keep(figure, kind));
      bar.append(button);
    }
    figure.append(bar);
  }
}

/** @param {Element} figure */
const title = (figure) => (figure.querySelector("figcaption :is(h3, h4)") ?? figure.querySelector("figcaption"))?.textContent?.trim() ?? "";

/**
 * @param {HTMLElement} figure
 * @param {"SVG" | "PNG" | "CSV"} kind
 */
async function keep(figure, kind) {
  const name = (title(figure) || "picture").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
  try {
    if (kind === "CSV") {
      const table = figure.querySelector("table");
      if (table) download(new Blob([csv(table)], { type: "text/csv;charset=utf-8" }), `${name}.csv`);
      return;
    }
    const { text, width, height } = picture(figure);
    if (kind === "SVG") download(new Blob([text], { type: "image/svg+xml" }), `${name}.svg`);
    else download(await png(text, width, height), `${name}.png`);
  } catch (error) {
    notify(W.picture.failed(String(error)), "bad");
  }
}

/**
 * The picture of a figure with its title, as one SVG that stands alone.
 * @param {HTMLElement} figure
 */
export function picture(figure) {
  const plot = /** @type {HTMLElement} */ (figure.querySelector(".plot") ?? figure);
  const svgs = [...plot.querySelectorAll("svg")].filter((svg) => !svg.parentElement?.closest("svg") && svg.getBoundingClientRect().width > 0);
  // Planes are not drawn by script and have no place of their own.
  const frame = plot === figure ? svgs[0].getBoundingClientRect() : plot.getBoundingClientRect();
  const shift = { x: EDGE - frame.left + plot.scrollLeft, y: EDGE + TITLE - frame.top };
  const width = Math.ceil(Math.max(frame.width, plot === figure ? 0 : plot.scrollWidth) + 2 * EDGE);
  const height = Math.ceil(frame.height + TITLE + 2 * EDGE);
  const style = getComputedStyle(document.documentElement);
  const root = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}`, "font-family": FONT })) root.setAttribute(name, String(value));
  const paper = document.createElementNS(SVG, "rect");
  paper.setAttribute("width", "100%");
  paper.setAttribute("height", "100%");
  paper.setAttribute("fill", style.getPropertyValue("--paper").trim());
  root.append(paper, text(title(figure), EDGE, EDGE + 16, { size: 17, weight: 650, color: style.getPropertyValue("--ink").trim() }));
  for (const svg of svgs) root.append(inlined(svg, shift));
  for (const words of plot.querySelectorAll("p.name, .legend li")) {
    const box = words.getBoundingClientRect();
    const key = words.querySelector(".key");
    const look = getComputedStyle(words);
    let x = box.left + shift.x;
    if (key) {
      const mark = document.createElementNS(SVG, "rect");
      const at = key.getBoundingClientRect();
      for (const [name, value] of Object.entries({ x: at.left + shift.x, y: at.top + shift.y, width: at.width, height: at.height, fill: getComputedStyle(key).backgroundColor })) mark.setAttribute(name, String(value));
      root.append(mark);
      x = at.right + shift.x + 6;
    }
    root.append(text(words.textContent?.trim() ?? "", x, box.bottom + shift.y - 5, { size: parseFloat(look.fontSize), weight: Number(look.fontWeight), color: look.color }));
  }
  return { text: new XMLSerializer().serializeToString(root), width, height };
}

/**
 * @param {string} words @param {number} x @param {number} y
 * @param {{ size: number, weight: number, color: string }} look
 */
function text(words, x, y, { size, weight, color }) {
  const element = document.createElementNS(SVG, "text");
  for (const [name, value] of Object.entries({ x, y, "font-size": size, "font-weight": weight, fill: color })) element.setAttribute(name, String(value));
  element.textContent = words;
  return element;
}

/**
 * A copy whose look does not hang on the page's style sheet.
 * @param {SVGSVGElement} svg
 * @param {{ x: number, y: number }} shift
 */
function inlined(svg, shift) {
  const copy = /** @type {SVGSVGElement} */ (svg.cloneNode(true));
  const copies = [copy, ...copy.querySelectorAll("*")];
  [svg, ...svg.querySelectorAll("*")].forEach((element, i) => {
    const look = getComputedStyle(element);
    const other = copies[i];
    for (const name of LOOK) {
      const value = look.getPropertyValue(name);
      if (value && value !== "normal" && value !== "auto") other.setAttribute(name, value);
    }
    other.removeAttribute("class");
    other.removeAttribute("style");
  });
  const box = svg.getBoundingClientRect();
  copy.setAttribute("x", String(box.left + shift.x));
  copy.setAttribute("y", String(box.top + shift.y));
  copy.setAttribute("width", String(box.width));
  copy.setAttribute("height", String(box.height));
  copy.setAttribute("overflow", "visible");
  copy.setAttribute("color", getComputedStyle(svg).color);
  return copy;
}

/**
 * @param {string} svg
 * @param {number} width
 * @param {number} height
 * @returns {Promise<Blob>}
 */
async function png(svg, width, height) {
  const scale = Math.max(SHARP, devicePixelRatio);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * scale;
  canvas.height = height * scale;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) => canvas.toBlob((made) => (made ? done(made) : fail(new Error("empty"))), "image/png"));
}

/**
 * A table as comma-separated values (RFC 4180), with numbers as other programs read them.
 * @param {HTMLTableElement} table
 */
export function csv(table) {
  return [...table.rows]
    .map((row) =>
      [...row.cells]
        .map((cell) => {
          const words = (cell.textContent ?? "").replace(/\s+/g, " ").replaceAll("−", "-").trim();
          return /[",]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words;
        })
        .join(","),
    )
    .join("\r\n")
    .concat("\r\n");
}
