//! Numbers as people read them: few digits, true minus signs, never a false zero.
//!
//! Percentages hold together with a no-break space; both renderings that cannot use these characters
//! transliterate them.

/// No-break space, between a number and its percent sign.
const NBSP: char = '\u{a0}';

/// A probability as a percentage: "37 %", "4.2 %", "<0.1 %", ">99.9 %". One decimal where the distance to
/// impossible or certain is what matters, none between.
pub(crate) fn percent(p: f64) -> String {
    format!("{}{NBSP}%", percent_digits(p))
}

/// A range of probabilities: "21–53 %", and one number where both ends read the same.
pub(crate) fn percent_range(low: f64, high: f64) -> String {
    let (from, to) = (percent_digits(low), percent_digits(high));
    if from == to {
        return percent(low);
    }
    format!("{from}–{to}{NBSP}%")
}

fn percent_digits(p: f64) -> String {
    let x = p * 100.0;
    if p.is_nan() {
        "?".to_string()
    } else if p <= 0.0 {
        "0".to_string()
    } else if p >= 1.0 {
        "100".to_string()
    } else if x < 0.1 {
        "<0.1".to_string()
    } else if x > 99.9 {
        ">99.9".to_string()
    } else if !(9.95..=99.05).contains(&x) {
        format!("{x:.1}")
    } else {
        format!("{x:.0}")
    }
}

/// A share that may be very small, in per cent with two significant digits: "0.0069 %"; used for gains
/// from deviating, where the power of ten is the message.
pub(crate) fn small_percent(share: f64) -> String {
    let x = share * 100.0;
    if x.is_nan() {
        return format!("?{NBSP}%");
    }
    if x <= 0.0 {
        return format!("0{NBSP}%");
    }
    if x < 1e-6 {
        return format!("<0.000001{NBSP}%");
    }
    if x >= 10.0 {
        return percent(share);
    }
    let digits = (1.0 - x.log10().floor()).clamp(0.0, 8.0) as usize;
    format!("{}{NBSP}%", trimmed(&format!("{x:.digits$}")))
}

/// A number as an analyst would have written it: at most four significant digits, no trailing zeros.
pub(crate) fn plain(x: f64, as_percent: bool) -> String {
    if as_percent {
        return format!("{}{NBSP}%", plain(x * 100.0, false));
    }
    if x == 0.0 || !x.is_finite() {
        return special(x);
    }
    let digits = (3.0 - x.abs().log10().floor()).clamp(0.0, 12.0) as usize;
    signed(&trimmed(&grouped(&format!("{x:.digits$}"))))
}

/// A number between two others, with no more digits than tell them apart: "0.3" for 0.296 and 0.304.
pub(crate) fn rounded(one: f64, other: f64, as_percent: bool) -> String {
    let scale = if as_percent { 100.0 } else { 1.0 };
    let (one, other) = (one * scale, other * scale);
    let apart = (one - other).abs();
    let middle = f64::midpoint(one, other);
    let unit = if as_percent {
        format!("{NBSP}%")
    } else {
        String::new()
    };
    if apart <= 0.0 || !apart.is_finite() {
        return format!("{}{unit}", plain(middle, false));
    }
    let digits = (-apart.log10().floor()).clamp(0.0, 12.0) as usize;
    let text = signed(&trimmed(&grouped(&format!("{middle:.digits$}"))));
    format!("{text}{unit}")
}

/// A precision λ: three digits, with a power of ten where it is very large.
pub(crate) fn precision(x: f64) -> String {
    if x >= 1e5 {
        return scientific(x);
    }
    if x > 0.0 && x < 1000.0 {
        let digits = (2.0 - x.log10().floor()).clamp(0.0, 12.0) as usize;
        return trimmed(&format!("{x:.digits$}"));
    }
    plain(x.round(), false)
}

/// A count with thousands separated: "184,213".
pub(crate) fn count(n: u64) -> String {
    grouped(&n.to_string())
}

/// A count that may be larger than any table: "184,213", "1.0 × 10²⁰".
pub(crate) fn large(n: f64) -> String {
    if n < 1e9 {
        count(n as u64)
    } else {
        scientific(n)
    }
}

/// A count of things: "1 node", "184,213 nodes".
pub(crate) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", count(n as u64), if n == 1 { one } else { many })
}

/// Numbers of one column, all with the same decimals.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    decimals: usize,
}

impl Scale {
    /// Three significant digits for the largest of `values`.
    pub(crate) fn of(values: impl IntoIterator<Item = f64>) -> Scale {
        let largest = values
            .into_iter()
            .filter(|v| v.is_finite())
            .fold(0.0, |a: f64, b| a.max(b.abs()));
        let decimals = match largest {
            x if x >= 100.0 || x == 0.0 => 0,
            x if x >= 10.0 => 1,
            x if x >= 1.0 => 2,
            _ => 3,
        };
        Scale { decimals }
    }

