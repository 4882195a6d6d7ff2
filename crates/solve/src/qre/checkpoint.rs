//! A point of the branch that a later solve of the same game can go on from, as bytes for a file.

use std::hash::Hasher;

use detente_game::Game;
use thiserror::Error;

use super::branch::Branch;
use super::newton::{Direction, Point};
use super::solution::{Event, Options};

/// First bytes of a checkpoint: what it is, and the version of its layout.
const MAGIC: &[u8; 8] = b"detente1";
/// Numbers before the vectors.
const HEAD: usize = 9;

/// Where a solve was when it was interrupted.
#[derive(Clone, Debug, PartialEq)]
pub struct Checkpoint {
    /// Of the game, of how its payoffs are scaled, and of the prior.
    fingerprint: u64,
    point: Point,
    tangent: Direction,
    bend: Direction,
    length: f64,
    sense: f64,
    caution: f64,
    events: Vec<(f64, Event)>,
}

/// Why bytes are no checkpoint of a solve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CheckpointError {
    /// They are something else, or cut off.
    #[error("this is no checkpoint, or it is damaged")]
    Damaged,
    /// The game, its numbers or the scaling of payoffs are others.
    #[error("this checkpoint is of another game, or of the same with other numbers or options")]
    OtherGame,
}

impl Checkpoint {
    /// Where a branch is.
    pub(super) fn new(game: &Game, options: &Options, branch: &Branch) -> Checkpoint {
        Checkpoint {
            fingerprint: fingerprint(game, options),
            point: branch.point.clone(),
            tangent: branch.tangent.clone(),
            bend: branch.bend.clone(),
            length: branch.length,
            sense: branch.sense,
            caution: branch.caution,
            events: branch.events.clone(),
        }
    }

    /// The branch to go on along.
    pub(super) fn branch(
        &self,
        game: &Game,
        options: &Options,
        unknowns: usize,
    ) -> Result<Branch, CheckpointError> {
        if self.fingerprint != fingerprint(game, options) || self.point.v.len() != unknowns {
            return Err(CheckpointError::OtherGame);
        }
        Ok(Branch {
            point: self.point.clone(),
            tangent: self.tangent.clone(),
            bend: self.bend.clone(),
            length: self.length,
            sense: self.sense,
            caution: self.caution,
            events: self.events.clone(),
        })
    }

    /// As bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let count = self.point.v.len();
        let mut bytes = Vec::with_capacity(8 * (1 + HEAD + 3 * count + 2 * self.events.len()));
        bytes.extend_from_slice(MAGIC);
        let mut put = |word: u64| bytes.extend_from_slice(&word.to_le_bytes());
        put(self.fingerprint);
        put(count as u64);
        put(self.events.len() as u64);
        let numbers = [
            self.point.lambda,
            self.tangent.t,
            self.bend.t,
            self.length,
            self.sense,
            self.caution,
        ];
        numbers.iter().for_each(|number| put(number.to_bits()));
        for vector in [&self.point.v, &self.tangent.v, &self.bend.v] {
            vector.iter().for_each(|number| put(number.to_bits()));
        }
        for (lambda, event) in &self.events {
            put(lambda.to_bits());
            put(u64::from(*event == Event::Turn));
        }
        bytes
    }

    /// From bytes.
    ///
    /// # Errors
    /// [`CheckpointError::Damaged`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Checkpoint, CheckpointError> {
        let body = bytes
            .strip_prefix(MAGIC.as_slice())
            .ok_or(CheckpointError::Damaged)?;
        let (chunks, rest) = body.as_chunks::<8>();
        if !rest.is_empty() || chunks.len() < HEAD {
            return Err(CheckpointError::Damaged);
        }
        let words: Vec<u64> = chunks
            .iter()
            .map(|chunk| u64::from_le_bytes(*chunk))
            .collect();
        let (head, body) = words.split_at(HEAD);
        let (count, events) = (head[1], head[2]);
        let expected = u128::from(count) * 3 + u128::from(events) * 2;
        if expected != body.len() as u128 {
            return Err(CheckpointError::Damaged);
        }
        let (vectors, events) = body.split_at(3 * count as usize);
        let number = |word: &u64| f64::from_bits(*word);
        let vector = |k: usize| -> Vec<f64> {
            let from = k * count as usize;
            vectors[from..from + count as usize]
                .iter()
                .map(number)
                .collect()
        };
        let direction = |k: usize, t: f64| Direction { v: vector(k), t };
        let told = events.as_chunks::<2>().0.iter().map(|[lambda, turn]| {
            let event = if *turn == 1 {
                Event::Turn
            } else {
                Event::Bifurcation
            };
            (f64::from_bits(*lambda), event)
        });
        Ok(Checkpoint {
            fingerprint: head[0],
            point: Point {
                v: vector(0),
                lambda: number(&head[3]),
            },
            tangent: direction(1, number(&head[4])),
            bend: direction(2, number(&head[5])),
            length: number(&head[6]),
            sense: number(&head[7]),
            caution: number(&head[8]),
            events: told.collect(),
        })
    }
}

/// Tells games and scalings apart (Fowler, Noll & Vo's hash FNV-1a over the numbers of the game).
fn fingerprint(game: &Game, options: &Options) -> u64 {
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    hash.write_u8(options.raw_payoffs.into());
    let prior = options.prior.iter().flatten();
    prior.for_each(|weight| hash.write_u64(weight.to_bits()));
    game.set().iter().for_each(|&set| hash.write_u32(set));
    game.arity().iter().for_each(|&arity| hash.write_u16(arity));
    game.set_player()
        .iter()
        .for_each(|&player| hash.write_u8(player));
    for node in 0..game.nodes() {
        for payoff in game.payoffs_at(node) {
            hash.write_u64(payoff.to_bits());
        }
    }
    game.chance()
        .iter()
        .for_each(|p| hash.write_u64(p.to_bits()));
    hash.finish()
}

/// The hash, the same on every machine and in every version.
struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write_u16(&mut self, number: u16) {
        self.write(&number.to_le_bytes());
    }

    fn write_u32(&mut self, number: u32) {
        self.write(&number.to_le_bytes());
    }

    fn write_u64(&mut self, number: u64) {
        self.write(&number.to_le_bytes());
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
