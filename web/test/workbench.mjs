// Opens the workbench in a real browser, as people would, and fails on anything that they would stumble over.
//
//   node workbench.mjs DETENTE OUTDIR [PART…]
//
// DETENTE is the command; it serves a folder that is made for the test, with the page's files from `web/`. First visit,
// an error that is mended, words about a name, folds, drafts, a slider, switches and lists, undo, links, compare, the tree,
// saved pictures, a report, a conflict on disk, a chair alone, two browsers with a spectator and a facilitator, who takes back,
// injects and pauses, and a restart of the server between two moves; at desktop and phone width, light and dark.
// No console error, no violation of the content security policy, no accessibility violation that axe-core finds.
// Screenshots are kept in OUTDIR. The browser is $CHROMIUM or /usr/bin/chromium.

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { VIEWS, accessible as audited, browser, close, fail, overflow } from "./browser.mjs";

const [command, out, ...only] = process.argv.slice(2);
if (!command || !out) {
  console.error("usage: node workbench.mjs DETENTE OUTDIR");
  process.exit(2);
}
mkdirSync(out, { recursive: true });
const web = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const story = readFileSync(join(web, "../scenarios/library/brinkmanship.detente"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "detente-"));
const WAIT = { timeout: 20_000 };
const began = Date.now();
const audits = new Set();
const shot = (page, name) => page.screenshot({ path: join(out, `workbench-${name}.png`) });

const port = await free();
const address = `http://127.0.0.1:${port}/`;
let server = await serve();
try {
  // What is measured, and what needs the server for itself, runs alone; the others three at a time.
  await run(slider);
  await run(firstVisit);
  await Promise.all([run(views), run(mended, history, compared, tree), run(editing, forms, pictures, conflict, alone)]);
  await run(together);
} finally {
  await browser.close();
  await end(server);
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${Math.round((Date.now() - began) / 1000)} s in all`);
close("the workbench");

/** Parts, one after another. */
async function run(...parts) {
  for (const part of parts) {
    if (only.length && !only.includes(part.name)) continue;
    const since = Date.now();
    try {
      await part();
    } catch (error) {
      fail(part.name, error.message.split("\n").slice(0, 4).join(" "));
      // What is open then is kept to be looked at.
      const pages = browser.contexts().flatMap((context) => context.pages());
      await Promise.all(pages.map((page, i) => shot(page, `failed-${part.name}-${i}`).catch(() => {})));
    }
    console.log(`${part.name}: ${Date.now() - since} ms`);
  }
}

/** A port that nobody listens at. */
function free() {
  return new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

async function serve() {
  mkdirSync(join(folder, "stories"), { recursive: true });
  const args = ["serve", join(folder, "stories"), "--no-open", "--port", String(port), "--state", join(folder, "state"), "--assets", web];
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stderr.on("data", (data) => (said += data));
  for (let i = 0; i < 200; i++) {
    const up = await fetch(`${address}api/v1/status`).then((r) => r.ok, () => false);
    if (up) return child;
    if (child.exitCode !== null) break;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`the server does not answer: ${said}`);
}

function end(child) {
  return new Promise((done) => {
    child.once("exit", done);
    child.kill("SIGINT");
    setTimeout(() => child.kill("SIGKILL"), 5000).unref();
  });
}

/** A page that records whatever goes wrong in it. `calm`: what is expected to be refused is no failure. */
async function open(name, fragment = "", options = VIEWS[0][1], { welcomed = true, calm = () => false } = {}) {
  const context = await browser.newContext({ ...options, reducedMotion: "reduce", acceptDownloads: true });
  if (welcomed) await context.addInitScript(() => localStorage.setItem("detente-welcomed", "1"));
  const page = await context.newPage();
  page.on("console", (message) => {
    const ours = !audits.has(page) && !calm(message.text());
    if (["error", "warning"].includes(message.type()) && ours) fail(name, `console: ${message.text()}`);
  });
  page.on("pageerror", (error) => fail(name, `page: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !/^(data|blob):/.test(url)) fail(name, `request of ${url}`);
  });
  await page.goto(address + fragment);
  return { context, page };
}

