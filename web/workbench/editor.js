// The text of the story in CodeMirror. What colours, faults, folds and completions are is told by the server.
//
// The editor stands in a shadow root: there CodeMirror's styles are sheets that script has made, which a strict content
// security policy allows, and not style elements, which it forbids.

import {
  Decoration,
  EditorSelection,
  EditorState,
  EditorView,
  RangeSetBuilder,
  StateEffect,
  StateField,
  acceptCompletion,
  autocompletion,
  bracketMatching,
  closeBrackets,
  closeBracketsKeymap,
  codeFolding,
  completionKeymap,
  defaultKeymap,
  drawSelection,
  dropCursor,
  foldGutter,
  foldKeymap,
  foldService,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSelectionMatches,
  highlightSpecialChars,
  history,
  historyKeymap,
  hoverTooltip,
  indentUnit,
  keymap,
  lineNumbers,
  lintGutter,
  lintKeymap,
  redo,
  redoDepth,
  search,
  searchKeymap,
  setDiagnostics,
  undo,
  undoDepth,
} from "../vendor/codemirror/codemirror.js";
import { json } from "./api.js";
import { paragraphs } from "./markdown.js";
import * as undoing from "./undo.js";
import { W } from "./words.js";

/** @import { Analysis, Diagnostic, Edit } from "./types.js" */
/** @import { CompletionContext, CompletionResult, DecorationSet, ChangeSpec, Tooltip } from "../vendor/codemirror/codemirror.js" */

/** @type {import("../vendor/codemirror/codemirror.js").StateEffectType<Analysis>} */
const told = StateEffect.define();

