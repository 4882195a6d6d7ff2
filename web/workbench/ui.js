// Small parts that many places use.

import { html, useEffect, useRef } from "../vendor/preact/preact.js";
import { set } from "./store.js";
import { W } from "./words.js";

/**
 * Arrow keys move among the tabs of a list (WAI-ARIA practices, tabs with automatic activation).
 * @param {KeyboardEvent} event
 */
export function roving(event) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: "first", End: "last" }[event.key];
  if (step === undefined) return;
  const list = /** @type {HTMLElement} */ (event.currentTarget);
  const tabs = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[role=tab]")]).filter((tab) => tab.offsetParent !== null);
  const at = tabs.findIndex((tab) => tab === document.activeElement);
  const to = step === "first" ? 0 : step === "last" ? tabs.length - 1 : (at + Number(step) + tabs.length) % tabs.length;
  event.preventDefault();
  tabs[to]?.click();
  tabs[to]?.focus();
}

/**
 * @param {{ title: string, wide?: boolean, children?: any, onClose?: () => void }} props
 */
export function Dialog({ title, wide = false, children, onClose }) {
  const box = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const close = () => {
    onClose?.();
    set({ dialog: null });
  };
  useEffect(() => {
    const dialog = box.current;
    const before = document.activeElement;
    if (dialog && !dialog.open) dialog.showModal();
    return () => {
      dialog?.close();
      // Back to where the keyboard was, once the dialog is gone.
      setTimeout(() => document.activeElement === document.body && before instanceof HTMLElement && before.focus());
    };
  }, []);
  return html`<dialog
    ref=${box}
    class=${wide ? "wide" : ""}
    aria-labelledby="wb-dialog-title"
    onCancel=${(/** @type {Event} */ e) => (e.preventDefault(), close())}
    onClick=${(/** @type {MouseEvent} */ e) => e.target === e.currentTarget && close()}
  >
    <div class="dialog">
      <header class="dialog-head">
        <h2 id="wb-dialog-title">${title}</h2>
        <button type="button" class="quiet" onClick=${close}>${W.close}</button>
      </header>
      ${children}
    </div>
  </dialog>`;
}

/** Words with program text in backticks. @param {{ words: string }} props */
export function Told({ words }) {
  return html`${words.split("`").map((piece, i) => (i % 2 ? html`<code>${piece}</code>` : piece))}`;
}

/** A bar of a share, beside words that say it. @param {{ share: number | null, color?: string }} props */
export function Bar({ share, color = "var(--accent)" }) {
  const width = `${100 * Math.min(1, Math.max(0, share ?? 0))}%`;
  return html`<span class="bar-track" aria-hidden="true"><span style=${{ width, background: color }}></span></span>`;
}

/**
 * Something to be copied, with the button that copies it.
 * @param {{ text: string, label: string }} props
 */
export function Copy({ text, label }) {
  const button = useRef(/** @type {HTMLButtonElement | null} */ (null));
  const copy = async () => {
    const done = await copied(text);
    if (!button.current) return;
    button.current.textContent = done ? W.copied : W.notCopied;
    setTimeout(() => button.current && (button.current.textContent = W.copy), 2000);
  };
  return html`<span class="copy"><input type="text" readonly value=${text} aria-label=${label} onFocus=${(/** @type {any} */ e) => e.currentTarget.select()} />
    <button type="button" ref=${button} onClick=${copy} aria-label=${`${W.copy}: ${label}`}>${W.copy}</button></span>`;
}

/** @param {string} text */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