/** What axe-core finds; the styles that it tries to set for that, and the page forbids, are no fault of the page. */
async function accessible(name, page) {
  audits.add(page);
  await audited(name, page);
  await page.evaluate(() => new Promise((done) => setTimeout(done, 30)));
  audits.delete(page);
}

/** The picture of the endings is there. */
function drawn(page) {
  return page.waitForSelector("#figure-endings svg .mark", WAIT);
}

/** And it is the last word. */
function settled(page) {
  return page.waitForFunction(() => document.querySelector(".standing-words")?.textContent.includes("solved and drawn"), null, WAIT);
}

async function firstVisit() {
  const { context, page } = await open("first visit", "", VIEWS[0][1], { welcomed: false });
  const dialog = page.locator("dialog[open]");
  await dialog.waitFor(WAIT);
  await drawn(page);
  await accessible("first visit", page);
  await shot(page, "first-visit");
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached", ...WAIT });
  if (!page.url().includes("of=library/")) fail("first visit", "the link does not name the story");
  await page.evaluate(() => document.activeElement?.blur());
  await page.reload();
  await drawn(page);
  if (await dialog.isVisible()) fail("first visit", "a second visit is welcomed again");
  await page.keyboard.press("Tab");
  if (!(await page.evaluate(() => document.activeElement.classList.contains("skip")))) fail("first visit", "the first tab stop is not the skip link");
  await context.close();
}

/** Every place at desk and phone width, by day and by night. */
async function views() {
  for (const [name, options] of VIEWS) {
    const { context, page } = await open(name, "#/answer?of=library/brinkmanship", options);
    await drawn(page);
    await settled(page);
    for (const place of ["answer", "tree", "story", "play"]) {
      await page.click(`#wb-tab-${place}`);
      if (place === "tree") await page.waitForSelector("[role=treeitem]", WAIT);
      if (place === "play") await page.waitForSelector(".actor-choice", WAIT);
      if (place === "story") await page.waitForFunction(() => document.querySelector(".number") || document.querySelector(".editor")?.shadowRoot?.querySelector(".c-keyword"), null, WAIT);
      await overflow(`${name} ${place}`, page, options.viewport.width);
      const wide = await page.evaluate(() => [...document.querySelectorAll(".pane")].filter((p) => p.scrollWidth > p.clientWidth + 1).map((p) => p.id));
      const long = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
      if (long > 0) fail(`${name} ${place}`, `the page itself is ${long} px too long: panes scroll, it does not`);
      if (wide.length) fail(`${name} ${place}`, `wider than its pane: ${wide.join(", ")}`);
      // One size by day and the other by night: what differs is audited once.
      if (options === VIEWS[0][1] || options === VIEWS[3][1]) await accessible(`${name} ${place}`, page);
      await shot(page, `${place}-${name}`);
    }
    await context.close();
  }
}

/** A word that is wrong is found, shown and mended, and the answer is there again. */
async function mended() {
  writeFileSync(join(folder, "stories/broken.detente"), story);
  const { context, page } = await open("mend", "#/answer?of=file/broken.detente");
  await drawn(page);
  await page.click("#wb-side-text");
  const content = page.locator(".editor .cm-content");
  await content.waitFor(WAIT);
  await page.waitForFunction(() => document.querySelector(".editor").shadowRoot.querySelectorAll(".c-keyword").length > 5, null, WAIT);
  await content.focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type('\nask "And now?" p(ruim)');
  const mend = page.locator(".fault-list .mend").first();
  await mend.waitFor(WAIT);
  await page.waitForFunction(() => document.querySelector(".editor").shadowRoot.querySelector(".cm-lintRange-error"), null, WAIT);
  if (!(await page.locator(".unsaved").textContent()).includes("unsaved")) fail("mend", "the page does not say that the text is unsaved");
  if (!(await page.locator("#figure-endings svg .mark").first().isVisible())) fail("mend", "the old answer is gone while the text has a fault");
  await accessible("a fault", page);
  await shot(page, "fault");
  await mend.click();
  await page.waitForFunction(() => document.querySelector(".faults .calm"), null, WAIT);
  await page.waitForFunction(() => document.querySelector("#asks")?.textContent.includes("And now?"), null, WAIT);
  await page.keyboard.press("Control+z");
  await page.waitForSelector(".fault-list .mend", WAIT);
  await content.focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("\nout");
  await page.keyboard.press("Control+Space");
  await page.waitForFunction(() => document.querySelector(".editor").shadowRoot.querySelector(".cm-tooltip-autocomplete"), null, WAIT);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+f");
  await page.waitForFunction(() => document.querySelector(".editor").shadowRoot.querySelector(".cm-search"), null, WAIT);
  await context.close();
}

