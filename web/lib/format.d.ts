export declare function percent(p: number | null | undefined): string;
export declare function percentRange(low: number, high: number): string;
export declare function percentTick(p: number): string;
export declare function plain(x: number, asPercent?: boolean): string;
export declare function scaleOf(values: (number | null)[]): (x: number) => string;
