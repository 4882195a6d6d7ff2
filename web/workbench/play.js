// Play: a chair is taken alone, or a session is made whose chairs are taken by others through their links.

import { html, useEffect, useState } from "../vendor/preact/preact.js";
import { actorColor } from "../lib/palette.js";
import { aborted, blob, events, json, problemOf } from "./api.js";
import { Chair, Looking } from "./chair.js";
import { Facilitator } from "./facilitator.js";
import { Debriefing } from "./debrief.js";
import { download, fileOf, notify } from "./stories.js";
import { get, set, useStore } from "./store.js";
import { Copy } from "./ui.js";
import { write } from "./link.js";
import { W } from "./words.js";

/** @import { Debrief, PlayLobby, PlayState, Session } from "./types.js" */

/** Milliseconds before a lost connection is tried again: at first, and at most. */
const AGAIN = 500;
const LATEST = 8000;

export function PlayPlace() {
  const play = useStore((s) => s.play);
  return html`<div class="play">${play?.code ? play.token ? html`<${Table} key=${`${play.code} ${play.token}`} code=${play.code} token=${play.token} />` : html`<${Door} key=${play.code} code=${play.code} />` : html`<${Lobby} />`}</div>`;
}

/** @param {string} code @param {string} token */
const linkTo = (code, token) => `${location.origin}${location.pathname}${write({ place: "play", code, token })}`;

/** Sessions that were made in this browser, so that whoever leads one comes back to its links. @returns {Session[]} */
function made() {
  try {
    return JSON.parse(localStorage.getItem("detente-sessions") ?? "[]");
  } catch {
    return [];
  }
}

/** @param {Session} session */
function remember(session) {
  try {
    localStorage.setItem("detente-sessions", JSON.stringify([session, ...made()].slice(0, 20)));
  } catch {
    // The links stand on the page all the same.
  }
}

function Lobby() {
  const answer = useStore((s) => s.solving.answer);
  const story = useStore((s) => s.story);
  const locked = useStore((s) => s.locked);
  const actors = /** @type {{ id: string, label: string }[]} */ (answer?.findings.actors ?? []);
  const [chosen, setChosen] = useState(/** @type {string[]} */ ([]));
  const [together, setTogether] = useState(false);
  const [hints, setHints] = useState(false);
  const [free, setFree] = useState(true);
  const [precision, setPrecision] = useState("");
  const [busy, setBusy] = useState(false);
  const [session, setSession] = useState(/** @type {Session | null} */ (null));
  const mine = chosen.filter((id) => actors.some((a) => a.id === id));
  const toggle = (/** @type {string} */ id) => setChosen(mine.includes(id) ? mine.filter((c) => c !== id) : [...mine, id]);
  const label = (/** @type {string} */ id) => actors.find((a) => a.id === id)?.label ?? id;
  const begin = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!story || mine.length === 0) return;
    setBusy(true);
    const seats = together ? mine.map((id) => ({ name: label(id), actors: [id] })) : [{ name: mine.map(label).join(W.and), actors: mine }];
    const body = { text: story.text, name: fileOf(story), numbers: get().numbers, precision: precision ? Number(precision) : null, seats, hints, spectators: "public", open: together && free };
    try {
      const session = /** @type {Session} */ (await json("plays", { body }));
      if (together) {
        remember(session);
        setSession(session);
      } else set({ play: { code: session.code, token: session.seats[0].token } });
    } catch (error) {
      notify(problemOf(error).message, "bad");
    }
    setBusy(false);
  };
  if (locked) return html`<h1>${W.play.title}</h1><p class="lead">${W.play.locked}</p><${Join} />`;
  if (session) return html`<${Links} session=${session} back=${() => setSession(null)} />`;
  return html`<h1>${W.play.title}</h1>
    <p class="lead">${W.play.lead}</p>
    ${actors.length === 0
      ? html`<p class="none" role="status">${W.play.first}</p>`
      : html`<form class="lobby" onSubmit=${begin}>
          <fieldset>
            <legend>${W.play.how}</legend>
            <label><input type="radio" name="how" checked=${!together} onChange=${() => setTogether(false)} /> <b>${W.play.alone}</b></label>
            <label><input type="radio" name="how" checked=${together} onChange=${() => setTogether(true)} /> <span><b>${W.play.together}</b><br /><span class="faint">${W.play.togetherLead}</span></span></label>
          </fieldset>
          <fieldset>
            <legend>${together ? W.play.seats : W.play.who}</legend>
            <div class="actor-choice">
              ${actors.map(
                (a, i) => html`<label key=${a.id} class=${mine.includes(a.id) ? "on" : ""} style=${{ "--key": actorColor(i) }}>
                  <input type="checkbox" checked=${mine.includes(a.id)} onChange=${() => toggle(a.id)} /> <bdi>${a.label}</bdi>
                </label>`,
              )}
            </div>
          </fieldset>
          <fieldset>
            <legend>${W.play.others}</legend>
            <label>${W.play.precision} <select onChange=${(/** @type {any} */ e) => setPrecision(e.currentTarget.value)}>${W.play.precisions.map(([value, words]) => html`<option value=${value} selected=${value === precision}>${words}</option>`)}</select></label>
            <label><input type="checkbox" checked=${hints} onChange=${() => setHints(!hints)} /> ${W.play.hints}</label>
            ${together && html`<label><input type="checkbox" checked=${free} onChange=${() => setFree(!free)} /> ${W.play.free}</label>`}
          </fieldset>
          <div class="actions"><button type="submit" class="primary big" disabled=${mine.length === 0 || busy}>${busy ? W.play.preparing : together ? W.play.create : W.play.begin}</button>${mine.length === 0 && html`<span class="faint">${W.play.chooseFirst}</span>`}</div>
        </form>`}
    <${Join} />
    ${made().length > 0 &&
    html`<h2>${W.play.yours}</h2>
      <ul class="sessions">${made().map((s) => html`<li key=${s.code}><button type="button" class="link" onClick=${() => setSession(s)}>${s.code}</button> <span class="faint">${s.seats.map((seat) => seat.name).join(", ")}</span></li>`)}</ul>`}`;
}

