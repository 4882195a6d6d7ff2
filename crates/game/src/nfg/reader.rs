//! From text to the table of a strategic game.

use crate::savefile::{self, Fault, MAX_ACTIONS, Remark, Scanner, Token, distinct};
use crate::strategic::Table;

/// Parses a file; warnings beside it.
pub(super) fn parse(text: &str) -> Result<(Table, Vec<Fault>), Vec<Remark>> {
    let mut reader = Reader {
        scanner: Scanner::new(text),
        table: Table::default(),
        warnings: Vec::new(),
    };
    let read = reader.header().and_then(|counts| reader.body(counts));
    let faults: Vec<Fault> = read
        .err()
        .into_iter()
        .chain(reader.scanner.unclosed())
        .collect();
    if faults.is_empty() {
        Ok((reader.table, reader.warnings))
    } else {
        Err(savefile::remarks(text, faults))
    }
}

struct Reader<'a> {
    scanner: Scanner<'a>,
    table: Table,
    warnings: Vec<Fault>,
}

impl Reader<'_> {
    /// Reads up to the payoffs. Gives the number of strategies of each player, whose names may not be there yet.
    fn header(&mut self) -> Result<Vec<usize>, Fault> {
        self.scanner
            .keyword(&["NFG"], "the file must begin with `NFG 1 R`")?;
        self.scanner.keyword(
            &["1"],
            "only version 1 of the format is known: write `NFG 1 R`",
        )?;
        self.scanner
            .keyword(&["R", "D"], "after `NFG 1` comes `R` or `D`")?;
        let (title, players) = self.scanner.title_and_players(&mut self.warnings)?;
        self.table.title = title;
        self.table.players = players;
        let offset = self.scanner.offset();
        self.scanner.open("the players' strategies in braces")?;
        let mut counts = Vec::new();
        while !self.scanner.closes() {
            counts.push(match self.scanner.peek() {
                Some(Token::Open) => self.names()?,
                _ => self.count()?,
            });
        }
        let (found, needed) = (counts.len(), self.table.players.len());
        if found != needed {
            return Err((
                offset,
                format!(
                    "{needed} players need {needed} lists or numbers of strategies, not {found}"
                ),
            ));
        }
        self.scanner.optional_text();
        Ok(counts)
    }

    /// Names of one player's strategies.
    fn names(&mut self) -> Result<usize, Fault> {
        let offset = self.scanner.offset();
        self.scanner.next();
        let mut names = Vec::new();
        while !self.scanner.closes() {
            names.push(self.scanner.text("a strategy's name in quotes, or `}`")?);
        }
        check_count(offset, names.len() as u64)?;
        for name in distinct(&mut names) {
            self.warnings.push((
                offset,
                format!("two strategies of one player are named \"{name}\"; they were numbered"),
            ));
        }
        let count = names.len();
        self.table.strategies.push(names);
        Ok(count)
    }

    /// Number of one player's strategies; it names them once the file has shown to be whole.
    fn count(&mut self) -> Result<usize, Fault> {
        let offset = self.scanner.offset();
        let wish = "the names of a player's strategies in braces, or how many there are";
        let count = self.scanner.whole(wish)?;
        check_count(offset, count)?;
        self.table.strategies.push(Vec::new());
        Ok(count as usize)
    }

    fn body(&mut self, counts: Vec<usize>) -> Result<(), Fault> {
        let profiles = counts
            .iter()
            .fold(1u128, |n, &count| n.saturating_mul(count as u128));
        if self.scanner.peek() == Some(&Token::Open) {
            self.outcomes()?;
            self.outcome_numbers(profiles)?;
        } else {
            self.payoffs(profiles)?;
        }
        for (names, count) in self.table.strategies.iter_mut().zip(counts) {
            let missing = names.len() + 1..=count;
            names.extend(missing.map(|number| number.to_string()));
        }
        Ok(())
    }

    /// The payoff version: one outcome for each profile.
    fn payoffs(&mut self, profiles: u128) -> Result<(), Fault> {
        let players = self.table.players.len();
        let needed = profiles.saturating_mul(players as u128);
        while self.scanner.peek().is_some() {
            if self.table.payoffs.len() as u128 == needed {
                let what = format!("all {needed} payoffs are there before this: take it out");
                return Err((self.scanner.offset(), what));
            }
            let payoff = self.scanner.number("a payoff")?;
            self.table.payoffs.push(payoff);
        }
        let found = self.table.payoffs.len();
        if found as u128 != needed {
            let what = format!(
                "{profiles} profiles of {players} players need {needed} payoffs, the file ends after {found}"
            );
            return Err((self.scanner.offset(), what));
        }
        self.number_outcomes(profiles)
    }

    /// An outcome of its own for each profile.
    fn number_outcomes(&mut self, profiles: u128) -> Result<(), Fault> {
        // Without players there are no payoffs, and one profile.
        let profiles = u32::try_from(profiles).map_err(|_| {
            (
                self.scanner.offset(),
                format!("{profiles} profiles are too many"),
            )
        })?;
        self.table.outcome = (0..profiles).collect();
        Ok(())
    }

    /// The list of outcomes; a row of zeros for "none" follows it.
    fn outcomes(&mut self) -> Result<(), Fault> {
        let players = self.table.players.len();
        self.scanner.next();
        while !self.scanner.closes() {
            let offset = self.scanner.offset();
            self.scanner.open("an outcome in braces, or `}`")?;
            let name = self.scanner.optional_text().unwrap_or_default();
            let before = self.table.payoffs.len();
            while !self.scanner.closes() {
                let payoff = self.scanner.number("a payoff, or `}`")?;
                self.table.payoffs.push(payoff);
            }
            let found = self.table.payoffs.len() - before;
            if found != players {
                return Err((
                    offset,
                    format!("an outcome needs {players} payoffs, not {found}"),
                ));
            }
            self.table.outcome_names.push(name);
        }
        let none = self.table.payoffs.len() + players;
        self.table.payoffs.resize(none, 0.0);
        self.table.outcome_names.push(String::new());
        Ok(())
    }

    /// The number of an outcome for each profile, 0 for none.
    fn outcome_numbers(&mut self, profiles: u128) -> Result<(), Fault> {
        let outcomes = self.table.outcome_names.len() as u64 - 1;
        while self.scanner.peek().is_some() {
            let offset = self.scanner.offset();
            if self.table.outcome.len() as u128 == profiles {
                let what =
                    format!("all {profiles} profiles have an outcome before this: take it out");
                return Err((offset, what));
            }
            let number = self
                .scanner
                .whole("the number of an outcome (0 for none)")?;
            if number > outcomes {
                let what = format!("there is no outcome {number}: the list above has {outcomes}");
                return Err((offset, what));
            }
            let row = number.checked_sub(1).unwrap_or(outcomes);
            self.table.outcome.push(row as u32);
        }
        let found = self.table.outcome.len();
        if found as u128 != profiles {
            let what = format!(
                "{profiles} profiles need the number of an outcome each, the file ends after {found}"
            );
            return Err((self.scanner.offset(), what));
        }
        Ok(())
    }
}

fn check_count(offset: usize, count: u64) -> Result<(), Fault> {
    match count {
        0 => Err((offset, "a player needs at least one strategy".to_owned())),
        count if count > MAX_ACTIONS as u64 => Err((
            offset,
            format!("a player can have at most {MAX_ACTIONS} strategies, not {count}"),
        )),
        _ => Ok(()),
    }
}
