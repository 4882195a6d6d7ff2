// Numbers as people read them. The same rules as `crates/report/src/number.rs`, for what only the page writes.

const NBSP = "\u00a0";

/** A probability as a percentage: "37 %", "4.2 %", "<0.1 %", ">99.9 %". */
export function percent(p) {
  return `${percentDigits(p)}${NBSP}%`;
}

/** A range of probabilities: "21–53 %", and one number where both ends read the same. */
export function percentRange(low, high) {
  const [from, to] = [percentDigits(low), percentDigits(high)];
  return from === to ? percent(low) : `${from}–${to}${NBSP}%`;
}

/** A tick of an axis of probabilities: "5 %", "2.5 %". */
export function percentTick(p) {
  return `${Number((p * 100).toPrecision(3))}${NBSP}%`;
}

function percentDigits(p) {
  if (p === null || p === undefined || Number.isNaN(p)) return "?";
  const x = p * 100;
  if (p <= 0) return "0";
  if (p >= 1) return "100";
  if (x < 0.1) return "<0.1";
  if (x > 99.9) return ">99.9";
  return x < 9.95 || x > 99.05 ? x.toFixed(1) : x.toFixed(0);
}

/** A number as an analyst would have written it: at most four significant digits, no trailing zeros. */
export function plain(x, asPercent = false) {
  if (asPercent) return `${plain(x * 100)}${NBSP}%`;
  if (!Number.isFinite(x)) return "?";
  const text = String(Number(x.toPrecision(4)));
  const [whole, rest] = (Math.abs(x) >= 1e4 ? String(Math.round(x)) : text).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return minus(rest === undefined ? grouped : `${grouped}.${rest}`);
}

/** Writes numbers of one column, all with the same decimals: three significant digits for the largest. */
export function scaleOf(values) {
  const largest = Math.max(0, ...values.filter(Number.isFinite).map(Math.abs));
  const decimals = largest >= 100 || largest === 0 ? 0 : largest >= 10 ? 1 : largest >= 1 ? 2 : 3;
  return (x) => {
    if (!Number.isFinite(x)) return "?";
    const text = x.toFixed(decimals);
    return minus(Number(text) === 0 ? text.replace("-", "") : text);
  };
}

function minus(text) {
  return text.replace("-", "−");
}
