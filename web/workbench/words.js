// All words of the workbench. Another language is another object of the same shape.

/** @param {number} n @param {string} one @param {string} many */
const count = (n, one, many) => `${n.toLocaleString("en-GB")} ${n === 1 ? one : many}`;

/** @param {number} ms */
const time = (ms) => (ms < 950 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(ms < 9950 ? 1 : 0)} s`);

const ENGLISH = {
  locale: "en-GB",
  name: "Detente",
  skip: "Skip to the answer",
  close: "Close",
  cancel: "Cancel",
  copy: "Copy",
  copied: "Copied",
  notCopied: "Press Ctrl-C",

  places: { all: "Places", story: "The story", answer: "The answer", tree: "The tree", play: "Play" },

  head: {
    open: "Open a story",
    unsaved: "unsaved",
    undo: "Undo the last change of a number",
    redo: "Redo",
    drafts: "Drafts",
    share: "Copy link",
    linked: "The link is copied. It keeps story, numbers and place.",
    link: (/** @type {string} */ address) => `The link: ${address}`,
  },

  welcome: {
    title: "Welcome to the workbench",
    lead: "Here you can think a crisis through: who can do what, what each side knows, and what follows from it.",
    places: [
      ["The story", "is the crisis in plain words and numbers. Move a slider, or change the text."],
      ["The answer", "says how it can end and how likely that is, and follows every change at once."],
      ["The tree", "shows every step: who decides, what they know, what each option is worth to them."],
    ],
    keys: "Nothing here can be broken: every change can be undone, and stories of the library are never written over.",
    begin: "Begin with a small story",
    other: "Choose another",
    flagship: "United States and Iran, 2025 (large)",
  },

  open: {
    title: "Open a story",
    search: "Search stories",
    blank: "Begin a new one",
    files: "In this folder",
    library: "Library",
    nothing: "No story has these words.",
  },

  story: {
    sides: "The story’s numbers and text",
    side: { numbers: "Numbers", text: "Text" },
    textLabel: "Text of the story",
    blank: 'scenario "A new story"\n\nactor us   "We"\nactor them "They"\n\nparam cost = 20 in 5 .. 40 "what a clash costs each side"\n\noutcome peace "Peace"\noutcome clash "A clash"\n\nplay {\n    us chooses move {\n        wait  "wait" { end peace }\n        press "press"\n    }\n    them chooses reply {\n        yield  "yield" { gain us 10, them -5; end peace }\n        resist "resist" { gain us -cost, them -cost; end clash }\n    }\n}\n\nask "Does it come to a clash?" p(clash)\n',
    unnamed: "story",
    mend: "Mend it",
    show: "Show in the text",
    outline: "Outline",
    line: (/** @type {number} */ n) => `Line ${n}`,
    faults: (/** @type {number} */ n) => count(n, "fault", "faults"),
    read: (/** @type {{ severity: string }[]} */ faults) => {
      const errors = faults.filter((f) => f.severity === "error").length;
      const others = faults.length - errors;
      if (errors) return `${count(errors, "fault", "faults")} to mend`;
      return others ? count(others, "remark", "remarks") : "Reads well";
    },
    save: "Save",
    saveAs: "Save as a file",
    path: "Name of the file",
    saveWhere: "It is written into the folder that this workbench serves.",
    taken: (/** @type {string} */ name) => `${name} is there already. Saving asks before it writes over it.`,
    savedAs: (/** @type {string} */ path) => `Saved as ${path}.`,
    notSaved: (/** @type {string} */ why) => `Not saved: ${why}`,
    notKept: (/** @type {string} */ why) => `The draft could not be kept: ${why}`,
    cannotOpen: (/** @type {string} */ name, /** @type {string} */ why) => `${name} cannot be opened: ${why}`,
  },

  numbers: {
    title: "Numbers",
    search: "Search numbers",
    none: "This story has no numbers to move.",
    notFound: (/** @type {string} */ words) => `No number has “${words}”.`,
    yes: "yes",
    no: "no",
    fixed: "no range given",
    own: (/** @type {string} */ value) => `In the story: ${value}`,
    exactly: (/** @type {string} */ name) => `${name}, exactly`,
    reset: (/** @type {string} */ name, /** @type {string} */ value) => `Back to ${value}: ${name}`,
    resetTo: (/** @type {string} */ value) => `Back to the story’s ${value}`,
    resetAll: (/** @type {number} */ n) => (n ? `Reset ${n} changed` : "None changed"),
  },

  answer: {
    contents: "Sections of the answer",
    solving: "Solving …",
    first: "The first answer is on its way …",
    progress: "How far the solving is",
    stop: "Stop",
    coarse: (/** @type {string} */ words) => `A first, coarse answer. ${words || "The exact one is on its way …"}`,
    faulty: "The text has a fault. The answer is that of the last sound text.",
    solved: (/** @type {number} */ nodes, /** @type {number | null} */ ms) => `${count(nodes, "node", "nodes")} solved${ms === null ? "" : ` and drawn in ${time(ms)}`}`,
    doubt: "What does it hang on?",
    doubtWhy: "Solves the story many times with other numbers from their ranges",
    report: "Report",
    writing: "The report is being written …",
    written: "The report is written.",
    about: "About this story, and how to take its numbers",
    caution:
      "The answer follows from judgements: the story’s own assumptions about costs, chances and aims, listed below with their ranges and sources. The model is a device for thinking a crisis through, step by step and without contradiction. It is no prophecy.",
    asOf: (/** @type {string} */ date) => `As of ${date}`,
    source: (/** @type {string} */ words) => `Source: ${words}`,
    untrusted: "These findings are not trustworthy.",
    trouble: "This could not be solved",
  },

  compare: {
    title: "Compared with what was pinned",
    pin: "Pin to compare",
    unpin: "Unpin",
    same: "Nothing differs yet. Move a number, or change the text.",
    endings: "How it can end: then and now",
    how: "Hollow: pinned. Filled: now. On the right the probability now, and the change in percentage points.",
    said: (/** @type {string} */ label, /** @type {string} */ then, /** @type {string} */ now) => `What changes most: ${label}, from ${then} to ${now}.`,
    asks: "Questions: then and now",
    numbers: "Numbers of this picture",
    what: "What",
    pinned: "Pinned",
    here: "Now",
    change: "Change",
    worth: (/** @type {string} */ actor) => `Worth to ${actor}`,
  },

  picture: {
    save: "Save picture:",
    saveAs: (/** @type {string} */ title, /** @type {string} */ kind) => `Save “${title}” as ${kind}`,
    failed: (/** @type {string} */ why) => `The picture could not be saved: ${why}`,
  },

  tree: {
    title: "How it can go, step by step",
    how: (/** @type {number} */ nodes) => `${count(nodes, "node", "nodes")} in all. Arrow keys move and open; the percentage is the chance of the step.`,
    root: "The beginning",
    none: "There is no answer to explore yet.",
    loading: "Growing the tree …",
    trouble: "The tree cannot be shown",
    way: "The way here",
    chance: "Chance",
    end: "The end",
    heading: (/** @type {string} */ kind, /** @type {string} */ who) => (kind === "end" ? `It ends: ${who}` : kind === "draw" ? "Chance decides" : `${who} decides`),
    reach: (/** @type {string} */ p) => `Reached in ${p} of courses`,
    options: "Options",
    draws: "What may happen",
    option: "Option",
    taken: "Taken",
    chanceOf: "Chance",
    worth: "Worth",
    folded: (/** @type {number} */ n, /** @type {string} */ p) => `${count(n, "other", "others")}, together ${p}: show more`,
    knowledge: "Who knows what",
    knows: "Knows:",
    knowsNothing: "Nothing has been seen before this.",
    hidden: "Does not see:",
    believes: (/** @type {number} */ n) => `It cannot tell ${count(n, "history", "histories")} apart. What it believes of each:`,
    certain: "It knows exactly where it stands.",
    here: "(here)",
    others: (/** @type {number} */ n) => `And ${count(n, "other", "others")}.`,
    values: "Worth from here on",
    payoffs: "What it brings to each",
  },

  conflict: {
    title: "The file has changed on disk",
    lead: (/** @type {string} */ path) => `Somebody else has written ${path} since you opened it. Nothing has been overwritten.`,
    mine: "Keep mine",
    theirs: "Take theirs",
    show: "Show differences",
    onDisk: "On disk",
    here: "Here",
    kept: "Whichever you choose, your text stays among the drafts.",
  },

  drafts: {
    title: "Drafts of this story",
    how: "Your text is kept as you write. Taking one can be undone in the editor.",
    none: "There is no draft of this story.",
    loading: "Looking …",
    size: (/** @type {number} */ bytes) => count(bytes, "byte", "bytes"),
    newer: "There is a newer draft",
    lead: (/** @type {string} */ time) => `You wrote on ${time} what was not saved. Take it up again?`,
    take: "Take up the draft",
    leave: "Leave it",
  },

  /** What the editor says. */
  editor: /** @type {Record<string, string>} */ ({}),

  play: {
    title: "Sit in a chair",
    lead: "Take an actor’s decisions, one by one, seeing only what that actor may see. The others play as the answer says. At the end you see what was hidden, and how good your decisions were.",
    alone: "Play alone",
    who: "Which actors will you be?",
    begin: "Begin",
    together: "Play with others",
    togetherLead: "Everybody gets a link of their own. Those nobody takes play as the answer says.",
    seats: "Which actors are played by people?",
    create: "Create a session",
    facilitated: "I lead the session (I can pause it, inject an event, take back a step)",
    code: "Code",
    links: "Links",
    linkOf: (/** @type {string} */ who) => `Link for ${who}`,
    facilitator: "the facilitator",
    spectator: "spectators",
    sitHere: "Sit here",
    leave: "Leave",
    turn: "Your turn",
    waiting: (/** @type {string} */ who) => `Waiting for ${who} …`,
    paused: "Paused by the facilitator",
    over: "It is over",
    so: "What you have seen so far",
    nothing: "Nothing yet.",
    lost: "The connection is lost. Trying again …",
    pause: "Pause",
    resume: "Go on",
    undo: "Take back the last step",
    inject: "Inject an event",
    debrief: "Debrief",
    log: "Log (Parquet)",
  },
};

/** @typedef {typeof ENGLISH} Words */

/** @type {Words} */
export const W = ENGLISH;
