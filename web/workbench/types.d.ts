// What the server and the page tell each other, and what the page remembers.

/** The story that lies on the workbench: from the library, a file of the folder, or one without a name yet. */
export interface Story {
  kind: "library" | "file" | "untitled";
  name: string;
  text: string;
  /** The text as it was opened or last saved. */
  saved: string;
  /** Hash of the saved text on disk; null where there is no file. */
  version: string | null;
}

export interface Edit { from: number; to: number; text: string }
export interface Diagnostic {
  from: number;
  to: number;
  severity: "error" | "warning" | "info" | "hint";
  code: string;
  message: string;
  help?: string | null;
  labels: { from: number; to: number; message: string }[];
  mend: { title: string; edits: Edit[] } | null;
}
export interface Numeral {
  name: string;
  label: string;
  value: number;
  low: number | null;
  high: number | null;
  kind: "number" | "truth" | "option";
  step?: number | null;
  /** What an option may be, in ascending order. */
  options?: number[] | null;
  unit?: string | null;
  percent?: boolean;
  source?: string | null;
  note?: string | null;
  group?: string | null;
  distribution?: string | null;
}
export interface Outline { name: string; label: string; kind: string; from: number; to: number; children: Outline[] }
export interface Analysis {
  diagnostics: Diagnostic[];
  colours: [number, number, string][];
  folds: [number, number][];
  outline: Outline[];
  numbers: Numeral[];
  title: string;
}
export interface FileEntry { path: string; title: string; bytes: number; modified: number | string }
export interface LibraryEntry { name: string; title: string | null; group: string; heading: string; about: string | null }
export interface Status { version: string; folder: string | null; open: string | null; writable: boolean; multi: boolean }
export interface Draft { id: number; saved: number | string; bytes: number; version: string | null }
export interface Section { id: string; title: string; html: string }
export interface Findings { [name: string]: any }
export interface Answer { findings: Findings; sections: Section[]; milliseconds?: number }
export interface Problem { code: string; message: string; help?: string | null; diagnostics?: any }
export interface Progress { stage: string; done: number; of: number; words: string }

/** Settings of the numbers that differ from the story's own. */
export type Numbers = Record<string, number>;
export type Place = "story" | "answer" | "tree" | "play";

export interface Solving {
  running: boolean;
  progress: Progress | null;
  answer: Answer | null;
  /** Whether the answer shown is a first, coarse one. */
  coarse: boolean;
  /** Whether the answer belongs to other numbers or another text than those that lie here now. */
  stale: boolean;
  problem: Problem | null;
  /** Milliseconds from the change to the picture, measured here. */
  took: number | null;
  doubt: boolean;
}

export interface Pinned { answer: Answer; numbers: Numbers; text: string }

export interface State {
  status: Status | null;
  files: FileEntry[];
  library: LibraryEntry[];
  story: Story | null;
  analysis: Analysis | null;
  numbers: Numbers;
  solving: Solving;
  pinned: Pinned | null;
  place: Place;
  side: "numbers" | "text";
  node: number | null;
  dialog: { name: string; [detail: string]: any } | null;
  notice: { words: string; kind: "calm" | "bad" } | null;
  play: { code: string; token: string } | null;
  /** Whether the server wants a token that this browser does not have: then only sessions can be joined. */
  locked: boolean;
  canUndo: boolean;
  canRedo: boolean;
}

export interface TreeOption {
  label: string;
  probability: number;
  value: number | null;
  child: number;
  reach: number;
  values: number[] | null;
}
export interface TreeNode {
  id: number;
  kind: "decision" | "draw" | "end";
  /** Position among the actors. */
  actor: number | null;
  label: string;
  round: number;
  reach: number;
  path: { node: number; label: string; probability: number }[];
  set: {
    id: number;
    name: string;
    size: number;
    knows: string[];
    hidden: string[];
    histories: { node: number; label: string; belief: number | null }[];
  } | null;
  values: number[];
  options: TreeOption[];
  folded: { count: number; probability: number } | null;
  /** Position among the endings. */
  outcome: number | null;
}
export interface Named { id: string; label: string }
export interface TreeView { node: TreeNode; nodes: number; actors: Named[]; outcomes: Named[] }

/** A play as who sits in a chair, leads it or looks on may see it (`detente_play::View`, `Overview`, `Debrief`). */
export interface PlayOption { number: number; id: string; label: string; value: number | null; probability: number | null }
export interface PlayQuestion {
  actor: string;
  label: string;
  round: number | null;
  variable: string;
  about: string;
  options: PlayOption[];
  known: { id: string; label: string; value: string }[];
  thoughts: { words: string; probability: number }[] | null;
}
export interface PlayEntry { kind: "choice" | "draw" | "learned"; actor: string | null; own: boolean; words: string; private: boolean }
export interface PlayChair {
  actor: string | null;
  label: string;
  story: { round: number | null; entries: PlayEntry[] }[];
  endings: { id: string; label: string; low: number | null; high: number | null; possible: boolean }[];
}
export type PlayStatus = "your_turn" | "waiting" | "paused" | "ended" | "called";
export interface PlayView {
  title: string;
  seat: string | null;
  status: PlayStatus;
  turn: number;
  waiting_for: string | null;
  question: PlayQuestion | null;
  chairs: PlayChair[];
  ending: { id: string; label: string; payoffs: number[] } | null;
}
export interface PlayStep { round: number | null; by: "person" | "program" | "chance" | "facilitator"; actor: string | null; words: string; probability: number; hidden_from: string[] }
export interface PlayOverview {
  title: string;
  status: PlayStatus;
  story: PlayStep[];
  seats: { name: string; actors: string[]; turn: number; to_move: boolean }[];
  to_move: { seat: number; name: string; question: PlayQuestion } | null;
  endings: { id: string; label: string; probability: number }[];
  pending: { variable: string; option: string }[];
  injectable: { variable: string; about: string; options: [string, string][] }[];
  undoable: boolean;
  ending: { id: string; label: string; payoffs: number[] } | null;
}
export interface PlayLobby { role: "visitor"; code: string; title: string; seats: { number: number; name: string; taken: boolean }[] }
export interface PlayState { role: "seat" | "facilitator" | "spectator"; title?: string; links?: Session; view: PlayView | null; overview: PlayOverview | null }
export interface DebriefQuality { best: string; loss: number; share: number; words: string }
export interface DebriefDecision {
  number: number;
  round: number | null;
  about: string;
  chosen: string;
  options: { label: string; chosen: boolean; probability: number; foresight: number; hindsight: number }[];
  foresight: DebriefQuality;
  hindsight: DebriefQuality;
  hidden: { words: string; believed: number }[];
  words: string;
}
export interface DebriefActor {
  actor: string;
  label: string;
  seat: string | null;
  expected: number;
  got: number;
  least: number;
  most: number;
  parts: { draws: number; facilitator: number; others: number; hidden: number; decisions: number };
  words: string[];
  decisions: DebriefDecision[];
}
export interface Debrief {
  title: string;
  headlines: string[];
  ending: { id: string; label: string; likelihood: number } | null;
  likelihood: number;
  story: PlayStep[];
  actors: DebriefActor[];
}
export interface Session { code: string; facilitator: string; spectator: string; seats: { name: string; actors: string[]; token: string }[] }
