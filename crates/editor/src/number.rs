//! Numbers as they are shown: six digits, in percent where they are written so.

/// A number for people.
pub(crate) fn shown(value: f64, percent: bool) -> String {
    if percent {
        return format!("{} %", plain(value * 100.0));
    }
    plain(value)
}

fn plain(value: f64) -> String {
    let size = value.abs();
    if value != 0.0 && !(1e-4..1e9).contains(&size) {
        return format!("{value:.5e}");
    }
    let whole = if size < 1.0 { 0 } else { size.log10() as usize };
    let text = format!("{value:.*}", 6_usize.saturating_sub(whole + 1));
    let text = if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        &text
    };
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn digits_are_few_and_percent_stays() {
        assert_eq!(shown(0.85, true), "85 %");
        assert_eq!(shown(1.0 / 3.0, false), "0.33333");
        assert_eq!(shown(1234.5678, false), "1234.57");
        assert_eq!(shown(-20.0, false), "-20");
        assert_eq!(shown(0.0, false), "0");
        assert_eq!(shown(-1e-9, false), "-1.00000e-9");
        assert_eq!(shown(123_456_789.0, false), "123456789");
    }
}
