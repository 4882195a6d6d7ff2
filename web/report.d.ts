export interface Mounted {
  update(findings: unknown): void;
  redraw(width?: number): void;
  stop(): void;
}
export declare function start(): void;
export declare function mount(root: ParentNode & Node, findings: unknown): Mounted;