    /// One number.
    pub(crate) fn write(self, x: f64) -> String {
        if !x.is_finite() {
            return special(x);
        }
        let digits = self.decimals;
        let text = format!("{x:.digits$}");
        // What rounds to zero has no sign.
        let zero = text.chars().all(|c| matches!(c, '-' | '0' | '.'));
        signed(&grouped(if zero {
            text.trim_start_matches('-')
        } else {
            &text
        }))
    }

    /// A range: "−11.9 to −1.3".
    pub(crate) fn range(self, low: f64, high: f64) -> String {
        format!("{} to {}", self.write(low), self.write(high))
    }
}

/// A very small or large number: "2.4 × 10⁻¹³".
pub(crate) fn scientific(x: f64) -> String {
    if x == 0.0 || !x.is_finite() {
        return special(x);
    }
    let text = format!("{x:.1e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let raised: String = exponent
        .chars()
        .map(|c| match c {
            '-' => '⁻',
            c => c.to_digit(10).map_or(c, |d| {
                ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'][d as usize]
            }),
        })
        .collect();
    format!("{}{NBSP}×{NBSP}10{raised}", signed(digits))
}

/// Seconds: "18 s", "2.4 s", "0.03 s", "12 min".
pub(crate) fn seconds(s: f64) -> String {
    match s {
        s if s >= 600.0 => format!("{:.0}{NBSP}min", s / 60.0),
        s if s >= 10.0 => format!("{s:.0}{NBSP}s"),
        s if s >= 1.0 => format!("{s:.1}{NBSP}s"),
        s if s >= 0.01 => format!("{s:.2}{NBSP}s"),
        _ => format!("<0.01{NBSP}s"),
    }
}

fn special(x: f64) -> String {
    if x == 0.0 {
        "0".to_string()
    } else if x.is_nan() {
        "?".to_string()
    } else if x > 0.0 {
        "∞".to_string()
    } else {
        "−∞".to_string()
    }
}

/// A true minus sign for the hyphen.
fn signed(text: &str) -> String {
    text.replace('-', "−")
}

/// Without zeros after the point that say nothing.
fn trimmed(text: &str) -> String {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_string()
    } else {
        text.to_string()
    }
}

/// Commas between thousands of the whole part.
fn grouped(text: &str) -> String {
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let digits = whole.trim_start_matches('-');
    if digits.len() < 4 {
        return text.to_string();
    }
    let mut out = String::from(if whole.starts_with('-') { "-" } else { "" });
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(c);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_never_show_a_false_zero() {
        let cases = [
            (0.0, "0 %"),
            (0.0004, "<0.1 %"),
            (0.001, "0.1 %"),
            (0.0421, "4.2 %"),
            (0.0995, "10 %"),
            (0.371, "37 %"),
            (0.987, "99 %"),
            (0.993, "99.3 %"),
            (0.9995, ">99.9 %"),
            (1.0, "100 %"),
            (f64::NAN, "? %"),
        ];
        for (p, text) in cases {
            assert_eq!(percent(p).replace(NBSP, " "), text, "{p}");
        }
        assert_eq!(
            percent_range(0.208, 0.0 + 0.533).replace(NBSP, " "),
            "21–53 %"
        );
    }

    #[test]
    fn ranges_that_read_the_same_are_one_number() {
        assert_eq!(percent_range(0.0001, 0.0004).replace(NBSP, " "), "<0.1 %");
    }

    #[test]
    fn small_shares_keep_their_power_of_ten() {
        let cases = [
            (6.88e-5, "0.0069 %"),
            (0.0, "0 %"),
            (3e-10, "<0.000001 %"),
            (0.25, "25 %"),
            (0.001, "0.1 %"),
            (0.0123, "1.2 %"),
        ];
        for (share, text) in cases {
            assert_eq!(small_percent(share).replace(NBSP, " "), text, "{share}");
        }
    }

    #[test]
    fn numbers_read_as_written() {
        let cases = [
            (0.015, "0.015"),
            (-0.14, "−0.14"),
            (45.0, "45"),
            (0.0, "0"),
            (12345.678, "12,346"),
            (1.0 / 3.0, "0.3333"),
        ];
        for (x, text) in cases {
            assert_eq!(plain(x, false), text);
        }
        assert_eq!(plain(0.0367, true).replace(NBSP, " "), "3.67 %");
        assert_eq!(count(184_213), "184,213");
        assert_eq!(precision(316.2277), "316");
        assert_eq!(precision(0.05), "0.05");
        assert_eq!(precision(0.0), "0");
        assert_eq!(precision(8655.3), "8,655");
        assert_eq!(precision(190_650_660.2).replace(NBSP, " "), "1.9 × 10⁸");
        assert_eq!(scientific(2.4e-13).replace(NBSP, " "), "2.4 × 10⁻¹³");
    }

    #[test]
    fn a_column_shares_its_decimals() {
        let scale = Scale::of([-6.42, 14.83]);
        assert_eq!(scale.write(-6.42), "−6.4");
        assert_eq!(scale.write(-0.01), "0.0");
        assert_eq!(scale.range(-11.93, -1.3), "−11.9 to −1.3");
    }
}
