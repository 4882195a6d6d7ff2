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
  options?: { value: number; label: string }[] | string[];
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
export interface LibraryEntry { name: string; title: string; group: string; about: string }
export interface Status { version: string; folder: string; writable: boolean; multi: boolean }
export interface Draft { id: string; saved: number | string; bytes: number; version: string | null }
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

export interface Pinned { answer: Answer; numbers: Numbers; name: string }

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
  actor: string | null;
  label: string;
  reach: number;
  path: { node: number; label: string }[];
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
  outcome?: string | null;
}
export interface TreeView { node: TreeNode; nodes: number; actors: any[] }