/** A link or a code that was told and not sent. */
function Join() {
  const [told, setTold] = useState("");
  const join = (/** @type {Event} */ event) => {
    event.preventDefault();
    // A code that was told by mouth may come in small letters.
    const code = /[?&]code=([^&]+)/.exec(told)?.[1] ?? /^\s*([\w-]+)\s*$/.exec(told)?.[1]?.toUpperCase();
    const token = /[?&]token=([^&]+)/.exec(told)?.[1];
    if (code) set({ play: { code: decodeURIComponent(code), token: token ? decodeURIComponent(token) : "" } });
    else notify(W.play.noLink, "bad");
  };
  return html`<form class="join" onSubmit=${join}>
    <h2>${W.play.join}</h2>
    <div class="copy"><input type="text" aria-label=${W.play.joinLink} placeholder=${W.play.joinLink} value=${told} onInput=${(/** @type {any} */ e) => setTold(e.currentTarget.value)} /><button type="submit">${W.play.enter}</button></div>
  </form>`;
}

/** Who knows only the code sees which seats are free. @param {{ code: string }} props */
function Door({ code }) {
  const [lobby, setLobby] = useState(/** @type {PlayLobby | null} */ (null));
  const [trouble, setTrouble] = useState("");
  const path = `plays/${encodeURIComponent(code)}`;
  const look = () => void json(path).then(setLobby, (error) => setTrouble(problemOf(error).message));
  useEffect(look, [path]);
  const sit = async (/** @type {number} */ seat) => {
    try {
      const { token } = await json(`${path}/join`, { body: { seat } });
      set({ play: { code, token } });
    } catch (error) {
      notify(problemOf(error).message, "bad");
      look();
    }
  };
  return html`<div class="table-head"><p class="facts">${W.play.code} <strong class="code">${code}</strong></p><button type="button" class="quiet" onClick=${() => set({ play: null })}>${W.play.leave}</button></div>
    <p class="connection" role="status">${trouble}</p>
    ${lobby &&
    html`<h1><bdi>${lobby.title}</bdi></h1>
      <p class="lead">${lobby.seats.every((s) => s.taken) ? W.play.noneFree : W.play.free2}</p>
      <div class="options">${lobby.seats.map((s) => html`<button type="button" class="option" key=${s.number} disabled=${s.taken} onClick=${() => sit(s.number)}><bdi>${s.name}</bdi>${s.taken && html`<small>${W.play.taken}</small>`}</button>`)}</div>`}`;
}

