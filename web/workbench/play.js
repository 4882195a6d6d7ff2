// Sitting in a chair: alone or with others.

import { html } from "../vendor/preact/preact.js";
import { W } from "./words.js";

export function PlayPlace() {
  return html`<div class="play"><h2>${W.play.title}</h2><p class="lead">${W.play.lead}</p></div>`;
}
