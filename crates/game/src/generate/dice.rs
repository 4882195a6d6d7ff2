//! Liar's dice with one die each.

use super::grow::{MOST_NODES, Rules, Turn, grow};
use super::{GenerateError, at_least};
use crate::game::Game;

/// More faces than this make more nodes than are generated: there are d² 2^(2d+1) of them.
const MOST_FACES: usize = 9;

/// Liar's dice, one die of `faces` faces each: the players bid in turn "at least q dice show face f", each bid
/// higher than the last (in q, then in f), until one calls the other a liar; whoever is wrong pays 1. The
/// highest face counts as every face. With 6 faces the first player gets −7/258.
///
/// # Errors
/// No faces are no dice; see [`GenerateError`].
pub fn liars_dice(faces: usize) -> Result<Game, GenerateError> {
    at_least("faces", 1, faces)?;
    if faces > MOST_FACES {
        return Err(GenerateError::TooLarge { limit: MOST_NODES });
    }
    grow(&Dice { faces })
}

struct Dice {
    faces: usize,
}

#[derive(Clone)]
struct Play {
    rolled: Option<[usize; 2]>,
    moves: usize,
    /// The last bid: quantity − 1, times the number of faces, plus face.
    bid: Option<usize>,
    called: bool,
    seen: String,
}

impl Rules for Dice {
    type State = Play;

    fn title(&self) -> String {
        format!("Liar's dice with dice of {} faces", self.faces)
    }

    fn start(&self) -> Play {
        Play {
            rolled: None,
            moves: 0,
            bid: None,
            called: false,
            seen: String::new(),
        }
    }

    fn turn(&self, play: &Play) -> Turn<Play> {
        match (play.rolled, play.bid) {
            (None, _) => self.roll(play),
            (Some(rolled), Some(bid)) if play.called => {
                // Whoever is to move now is the bidder.
                let bidder = play.moves % 2;
                let winner = if self.holds(bid, rolled) {
                    bidder
                } else {
                    1 - bidder
                };
                Turn::End(if winner == 0 {
                    [1.0, -1.0]
                } else {
                    [-1.0, 1.0]
                })
            }
            (Some(rolled), _) => self.bid(play, rolled),
        }
    }
}

impl Dice {
    fn roll(&self, play: &Play) -> Turn<Play> {
        let chance = 1.0 / (self.faces * self.faces) as f64;
        let rolls = (0..self.faces).flat_map(|a| (0..self.faces).map(move |b| [a, b]));
        Turn::Draw(
            rolls
                .map(|rolled| {
                    let name = format!("{} against {}", rolled[0] + 1, rolled[1] + 1);
                    let next = Play {
                        rolled: Some(rolled),
                        ..play.clone()
                    };
                    (name, chance, next)
                })
                .collect(),
        )
    }

    fn bid(&self, play: &Play, rolled: [usize; 2]) -> Turn<Play> {
        let mover = play.moves % 2;
        let lowest = play.bid.map_or(0, |bid| bid + 1);
        let bids = (lowest..2 * self.faces).map(|bid| {
            let name = format!("{} of {}", bid / self.faces + 1, bid % self.faces + 1);
            let next = Play {
                bid: Some(bid),
                moves: play.moves + 1,
                seen: format!("{} {name},", play.seen),
                ..play.clone()
            };
            (name, next)
        });
        let liar = play.bid.map(|_| {
            let next = Play {
                called: true,
                moves: play.moves + 1,
                ..play.clone()
            };
            ("liar".to_owned(), next)
        });
        Turn::Move {
            player: mover as u8,
            sees: format!("{}:{}", rolled[mover] + 1, play.seen),
            options: bids.chain(liar).collect(),
        }
    }

    fn holds(&self, bid: usize, rolled: [usize; 2]) -> bool {
        let (quantity, face) = (bid / self.faces + 1, bid % self.faces);
        let shows = |&die: &usize| die == face || die == self.faces - 1;
        rolled.iter().filter(|&die| shows(die)).count() >= quantity
    }
}
