//! From text to the list of nodes as the file has them.
//!
//! A faulty node is remarked on and skipped up to the next line that begins like a node, so that one run
//! finds several faults.

use std::collections::HashMap;

use super::lexer::{Lexer, Token};
use super::{Remark, remark};

/// More faults than this are not collected.
const MAX_ERRORS: usize = 20;

/// A file before its tree is built.
pub(super) struct File {
    pub(super) title: String,
    pub(super) players: Vec<String>,
    /// In preorder.
    pub(super) nodes: Vec<FileNode>,
    /// Information sets and draws, in the order in which they first appear.
    pub(super) sets: Vec<FileSet>,
    /// By number.
    pub(super) outcomes: HashMap<u64, Outcome>,
}

/// A node of the file.
pub(super) struct FileNode {
    pub(super) offset: usize,
    /// Position in `sets`; none for an end.
    pub(super) set: Option<usize>,
    /// Number of its outcome, 0 for none.
    pub(super) outcome: u64,
}

/// An information set, or a draw.
pub(super) struct FileSet {
    /// None for chance.
    pub(super) player: Option<u8>,
    pub(super) name: String,
    pub(super) actions: Vec<String>,
    /// Of chance only.
    pub(super) probabilities: Vec<f64>,
}

/// An outcome.
pub(super) struct Outcome {
    pub(super) name: String,
    pub(super) payoffs: Vec<f64>,
}

type Fault = (usize, String);

/// Parses a file; warnings beside it.
pub(super) fn parse(text: &str) -> Result<(File, Vec<Remark>), Vec<Remark>> {
    let mut reader = Reader {
        lexer: Lexer::new(text),
        file: File {
            title: String::new(),
            players: Vec::new(),
            nodes: Vec::new(),
            sets: Vec::new(),
            outcomes: HashMap::new(),
        },
        set_numbers: HashMap::new(),
        warnings: Vec::new(),
    };
    let mut faults = Vec::new();
    match reader.header() {
        Ok(()) => reader.nodes(&mut faults),
        Err(fault) => faults.push(fault),
    }
    if let Some(at) = reader.lexer.unclosed {
        faults.push((at, "this quote is never closed".to_owned()));
    }
    let remarks = |list: Vec<Fault>| {
        list.into_iter()
            .map(|(at, what)| remark(text, at, what))
            .collect()
    };
    if faults.is_empty() {
        Ok((reader.file, remarks(reader.warnings)))
    } else {
        Err(remarks(faults))
    }
}

struct Reader<'a> {
    lexer: Lexer<'a>,
    file: File,
    /// Position in `file.sets` by player (none for chance) and number.
    set_numbers: HashMap<(Option<u8>, u64), usize>,
    warnings: Vec<Fault>,
}

