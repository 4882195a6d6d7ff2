// What the page asks of the server. Answers that come as a stream of events are handed on one by one.

/** @import { Problem } from "./types.js" */

const BASE = new URL("api/v1/", document.baseURI);

/** Who asks, so that the server may drop an older question when a newer one comes. */
const CLIENT = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** What is being asked, by its slot: a newer question there ends the older one before the server would refuse it. @type {Map<string, AbortController>} */
const underway = new Map();

/** An answer that says no. */
export class Refusal extends Error {
  /**
   * @param {Problem} problem
   * @param {number} status
   * @param {any} [body]
   */
  constructor(problem, status, body) {
    super(problem.message);
    this.problem = problem;
    this.status = status;
    this.body = body;
  }
}

/**
 * @param {string} path
 * @param {{ method?: string, body?: unknown, signal?: AbortSignal, slot?: string, token?: string }} [how]
 * @returns {Promise<Response>}
 */
async function ask(path, { method, body, signal, slot, token } = {}) {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json, text/event-stream" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (slot) headers["Detente-Slot"] = `${CLIENT}/${slot}`;
  if (token) headers.Authorization = `Bearer ${token}`;
  const given = signal;
  if (slot) {
    underway.get(slot)?.abort();
    const newer = new AbortController();
    underway.set(slot, newer);
    signal = signal ? AbortSignal.any([signal, newer.signal]) : newer.signal;
  }
  let response;
  try {
    response = await fetch(new URL(path, BASE), {
      method: method ?? (body === undefined ? "GET" : "POST"),
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Refusal({ code: "unreachable", message: String(error) }, 0);
  }
  if (response.ok) return response;
  const text = await response.text();
  let said = null;
  try {
    said = JSON.parse(text);
  } catch {
    // Not ours: a proxy's page, or nothing.
  }
  // An older question of the slot reached the server late and ended this one, which is the newest: it is asked again.
  if (said?.error?.code === "cancelled" && slot && !signal?.aborted) return ask(path, { method, body, signal: given, slot, token });
  throw new Refusal(said?.error ?? { code: String(response.status), message: text || response.statusText }, response.status, said);
}

/**
 * @param {string} path
 * @param {Parameters<typeof ask>[1]} [how]
 * @returns {Promise<any>}
 */
export async function json(path, how) {
  const response = await ask(path, how);
  return response.status === 204 ? null : response.json();
}

/**
 * @param {string} path
 * @param {Parameters<typeof ask>[1]} [how]
 */
export async function blob(path, how) {
  return (await ask(path, how)).blob();
}

/**
 * Server-sent events (HTML standard, 9.2.6), each handed to `on` with its name and its data.
 * @param {string} path
 * @param {Parameters<typeof ask>[1]} how
 * @param {(name: string, data: any) => void} on
 */
export async function events(path, how, on) {
  const response = await ask(path, how);
  if (!response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let name = "message";
  /** @type {string[]} */
  let data = [];
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const lines = (rest + value).split(/\r\n|\n|\r/);
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line === "") {
        if (data.length) on(name, JSON.parse(data.join("\n")));
        name = "message";
        data = [];
      } else if (line.startsWith("event:")) name = line.slice(6).trim();
      else if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
    }
  }
}

/**
 * A path within an address, each part of it escaped.
 * @param {string} path
 */
export const escaped = (path) => path.split("/").map(encodeURIComponent).join("/");

/**
 * What can be said of an error, whatever it is.
 * @param {unknown} error
 * @returns {Problem}
 */
export function problemOf(error) {
  if (error instanceof Refusal) return error.problem;
  return { code: "page", message: error instanceof Error ? error.message : String(error) };
}

/** @param {unknown} error */
export const aborted = (error) => error instanceof DOMException && error.name === "AbortError";
