// Opens a report in a real browser, as a reader would, and fails on anything a reader would stumble over.
//
//   node report.mjs REPORT.html OUTDIR
//
// At desktop and phone width, light, dark and on paper: no console error, no request, every chart drawn with marks
// that have a size, nothing wider than the page, no accessibility violation that axe-core finds, selectors that work
// by keyboard. Full-page screenshots and a PDF are kept in OUTDIR. The browser is $CHROMIUM or /usr/bin/chromium.

import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { VIEWS, accessible, addressOf, browser, close, contents, fail, open as opened, overflow, planes } from "./browser.mjs";

const [report, out] = process.argv.slice(2);
if (!report || !out) {
  console.error("usage: node report.mjs REPORT.html OUTDIR");
  process.exit(2);
}
mkdirSync(out, { recursive: true });
const address = addressOf(report);
const open = (name, options) => opened(name, address, options);

/** Which figures the findings call for. */
const EXPECTED = {
  endings: (f) => f.endings.length > 0,
  base_rates: (f) => f.base_rates.length > 0,
  flow: (f) => f.flow.links.length > 0,
  precision: (f) => f.precision.length > 1,
  values: (f) => f.precision.length > 1 && f.actors.length > 0,
  tornado: (f) => f.tornado.length > 0,
  scatter: (f) => (f.doubt?.rows.length ?? 0) > 1,
};

/** Which sections the findings call for. */
const SECTIONS = {
  headlines: (f) => f.headlines.length > 0,
  endings: EXPECTED.endings,
  asks: (f) => f.asks.length + f.actors.length > 0,
  unfolds: (f) => f.flow.links.length + f.courses.length > 0,
  decisions: (f) => f.decisions.length > 0,
  precision: EXPECTED.precision,
  fan: (f) => (f.doubt?.draws ?? 0) > 0,
  tipping: (f) => (f.doubt?.tipping?.tried ?? 0) > 0,
  importance: (f) => (f.doubt?.draws ?? 0) > 1,
  conditions: (f) => (f.doubt?.conditions.length ?? 0) > 0 || Boolean(f.doubt?.tree),
  information: (f) => (f.doubt?.information.length ?? 0) > 0,
  scatter: EXPECTED.scatter,
  sensitivity: EXPECTED.tornado,
  packages: (f) => f.packages !== null,
  lenses: (f) => Boolean(f.lenses),
  happened: (f) => f.happened.length > 0,
  assumptions: (f) => f.assumptions.length > 0,
  certificate: () => true,
  scenario: (f) => f.scenario.text.trim() !== "",
};

try {
  for (const [name, options] of VIEWS) await visit(name, options);
  await print();
  await withoutScript();
} finally {
  await browser.close();
}
close("the report");

async function visit(name, options) {
  const { context, page } = await open(name, options);
  await page.waitForFunction(() => document.querySelector(".plot svg") !== null, null, { timeout: 10000 }).catch(() => {
    fail(name, "no chart was drawn within ten seconds");
  });
  const findings = await page.evaluate(() => JSON.parse(document.getElementById("findings").textContent));
  await sections(name, page, findings);
  await marks(name, page, findings);
  await planes(name, page, findings.deal?.planes.length ?? 0);
  await overflow(name, page, options.viewport.width);
  await accessible(name, page);
  await page.screenshot({ path: join(out, `${name}.png`), fullPage: true });
  if (findings.tornado.length) await keyboard(name, page, "tornado", "select");
  if (EXPECTED.scatter(findings)) {
    await keyboard(name, page, "scatter", "select[name=output]");
    if (findings.doubt.numbers.length > 1) await keyboard(name, page, "scatter", "select[name=number]");
  }
  await bands(name, page);
  await contents(name, page);
  await context.close();
}

async function sections(name, page, findings) {
  for (const [id, wanted] of Object.entries(SECTIONS)) {
    const there = (await page.locator(`section#${id}`).count()) === 1;
    if (there !== Boolean(wanted(findings))) fail(name, `section ${id} is ${there ? "there" : "missing"}`);
    if (there && !(await page.locator(`section#${id} h2`).isVisible())) fail(name, `section ${id} has no heading`);
  }
}

