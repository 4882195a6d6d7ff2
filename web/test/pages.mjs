// Opens the smaller pages (of `detente deal`, `session`, `tournament`, `sweep report`) in a real browser, as a reader would.
//
//   node pages.mjs OUTDIR PAGE.html…
//
// At desktop and phone width, light and dark, and on paper: no console error, no request, nothing wider than the page,
// pictures with a message and within their edges, tables with captions and headers, no accessibility violation that
// axe-core finds. Full-page screenshots are kept in OUTDIR.

import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { VIEWS, accessible, addressOf, browser, close, contents, fail, open, overflow, planes } from "./browser.mjs";

const [out, ...files] = process.argv.slice(2);
if (!files.length) {
  console.error("usage: node pages.mjs OUTDIR PAGE.html…");
  process.exit(2);
}
mkdirSync(out, { recursive: true });

try {
  for (const file of files) {
    const stem = basename(file, ".html");
    for (const [view, options] of VIEWS) await visit(`${stem}-${view}`, addressOf(file), options);
    await print(`${stem}-print`, addressOf(file));
  }
} finally {
  await browser.close();
}
close("every page");

async function visit(name, address, options) {
  const { context, page } = await open(name, address, options);
  await planes(name, page, await page.locator("figure:not(:has([data-chart]))").count());
  await charts(name, page);
  await tables(name, page);
  await overflow(name, page, options.viewport.width);
  await accessible(name, page);
  await page.screenshot({ path: join(out, `${name}.png`), fullPage: true });
  await contents(name, page);
  await context.close();
}

/** Where script draws a chart, there is one, with marks in it. */
async function charts(name, page) {
  for (const plot of await page.locator("[data-chart]").all()) {
    const chart = await plot.getAttribute("data-chart");
    const marks = await plot.locator("svg :is(path, circle)").count();
    if (marks < 2) fail(name, `the chart ${chart} is empty`);
  }
}

/** Every table has a caption, and headers for its rows and columns; a matrix has a number in every cell. */
async function tables(name, page) {
  const faults = await page.evaluate(() =>
    [...document.querySelectorAll("table")].flatMap((table) => {
      const title = table.caption?.textContent ?? "";
      const said = title.trim() === "" ? ["a table has no caption"] : [];
      if (!table.querySelector("th[scope=col]")) said.push(`${title}: no column has a header`);
      if (!table.querySelector("th[scope=row]")) said.push(`${title}: no row has a header`);
      const empty = [...table.querySelectorAll("tbody td")].filter((cell) => cell.textContent.trim() === "");
      if (table.matches(".matrix") && empty.length) said.push(`${title}: ${empty.length} empty cells`);
      return said;
    }),
  );
  faults.forEach((fault) => fail(name, fault));
}

async function print(name, address) {
  const { context, page } = await open(name, address, { viewport: { width: 1280, height: 900 }, colorScheme: "dark" });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const paper = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--paper").trim());
  if (paper !== "#fdfcfa") fail(name, `paper is ${paper}`);
  await page.screenshot({ path: join(out, `${name}.png`), fullPage: true });
  await context.close();
}
