//! Numbers in remarks.

/// A gain or a share, with few digits: "0", "0.42", "3.1e-9".
pub(crate) fn figure(x: f64) -> String {
    if x == 0.0 {
        "0".to_owned()
    } else if x.abs() < 1e-3 {
        format!("{x:.1e}")
    } else {
        let decimals = (1.0 - x.abs().log10().floor()).max(0.0) as usize;
        let text = format!("{x:.decimals$}");
        match text.contains('.') {
            true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
            false => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::figure;

    #[test]
    fn few_digits() {
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (0.419_4, "0.42"),
            (0.001, "0.001"),
            (17.3, "17"),
            (250.0, "250"),
            (3.14e-9, "3.1e-9"),
            (-2.5, "-2.5"),
            (f64::NAN, "NaN"),
        ];
        for (number, text) in cases {
            assert_eq!(figure(number), text);
        }
    }
}
