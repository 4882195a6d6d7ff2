//! Bueno de Mesquita's expected utility model, in the form that Scholz, Calbert and Smith (2011) published.
//!
//! Round by round: every actor reckons what it and each other could gain by a challenge; attitudes to risk follow from
//! how exposed its position is; the pair of expectations tells whether one gives way to the other, and how far; every
//! actor then takes the offer that moves it least. Symbols and equation names are the paper's.

mod reckon;

use serde::{Deserialize, Serialize};

use crate::error::{StakeholderError, within};
use crate::forecast::{Stop, Trajectory};
use crate::simple::{Weight, mean, median};
use crate::table::{Stakeholders, Stance};
use reckon::{Reckoning, risks};

const MODEL: &str = "the expected utility model";

/// What happens where both sides expect to gain by a challenge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Conflict {
    /// Both stay: a conflict settles nothing.
    #[default]
    Stands,
    /// The one who expects less goes over to the other.
    Decides,
}

/// What may be chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// Q: the chance that the status quo lasts without a challenge.
    pub lasting: f64,
    /// T: the chance that a change is for the better, where it does not last.
    pub better: f64,
    /// What a conflict leads to.
    pub conflict: Conflict,
    /// As the program behind the paper's second table computes: chances in parts of all votes on all pairs; one
    /// actor's attitude to risk for both expectations of a pair; and of several compromises the one whose weighted
    /// position is lowest.
    pub scholz: bool,
    /// Most rounds.
    pub rounds: usize,
    /// The run ends when a round moves nobody by more than this share of the range of positions.
    pub settled: f64,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            lasting: 1.0,
            better: 0.5,
            conflict: Conflict::Stands,
            scholz: false,
            rounds: 10,
            settled: 1e-4,
        }
    }
}

impl Options {
    /// As the program behind the paper's second table computes.
    pub fn scholz() -> Options {
        Options {
            conflict: Conflict::Decides,
            scholz: true,
            ..Options::default()
        }
    }
}

/// How one actor gives way to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// It loses a conflict.
    Conflict,
    /// It meets the other part of the way.
    Compromise,
    /// It is compelled to go all the way.
    Compelled,
}

/// A move of a round.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Move {
    /// Who moves, by its place among the actors.
    pub actor: usize,
    /// Towards whom.
    pub towards: usize,
    /// How.
    pub kind: Kind,
    /// What the mover expects of challenging the other.
    pub own: f64,
    /// What the other expects of challenging the mover.
    pub other: f64,
    /// Where it goes.
    pub position: f64,
}

/// A round: where everybody stands, and who then moves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Round {
    /// Positions on the issue's scale.
    pub positions: Vec<f64>,
    /// The weighted median of positions: the outcome, were the matter settled now.
    pub median: f64,
    /// Their weighted mean.
    pub mean: f64,
    /// Attitudes to risk `r`, from ½ (daring) to 2 (cautious); empty in the last round.
    pub risks: Vec<f64>,
    /// The moves made from here.
    pub moves: Vec<Move>,
}

/// Plays the model on a table of one issue.
///
/// # Errors
/// Several issues; a missing stance; nobody with weight; chances outside 0 to 1.
pub fn run(table: &Stakeholders, options: &Options) -> Result<Trajectory<Round>, StakeholderError> {
    let found = table.issues().len();
    if found != 1 {
        let (model, needed) = (MODEL, "a single issue");
        return Err(StakeholderError::Issues {
            model,
            needed,
            found,
        });
    }
    for (what, share) in [("Q", options.lasting), ("T", options.better)] {
        within(
            MODEL,
            what,
            share,
            (0.0..=1.0).contains(&share),
            "between 0 and 1",
        )?;
    }
    let mut stances = table.complete(MODEL)?;
    let weights: Vec<f64> = table
        .actors()
        .iter()
        .zip(&stances)
        .map(|(actor, stance)| actor.influence * stance.salience)
        .collect();
    let range = span(&stances);
    let mut rounds = Vec::new();
    let mut stop = Stop::Limit;
    for _ in 0..options.rounds {
        let mut round = look(table, &stances)?;
        // All want the same already.
        if range <= 0.0 {
            rounds.push(round);
            return Ok(end(rounds, Stop::Settled));
        }
        let center = round.median;
        let risks = risks(&stances, &weights, range, center, options);
        let reckoning = Reckoning::new(&stances, &weights, range, center, &risks, options);
        round.moves = (0..stances.len())
            .filter_map(|i| best_offer(&reckoning, i))
            .collect();
        round.risks = risks;
        let mut moved = 0.0_f64;
        for step in &round.moves {
            moved = moved.max((step.position - stances[step.actor].position).abs());
        }
        for step in &round.moves {
            stances[step.actor].position = step.position;
        }
        rounds.push(round);
        if moved <= options.settled * range {
            stop = Stop::Settled;
            break;
        }
    }
    rounds.push(look(table, &stances)?);
    Ok(end(rounds, stop))
}