/** @param {{ session: Session, back: () => void }} props */
function Links({ session, back }) {
  const open = useStore((s) => s.status?.multi);
  return html`<h1>${W.play.session}</h1>
    <p class="lead">${W.play.code} <strong class="code">${session.code}</strong></p>
    <p>${W.play.linksLead}</p>
    ${/^(localhost|127\.|\[::1\])/.test(location.hostname) && html`<p class="caution">${open ? W.play.elsewhere : W.play.only}</p>`}
    <${LinkList} session=${session} />
    <p><button type="button" class="quiet" onClick=${back}>${W.play.back}</button></p>`;
}

/** @param {{ session: Session }} props */
function LinkList({ session }) {
  const sit = (/** @type {string} */ token) => set({ play: { code: session.code, token } });
  const entries = [...session.seats.map((s) => ({ who: s.name, token: s.token, sit: W.play.sitHere })), { who: W.play.facilitator, token: session.facilitator, sit: W.play.lead2 }, { who: W.play.spectator, token: session.spectator, sit: W.play.look }];
  return html`<ul class="links">
    ${entries.map(
      ({ who, token, sit: words }) => html`<li key=${token}>
        <b><bdi>${who}</bdi></b> <${Copy} text=${linkTo(session.code, token)} label=${W.play.linkOf(who)} />
        <button type="button" onClick=${() => sit(token)} aria-label=${`${words}: ${who}`}>${words}</button>
      </li>`,
    )}
  </ul>`;
}

/** A session from one of its places, kept up to date as it goes on. @param {{ code: string, token: string }} props */
function Table({ code, token }) {
  const [state, setState] = useState(/** @type {PlayState | null} */ (null));
  const [debrief, setDebrief] = useState(/** @type {Debrief | null} */ (null));
  const [trouble, setTrouble] = useState(/** @type {string | null} */ (null));
  const path = `plays/${encodeURIComponent(code)}`;
  useEffect(() => {
    const gone = new AbortController();
    let wait = AGAIN;
    const listen = async () => {
      while (!gone.signal.aborted) {
        try {
          await events(`${path}/events`, { token, signal: gone.signal }, (name, data) => {
            if (name !== "view") return;
            wait = AGAIN;
            setTrouble(null);
            setState(data);
          });
          if (!gone.signal.aborted) setTrouble(W.play.lost);
        } catch (error) {
          if (aborted(error) || gone.signal.aborted) return;
          const { code, message } = problemOf(error);
          const known = ["unreachable", "closing", "busy"].includes(code) || message === "network error";
          setTrouble(known || code === "page" ? W.play.lost : message);
        }
        await new Promise((done) => setTimeout(done, wait));
        wait = Math.min(LATEST, wait * 1.6);
      }
    };
    void listen();
    return () => gone.abort();
  }, [path, token]);
  const status = state?.view?.status ?? state?.overview?.status;
  const over = status === "ended" || status === "called";
  useEffect(() => {
    if (!over) return setDebrief(null);
    json(`${path}/debrief`, { token }).then(setDebrief, (error) => notify(problemOf(error).message, "bad"));
  }, [over, path, token]);

  /** @param {string} act @param {unknown} [body] */
  const act = async (act, body = {}) => {
    try {
      await json(`${path}/${act}`, { body, token });
    } catch (error) {
      notify(problemOf(error).message, "bad");
    }
  };
  const log = async () => {
    try {
      download(await blob(`${path}/log.parquet`, { token }), `${code}.parquet`);
    } catch (error) {
      notify(problemOf(error).message, "bad");
    }
  };
  return html`<div class="table-head">
      <p class="facts">${W.play.code} <strong class="code">${code}</strong>${state?.view?.seat ? html` · <b><bdi>${state.view.seat}</bdi></b>` : ""}</p>
      <button type="button" class="quiet" onClick=${() => set({ play: null })}>${W.play.leave}</button>
    </div>
    <p class="connection" role="status">${trouble ?? ""}</p>
    ${!state && !trouble && html`<p role="status">${W.play.coming}</p>`}
    ${state?.overview && html`<${Facilitator} overview=${state.overview} leads=${state.role === "facilitator"} links=${state.links ? html`<${LinkList} session=${state.links} />` : null} act=${act} log=${log} />`}
    ${state?.view && (state.view.seat !== null ? html`<${Chair} view=${state.view} act=${act} />` : html`<${Looking} view=${state.view} />`)}
    ${debrief && html`<${Debriefing} debrief=${debrief} />`}`;
}