impl Reader<'_> {
    fn header(&mut self) -> Result<(), Fault> {
        self.keyword(&["EFG"], "the file must begin with `EFG 2 R`")?;
        self.keyword(&["2"], "only version 2 of the format is known")?;
        self.keyword(&["R", "D"], "after `EFG 2` comes `R` or `D`")?;
        self.file.title = self.text("the game's title in quotes")?;
        self.open("the players' names in braces")?;
        while !self.closes() {
            let at = self.lexer.offset();
            let name = self.text("a player's name in quotes, or `}`")?;
            if self.file.players.contains(&name) {
                self.warnings
                    .push((at, format!("there are two players named \"{name}\"")));
            }
            self.file.players.push(name);
        }
        if let Some(Token::Text(_)) = self.lexer.peek() {
            self.lexer.next();
        }
        Ok(())
    }

    fn nodes(&mut self, faults: &mut Vec<Fault>) {
        while self.lexer.peek().is_some() {
            let Err(fault) = self.node() else { continue };
            faults.push(fault);
            if faults.len() >= MAX_ERRORS {
                return;
            }
            while !matches!(self.lexer.peek(), None | Some(Token::Word("c" | "p" | "t"))) {
                self.lexer.next();
            }
        }
    }

    fn node(&mut self) -> Result<(), Fault> {
        let offset = self.lexer.offset();
        let kind = match self.lexer.next() {
            Some(Token::Word(kind @ ("c" | "p" | "t"))) => kind.to_owned(),
            _ => return Err((offset, "expected a node: `c`, `p` or `t`".to_owned())),
        };
        self.optional_text();
        let set = match kind.as_str() {
            "t" => None,
            "c" => Some(self.set(None)?),
            _ => Some(self.player().and_then(|player| self.set(Some(player)))?),
        };
        let outcome = self.outcome()?;
        self.file.nodes.push(FileNode {
            offset,
            set,
            outcome,
        });
        Ok(())
    }

    fn player(&mut self) -> Result<u8, Fault> {
        let offset = self.lexer.offset();
        let number = self.whole("the player's number")?;
        let known = number >= 1 && number <= self.file.players.len() as u64;
        match u8::try_from(number) {
            Ok(small) if known => Ok(small - 1),
            _ => Err((offset, format!("there is no player {number}"))),
        }
    }

    fn set(&mut self, player: Option<u8>) -> Result<usize, Fault> {
        let number = self.whole("the number of the information set")?;
        let name = self.optional_text();
        let known = self.set_numbers.get(&(player, number)).copied();
        let offset = self.lexer.offset();
        if self.lexer.peek() != Some(&Token::Open) {
            return known.ok_or((
                offset,
                format!("information set {number} has no actions yet: expected `{{`"),
            ));
        }
        let (actions, mut probabilities) = self.actions(player.is_none())?;
        if player.is_none() {
            self.normalise(offset, &mut probabilities)?;
        }
        if let Some(place) = known {
            let before = &self.file.sets[place];
            if before.actions.len() != actions.len() {
                let (was, is) = (before.actions.len(), actions.len());
                return Err((
                    offset,
                    format!("information set {number} had {was} actions before, here {is}"),
                ));
            }
            if before.probabilities != probabilities {
                return Err((
                    offset,
                    format!("draw {number} had other probabilities before"),
                ));
            }
            return Ok(place);
        }
        for (k, action) in actions.iter().enumerate() {
            if !action.is_empty() && actions[..k].contains(action) {
                let what = format!("two actions of one information set are named \"{action}\"");
                self.warnings.push((offset, what));
            }
        }
        self.file.sets.push(FileSet {
            player,
            name: name.unwrap_or_default(),
            actions,
            probabilities,
        });
        self.set_numbers
            .insert((player, number), self.file.sets.len() - 1);
        Ok(self.file.sets.len() - 1)
    }

    fn actions(&mut self, chance: bool) -> Result<(Vec<String>, Vec<f64>), Fault> {
        let offset = self.lexer.offset();
        self.open("the actions in braces")?;
        let (mut actions, mut probabilities) = (Vec::new(), Vec::new());
        while !self.closes() {
            actions.push(self.text("an action's name in quotes, or `}`")?);
            if chance {
                probabilities.push(self.number("the action's probability")?);
            }
        }
        match actions.len() {
            0 => Err((
                offset,
                "an information set needs at least one action".to_owned(),
            )),
            1..=65_535 => Ok((actions, probabilities)),
            _ => Err((
                offset,
                "an information set can have at most 65,535 actions".to_owned(),
            )),
        }
    }

    /// Probabilities that miss 1 by rounding are scaled, with a warning; others are a fault.
    fn normalise(&mut self, offset: usize, probabilities: &mut [f64]) -> Result<(), Fault> {
        let sum: f64 = probabilities.iter().sum();
        if probabilities.iter().any(|&p| p < 0.0) || (sum - 1.0).abs() > 1e-3 {
            return Err((
                offset,
                format!("the probabilities of the draw must be at least 0 and sum to 1, not {sum}"),
            ));
        }
        if (sum - 1.0).abs() > 1e-9 {
            self.warnings.push((
                offset,
                format!("the probabilities of the draw sum to {sum}; they were scaled to 1"),
            ));
            probabilities.iter_mut().for_each(|p| *p /= sum);
        }
        Ok(())
    }

    fn outcome(&mut self) -> Result<u64, Fault> {
        let number = self.whole("the number of the outcome (0 for none)")?;
        let name = self.optional_text();
        let offset = self.lexer.offset();
        if self.lexer.peek() != Some(&Token::Open) {
            return Ok(number);
        }
        self.lexer.next();
        let mut payoffs = Vec::new();
        while !self.closes() {
            payoffs.push(self.number("a payoff, or `}`")?);
        }
        let (found, needed) = (payoffs.len(), self.file.players.len());
        if found != needed {
            return Err((
                offset,
                format!("an outcome needs {needed} payoffs, not {found}"),
            ));
        }
        if number == 0 {
            return Err((
                offset,
                "outcome 0 means none and cannot have payoffs".to_owned(),
            ));
        }
        let outcome = Outcome {
            name: name.unwrap_or_default(),
            payoffs,
        };
        match self.file.outcomes.get(&number) {
            Some(before) if before.payoffs != outcome.payoffs => {
                Err((offset, format!("outcome {number} had other payoffs before")))
            }
            Some(_) => Ok(number),
            None => {
                self.file.outcomes.insert(number, outcome);
                Ok(number)
            }
        }
    }

    fn keyword(&mut self, words: &[&str], wish: &str) -> Result<(), Fault> {
        let offset = self.lexer.offset();
        match self.lexer.next() {
            Some(Token::Word(word)) if words.contains(&word) => Ok(()),
            _ => Err((offset, wish.to_owned())),
        }
    }

    fn open(&mut self, wish: &str) -> Result<(), Fault> {
        let offset = self.lexer.offset();
        match self.lexer.next() {
            Some(Token::Open) => Ok(()),
            _ => Err((offset, format!("expected {wish}"))),
        }
    }

    /// Takes a closing brace if one is next.
    fn closes(&mut self) -> bool {
        let closes = self.lexer.peek() == Some(&Token::Close);
        if closes {
            self.lexer.next();
        }
        closes
    }

    fn text(&mut self, wish: &str) -> Result<String, Fault> {
        let offset = self.lexer.offset();
        match self.lexer.next() {
            Some(Token::Text(text)) => Ok(text),
            _ => Err((offset, format!("expected {wish}"))),
        }
    }

    fn optional_text(&mut self) -> Option<String> {
        if !matches!(self.lexer.peek(), Some(Token::Text(_))) {
            return None;
        }
        match self.lexer.next() {
            Some(Token::Text(text)) => Some(text),
            _ => None,
        }
    }

    fn whole(&mut self, wish: &str) -> Result<u64, Fault> {
        let offset = self.lexer.offset();
        let word = match self.lexer.peek() {
            Some(Token::Word(word)) => word.parse().ok(),
            _ => None,
        };
        let number = word.ok_or((offset, format!("expected {wish}, a whole number")))?;
        self.lexer.next();
        Ok(number)
    }

    fn number(&mut self, wish: &str) -> Result<f64, Fault> {
        let offset = self.lexer.offset();
        let number = match self.lexer.peek() {
            Some(Token::Word(word)) => parse_number(word),
            _ => None,
        };
        let number = number.ok_or((
            offset,
            format!("expected {wish}: a decimal number or a fraction"),
        ))?;
        self.lexer.next();
        Ok(number)
    }
}

/// A decimal number or a fraction of two.
fn parse_number(word: &str) -> Option<f64> {
    let plain = |part: &str| {
        let digits = part.contains(|c: char| c.is_ascii_digit());
        part.parse::<f64>().ok().filter(|n| digits && n.is_finite())
    };
    match word.split_once('/') {
        None => plain(word),
        Some((above, below)) => {
            let below = plain(below).filter(|&n| n != 0.0)?;
            plain(above).map(|above| above / below)
        }
    }
}
