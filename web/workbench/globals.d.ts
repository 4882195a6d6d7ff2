// The libraries that stand in the page as classic scripts.
declare const d3: any;
declare const Plot: any;
