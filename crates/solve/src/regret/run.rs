//! From the first iteration to a certified profile.

use detente_game::Game;

use super::table::Table;
use super::{Options, Point, Solution};
use crate::figure::figure;
use crate::{Budget, Equilibria, Equilibrium, Status};

/// After the first iterations the gains are looked at whenever the iterations have grown by this share.
const LOOK_EVERY: f64 = 0.05;
/// Sequences that are worked through between two looks at the clock.
const BREATH: usize = 300_000;
/// How far payoffs of a zero-sum game may be from summing to the same everywhere, as a share of their range.
const ZERO_SUM: f64 = 1e-9;

/// A run, and the best it has seen.
pub(super) struct Run<'a> {
    game: &'a Game,
    options: &'a Options,
    budget: &'a Budget<'a>,
    table: Table,
    path: Vec<Point>,
    /// Average plans whose largest relative gain was smallest, and that gain.
    best: Option<(f64, [Vec<f64>; 2])>,
}

impl<'a> Run<'a> {
    pub(super) fn new(
        game: &'a Game,
        options: &'a Options,
        budget: &'a Budget<'a>,
        table: Table,
    ) -> Run<'a> {
        Run {
            game,
            options,
            budget,
            table,
            path: Vec::new(),
            best: None,
        }
    }

    /// Iterates until the end, whatever it is.
    pub(super) fn go(mut self) -> Solution {
        let variant = self.options.variant;
        let averaging = self.options.averaging.unwrap_or(variant.averaging());
        let breath = (BREATH / self.table.size().max(1)).max(1) as u64;
        let mut next_look = 1;
        let status = loop {
            let done = self.table.iterations();
            if done >= self.options.iterations {
                break Status::IterationLimit;
            }
            if done.is_multiple_of(breath)
                && let Some(status) = self.spent(done)
            {
                break status;
            }
            self.table.iterate(variant, averaging);
            let done = done + 1;
            if done == next_look || done == self.options.iterations {
                if let Some(status) = self.look() {
                    break status;
                }
                next_look = done + ((done as f64 * LOOK_EVERY) as u64).max(1);
            }
        };
        self.finish(status)
    }

    fn spent(&self, done: u64) -> Option<Status> {
        let share = done as f64 / self.options.iterations as f64;
        let words = match self.path.last() {
            Some(point) => format!(
                "{done} iterations, sum of gains {}",
                figure(point.gains[0] + point.gains[1])
            ),
            None => format!("{done} iterations"),
        };
        self.budget.spent(Some(share), &words)
    }

    /// Measures the average plans; a status where the run ends here.
    fn look(&mut self) -> Option<Status> {
        let gains = self.table.gains();
        if !gains.iter().all(|gain| gain.is_finite()) {
            return Some(Status::NumericalTrouble);
        }
        self.path.push(Point {
            iteration: self.table.iterations(),
            seconds: self.budget.seconds(),
            gains,
        });
        let relative = [0, 1].map(|player| {
            let range = self.game.payoff_range(player);
            if range > 0.0 {
                gains[player] / range
            } else {
                0.0
            }
        });
        let largest = relative[0].max(relative[1]);
        if self.best.as_ref().is_none_or(|(least, _)| largest < *least) {
            self.best = Some((largest, self.table.averages()));
        }
        let within = largest <= self.options.tolerance && self.certified()?.1;
        within.then_some(Status::Converged)
    }

    /// The best profile with its certificate, and whether that is within the tolerance.
    fn certified(&self) -> Option<(Equilibrium, bool)> {
        let profile = match &self.best {
            Some((_, averages)) => self.table.profile(self.game, averages)?,
            None => self.table.profile(self.game, &self.table.averages())?,
        };
        let equilibrium = Equilibrium::new(self.game, profile);
        let gain = equilibrium.certificate.largest_relative_gain;
        Some((equilibrium, gain <= self.options.tolerance))
    }

    fn finish(self, status: Status) -> Solution {
        let equilibria: Vec<Equilibrium> = self.certified().into_iter().map(|(e, _)| e).collect();
        let remarks = equilibria
            .iter()
            .flat_map(|found| self.remarks(found, status))
            .collect();
        Solution {
            iterations: self.table.iterations(),
            equilibria: Equilibria {
                status,
                complete: false,
                equilibria,
                remarks,
                seconds: self.budget.seconds(),
            },
            path: self.path,
        }
    }

    fn remarks(&self, found: &Equilibrium, status: Status) -> Vec<String> {
        let certificate = &found.certificate;
        let total = certificate.total_gain;
        let zero_sum = zero_sum(self.game);
        let kind = if zero_sum {
            format!(
                "Zero-sum: exploitability (half the sum of what both players could gain) is {} after {} iterations of {}.",
                figure(total / 2.0),
                self.table.iterations(),
                self.options.variant.word()
            )
        } else {
            format!(
                "General-sum: there is no guarantee that regret minimization converges; the sum of what both players could gain is {} after {} iterations of {}.",
                figure(total),
                self.table.iterations(),
                self.options.variant.word()
            )
        };
        let off_path = match certificate.worst_set {
            Some(set) if certificate.largest_relative_gain_at_sets > self.options.tolerance => {
                format!(
                    "Not sequentially rational within the tolerance: at the information set {} of {}, {} of the payoff range could be gained; regret minimization bounds gains only where play leads.",
                    self.game.set_name(set),
                    self.game.player_names()[usize::from(self.game.set_player()[set])],
                    figure(certificate.largest_relative_gain_at_sets)
                )
            }
            _ => "Sequentially rational within the tolerance at every information set, off the path too."
                .to_owned(),
        };
        let mut remarks = vec![kind, off_path];
        if zero_sum && status == Status::IterationLimit {
            remarks.push(
                "`sequence-lp` goes on to the last digit, where the game is not too large for it."
                    .to_owned(),
            );
        }
        let (ends, matrices) = self.table.shared();
        if ends > 0 {
            remarks.push(format!(
                "The game factors into public states: {ends} public ends share {matrices} matrices of payoffs between private types."
            ));
        }
        remarks
    }
}

/// Whether the payoffs sum to the same at every end.
fn zero_sum(game: &Game) -> bool {
    let sums = game.payoffs().chunks_exact(2).map(|row| row[0] + row[1]);
    let bounds = |(low, high): (f64, f64), sum: f64| (low.min(sum), high.max(sum));
    let (low, high) = sums.fold((f64::INFINITY, f64::NEG_INFINITY), bounds);
    let range = game.payoff_range(0).max(game.payoff_range(1));
    high - low <= ZERO_SUM * range
}