/** What a name means, what can be folded, versions of a draft, and one undo for text and numbers. */
async function editing() {
  writeFileSync(join(folder, "stories/edited.detente"), story);
  const { context, page } = await open("editing", "#/story?of=file/edited.detente");
  const content = page.locator(".editor .cm-content");
  const inside = (look) => page.waitForFunction(look, null, WAIT);
  const begins = (words) => page.waitForFunction((words) => document.querySelector(".editor").shadowRoot.querySelector(".cm-content").textContent.startsWith(words), words, WAIT);
  await page.locator(".editor .cm-content .c-property, .editor .cm-content .c-parameter").first().hover(WAIT);
  await inside(() => document.querySelector(".editor").shadowRoot.querySelector(".cm-hover")?.textContent.includes("Best guess"));
  await shot(page, "hover");
  await page.locator('.editor .cm-foldGutter span[title="Fold line"]').last().click(WAIT);
  await inside(() => document.querySelector(".editor").shadowRoot.querySelector(".cm-foldPlaceholder"));
  await content.focus();
  await page.keyboard.press("Control+Alt+[");
  await inside(() => /play \{…\}/.test(document.querySelector(".editor").shadowRoot.querySelector(".cm-content").textContent));
  await shot(page, "folded");
  await page.keyboard.press("Control+Alt+]");
  // Two versions; the older one is taken up again, and that can be taken back.
  for (const words of ["# one", "# two"]) {
    await page.keyboard.press("Control+Home");
    const kept = page.waitForResponse((r) => r.url().includes("/drafts/") && r.request().method() === "POST", WAIT);
    await page.keyboard.type(`${words}\n`);
    await kept;
  }
  await page.click(".tools >> text=Drafts");
  await page.waitForSelector("dialog li:nth-child(2) .story", WAIT);
  await accessible("drafts", page);
  await page.click("dialog li:nth-child(2) .story");
  await begins("# one");
  await page.locator("#wb-n-risk1").focus();
  await page.keyboard.press("Home");
  const button = page.locator(".tools button").first();
  await button.click();
  if ((await page.inputValue("#wb-n-risk1")) !== "0.08") fail("editing", "the number was not taken back first");
  await button.click();
  await begins("# two");
  await page.locator(".tools button").nth(1).click();
  await begins("# one");
  await context.close();
}

/** Truths are switches, lists are lists; both stand in the link. */
async function forms() {
  const text = `scenario "Doors"\n\nparam open = 1 in 0 .. 1 step 1 "whether the door is open"\nparam seats = 5 ~ discrete(2, 1, 5, 3, 10, 1) "how many"\n
actor a "A"\noutcome inside "In" { a seats }\noutcome outside "Out" { a 4 }\n
play {\n    a chooses move { enter, leave }\n    if move == enter and open == 1 { end inside }\n    end outside\n}\n`;
  writeFileSync(join(folder, "stories/doors.detente"), text);
  const { context, page } = await open("forms", "#/answer?of=file/doors.detente");
  await settled(page);
  const says = (words) => page.waitForFunction((words) => document.querySelector("#headlines")?.textContent.includes(words), words, WAIT);
  await says("“In”");
  await page.locator("#wb-n-open").press("Space");
  await says("“Out”");
  await page.waitForFunction(() => location.hash.includes("set.open=0"), null, WAIT);
  await page.keyboard.press("Control+z");
  await says("“In”");
  await page.selectOption("#wb-n-seats", "2");
  await says("“Out”");
  const list = (await page.locator("#wb-n-seats option").allTextContents()).join();
  if (list !== "2,5,10") fail("forms", `the list is ${list}`);
  await accessible("forms", page);
  await shot(page, "forms");
  await context.close();
}