/** Colours as the server told them, moved along with what is typed since. */
const colours = StateField.define({
  create: () => /** @type {DecorationSet} */ (Decoration.none),
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) if (effect.is(told)) next = coloured(effect.value, transaction.state.doc.length);
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/**
 * @param {Analysis} analysis
 * @param {number} length
 */
function coloured({ colours }, length) {
  const builder = /** @type {RangeSetBuilder<Decoration>} */ (new RangeSetBuilder());
  for (const [from, to, kind] of colours) {
    if (from < to && to <= length) builder.add(from, to, Decoration.mark({ class: `c-${kind}` }));
  }
  return builder.finish();
}

/** Where text can be folded, by the position at which a fold begins. */
const folds = StateField.define({
  create: () => /** @type {[number, number][]} */ ([]),
  update(ranges, transaction) {
    let next = transaction.docChanged
      ? ranges.map(([from, to]) => /** @type {[number, number]} */ ([transaction.changes.mapPos(from), transaction.changes.mapPos(to)]))
      : ranges;
    for (const effect of transaction.effects) if (effect.is(told)) next = effect.value.folds;
    return next;
  },
});

const folding = foldService.of((state, lineStart, lineEnd) => {
  const found = state.field(folds).find(([from, to]) => from >= lineStart && from <= lineEnd && to > lineEnd && to <= state.doc.length);
  if (!found) return null;
  // The brace that opens what is folded stays in sight, as the one that closes it does.
  const from = Math.min(lineEnd, Math.max(found[0], lineStart));
  return { from: /[{([]/.test(state.sliceDoc(from, from + 1)) ? from + 1 : from, to: found[1] };
});

/** The document's own colours and sizes: variables of the page reach into the shadow root. */
const theme = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", backgroundColor: "var(--paper)", fontSize: "var(--editor-size, .9rem)" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55" },
  ".cm-content": { caretColor: "var(--ink)", padding: ".5rem 0" },
  "&.cm-focused": { outline: "none" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "var(--selection)" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "var(--paper)", color: "var(--faint)", border: "none" },
  ".cm-activeLine": { backgroundColor: "var(--line)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--line)", color: "var(--ink)" },
  ".cm-foldPlaceholder": { background: "var(--raised)", border: "1px solid var(--rule)", color: "var(--faint)", padding: "0 .4em" },
  ".cm-selectionMatch": { backgroundColor: "var(--zone)" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "var(--zone)", outline: "1px solid var(--accent)" },
  ".cm-searchMatch": { backgroundColor: "var(--mark)" },
  ".cm-searchMatch-selected": { outline: "2px solid var(--accent)" },
  ".cm-panels": { backgroundColor: "var(--raised)", color: "var(--ink)", borderColor: "var(--rule)", fontFamily: "var(--sans)" },
  ".cm-panels.cm-panels-bottom": { borderTop: "1px solid var(--rule)" },
  ".cm-panel.cm-search": { padding: ".6rem .8rem" },
  ".cm-panel label": { fontSize: ".85rem" },
  ".cm-textfield": { backgroundColor: "var(--paper)", color: "var(--ink)", border: "1px solid var(--faint)", fontSize: ".9rem", padding: ".25rem .4rem" },
  ".cm-button": { backgroundImage: "none", backgroundColor: "var(--paper)", color: "var(--ink)", border: "1px solid var(--faint)", borderRadius: "4px", fontSize: ".85rem" },
  ".cm-panel button[name=close]": { color: "var(--ink)", fontSize: "1.2rem" },
  ".cm-tooltip": { backgroundColor: "var(--raised)", color: "var(--ink)", border: "1px solid var(--faint)", borderRadius: "6px", fontFamily: "var(--sans)", fontSize: ".9rem", maxWidth: "34rem" },
  ".cm-tooltip .cm-hover": { padding: ".5rem .75rem", maxHeight: "20rem", overflowY: "auto", lineHeight: "1.45" },
  ".cm-tooltip p": { margin: "0 0 .4rem" },
  ".cm-tooltip pre": { margin: "0 0 .4rem", font: ".84rem/1.45 var(--mono)", whiteSpace: "pre-wrap" },
  ".cm-tooltip code": { fontFamily: "var(--mono)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "16rem" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--accent)", color: "var(--paper)" },
  ".cm-completionDetail": { fontStyle: "normal", opacity: ".8", fontFamily: "var(--sans)" },
  ".cm-diagnostic": { padding: ".5rem .75rem", borderLeft: "3px solid var(--faint)", whiteSpace: "pre-wrap", lineHeight: "1.45" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--bad)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--ending-1)" },
  ".cm-diagnosticAction": { backgroundColor: "var(--accent)", color: "var(--paper)", borderRadius: "4px", padding: ".25rem .6rem", margin: ".4rem 0 0", display: "block", fontSize: ".85rem", cursor: "pointer" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--bad) 1.5px", textUnderlineOffset: "3px" },
  ".cm-lintRange-warning": { backgroundImage: "none", textDecoration: "underline wavy var(--ending-1) 1.5px", textUnderlineOffset: "3px" },
  ".cm-lintRange-info, .cm-lintRange-hint": { backgroundImage: "none", textDecoration: "underline dotted var(--accent) 1.5px", textUnderlineOffset: "3px" },
  ".cm-lint-marker": { content: "none", width: ".7em", height: ".7em", borderRadius: "50%", marginTop: ".35em" },
  ".cm-lint-marker-error": { background: "var(--bad)" },
  ".cm-lint-marker-warning": { background: "var(--ending-1)" },
  ".cm-lint-marker-info": { background: "var(--accent)" },
  ".c-keyword": { color: "var(--accent)", fontWeight: "600" },
  ".c-comment": { color: "var(--faint)", fontStyle: "italic" },
  ".c-string, .c-text": { color: "var(--good)" },
  ".c-number": { color: "var(--actor-1)" },
  ".c-class, .c-actor": { color: "var(--actor-4)", fontWeight: "600" },
  ".c-property, .c-parameter, .c-constant": { color: "var(--actor-6)" },
  ".c-function": { color: "var(--actor-3)" },
  ".c-enumMember, .c-option": { color: "var(--actor-8)" },
  ".c-event, .c-outcome": { color: "var(--actor-5)", fontWeight: "600" },
  ".c-enum, .c-issue": { color: "var(--actor-9)" },
});

/**
 * @param {Diagnostic} fault
 * @param {number} length
 */
function marked(fault, length) {
  const from = Math.min(fault.from, length);
  const help = fault.help ? `\n${fault.help}` : "";
  const beside = fault.labels.filter((label) => label.message).map((label) => `\n· ${label.message}`);
  const mend = fault.mend;
  return {
    from,
    to: Math.min(Math.max(fault.to, from), length),
    severity: fault.severity,
    source: fault.code,
    message: `${fault.message}${beside.join("")}${help}`,
    actions: mend ? [{ name: mend.title || W.story.mend, apply: (/** @type {EditorView} */ view) => apply(view, mend.edits) }] : [],
  };
}

/**
 * @param {EditorView} view
 * @param {Edit[]} edits
 */
function apply(view, edits) {
  /** @type {ChangeSpec[]} */
  const changes = edits.map(({ from, to, text }) => ({ from, to, insert: text }));
  view.dispatch({ changes, userEvent: "input.mend" });
  view.focus();
}

/** How kinds of completions are called in CodeMirror's style. */
const ICONS = /** @type {Record<string, string>} */ ({ keyword: "keyword", number: "constant", function: "function", actor: "class", option: "enum" });

/**
 * @param {HTMLElement} host
 * @param {{ text: string, name: () => string, edited: (text: string) => void, save: () => void }} how
 */
