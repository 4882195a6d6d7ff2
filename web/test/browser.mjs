// What the tests of all pages share: a real browser, and what no reader should stumble over.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const failures = [];
export const fail = (where, what) => failures.push(`${where}: ${what}`);

/** The address of a file. */
export const addressOf = (file) => pathToFileURL(resolve(file)).href;

/** At a desk and on a phone, by day and by night: name and options of the browser. */
export const VIEWS = Object.entries({ desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } }).flatMap(
  ([size, viewport]) => ["light", "dark"].map((colorScheme) => [`${size}-${colorScheme}`, { viewport, colorScheme }]),
);

/** Says what was found. */
export function close(what) {
  for (const failure of failures) console.error(`FAIL ${failure}`);
  console.log(failures.length ? `${failures.length} failures` : `${what} is sound`);
  process.exitCode = failures.length ? 1 : 0;
}

export const browser = await chromium.launch({
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

/** A page that records whatever goes wrong in it. */
export async function open(name, address, options) {
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

export async function overflow(name, page, width) {
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

export async function accessible(name, page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  for (const { id, help, nodes } of violations) {
    fail(name, `axe ${id}: ${help} (${nodes.length}): ${nodes[0].target.join(" ")}: ${nodes[0].html.slice(0, 160)}`);
  }
}

/** Every entry of the contents leads to a heading; the skip link is the first stop of the tab key. */
export async function contents(name, page) {
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

/** The pictures without script: one of the two sizes is seen, it has a message, marks, and no text beyond its edge. */
export async function planes(name, page, expected) {
  const seen = await page.evaluate(() =>
    [...document.querySelectorAll("svg.plane")]
      .filter((svg) => getComputedStyle(svg).display !== "none")
      .map((svg) => {
        const frame = svg.getBoundingClientRect();
        const beyond = [...svg.querySelectorAll("text")].filter((text) => {
          const box = text.getBoundingClientRect();
          return box.left < frame.left - 2 || box.right > frame.right + 2 || box.bottom > frame.bottom + 2;
        });
        return {
          alt: svg.getAttribute("aria-label") ?? "",
          marks: svg.querySelectorAll("path:not(.grid), circle").length,
          beyond: beyond.map((text) => text.textContent),
          wide: frame.width,
        };
      }),
  );
  if (seen.length !== expected) fail(name, `${seen.length} pictures are seen where ${expected} are drawn`);
  seen.forEach(({ alt, marks, beyond, wide }, i) => {
    if (alt.length < 30) fail(name, `picture ${i} has no alternative text`);
    if (marks < 2 || wide < 200) fail(name, `picture ${i} is empty`);
    if (beyond.length) fail(name, `picture ${i}: text beyond its edge: ${beyond.join(" | ")}`);
  });
}