/** From a move of a slider to the picture. */
async function slider() {
  const { context, page } = await open("slider", "#/answer?of=library/brinkmanship");
  await drawn(page);
  await settled(page);
  const times = [];
  const tops = new Set();
  await page.locator("#wb-n-resolute_rate").focus();
  for (let i = 0; i < 12; i++) {
    await page.evaluate(() => {
      const plot = document.querySelector("#figure-endings .plot");
      const since = performance.now();
      window.took = null;
      const observer = new MutationObserver(() => {
        observer.disconnect();
        requestAnimationFrame(() => (window.took = performance.now() - since));
      });
      observer.observe(plot, { childList: true });
    });
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => window.took !== null, null, WAIT);
    times.push(await page.evaluate(() => window.took));
    tops.add(await page.evaluate(() => document.querySelector("#endings").getBoundingClientRect().top));
  }
  times.sort((a, b) => a - b);
  console.log(`from slider to picture: median ${Math.round(times[6])} ms, worst ${Math.round(times[11])} ms (39 nodes)`);
  if (tops.size > 1) fail("slider", `the picture jumps: ${[...tops].join(", ")}`);
  // A drag: nothing piles up, the picture follows, and the last value is the one that stands.
  let under = 0;
  let most = 0;
  page.on("request", (r) => r.url().endsWith("/solve") && (most = Math.max(most, ++under)));
  for (const gone of ["requestfinished", "requestfailed"]) page.on(gone, (r) => r.url().endsWith("/solve") && under--);
  await page.evaluate(async () => {
    const range = document.querySelector("#wb-n-resolute_rate");
    for (let i = 0; i <= 60; i++) {
      range.value = 0.05 + i * 0.005;
      range.dispatchEvent(new Event("input", { bubbles: true }));
      await new Promise(requestAnimationFrame);
    }
  });
  await page.waitForFunction(() => document.querySelector("#assumptions")?.textContent.includes("set for this run") && document.querySelector("#assumptions").textContent.includes("35"), null, WAIT);
  // One is asked, one may be ending; the browser may tell late that another has ended.
  if (most > 3) fail("slider", `${most} questions were under way at once`);
  await context.close();
}

/** Changed numbers can be taken back, stand in the link, and come again with it. */
async function history() {
  const { context, page } = await open("history", "#/answer?of=library/brinkmanship&set.risk1=0.1");
  await drawn(page);
  const value = () => page.inputValue("#wb-n-risk1");
  if ((await value()) !== "0.1") fail("history", `the link's number is ${await value()}`);
  await page.locator("#wb-n-risk1").focus();
  await page.keyboard.press("Home");
  if ((await value()) !== "0.04") fail("history", `Home leads to ${await value()}`);
  await page.keyboard.press("Control+z");
  if ((await value()) !== "0.1") fail("history", `undo leads to ${await value()}`);
  await page.keyboard.press("Control+Shift+z");
  if ((await value()) !== "0.04") fail("history", `redo leads to ${await value()}`);
  await page.waitForFunction(() => location.hash.includes("set.risk1=0.04"), null, WAIT);
  await page.click(".number.changed .reset");
  await page.waitForFunction(() => !location.hash.includes("set."), null, WAIT);
  // By keyboard alone: a dialog and back, then from tab to tab.
  await page.locator(".open").focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog .story", WAIT);
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement.matches(".open"), null, WAIT);
  await page.locator("#wb-tab-answer").focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => location.hash.startsWith("#/tree"), null, WAIT);
  await page.goBack();
  await page.waitForSelector("#wb-tab-answer[aria-selected=true]", WAIT);
  await context.close();
}