/** Every figure that the findings call for holds marks of a size, and no text outside its picture. */
async function marks(name, page, findings) {
  for (const [chart, wanted] of Object.entries(EXPECTED)) {
    const drawn = await page.evaluate((chart) => {
      const place = document.querySelector(`[data-chart=${chart}]`);
      if (!place) return null;
      const sized = [...place.querySelectorAll("svg :is(.mark, .mark *)")].filter((mark) => {
        const box = mark.getBoundingClientRect();
        return box.width > 0 && box.height > 0;
      });
      const beyond = [...place.querySelectorAll("svg")].flatMap((svg) => {
        const frame = svg.getBoundingClientRect();
        return [...svg.querySelectorAll("text")]
          .filter((text) => {
            const box = text.getBoundingClientRect();
            return box.width > 0 && (box.left < frame.left - 2 || box.right > frame.right + 2);
          })
          .map((text) => text.textContent);
      });
      return { sized: sized.length, beyond, alt: place.getAttribute("aria-label") ?? "" };
    }, chart);
    if (Boolean(drawn) !== Boolean(wanted(findings))) fail(name, `figure ${chart} is ${drawn ? "there" : "missing"}`);
    if (!drawn) continue;
    if (drawn.sized === 0) fail(name, `figure ${chart} has no marks`);
    if (drawn.beyond.length) fail(name, `figure ${chart}: text beyond its edge: ${drawn.beyond.join(" | ")}`);
    if (drawn.alt.length < 30) fail(name, `figure ${chart} has no alternative text`);
  }
}

/** A selector, reached and changed by keyboard, changes picture, message and alternative text. */
async function keyboard(name, page, chart, selector) {
  const select = page.locator(`#figure-${chart} ${selector}`);
  const state = () =>
    page.evaluate((chart) => {
      const figure = document.querySelector(`#figure-${chart}`);
      return [
        figure.querySelector("svg").outerHTML,
        figure.querySelector(".message").textContent,
        figure.querySelector(".plot").getAttribute("aria-label"),
      ];
    }, chart);
  const before = await state();
  await select.focus();
  await page.keyboard.press("ArrowDown");
  const after = await state();
  ["picture", "message", "alternative text"].forEach((what, i) => {
    if (before[i] === after[i]) fail(name, `the ${chart}'s ${what} does not follow ${selector}`);
  });
  const choices = await select.locator("option").evaluateAll((options) => options.map((o) => o.value));
  for (const choice of choices) {
    await select.selectOption(choice);
    const drawn = await page.locator(`#figure-${chart} svg .mark`).count();
    if (drawn === 0) fail(name, `the ${chart} is empty for ${choice}`);
  }
}

/** Bars in tables have a size and stay within their tracks, but for what stands on their ends. */
async function bands(name, page) {
  const faults = await page.evaluate(() =>
    [...document.querySelectorAll(".track")].flatMap((track) => {
      const frame = track.getBoundingClientRect();
      if (frame.width === 0) return [];
      const out = [...track.querySelectorAll(".pale, .dark")].filter((bar) => {
        const box = bar.getBoundingClientRect();
        return box.left < frame.left - 2 || box.right > frame.right + 2;
      });
      return out.length ? [track.closest("tr, li")?.textContent.trim().slice(0, 60)] : [];
    }),
  );
  if (faults.length) fail(name, `bars beyond their tracks: ${faults.join(" | ")}`);
}

/** On paper: light colours even for readers who prefer dark, no controls, and no chart cut by a page's edge. */
async function print() {
  const { context, page } = await open("print", { viewport: { width: 1280, height: 900 }, colorScheme: "dark" });
  await page.waitForSelector(".plot svg");
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const paper = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--paper").trim());
  if (paper !== "#fdfcfa") fail("print", `paper is ${paper}`);
  if (await page.locator("select").first().isVisible().catch(() => false)) fail("print", "controls are printed");
  await page.screenshot({ path: join(out, "print.png"), fullPage: true });
  const pdf = join(out, "print.pdf");
  await page.pdf({ path: pdf, format: "A4", printBackground: false, preferCSSPageSize: true });
  if (statSync(pdf).size < 20000) fail("print", "the PDF is empty");
  await context.close();
}

/** Without script the tables stand open and the words are all there. */
async function withoutScript() {
  const { context, page } = await open("no-script", { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false });
  const tables = await page.locator("details.data table").count();
  for (let i = 0; i < tables; i++) {
    if (!(await page.locator("details.data table").nth(i).isVisible())) fail("no-script", `table ${i} is hidden`);
  }
  if (!(await page.locator("#certificate .verdict").isVisible())) fail("no-script", "the certificate is hidden");
  await page.screenshot({ path: join(out, "no-script.png"), fullPage: true });
  await context.close();
}
