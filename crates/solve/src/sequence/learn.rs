//! A prior near the equilibrium of a zero-sum game, by predictive CFR⁺ on the sequence form (Farina, Kroer &
//! Sandholm 2021; Tammelin 2014).

use super::form::{EMPTY, Form, Pair};

/// The payoff matrix of one player against sequences of the other, row by row.
struct Matrix {
    first: Vec<usize>,
    column: Vec<u32>,
    value: Vec<f64>,
    /// Payoffs that need no choice of the other player.
    alone: Vec<f64>,
}

/// What both players learn in so many rounds: average realisation plans, later rounds weighing more.
pub(super) fn learn(form: &Form, pairs: &[Pair<f64>], rounds: usize) -> Vec<f64> {
    let matrix = Matrix::new(form, pairs);
    let mut learner = Learner::new(form);
    let sequences = form.sequences();
    let (mut average, mut worth) = (vec![0.0; sequences], vec![0.0; sequences]);
    let mut total = 0.0;
    for round in 1..=rounds {
        // The players take turns, so that the second one answers the first one's new plan.
        for (sets, own) in [
            (0..form.set_split(), 0..form.split),
            (form.set_split()..form.sets(), form.split..sequences),
        ] {
            matrix.against(&learner.plan, own, &mut worth);
            learner.update(form, sets, &mut worth);
        }
        let weight = (round * round) as f64;
        total += weight;
        for (sum, plan) in average.iter_mut().zip(&learner.plan) {
            *sum += weight * plan;
        }
    }
    average.iter().map(|sum| sum / total).collect()
}

impl Matrix {
    fn new(form: &Form, pairs: &[Pair<f64>]) -> Matrix {
        let sequences = form.sequences();
        let mut alone = vec![0.0; sequences];
        let mut rows: Vec<Vec<(u32, f64)>> = vec![Vec::new(); sequences];
        for pair in pairs {
            for (own, other, payoff) in [
                (pair.row, pair.column, pair.payoffs[0]),
                (pair.column, pair.row, pair.payoffs[1]),
            ] {
                if own == EMPTY {
                    continue;
                }
                if other == EMPTY {
                    alone[own as usize] += payoff;
                } else {
                    rows[own as usize].push((other, payoff));
                }
            }
        }
        let mut matrix = Matrix {
            first: vec![0],
            column: Vec::new(),
            value: Vec::new(),
            alone,
        };
        for row in rows {
            for (column, value) in row {
                matrix.column.push(column);
                matrix.value.push(value);
            }
            matrix.first.push(matrix.column.len());
        }
        matrix
    }

    fn against(&self, plan: &[f64], own: std::ops::Range<usize>, worth: &mut [f64]) {
        for row in own {
            let range = self.first[row]..self.first[row + 1];
            let columns = self.column[range.clone()].iter();
            let terms = columns.zip(&self.value[range]);
            worth[row] = self.alone[row]
                + terms
                    .map(|(&column, value)| value * plan[column as usize])
                    .sum::<f64>();
        }
    }
}

struct Learner {
    behaviour: Vec<f64>,
    regret: Vec<f64>,
    plan: Vec<f64>,
}

impl Learner {
    fn new(form: &Form) -> Learner {
        let mut learner = Learner {
            behaviour: vec![0.0; form.sequences()],
            regret: vec![0.0; form.sequences()],
            plan: vec![1.0; form.sequences()],
        };
        for set in 0..form.sets() {
            let actions = form.at(set);
            let share = 1.0 / actions.len() as f64;
            learner.behaviour[actions].fill(share);
            learner.realise(form, set);
        }
        learner
    }

    /// Regrets by backward induction, then the next plan. `worth` becomes that of sequences with what follows.
    fn update(&mut self, form: &Form, sets: std::ops::Range<usize>, worth: &mut [f64]) {
        for set in sets.clone().rev() {
            let actions = form.at(set);
            let value: f64 = actions.clone().map(|a| self.behaviour[a] * worth[a]).sum();
            let mut sum = 0.0;
            for action in actions.clone() {
                let gain = worth[action] - value;
                self.regret[action] = (self.regret[action] + gain).max(0.0);
                let next = (self.regret[action] + gain).max(0.0);
                self.behaviour[action] = next;
                sum += next;
            }
            let share = 1.0 / actions.len() as f64;
            for action in actions {
                let next = &mut self.behaviour[action];
                *next = if sum > 0.0 { *next / sum } else { share };
            }
            if let Some(above) = worth.get_mut(form.before[set] as usize) {
                *above += value;
            }
        }
        for set in sets {
            self.realise(form, set);
        }
    }

    fn realise(&mut self, form: &Form, set: usize) {
        let before = self.plan.get(form.before[set] as usize);
        let weight = before.copied().unwrap_or(1.0);
        for action in form.at(set) {
            self.plan[action] = weight * self.behaviour[action];
        }
    }
}
