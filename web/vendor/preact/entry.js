// What the workbench uses of Preact, with htm in place of a compiled syntax.

import { h } from "preact";
import htm from "htm";

export { Fragment, createContext, createRef, render } from "preact";
export { useCallback, useContext, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
export { h };
export const html = htm.bind(h);