async function compared() {
  for (const [name, options] of [VIEWS[0], VIEWS[3]]) {
    const { context, page } = await open("compare", "#/answer?of=library/brinkmanship", options);
    await drawn(page);
    await settled(page);
    await page.locator(".answer-bar .actions button").first().click();
    await page.waitForSelector("#wb-compare", WAIT);
    await page.evaluate(() => {
      const range = document.querySelector("#wb-n-resolute_rate");
      range.value = 0.3;
      range.dispatchEvent(new Event("input", { bubbles: true }));
    });
    await page.waitForFunction(() => [...document.querySelectorAll("#wb-compare .change")].some((c) => /^[+−]/.test(c.textContent)), null, WAIT);
    if ((await page.locator("#wb-compare svg .mark").count()) < 4) fail("compare", "the picture has no marks");
    await overflow("compare", page, options.viewport.width);
    await accessible("compare", page);
    await shot(page, `compare-${name}`);
    await context.close();
  }
}

/** The tree by keyboard, and by its buttons. */
async function tree() {
  const { context, page } = await open("tree", "#/tree?of=library/brinkmanship");
  await page.locator("[role=treeitem]").first().focus({ ...WAIT });
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  for (let i = 0; i < 5; i++) {
    await page.keyboard.press("ArrowRight");
    await page.waitForTimeout(60);
    await page.keyboard.press("ArrowRight");
    await page.waitForTimeout(60);
  }
  await page.waitForFunction(() => document.querySelectorAll(".crumbs li").length > 2, null, WAIT);
  const known = await page.locator(".tree-node").textContent();
  if (!/What it brings|Worth/.test(known)) fail("tree", "values are missing");
  // The challenger cannot tell a resolute defender from an irresolute one.
  await page.click(".crumbs li:nth-child(2) button");
  const other = page.locator(".histories button").first();
  await other.waitFor(WAIT);
  await shot(page, "tree-open");
  const before = page.url();
  await other.click();
  await page.waitForFunction((before) => location.href !== before, before, WAIT);
  await page.waitForSelector(".histories .here", WAIT);
  await page.reload();
  await page.waitForSelector(".histories .here", WAIT);
  // Another address: of many options the likeliest are shown, and the others once they are asked for.
  await page.goto(`${address}#/tree?of=library/uniform-costs`);
  await page.waitForSelector(".tree-list .folded", WAIT);
  const shown = await page.locator("[role=treeitem]").count();
  await shot(page, "tree-folded");
  await page.click(".tree-list .folded");
  await page.waitForFunction((shown) => document.querySelectorAll("[role=treeitem]").length > shown, shown, WAIT);
  await context.close();
}

