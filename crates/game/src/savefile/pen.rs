//! Labels and numbers as every version of Gambit reads them.
//!
//! Gambit 16.7 and later refuse labels with anything but printable ASCII characters and single spaces, read a
//! backslash only before a quote, and insist that the probabilities of a draw sum to 1 exactly. So letters lose
//! their accents, typographic signs become plain ones, and probabilities are written as the fractions or
//! decimals that sum to 1.

use std::collections::HashMap;
use std::fmt::Write;

use num_bigint::BigInt;
use num_traits::{One, Pow, Signed, Zero};

use super::{distinct, distinct_players};
use crate::rational::{Rational, exact, nearest, simplest_between};

/// Decimals of up to so many characters are written as they are, without a look for a fraction.
const SHORT: usize = 12;
/// Decimals of more characters are written with an exponent where that is shorter.
const LONG: usize = 24;
/// Relative error of a few roundings.
const ROUNDINGS: f64 = 4.0 * f64::EPSILON;
/// Fractions are written with at most so many characters.
const SHORT_FRACTION: usize = 12;

/// Writes a savefile.
pub(crate) struct Pen {
    /// The text so far.
    pub(crate) out: String,
    numbers: HashMap<u64, String>,
}

impl Pen {
    pub(crate) fn new() -> Pen {
        Pen {
            out: String::new(),
            numbers: HashMap::new(),
        }
    }

    /// Adds text as it is.
    pub(crate) fn raw(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Adds a whole number.
    pub(crate) fn whole(&mut self, number: usize) {
        let _ = write!(self.out, "{number}");
    }

    /// Adds a number: the shortest decimal, or the fraction that it rounds.
    pub(crate) fn number(&mut self, number: f64) {
        let text = self
            .numbers
            .entry(number.to_bits())
            .or_insert_with(|| number_text(number));
        self.out.push_str(text);
    }

    /// Adds a label in quotes, which must be [`plain`].
    pub(crate) fn quote(&mut self, label: &str) {
        self.out.push('"');
        for c in label.chars() {
            if c == '"' {
                self.out.push('\\');
            }
            self.out.push(c);
        }
        self.out.push('"');
    }
}

/// Labels of one scope, plain and distinct.
pub(crate) fn plain_labels<'a>(labels: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut labels: Vec<String> = labels.map(plain).collect();
    distinct(&mut labels);
    labels
}

/// Names of actions or strategies, plain and distinct; an empty one is its number.
pub(crate) fn plain_names(names: &[String]) -> Vec<String> {
    let mut names: Vec<String> = names.iter().map(|name| plain(name)).collect();
    for (place, name) in names.iter_mut().enumerate() {
        if name.is_empty() {
            *name = (place + 1).to_string();
        }
    }
    distinct(&mut names);
    names
}

/// Names of players, plain and distinct.
pub(crate) fn plain_players(names: &[String]) -> Vec<String> {
    let mut names: Vec<String> = names.iter().map(|name| plain(name)).collect();
    distinct_players(&mut names);
    names
}

