// The page begins here: what the address asks for is opened, and the address follows what is done.

import { html, render } from "../vendor/preact/preact.js";
import { json, problemOf } from "./api.js";
import { App } from "./app.js";
import * as history from "./numbers_history.js";
import * as link from "./link.js";
import { solve } from "./solving.js";
import * as stories from "./stories.js";
import { get, set, watch } from "./store.js";
import { W } from "./words.js";

/** The story that lies here at a first visit: small, so that it answers at once. */
const FIRST = "brinkmanship";

const root = document.getElementById("wb");
if (root) {
  document.documentElement.lang = W.locale;
  render(html`<${App} />`, root);
  void begin();
}

async function begin() {
  const asked = link.read(location.hash);
  set({ place: asked.place, node: asked.node, play: asked.code ? { code: asked.code, token: asked.token ?? "" } : null });
  follow();
  // Who was invited to a seat may see that, and no more of the folder; the rest comes when they leave the table.
  if (asked.code) {
    const stop = watch((s) => s.play, (play) => {
      if (play || get().story) return;
      stop();
      void bench({ ...asked, code: null, token: null });
    });
  } else await bench(asked);
}

/** @param {link.Link} asked */
async function bench(asked) {
  const status = await json("status").catch((error) => {
    const problem = problemOf(error);
    if (problem.code === "token") set({ locked: true, place: "play" });
    else stories.notify(problem.message, "bad");
    return null;
  });
  if (get().locked) return;
  await stories.list();
  set({ status });
  const { files, library } = get();
  const only = status?.open ?? (files.length === 1 ? files[0].path : null);
  const first = only ? `file/${only}` : `library/${library.some((l) => l.name === FIRST) ? FIRST : (library[0]?.name ?? "")}`;
  if (!asked.of && !welcomed()) set({ dialog: { name: "welcome" } });
  await stories.open(asked.of ?? first, asked.numbers, asked.node);
}

function welcomed() {
  try {
    return localStorage.getItem("detente-welcomed") !== null;
  } catch {
    return false;
  }
}

/** Writes what is done into the address, and does what another address asks for. */
function follow() {
  const address = () => {
    const { place, story, node, numbers, play } = get();
    return link.write({ place, of: story ? stories.refOf(story) : null, node, numbers, code: play?.code ?? null, token: play?.token || null });
  };
  let written = location.hash;
  let restoring = false;
  /** @param {boolean} step  whether the browser's back button should come back to before it */
  const write = (step) => {
    const now = address();
    if (now === written || restoring) return;
    written = now;
    window.history[step ? "pushState" : "replaceState"](null, "", now);
  };
  watch((s) => s.place, () => write(true));
  let looked = get().node;
  watch((s) => s.node, (node) => {
    // The root that a tree begins with is no step of its own.
    write(get().place === "tree" && looked !== null);
    looked = node;
  });
  // The first story is no step from anywhere.
  let lain = false;
  watch((s) => s.story && stories.refOf(s.story), () => {
    write(lain);
    lain = true;
  });
  watch((s) => s.play, () => write(false));
  // Browsers refuse more than some 200 changes in half a minute, which a slider reaches.
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  watch((s) => s.numbers, () => (clearTimeout(later), (later = setTimeout(() => write(false), 300))));

  addEventListener("popstate", async () => {
    if (location.hash === written) return;
    written = location.hash;
    restoring = true;
    const asked = link.read(written);
    const { story, numbers } = get();
    if (asked.of && (!story || asked.of !== stories.refOf(story))) await stories.open(asked.of, asked.numbers, asked.node);
    else if (JSON.stringify(asked.numbers) !== JSON.stringify(numbers)) {
      history.change("", asked.numbers);
      solve();
    }
    set({ place: asked.place, ...(asked.place === "tree" ? { node: asked.node } : {}), play: asked.code ? { code: asked.code, token: asked.token ?? "" } : null });
    restoring = false;
  });
  addEventListener("beforeunload", (event) => {
    if (!stories.losing()) return;
    void stories.keep();
    event.preventDefault();
  });
  addEventListener("visibilitychange", () => document.visibilityState === "hidden" && void stories.keep());
}
