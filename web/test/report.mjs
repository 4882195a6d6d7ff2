// Opens a report in a real browser, as a reader would, and fails on anything a reader would stumble over.
//
//   node report.mjs REPORT.html OUTDIR
//
// At desktop and phone width, light, dark and on paper: no console error, no request, every chart drawn with marks
// that have a size, nothing wider than the page, no accessibility violation that axe-core finds, selectors that work
// by keyboard. Full-page screenshots and a PDF are kept in OUTDIR. The browser is $CHROMIUM or /usr/bin/chromium.

import { createRequire } from "node:module";
import { mkdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [report, out] = process.argv.slice(2);
if (!report || !out) {
  console.error("usage: node report.mjs REPORT.html OUTDIR");
  process.exit(2);
}
mkdirSync(out, { recursive: true });
const address = pathToFileURL(resolve(report)).href;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const failures = [];
const fail = (where, what) => failures.push(`${where}: ${what}`);

/** Which figures the findings call for. */
const EXPECTED = {
  endings: (f) => f.endings.length > 0,
  base_rates: (f) => f.base_rates.length > 0,
  flow: (f) => f.flow.links.length > 0,
  precision: (f) => f.precision.length > 1,
  values: (f) => f.precision.length > 1 && f.actors.length > 0,
  tornado: (f) => f.tornado.length > 0,
  packages: (f) => f.packages !== null && f.packages.actors.length > 1,
};

/** Which sections the findings call for. */
const SECTIONS = {
  headlines: (f) => f.headlines.length > 0,
  endings: EXPECTED.endings,
  asks: (f) => f.asks.length + f.actors.length > 0,
  unfolds: (f) => f.flow.links.length + f.courses.length > 0,
  decisions: (f) => f.decisions.length > 0,
  precision: EXPECTED.precision,
  sensitivity: EXPECTED.tornado,
  packages: (f) => f.packages !== null,
  happened: (f) => f.happened.length > 0,
  assumptions: (f) => f.assumptions.length > 0,
  certificate: () => true,
  scenario: (f) => f.scenario.text.trim() !== "",
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});

try {
  for (const [size, viewport] of Object.entries({ desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } })) {
    for (const colorScheme of ["light", "dark"]) await visit(`${size}-${colorScheme}`, { viewport, colorScheme });
  }
  await print();
  await withoutScript();
} finally {
  await browser.close();
}

for (const failure of failures) console.error(`FAIL ${failure}`);
console.log(failures.length ? `${failures.length} failures` : "the report is sound");
process.exitCode = failures.length ? 1 : 0;

/** A page that records whatever goes wrong in it. */
async function open(name, options) {
  const context = await browser.newContext({ ...options, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) fail(name, `console: ${message.text()}`);
  });
  page.on("pageerror", (error) => fail(name, `page: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (url !== address && !url.startsWith("data:")) fail(name, `request of ${url}`);
  });
  await page.goto(address);
  return { context, page };
}

async function visit(name, options) {
  const { context, page } = await open(name, options);
  await page.waitForFunction(() => document.querySelector("figure svg") !== null, null, { timeout: 10000 }).catch(() => {
    fail(name, "no chart was drawn within ten seconds");
  });
  const findings = await page.evaluate(() => JSON.parse(document.getElementById("findings").textContent));
  await sections(name, page, findings);
  await marks(name, page, findings);
  await overflow(name, page, options.viewport.width);
  await accessible(name, page);
  await page.screenshot({ path: join(out, `${name}.png`), fullPage: true });
  if (findings.tornado.length) await keyboard(name, page);
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

async function overflow(name, page, width) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (wide > width) {
    const who = await page.evaluate((width) => {
      const scrolls = (e) => e.closest(".scroll, .plot, pre, .skip") !== null;
      return [...document.body.querySelectorAll("*")]
        .filter((e) => !scrolls(e) && e.getBoundingClientRect().right > width + 1)
        .map((e) => `${e.tagName.toLowerCase()}.${e.className}`)
        .slice(0, 5);
    }, width);
    fail(name, `the page is ${wide} px wide: ${who.join(", ")}`);
  }
}

async function accessible(name, page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  for (const { id, help, nodes } of violations) {
    fail(name, `axe ${id}: ${help} (${nodes.length}): ${nodes[0].target.join(" ")}: ${nodes[0].html.slice(0, 160)}`);
  }
}

/** The selector of the tornado, reached and changed by keyboard, changes picture, message and alternative text. */
async function keyboard(name, page) {
  const select = page.locator("#figure-tornado select");
  const state = () =>
    page.evaluate(() => {
      const figure = document.querySelector("#figure-tornado");
      return [
        figure.querySelector("svg").outerHTML,
        figure.querySelector(".message").textContent,
        figure.querySelector(".plot").getAttribute("aria-label"),
      ];
    });
  const before = await state();
  await select.focus();
  await page.keyboard.press("ArrowDown");
  const after = await state();
  ["picture", "message", "alternative text"].forEach((what, i) => {
    if (before[i] === after[i]) fail(name, `the tornado's ${what} does not follow its selector`);
  });
  const choices = await select.locator("option").evaluateAll((options) => options.map((o) => o.value));
  for (const choice of choices) {
    await select.selectOption(choice);
    const drawn = await page.locator("#figure-tornado svg .mark").count();
    if (drawn === 0) fail(name, `the tornado is empty for ${choice}`);
  }
}

/** Every entry of the contents leads to a heading; the skip link is the first stop of the tab key. */
async function contents(name, page) {
  const broken = await page.evaluate(() =>
    [...document.querySelectorAll("a[href^='#']")].map((a) => a.getAttribute("href")).filter((h) => !document.querySelector(h)),
  );
  if (broken.length) fail(name, `links that lead nowhere: ${broken.join(", ")}`);
  await page.evaluate(() => {
    document.activeElement.blur();
    scrollTo(0, 0);
  });
  await page.reload();
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => document.activeElement.className);
  if (first !== "skip") fail(name, "the first tab stop is not the skip link");
}

/** On paper: light colours even for readers who prefer dark, no controls, and no chart cut by a page's edge. */
async function print() {
  const { context, page } = await open("print", { viewport: { width: 1280, height: 900 }, colorScheme: "dark" });
  await page.waitForSelector("figure svg");
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
