// Draws the charts of a report into the places that the page keeps for them.
//
// Each chart is a module with `draw(findings, { width, ...choices }) → Element`, and where it has choices,
// `controls(findings)` and `describe(findings, choices)`. Nothing in them knows of this page.

import * as endings from "detente/charts/endings.js";
import * as baseRates from "detente/charts/base_rates.js";
import * as flow from "detente/charts/flow.js";
import * as precision from "detente/charts/precision.js";
import * as values from "detente/charts/values.js";
import * as tornado from "detente/charts/tornado.js";
import * as scatter from "detente/charts/scatter.js";

const CHARTS = { endings, base_rates: baseRates, flow, precision, values, tornado, scatter };

/** Width at which charts are drawn for paper, in CSS pixels: A4 less its margins. */
const PAPER = 660;

/** Draws every chart of the page, and again when its width changes or the page is printed. */
export function start() {
  const findings = JSON.parse(document.getElementById("findings").textContent);
  const redraws = [];
  for (const place of document.querySelectorAll("[data-chart]")) {
    const chart = CHARTS[place.dataset.chart];
    if (chart) redraws.push(mount(place, chart, findings));
  }
  addEventListener("beforeprint", () => redraws.forEach((redraw) => redraw(PAPER)));
  addEventListener("afterprint", () => redraws.forEach((redraw) => redraw()));
}

/** Keeps one chart drawn; the answer draws it anew, at a given width or that of its place. */
function mount(place, chart, findings) {
  const choices = {};
  let drawn = 0;
  const redraw = (width = Math.floor(place.clientWidth)) => {
    if (width < 1) return;
    drawn = width;
    try {
      place.replaceChildren(chart.draw(findings, { width, ...choices }));
      reachable(place);
    } catch (error) {
      // The other charts are still drawn, and this one's numbers stand in its table.
      place.parentElement.querySelector("details").open = true;
      reportError(error);
    }
  };
  if (chart.controls) addControls(place, chart, findings, choices, redraw);
  redraw();
  new ResizeObserver(() => {
    if (Math.abs(place.clientWidth - drawn) > 1) requestAnimationFrame(() => redraw());
  }).observe(place);
  return redraw;
}

/** What is wider than the page can be scrolled by keyboard too, and says so. */
function reachable(place) {
  const wide = place.scrollWidth > place.clientWidth + 1;
  if (wide) place.tabIndex = 0;
  else place.removeAttribute("tabindex");
  const hint = place.nextElementSibling;
  if (wide && !hint.matches(".hint")) {
    const words = document.createElement("p");
    words.className = "hint";
    words.textContent = "The picture is wider than the page: scroll it sideways.";
    place.after(words);
  } else if (!wide && hint.matches(".hint")) hint.remove();
}

function addControls(place, chart, findings, choices, redraw) {
  const bar = place.parentElement.querySelector("[data-controls]");
  const message = document.createElement("p");
  message.className = "message";
  message.setAttribute("aria-live", "polite");
  const say = () => {
    message.textContent = chart.describe(findings, choices);
    place.setAttribute("aria-label", message.textContent);
  };
  for (const control of chart.controls(findings)) {
    choices[control.name] = control.value;
    const label = document.createElement("label");
    const select = selectOf(control);
    select.addEventListener("change", () => {
      choices[control.name] = select.value;
      say();
      redraw();
    });
    label.append(`${control.label} `, select);
    bar.append(label);
  }
  say();
  place.before(message);
}

function selectOf({ groups, value, name }) {
  const select = document.createElement("select");
  select.name = name;
  const option = (o) => new Option(o.label, o.value, o.value === value, o.value === value);
  for (const { label, options } of groups) {
    if (!label) select.append(...options.map(option));
    else {
      const group = document.createElement("optgroup");
      group.label = label;
      group.append(...options.map(option));
      select.append(group);
    }
  }
  return select;
}
