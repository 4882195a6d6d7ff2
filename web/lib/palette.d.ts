export declare function endingColor(index: number): string;
export declare function actorColor(index: number): string;
export declare const nobodyColor: string;