async function pictures() {
  const { context, page } = await open("pictures", "#/answer?of=library/brinkmanship");
  await drawn(page);
  await settled(page);
  const save = async (figure, kind) => {
    const [download] = await Promise.all([page.waitForEvent("download", WAIT), page.click(`#figure-${figure} .savers button:has-text("${kind}")`)]);
    const path = join(out, `workbench-saved-${figure}.${kind.toLowerCase()}`);
    await download.saveAs(path);
    return readFileSync(path);
  };
  for (const figure of ["endings", "flow", "precision", "values"]) {
    if ((await page.locator(`#figure-${figure}`).count()) === 0) continue;
    const svg = (await save(figure, "SVG")).toString();
    if (!svg.startsWith("<svg") || /var\(|class=|style=/.test(svg)) fail("pictures", `the SVG of ${figure} does not stand alone`);
    const png = await save(figure, "PNG");
    if (png.subarray(1, 4).toString() !== "PNG" || png.length < 8000) fail("pictures", `the PNG of ${figure} is ${png.length} bytes`);
  }
  const csv = (await save("endings", "CSV")).toString();
  if (csv.split("\r\n").length < 5 || !csv.includes("Disaster")) fail("pictures", `the CSV is ${csv}`);
  const [report] = await Promise.all([page.waitForEvent("download", { timeout: 30_000 }), page.click(".answer-bar >> text=Report")]);
  const path = join(folder, "report.html");
  await report.saveAs(path);
  // The very page that the command writes, but for how long it took.
  await new Promise((done) => spawn(command, ["run", "brinkmanship", "--quiet", "--out", join(folder, "run")], { stdio: "ignore" }).once("exit", done));
  const untimed = (file) => readFileSync(file, "utf8").replace(/"seconds":[\d.e-]+/g, '"seconds":0');
  if (untimed(path) !== untimed(join(folder, "run/report.html"))) fail("pictures", "the report is not that of detente run");
  await context.close();
}

/** A file that was changed on disk is not written over. */
async function conflict() {
  const path = join(folder, "stories/mine.detente");
  writeFileSync(path, story);
  const { context, page } = await open("conflict", "#/story?of=file/mine.detente", VIEWS[0][1], { calm: (words) => words.includes("409") });
  const content = page.locator(".editor .cm-content");
  await content.focus(WAIT);
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("# mine\n");
  await page.keyboard.press("Control+s");
  await page.waitForFunction(() => document.querySelector(".unsaved").textContent === "", null, WAIT);
  if (!readFileSync(path, "utf8").startsWith("# mine\n")) fail("conflict", "the file was not saved");
  writeFileSync(path, `# theirs\n${story}`);
  await content.focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("# again\n");
  await page.keyboard.press("Control+s");
  await page.click("dialog >> text=Show differences", WAIT);
  await page.waitForFunction(() => document.querySelector(".diff")?.shadowRoot?.querySelector(".cm-changedLine"), null, WAIT);
  await accessible("conflict", page);
  await shot(page, "conflict");
  if (!readFileSync(path, "utf8").startsWith("# theirs")) fail("conflict", "the file was written over");
  await page.click("dialog >> text=Keep mine");
  await page.waitForFunction(() => !document.querySelector("dialog"), null, WAIT);
  if (!readFileSync(path, "utf8").startsWith("# again\n# mine")) fail("conflict", "what was kept was not saved");
  // What was not saved is offered again after the browser is gone.
  await content.focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("# draft\n");
  const kept = page.waitForResponse((r) => r.url().includes("/drafts/") && r.request().method() === "POST", WAIT);
  await kept;
  await context.close();
  const second = await open("draft", "#/story?of=file/mine.detente");
  await second.page.click("dialog >> text=Take up the draft", WAIT);
  await second.page.waitForFunction(() => document.querySelector(".editor").shadowRoot.querySelector(".cm-content").textContent.startsWith("# draft"), null, WAIT);
  await second.context.close();
}

/** Takes the first option for as long as one is asked. */
async function playOn(page, most = 12) {
  for (let i = 0; i < most; i++) {
    const what = await page.waitForSelector(".option:not(:disabled), .debrief", WAIT);
    if (await what.evaluate((e) => e.classList.contains("debrief"))) return true;
    await what.click();
    await page.waitForTimeout(80);
  }
  return false;
}

async function alone() {
  const { context, page } = await open("alone", "#/play?of=library/brinkmanship");
  await page.click(".actor-choice label >> text=Defender", WAIT);
  await page.click("text=Begin");
  await page.waitForSelector(".option, .debrief", WAIT);
  await accessible("a chair", page);
  await shot(page, "chair");
  await playOn(page);
  await page.waitForSelector(".debrief .decision, .debrief .headlines li", WAIT);
  await accessible("debrief", page);
  await page.screenshot({ path: join(out, "workbench-debrief.png") });
  await context.close();
}

/** Two people at two browsers, the server ended and begun again between two moves. */
async function together() {
  const calm = (words) => /Failed to load resource|ERR_/.test(words);
  const lead = await open("lead", "#/play?of=library/brinkmanship", VIEWS[0][1], { calm });
  await lead.page.click("text=With others", WAIT);
  for (const who of ["Challenger", "Defender"]) await lead.page.click(`.actor-choice label >> text=${who}`);
  await lead.page.click("text=Create a session");
  await lead.page.waitForSelector(".links li", WAIT);
  await accessible("session", lead.page);
  await shot(lead.page, "session");
  const links = await lead.page.locator(".links input").evaluateAll((inputs) => inputs.map((i) => i.value));
  const seats = [];
  for (const [i, link] of links.slice(0, 2).entries()) seats.push(await open(`seat ${i}`, link.slice(address.length), i ? VIEWS[2][1] : VIEWS[1][1], { calm }));
  await lead.page.click(".links li:nth-child(3) > button");
  await lead.page.waitForSelector("text=Inject an event", WAIT);
  await accessible("facilitator", lead.page);
  await lead.page.click("text=Pause");
  await seats[0].page.waitForSelector("text=The session is paused", WAIT);
  await lead.page.click("text=Go on");
  await seats[0].page.waitForSelector(".option:not(:disabled)", WAIT);
  await shot(seats[0].page, "seat-challenger");
  // Who looks on sees what everybody sees; who has the code alone finds the chairs taken.
  const spectator = await open("spectator", links[3].slice(address.length), VIEWS[3][1], { calm });
  await spectator.page.waitForSelector("text=Waiting for Challenger", WAIT);
  const stranger = await open("stranger", "#/play?of=library/brinkmanship", VIEWS[2][1], { calm });
  const code = await lead.page.textContent(".code");
  await stranger.page.fill(".join input", code.toLowerCase(), WAIT);
  await stranger.page.click(".join button");
  await stranger.page.waitForSelector(".option:disabled >> nth=1", WAIT);
  await shot(stranger.page, "join-by-code");
  await stranger.context.close();
  // Laid down, withdrawn, laid down again; a choice taken back is asked for once more.
  await lead.page.locator(".inject select").nth(1).selectOption({ label: "brink: holds" });
  await lead.page.click(".inject button[type=submit]");
  await lead.page.click(".pending button", WAIT);
  await lead.page.waitForSelector(".pending", { state: "detached", ...WAIT });
  await lead.page.click(".inject button[type=submit]");
  await lead.page.waitForSelector(".pending", WAIT);
  await shot(lead.page, "inject");
  await seats[0].page.click(".option");
  await seats[1].page.waitForSelector(".option:not(:disabled)", WAIT);
  await lead.page.click("text=Take back the last choice");
  await seats[0].page.waitForSelector(".option:not(:disabled)", WAIT);
  await seats[1].page.waitForSelector("text=Waiting for Challenger", WAIT);
  await seats[0].page.click(".option");
  await seats[1].page.waitForSelector(".option:not(:disabled)", WAIT);
  await shot(seats[1].page, "seat-defender");
  if (/(?<!ir)resolute/.test(await seats[0].page.textContent(".seen"))) fail("together", "the challenger is told what is hidden from it");
  await end(server);
  await lead.page.waitForSelector("text=The connection is lost", WAIT);
  server = await serve();
  await seats[1].page.waitForFunction(() => document.querySelector(".connection").textContent === "", null, WAIT);
  await seats[1].page.click(".option:last-child");
  for (let i = 0; i < 12; i++) {
    const over = await Promise.all(seats.map(({ page }) => page.locator(".debrief").count()));
    if (over.every(Boolean)) break;
    for (const { page } of seats) {
      const option = page.locator(".option:not(:disabled)").first();
      if (await option.isVisible().catch(() => false)) await option.click({ timeout: 1000 }).catch(() => {});
      await page.waitForTimeout(100);
    }
  }
  for (const { page } of seats) await page.waitForSelector(".debrief", WAIT);
  await lead.page.waitForSelector(".debrief", WAIT);
  if ((await lead.page.locator(".chair .steps-list .facilitator").count()) !== 1) fail("together", "what was injected is not told as such");
  await spectator.page.waitForSelector(".debrief", WAIT);
  await accessible("spectator", spectator.page);
  await spectator.page.evaluate(() => scrollTo(0, 0));
  await shot(spectator.page, "spectator");
  await spectator.context.close();
  const [log] = await Promise.all([lead.page.waitForEvent("download", WAIT), lead.page.click("text=Log for research")]);
  await log.saveAs(join(folder, "log.parquet"));
  const bytes = readFileSync(join(folder, "log.parquet"));
  if (bytes.subarray(0, 4).toString() !== "PAR1" || bytes.subarray(-4).toString() !== "PAR1") fail("together", "the log is no Parquet file");
  await shot(lead.page, "facilitator");
  await lead.page.evaluate(() => document.querySelector(".debrief").scrollIntoView());
  await shot(lead.page, "facilitator-debrief");
  for (const { context } of [lead, ...seats]) await context.close();
}
