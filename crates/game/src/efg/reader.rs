//! From text to the list of nodes as the file has them.
//!
//! A faulty node is remarked on and skipped up to the next line that begins like a node, so that one run
//! finds several faults.

use std::collections::{HashMap, HashSet};

use crate::savefile::{self, Fault, MAX_ACTIONS, Remark, Scanner, Token, distinct};

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
    /// Where its actions are first told.
    offset: usize,
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

/// Parses a file; warnings beside it.
pub(super) fn parse(text: &str) -> Result<(File, Vec<Remark>), Vec<Remark>> {
    let mut reader = Reader {
        scanner: Scanner::new(text),
        file: File {
            title: String::new(),
            players: Vec::new(),
            nodes: Vec::new(),
            sets: Vec::new(),
            outcomes: HashMap::new(),
        },
        set_numbers: HashMap::new(),
        warnings: Vec::new(),
        node_labels: Dropped::default(),
        draw_labels: Dropped::default(),
    };
    let mut faults = Vec::new();
    match reader.header() {
        Ok(()) => reader.nodes(&mut faults),
        Err(fault) => faults.push(fault),
    }
    faults.extend(reader.scanner.unclosed());
    if !faults.is_empty() {
        return Err(savefile::remarks(text, faults));
    }
    reader.tell_sets_apart();
    Ok((reader.file, savefile::warnings(text, reader.warnings)))
}

struct Reader<'a> {
    scanner: Scanner<'a>,
    file: File,
    /// Position in `file.sets` by player (none for chance) and number.
    set_numbers: HashMap<(Option<u8>, u64), usize>,
    warnings: Vec<Fault>,
    node_labels: Dropped,
    draw_labels: Dropped,
}

/// Labels that a game does not keep. Gambit 16.7 and later refuse files that give one twice.
#[derive(Default)]
struct Dropped {
    known: HashSet<String>,
    /// The first that was given twice, and where.
    twice: Option<(usize, String)>,
}

impl Dropped {
    fn note(&mut self, offset: usize, label: String) {
        if self.twice.is_none() && !label.is_empty() && !self.known.insert(label.clone()) {
            self.twice = Some((offset, label));
        }
    }
}

impl Reader<'_> {
    fn header(&mut self) -> Result<(), Fault> {
        self.scanner
            .keyword(&["EFG"], "the file must begin with `EFG 2 R`")?;
        let offset = self.scanner.offset();
        let version = self.scanner.keyword(
            &["1", "2"],
            "only version 2 of the format is known: write `EFG 2 R`",
        )?;
        if version == "1" {
            let what = "version 1 of the format is read as if it were version 2";
            self.warnings.push((offset, what.to_owned()));
        }
        self.scanner
            .keyword(&["R", "D"], "after `EFG 2` comes `R` or `D`")?;
        let (title, players) = self.scanner.title_and_players(&mut self.warnings)?;
        self.file.title = title;
        self.file.players = players;
        self.scanner.optional_text();
        Ok(())
    }

    fn nodes(&mut self, faults: &mut Vec<Fault>) {
        while self.scanner.peek().is_some() {
            let Err(fault) = self.node() else { continue };
            faults.push(fault);
            if faults.len() >= MAX_ERRORS {
                return;
            }
            while !matches!(
                self.scanner.peek(),
                None | Some(Token::Word("c" | "p" | "t"))
            ) {
                self.scanner.next();
            }
        }
    }

    fn node(&mut self) -> Result<(), Fault> {
        let offset = self.scanner.offset();
        let kind = match self.scanner.next() {
            Some(Token::Word(kind @ ("c" | "p" | "t"))) => kind.to_owned(),
            _ => return Err((offset, "expected a node: `c`, `p` or `t`".to_owned())),
        };
        let label = self.scanner.optional_text().unwrap_or_default();
        self.node_labels.note(offset, label);
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
        let offset = self.scanner.offset();
        let number = self.scanner.whole("the player's number")?;
        let known = number >= 1 && number <= self.file.players.len() as u64;
        match u8::try_from(number) {
            Ok(small) if known => Ok(small - 1),
            _ => Err((offset, format!("there is no player {number}"))),
        }
    }

    fn set(&mut self, player: Option<u8>) -> Result<usize, Fault> {
        let number = self.scanner.whole("the number of the information set")?;
        let name = self.scanner.optional_text();
        let known = self.set_numbers.get(&(player, number)).copied();
        let offset = self.scanner.offset();
        if self.scanner.peek() != Some(&Token::Open) {
            return known.ok_or((
                offset,
                format!("information set {number} has no actions yet: expected `{{`"),
            ));
        }
        let (mut actions, mut probabilities) = self.actions(player.is_none())?;
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
        for action in distinct(&mut actions) {
            self.warnings.push((
                offset,
                format!(
                    "two actions of one information set are named \"{action}\"; they were numbered"
                ),
            ));
        }
        let name = name.unwrap_or_default();
        if player.is_none() {
            self.draw_labels.note(offset, name.clone());
        }
        self.file.sets.push(FileSet {
            offset,
            player,
            name,
            actions,
            probabilities,
        });
        self.set_numbers
            .insert((player, number), self.file.sets.len() - 1);
        Ok(self.file.sets.len() - 1)
    }

    /// Makes the names of each player's information sets distinct, and warns of labels given twice.
    fn tell_sets_apart(&mut self) {
        let dropped = [("nodes", &self.node_labels), ("draws", &self.draw_labels)];
        for (what, labels) in dropped {
            if let Some((offset, label)) = &labels.twice {
                let what = format!(
                    "several {what} are named \"{label}\"; names of {what} are not kept, and some programs refuse this"
                );
                self.warnings.push((*offset, what));
            }
        }
        for player in 0..self.file.players.len() as u8 {
            let own = |set: &&mut FileSet| set.player == Some(player);
            let mut sets: Vec<&mut FileSet> = self.file.sets.iter_mut().filter(own).collect();
            let mut names: Vec<String> = sets.iter().map(|set| set.name.clone()).collect();
            for name in distinct(&mut names) {
                let second = sets.iter().filter(|set| set.name == name).nth(1);
                self.warnings.push((
                    second.map_or(0, |set| set.offset),
                    format!("two information sets of one player are named \"{name}\"; they were numbered"),
                ));
            }
            for (set, name) in sets.iter_mut().zip(names) {
                set.name = name;
            }
        }
    }

    fn actions(&mut self, chance: bool) -> Result<(Vec<String>, Vec<f64>), Fault> {
        let offset = self.scanner.offset();
        self.scanner.open("the actions in braces")?;
        let (mut actions, mut probabilities) = (Vec::new(), Vec::new());
        while !self.scanner.closes() {
            actions.push(self.scanner.text("an action's name in quotes, or `}`")?);
            if chance {
                probabilities.push(self.scanner.number("the action's probability")?);
            }
        }
        match actions.len() {
            0 => Err((
                offset,
                "an information set needs at least one action".to_owned(),
            )),
            1..=MAX_ACTIONS => Ok((actions, probabilities)),
            _ => Err((
                offset,
                format!("an information set can have at most {MAX_ACTIONS} actions"),
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
        let number = self
            .scanner
            .whole("the number of the outcome (0 for none)")?;
        let name = self.scanner.optional_text();
        let offset = self.scanner.offset();
        if self.scanner.peek() != Some(&Token::Open) {
            return Ok(number);
        }
        self.scanner.next();
        let mut payoffs = Vec::new();
        while !self.scanner.closes() {
            payoffs.push(self.scanner.number("a payoff, or `}`")?);
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
}
