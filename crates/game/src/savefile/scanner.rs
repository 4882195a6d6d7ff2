//! Tokens taken with expectations.

use super::distinct_players;
use super::lexer::{Lexer, Token};
use crate::rational::{Rational, nearest};

/// Most players that a game can have.
const MAX_PLAYERS: usize = 249;
/// Most actions of an information set, or strategies of a player.
pub(crate) const MAX_ACTIONS: usize = 65_535;
/// Whole numbers of up to so many digits are doubles; so is, correctly rounded, the ratio of two.
const EXACT_DIGITS: usize = 15;
/// Longer numbers in a fraction are rounded before they are divided.
const LONGEST: usize = 2_000;

/// What is wrong, and the offset in bytes where.
pub(crate) type Fault = (usize, String);

/// Takes tokens from a text.
pub(crate) struct Scanner<'a> {
    lexer: Lexer<'a>,
}

impl<'a> Scanner<'a> {
    pub(crate) fn new(text: &'a str) -> Scanner<'a> {
        Scanner {
            lexer: Lexer::new(text),
        }
    }

    /// The next token without taking it.
    pub(crate) fn peek(&mut self) -> Option<&Token<'a>> {
        self.lexer.peek()
    }

    /// Takes the next token.
    pub(crate) fn next(&mut self) -> Option<Token<'a>> {
        self.lexer.next()
    }

    /// Offset at which the next token begins.
    pub(crate) fn offset(&mut self) -> usize {
        self.lexer.offset()
    }

    /// A quote that is never closed, if there is one.
    pub(crate) fn unclosed(&self) -> Option<Fault> {
        let what = "this quote is never closed: end the text with `\"`";
        self.lexer.unclosed.map(|at| (at, what.to_owned()))
    }

    /// Takes one of some words.
    pub(crate) fn keyword(&mut self, words: &[&str], wish: &str) -> Result<&'a str, Fault> {
        let offset = self.offset();
        match self.next() {
            Some(Token::Word(word)) if words.contains(&word) => Ok(word),
            _ => Err((offset, wish.to_owned())),
        }
    }

    /// Takes an opening brace.
    pub(crate) fn open(&mut self, wish: &str) -> Result<(), Fault> {
        let offset = self.offset();
        match self.next() {
            Some(Token::Open) => Ok(()),
            _ => Err((offset, format!("expected {wish}"))),
        }
    }

    /// Takes a closing brace if one is next.
    pub(crate) fn closes(&mut self) -> bool {
        let closes = self.peek() == Some(&Token::Close);
        if closes {
            self.next();
        }
        closes
    }

    /// Takes a text in quotes.
    pub(crate) fn text(&mut self, wish: &str) -> Result<String, Fault> {
        let offset = self.offset();
        match self.next() {
            Some(Token::Text(text)) => Ok(text),
            _ => Err((offset, format!("expected {wish}"))),
        }
    }

    /// Takes a text in quotes if one is next.
    pub(crate) fn optional_text(&mut self) -> Option<String> {
        if !matches!(self.peek(), Some(Token::Text(_))) {
            return None;
        }
        match self.next() {
            Some(Token::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Takes a whole number that is not negative.
    pub(crate) fn whole(&mut self, wish: &str) -> Result<u64, Fault> {
        let offset = self.offset();
        let word = match self.peek() {
            Some(Token::Word(word)) => word.parse().ok(),
            _ => None,
        };
        let number = word.ok_or((offset, format!("expected {wish}, a whole number")))?;
        self.next();
        Ok(number)
    }

    /// Takes a number.
    pub(crate) fn number(&mut self, wish: &str) -> Result<f64, Fault> {
        let offset = self.offset();
        let number = match self.peek() {
            Some(Token::Word(word)) => parse_number(word),
            _ => None,
        };
        let number = number.ok_or((
            offset,
            format!("expected {wish}: a decimal number or a fraction"),
        ))?;
        self.next();
        Ok(number)
    }

    /// Takes the title and the players' names, and warns of names given twice.
    pub(crate) fn title_and_players(
        &mut self,
        warnings: &mut Vec<Fault>,
    ) -> Result<(String, Vec<String>), Fault> {
        let title = self.text("the game's title in quotes")?;
        let begin = self.offset();
        self.open("the players' names in braces")?;
        let mut players = Vec::new();
        while !self.closes() {
            let at = self.offset();
            if players.len() == MAX_PLAYERS {
                return Err((at, format!("a game can have at most {MAX_PLAYERS} players")));
            }
            players.push(self.text("a player's name in quotes, or `}`")?);
        }
        for name in distinct_players(&mut players) {
            warnings.push((
                begin,
                format!("there are two players named \"{name}\"; they were numbered"),
            ));
        }
        Ok((title, players))
    }
}

/// A decimal number or a fraction of two; none where it is not finite.
fn parse_number(word: &str) -> Option<f64> {
    let plain = |part: &str| {
        let digits = part.contains(|c: char| c.is_ascii_digit());
        part.parse::<f64>().ok().filter(|n| digits && n.is_finite())
    };
    let Some((above, below)) = word.split_once('/') else {
        return plain(word);
    };
    let (numerator, denominator) = (plain(above)?, plain(below)?);
    if denominator == 0.0 {
        return None;
    }
    let long = above.len().max(below.len());
    let exactly = |above: &str, below: &str| {
        let (above, below) = (above.parse().ok()?, below.parse().ok()?);
        Some(nearest(&Rational::new(above, below)))
    };
    let ratio = match long {
        0..=EXACT_DIGITS => None,
        _ if long > LONGEST => None,
        _ => exactly(above, below),
    };
    Some(ratio.unwrap_or(numerator / denominator)).filter(|ratio| ratio.is_finite())
}