/// A label in printable ASCII characters with single spaces and without backslashes.
pub(crate) fn plain(label: &str) -> String {
    let mut text = String::with_capacity(label.len());
    for c in label.chars() {
        match c {
            '\\' => text.push('/'),
            ' '..='~' => text.push(c),
            c if c.is_whitespace() => text.push(' '),
            c if c.is_control() => {}
            c => text.push_str(plain_letter(c)),
        }
    }
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

fn plain_letter(c: char) -> &'static str {
    const LETTERS: [(&str, &str); 34] = [
        ("àáâãäåāăą", "a"),
        ("ÀÁÂÃÄÅĀĂĄ", "A"),
        ("çćčĉċ", "c"),
        ("ÇĆČĈĊ", "C"),
        ("ďđð", "d"),
        ("ĎĐÐ", "D"),
        ("èéêëēĕėęě", "e"),
        ("ÈÉÊËĒĔĖĘĚ", "E"),
        ("ĝğġģ", "g"),
        ("ĜĞĠĢ", "G"),
        ("ìíîïīĭįı", "i"),
        ("ÌÍÎÏĪĬĮİ", "I"),
        ("ñńņň", "n"),
        ("ÑŃŅŇ", "N"),
        ("òóôõöøōŏő", "o"),
        ("ÒÓÔÕÖØŌŎŐ", "O"),
        ("śŝşšș", "s"),
        ("ŚŜŞŠȘ", "S"),
        ("ţťŧț", "t"),
        ("ŢŤŦȚ", "T"),
        ("ùúûüūŭůűų", "u"),
        ("ÙÚÛÜŪŬŮŰŲ", "U"),
        ("ýÿŷ", "y"),
        ("ÝŸŶ", "Y"),
        ("źżž", "z"),
        ("ŹŻŽ", "Z"),
        ("ß", "ss"),
        ("æœ", "ae"),
        ("łľĺ", "l"),
        ("‘’‚′", "'"),
        ("“”„″«»", "\""),
        ("‐‑‒–—−", "-"),
        ("…", "..."),
        ("×", "x"),
    ];
    let found = LETTERS.iter().find(|(letters, _)| letters.contains(c));
    found.map_or("?", |&(_, plain)| plain)
}

/// A number as text: a short decimal, else a short fraction, else the shortest decimal that is this double.
fn number_text(number: f64) -> String {
    let decimal = decimal_text(number);
    if decimal.len() <= SHORT {
        return decimal;
    }
    match exact(number).map(|fraction| fraction.to_string()) {
        Some(fraction) if fraction.len() <= SHORT_FRACTION => fraction,
        _ => decimal,
    }
}

/// The shortest decimal; with an exponent where it would be long.
fn decimal_text(number: f64) -> String {
    if number == 0.0 {
        return "0".to_owned();
    }
    let (plain, scientific) = (format!("{number}"), format!("{number:e}"));
    if plain.len() > LONG && scientific.len() < plain.len() {
        scientific
    } else {
        plain
    }
}

/// Probabilities of a draw as texts that sum to 1 exactly. Reading them and writing again gives the same texts.
pub(crate) fn draw_texts(probabilities: &[f64]) -> Vec<String> {
    let mut values = probabilities.to_vec();
    let mut texts = sum_to_one(&values);
    // What is written is read as slightly other numbers, until nothing changes any more.
    for _ in 0..4 {
        let read: Vec<f64> = texts.iter().map(|text| nearest(&value_of(text))).collect();
        if read == values {
            break;
        }
        texts = sum_to_one(&read);
        values = read;
    }
    texts
}

fn sum_to_one(probabilities: &[f64]) -> Vec<String> {
    for read_as in [|p| p, unrounded] {
        let texts: Vec<String> = (probabilities.iter().copied())
            .map(|p| number_text(read_as(p)))
            .collect();
        let sum: Rational = texts.iter().map(|text| value_of(text)).sum();
        if sum.is_one() {
            return texts;
        }
    }
    // The first of the largest makes up for what the decimals of all miss.
    let mut texts: Vec<String> = probabilities.iter().map(|&p| decimal_text(p)).collect();
    let sum: Rational = texts.iter().map(|text| value_of(text)).sum();
    let most = probabilities.iter().copied().fold(0.0, f64::max);
    let large = probabilities.iter().position(|&p| p >= most * (1.0 - 1e-6));
    if let Some(large) = large {
        texts[large] = exact_decimal(&(value_of(&texts[large]) + Rational::one() - sum));
    }
    texts
}

/// The simplest number within a few roundings: 0.45 where 1 - 0.55 was computed.
fn unrounded(p: f64) -> f64 {
    let bounds = (
        Rational::from_float(p * (1.0 - ROUNDINGS)),
        Rational::from_float(p * (1.0 + ROUNDINGS)),
    );
    match bounds {
        (Some(low), Some(high)) if low < high => nearest(&simplest_between(&low, &high)),
        _ => p,
    }
}

