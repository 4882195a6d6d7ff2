export declare const NARROW: number;
export declare const FONT: string;
export declare function svgRoot(width: number, height: number): any;
export declare function textWidth(text: string, size?: number, weight?: number): number;
export declare function wrap(text: string, width: number, how?: { size?: number; weight?: number; most?: number }): string[];
export declare function textLines(parent: any, lines: string[], place: { x: number; y: number; step?: number }): any;