fn end(rounds: Vec<Round>, stop: Stop) -> Trajectory<Round> {
    Trajectory {
        rounds,
        stop,
        chances: Vec::new(),
    }
}

fn span(stances: &[Stance]) -> f64 {
    let positions = stances.iter().map(|stance| stance.position);
    let top = positions.clone().fold(f64::NEG_INFINITY, f64::max);
    top - positions.fold(f64::INFINITY, f64::min)
}

/// The round that begins with these stances.
fn look(table: &Stakeholders, stances: &[Stance]) -> Result<Round, StakeholderError> {
    let now = Stakeholders::new(
        table.actors().to_vec(),
        table.issues().to_vec(),
        stances.iter().copied().map(Some).collect(),
    )?;
    Ok(Round {
        positions: stances.iter().map(|stance| stance.position).collect(),
        median: median(&now, 0, Weight::Both)?,
        mean: mean(&now, 0, Weight::Both)?,
        risks: Vec::new(),
        moves: Vec::new(),
    })
}

/// The offer that moves actor `i` least, if anyone makes it one.
fn best_offer(reckoning: &Reckoning, i: usize) -> Option<Move> {
    let offers: Vec<Move> = (0..reckoning.actors())
        .filter(|&j| reckoning.position(j) != reckoning.position(i))
        .filter_map(|j| offer(reckoning, i, j))
        .collect();
    let least = |offers: &[Move], key: &dyn Fn(&Move) -> f64| -> Option<Move> {
        offers
            .iter()
            .copied()
            .reduce(|best, next| if key(&next) < key(&best) { next } else { best })
    };
    let distance = |offer: &Move| (offer.position - reckoning.position(i)).abs();
    if !reckoning.options.scholz {
        return least(&offers, &distance);
    }
    // The program looks at conflicts first, then at compromises.
    let of =
        |kind: Kind| -> Vec<Move> { offers.iter().copied().filter(|o| o.kind == kind).collect() };
    let weighted = |offer: &Move| {
        let (a, b) = (offer.own.abs(), offer.other.abs());
        (a * reckoning.position(i) + b * reckoning.position(offer.towards)) / (a + b)
    };
    least(&of(Kind::Conflict), &distance).or_else(|| least(&of(Kind::Compromise), &weighted))
}

/// What the expectations of `i` and `j` of each other make `i` do: the octants of the paper's figure.
fn offer(reckoning: &Reckoning, i: usize, j: usize) -> Option<Move> {
    let own = reckoning.expected(i, i, j);
    let viewer = if reckoning.options.scholz { i } else { j };
    let other = reckoning.expected(viewer, j, i);
    let (here, there) = (reckoning.position(i), reckoning.position(j));
    let (kind, position) = if other > own && own > 0.0 {
        match reckoning.options.conflict {
            Conflict::Stands => return None,
            Conflict::Decides => (Kind::Conflict, there),
        }
    } else if other > 0.0 && own < 0.0 && other > own.abs() {
        (
            Kind::Compromise,
            here + (there - here) * (own / other).abs(),
        )
    } else if other > 0.0 && own < 0.0 {
        (Kind::Compelled, there)
    } else {
        return None;
    };
    Some(Move {
        actor: i,
        towards: j,
        kind,
        own,
        other,
        position,
    })
}
