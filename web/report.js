// Draws the charts of findings into the places that a page keeps for them: the report's, or a live page's.
//
// Each chart is a module with `draw(findings, { width, ...choices }) → Element`, and where it has choices,
// `controls(findings)` and `describe(findings, choices)`. Nothing in them knows of the page.

import * as endings from "./charts/endings.js";
import * as baseRates from "./charts/base_rates.js";
import * as flow from "./charts/flow.js";
import * as precision from "./charts/precision.js";
import * as values from "./charts/values.js";
import * as tornado from "./charts/tornado.js";
import * as scatter from "./charts/scatter.js";

const CHARTS = { endings, base_rates: baseRates, flow, precision, values, tornado, scatter };

/** Width at which charts are drawn for paper, in CSS pixels: A4 less its margins. */
const PAPER = 660;

/** Draws every chart of the report, and again when its width changes or the page is printed. */
export function start() {
  const findings = JSON.parse(document.getElementById("findings").textContent);
  const charts = mount(document, findings);
  addEventListener("beforeprint", () => charts.redraw(PAPER));
  addEventListener("afterprint", () => charts.redraw());
}

/**
 * Draws every chart within `root`, and again when its width changes. `update` draws other findings into the same places,
 * and into places that have come since; a picture stands until the next one takes its place. `stop` lets go of all.
 */
export function mount(root, findings) {
  const mounted = new Map();
  const update = (findings) => {
    for (const [place, chart] of mounted) {
      if (root.contains(place)) continue;
      chart.stop();
      mounted.delete(place);
    }
    for (const place of root.querySelectorAll("[data-chart]")) {
      const chart = CHARTS[place.dataset.chart];
      if (mounted.has(place)) mounted.get(place).update(findings);
      else if (chart) mounted.set(place, mountOne(place, chart, findings));
    }
  };
  update(findings);
  return {
    update,
    redraw: (width) => mounted.forEach((chart) => chart.redraw(width)),
    stop: () => mounted.forEach((chart) => chart.stop()),
  };
}

/** Keeps one chart drawn, at a given width or that of its place. */
function mountOne(place, chart, findings) {
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
  const controls = chart.controls ? addControls(place, chart, choices, redraw) : null;
  controls?.show(findings);
  redraw();
  const observer = new ResizeObserver(() => {
    if (Math.abs(place.clientWidth - drawn) > 1) requestAnimationFrame(() => redraw());
  });
  observer.observe(place);
  return {
    redraw,
    update(next) {
      findings = next;
      controls?.show(findings);
      redraw();
    },
    stop: () => observer.disconnect(),
  };
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

/** The selectors of a chart, and its message; what was chosen stays chosen for as long as it can be. */
function addControls(place, chart, choices, redraw) {
  const bar = place.parentElement.querySelector("[data-controls]");
  const message = document.createElement("p");
  message.className = "message";
  message.setAttribute("aria-live", "polite");
  place.before(message);
  let offered = "";
  let shown;
  const say = () => {
    message.textContent = chart.describe(shown, choices);
    place.setAttribute("aria-label", message.textContent);
  };
  const labelled = (control) => {
    const values = control.groups.flatMap((group) => group.options.map((o) => o.value));
    if (!values.includes(choices[control.name])) choices[control.name] = control.value;
    const label = document.createElement("label");
    const select = selectOf({ ...control, value: choices[control.name] });
    select.addEventListener("change", () => {
      choices[control.name] = select.value;
      say();
      redraw();
    });
    label.append(`${control.label} `, select);
    return label;
  };
  const show = (findings) => {
    shown = findings;
    const controls = chart.controls(findings);
    const offer = JSON.stringify(controls.map(({ name, groups }) => [name, groups.map((g) => g.options.map((o) => [o.value, o.label]))]));
    // A selector in use is left alone where it still offers the same, in whatever order.
    if (sorted(offer) !== offered) bar.replaceChildren(...controls.map(labelled));
    offered = sorted(offer);
    say();
  };
  return { show };
}

const sorted = (offer) => JSON.stringify(JSON.parse(offer).map(([name, groups]) => [name, groups.flat().sort()]));

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