/// The exact value of a written number.
fn value_of(text: &str) -> Rational {
    let whole = |digits: &str| digits.parse().unwrap_or_else(|_| BigInt::zero());
    if let Some((above, below)) = text.split_once('/') {
        return Rational::new(whole(above), whole(below).max(BigInt::one()));
    }
    let (digits, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let (before, after) = digits.split_once('.').unwrap_or((digits, ""));
    let exponent = exponent.parse::<i64>().unwrap_or(0) - after.len() as i64;
    let power: BigInt = Pow::pow(BigInt::from(10), exponent.unsigned_abs());
    let digits = whole(&format!("{before}{after}"));
    if exponent < 0 {
        Rational::new(digits, power)
    } else {
        Rational::from_integer(digits * power)
    }
}

/// A fraction whose denominator divides a power of ten, as a decimal.
fn exact_decimal(number: &Rational) -> String {
    let mut places = 0;
    let mut scaled = number.clone();
    while !scaled.is_integer() {
        scaled *= Rational::from_integer(BigInt::from(10));
        places += 1;
    }
    let sign = if number.is_negative() { "-" } else { "" };
    let digits = scaled.to_integer().abs().to_string();
    if places == 0 {
        return format!("{sign}{digits}");
    }
    let digits = format!("{digits:0>width$}", width = places + 1);
    let (before, after) = digits.split_at(digits.len() - places);
    format!("{sign}{before}.{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_plain() {
        assert_eq!(
            plain("  Iran’s\t\t“émigrés” – \\x "),
            "Iran's \"emigres\" - /x"
        );
        assert_eq!(plain("\u{1}日本"), "??");
        assert_eq!(plain_labels(["é", "e", ""].into_iter()), ["e_1", "e_2", ""]);
    }

    #[test]
    fn numbers_are_short_and_come_back() {
        let texts = [
            (-0.0, "0"),
            (1e-9, "0.000000001"),
            (1e-30, "1e-30"),
            (1e9, "1000000000"),
            (1e300, "1e300"),
            (1.0 / 3.0, "1/3"),
            (-2.0 / 7.0, "-2/7"),
            (0.1 + 0.2, "0.30000000000000004"),
            (5e-324, "5e-324"),
            (0.25, "0.25"),
        ];
        for (number, text) in texts {
            assert_eq!(number_text(number), text);
            assert_eq!(nearest(&value_of(text)), number);
        }
    }

    #[test]
    fn draws_sum_to_one() {
        let third = 0.333_333_333_333_333_3;
        let draws: [&[f64]; 6] = [
            &[third; 3],
            &[0.1, 0.2, 0.7],
            &[0.1 + 0.2, 0.7],
            &[third, third, 1.0 - 2.0 * third - 3e-10],
            &[1e-12, 1.0],
            &[1.0, 0.0],
        ];
        for draw in draws {
            let texts = draw_texts(draw);
            let sum: Rational = texts.iter().map(|text| value_of(text)).sum();
            assert!(sum.is_one(), "{texts:?}");
            let read: Vec<f64> = texts.iter().map(|text| nearest(&value_of(text))).collect();
            assert_eq!(draw_texts(&read), texts);
        }
        assert_eq!(draw_texts(&[third; 3]), ["1/3"; 3]);
        assert_eq!(draw_texts(&[0.1 + 0.2, 0.7]), ["0.3", "0.7"]);
        assert_eq!(draw_texts(&[1.0 - 0.55, 0.55]), ["0.45", "0.55"]);
        assert_eq!(draw_texts(&[1.0 - 2.0 * third, third, third]), ["1/3"; 3]);
        let odd = [0.123_456_789_012_3, 0.876_543_210_987_8];
        assert_eq!(draw_texts(&odd), ["0.1234567890123", "0.8765432109877"]);
    }
}