export function createEditor(host, { text, name, edited, save }) {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  root.replaceChildren();
  let quiet = false;

  /** @param {CompletionContext} context @returns {Promise<CompletionResult | null>} */
  const complete = async (context) => {
    if (!context.explicit && !context.matchBefore(/[\p{L}\p{N}_@]+$/u)) return null;
    const body = { text: context.state.doc.toString(), name: name(), at: context.pos };
    const found = await json("complete", { body, slot: "complete" }).catch(() => null);
    if (!found || context.aborted) return null;
    return {
      from: found.from,
      to: found.to ?? undefined,
      options: found.items.map((/** @type {any} */ item) => ({
        label: item.label,
        apply: item.insert ?? item.label,
        type: ICONS[item.kind] ?? "variable",
        detail: item.detail ?? undefined,
        info: item.documentation ? () => paragraphs(item.documentation) : undefined,
      })),
      validFor: /^[\p{L}\p{N}_@]*$/u,
    };
  };

  const hover = hoverTooltip(async (view, pos) => {
    const body = { text: view.state.doc.toString(), name: name(), at: pos };
    const found = await json("hover", { body, slot: "hover" }).catch(() => null);
    if (!found) return null;
    return /** @type {Tooltip} */ ({
      pos: found.from,
      end: found.to,
      above: true,
      create: () => {
        const dom = document.createElement("div");
        dom.className = "cm-hover";
        dom.append(paragraphs(found.markdown));
        return { dom };
      },
    });
  });

  /** @param {string} doc */
  const fresh = (doc) =>
    EditorState.create({
      doc,
      extensions: [
        lineNumbers(),
        foldGutter({ openText: "▾", closedText: "▸", foldingChanged: (update) => update.transactions.some((t) => t.effects.some((e) => e.is(told))) }),
        lintGutter(),
        highlightSpecialChars(),
        history(),
        drawSelection(),
        dropCursor(),
        indentUnit.of("    "),
        EditorState.tabSize.of(4),
        EditorState.phrases.of(W.editor),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ override: [complete], icons: false }),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        highlightSelectionMatches(),
        search({ top: false }),
        codeFolding(),
        colours,
        folds,
        folding,
        hover,
        theme,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": W.story.textLabel, tabindex: "0", spellcheck: "false", autocorrect: "off", autocapitalize: "off" }),
        EditorState.languageData.of(() => [{ commentTokens: { line: "#" } }]),
        keymap.of([
          { key: "Mod-s", preventDefault: true, run: () => (save(), true) },
          // Tab takes a completion, and else leads on: who has no mouse must get out of the editor.
          { key: "Tab", run: acceptCompletion },
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...defaultKeymap,
          ...searchKeymap,
          ...historyKeymap,
          ...foldKeymap,
          ...lintKeymap,
        ]),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          const how = (/** @type {string} */ event) => update.transactions.some((t) => t.isUserEvent(event));
          if (how("undo")) undoing.took("text");
          else if (how("redo")) undoing.again("text");
          else if (undoDepth(update.state) > undoDepth(update.startState) || redoDepth(update.startState) > 0) undoing.did("text");
          if (!quiet) edited(update.state.doc.toString());
        }),
      ],
    });

  const view = new EditorView({ state: fresh(text), parent: root, root });
  // Where faults are told below, the text has less room: what is written stays in sight.
  let height = host.clientHeight;
  const observer = new ResizeObserver(() => {
    const less = host.clientHeight < height;
    height = host.clientHeight;
    if (less && view.hasFocus) view.dispatch({ effects: EditorView.scrollIntoView(view.state.selection.main.head, { yMargin: 24 }) });
  });
  observer.observe(host);
  undoing.provide("text", { undo: () => void undo(view), redo: () => void redo(view) });
  return {
    view,
    text: () => view.state.doc.toString(),
    /** Another story: nothing to take back. @param {string} text */
    lay(text) {
      quiet = true;
      view.setState(fresh(text));
      quiet = false;
    },
    /** Another text of the same story, which can be taken back. @param {string} text */
    replace(text) {
      quiet = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
      quiet = false;
    },
    /** What the server read, if it read what stands here. @param {Analysis} analysis */
    tell(analysis) {
      view.dispatch({ effects: told.of(analysis) });
      const length = view.state.doc.length;
      view.dispatch(setDiagnostics(view.state, analysis.diagnostics.map((fault) => marked(fault, length))));
    },
    /** @param {number} from @param {number} to */
    reveal(from, to) {
      const end = view.state.doc.length;
      view.dispatch({
        selection: EditorSelection.single(Math.min(from, end), Math.min(to, end)),
        effects: EditorView.scrollIntoView(Math.min(from, end), { y: "center" }),
      });
      view.focus();
    },
    /** @param {Edit[]} edits */
    mend: (edits) => apply(view, edits),
    stop() {
      observer.disconnect();
      view.destroy();
    },
  };
}
