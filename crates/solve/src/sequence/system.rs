//! The linear complementarity problem of the sequence form along a path from a prior (von Stengel, van den
//! Elzen & Talman 2002), with trembles (Miltersen & Sørensen 2010).
//!
//! Both players answer the other one's realisation plan and, z₀ times as much, a fixed prior s. With E x = e for
//! "x is a realisation plan", ℓ(ε) = ε^{length} + … a lower bound on every sequence and x = x′ + ℓ, the points of
//! the path obey, for the first player (and alike for the second)
//!
//! ```text
//! r − Eᵀp + A y′ + z₀ (A s₂ + a₀) = −A ℓ₂ − a₀ + ρ ε^{K+1}      x′ ≥ 0 ⟂ r ≥ 0, p free
//! E x′ = e − E ℓ₁
//! ```
//!
//! where p are the values of the information sets, r what a sequence falls short of the best one, and a₀ the
//! payoffs that need no choice of the other player. ε is a symbol: right-hand sides are polynomials in it, as
//! are all values of basic variables, and they are compared lexicographically. Against ties, the last power has
//! generic coefficients: ρ, and as many more in ℓ. The path comes from z₀ = ∞, where both answer the prior alone, to
//! z₀ = 0, where it ends in an equilibrium of the game with trembles, whose limit for ε → 0 is quasi-perfect
//! and therefore sequential. (von Stengel et al. write z₀/(1 + z₀) for our z₀; plans of full weight keep the
//! numbers in proportion where the path begins.)

use num_traits::Signed;

use super::form::{EMPTY, Form, Pair};

/// Numbers that the problem can be written in.
pub(super) trait Number: Clone + PartialOrd + Signed {
    /// A small whole number.
    fn whole(number: u32) -> Self;
    /// Whether a difference of two payoffs is no more than rounding.
    fn is_negligible(&self) -> bool;
}

/// A variable: x′ of a sequence, r of a sequence, p of an information set, or z₀, in this order.
pub(super) type Variable = usize;

/// The problem, column by column.
#[derive(Clone, Debug)]
pub(super) struct System<N> {
    /// Number of sequences.
    pub(super) sequences: usize,
    /// Number of information sets.
    pub(super) sets: usize,
    /// Number of sequences and of information sets of the first player.
    split: (usize, usize),
    /// Per sequence: its information set.
    set_of: Vec<u32>,
    /// Number of powers of ε, the last of which breaks ties.
    pub(super) orders: usize,
    /// Columns of x′ and p.
    x: Columns<N>,
    p: Columns<N>,
    /// Column of z₀: one number per row.
    pub(super) covering: Vec<N>,
    /// Right-hand sides, row after row: one number per power of ε.
    pub(super) rhs: Vec<N>,
    /// Per sequence: whether it is among the best responses to the prior at which the path starts.
    pub(super) chosen: Vec<bool>,
}

#[derive(Clone, Debug)]
struct Columns<N> {
    first: Vec<usize>,
    rows: Vec<u32>,
    values: Vec<N>,
}

impl<N> Columns<N> {
    fn from_lists(lists: Vec<Vec<(u32, N)>>) -> Columns<N> {
        let mut columns = Columns {
            first: vec![0],
            rows: Vec::new(),
            values: Vec::new(),
        };
        for list in lists {
            for (row, value) in list {
                columns.rows.push(row);
                columns.values.push(value);
            }
            columns.first.push(columns.rows.len());
        }
        columns
    }

    fn column(&self, k: usize) -> impl Iterator<Item = (usize, &N)> {
        let range = self.first[k]..self.first[k + 1];
        let rows = self.rows[range.clone()].iter().map(|&row| row as usize);
        rows.zip(&self.values[range])
    }
}

impl<N: Number> System<N> {
    /// Sets the problem up. `scale` holds per information set what the rows of its actions are multiplied
    /// with; `prior` the realisation plans
    /// at which the path starts.
    pub(super) fn new(form: &Form, pairs: &[Pair<N>], scale: &[N], prior: &[N]) -> System<N> {
        let (sequences, sets) = (form.sequences(), form.sets());
        let orders = form.longest() + 2;
        let mut system = System {
            sequences,
            sets,
            split: (form.split, form.set_split()),
            set_of: form.set_of.clone(),
            orders,
            x: Columns::from_lists(x_columns(form, pairs, scale)),
            p: Columns::from_lists(p_columns(form, scale)),
            covering: vec![N::zero(); sequences + sets],
            rhs: vec![N::zero(); (sequences + sets) * orders],
            chosen: vec![false; sequences],
        };
        system.add_payoffs(form, pairs, scale, prior);
        system.add_plans(form);
        system.break_ties();
        system.choose(form, scale);
        system
    }

    /// Number of rows: one per sequence, then one per information set.
    pub(super) fn rows(&self) -> usize {
        self.sequences + self.sets
    }

    /// The information set that a sequence ends at.
    pub(super) fn set_of(&self, sequence: usize) -> usize {
        self.set_of[sequence] as usize
    }

    /// The variable z₀.
    pub(super) fn z(&self) -> Variable {
        2 * self.sequences + self.sets
    }

    /// Whether a variable has no sign: p.
    pub(super) fn is_free(&self, variable: Variable) -> bool {
        (2 * self.sequences..self.z()).contains(&variable)
    }

    /// The half that a row belongs to: the rows of a player's sequences are in one with those of the other
    /// player's realisation plan.
    pub(super) fn half_of_row(&self, row: usize) -> usize {
        match row.checked_sub(self.sequences) {
            None => usize::from(row >= self.split.0),
            Some(set) => usize::from(set < self.split.1),
        }
    }

    /// The half whose rows the column of a variable other than z₀ has entries in.
    pub(super) fn half(&self, variable: Variable) -> usize {
        let n = self.sequences;
        if variable < n {
            usize::from(variable < self.split.0)
        } else if variable < 2 * n {
            usize::from(variable - n >= self.split.0)
        } else {
            usize::from(variable - 2 * n >= self.split.1)
        }
    }

    /// x′ for r and r for x′ of the same sequence.
    pub(super) fn complement(&self, variable: Variable) -> Variable {
        if variable < self.sequences {
            variable + self.sequences
        } else {
            variable - self.sequences
        }
    }

    /// The basis at the start of the path, by row: x′ of the chosen sequences, r of the others, p.
    pub(super) fn first_basis(&self) -> Vec<Variable> {
        let pairs = self.chosen.iter().enumerate();
        let mut basis: Vec<Variable> = pairs
            .map(|(k, &chosen)| if chosen { k } else { self.sequences + k })
            .collect();
        basis.extend(2 * self.sequences..self.z());
        basis
    }

    /// Calls `entry` with the rows and values of a variable's column.
    pub(super) fn column(&self, variable: Variable, mut entry: impl FnMut(usize, &N)) {
        let n = self.sequences;
        if variable < n {
            self.x
                .column(variable)
                .for_each(|(row, value)| entry(row, value));
        } else if variable < 2 * n {
            entry(variable - n, &N::one());
        } else if variable < self.z() {
            self.p
                .column(variable - 2 * n)
                .for_each(|(row, value)| entry(row, value));
        } else {
            let values = self.covering.iter().enumerate();
            values
                .filter(|(_, value)| !value.is_zero())
                .for_each(|(row, value)| entry(row, value));
        }
    }

    /// Right-hand side of a row, one number per power of ε.
    pub(super) fn rhs_at(&self, row: usize) -> &[N] {
        &self.rhs[row * self.orders..(row + 1) * self.orders]
    }

    /// Payoffs against the other player's trembles, prior, and choiceless ends.
    fn add_payoffs(&mut self, form: &Form, pairs: &[Pair<N>], scale: &[N], prior: &[N]) {
        for pair in pairs {
            for (own, other, payoff) in [
                (pair.row, pair.column, &pair.payoffs[0]),
                (pair.column, pair.row, &pair.payoffs[1]),
            ] {
                if own == EMPTY {
                    continue;
                }
                let own = own as usize;
                let payoff = payoff.clone() * scale[form.set_of[own] as usize].clone();
                let order = match form.length.get(other as usize) {
                    Some(&length) => {
                        let weight = prior[other as usize].clone();
                        let sum = &mut self.covering[own];
                        *sum = sum.clone() + payoff.clone() * weight;
                        length as usize
                    }
                    None => {
                        let sum = &mut self.covering[own];
                        *sum = sum.clone() + payoff.clone();
                        0
                    }
                };
                let rhs = &mut self.rhs[own * self.orders..(own + 1) * self.orders];
                rhs[order] = rhs[order].clone() - payoff.clone();
                if order > 0 {
                    let last = &mut rhs[self.orders - 1];
                    *last = last.clone() - payoff * generic(other.into());
                }
            }
        }
    }

    /// Rows that make x a realisation plan.
    fn add_plans(&mut self, form: &Form) {
        for set in 0..self.sets {
            let row = self.sequences + set;
            let rhs = &mut self.rhs[row * self.orders..(row + 1) * self.orders];
            let before = form.before[set] as usize;
            match form.length.get(before) {
                Some(&length) => rhs[length as usize] = N::one(),
                None => rhs[0] = N::one(),
            }
            let actions = form.at(set);
            rhs[form.length[actions.start] as usize] = -N::whole(actions.len() as u32);
            let last = self.orders - 1;
            if before < self.sequences {
                rhs[last] = generic(before as u64);
            }
            for action in actions {
                rhs[last] = rhs[last].clone() - generic(action as u64);
            }
        }
    }

    /// Makes no two actions of a set exactly as good.
    fn break_ties(&mut self) {
        for sequence in 0..self.sequences {
            let last = &mut self.rhs[(sequence + 1) * self.orders - 1];
            *last = last.clone() + generic(!(sequence as u64));
        }
    }

    /// The best responses to the prior, latest information sets first.
    fn choose(&mut self, form: &Form, scale: &[N]) {
        let mut worth: Vec<[N; 2]> = vec![[N::zero(), N::zero()]; self.sets];
        for set in (0..self.sets).rev() {
            let mut best: Option<(usize, [N; 2])> = None;
            for action in form.at(set) {
                let mut here = [
                    self.covering[action].clone(),
                    -generic::<N>(!(action as u64)),
                ];
                for &later in form.after(action) {
                    let ratio = scale[set].clone() / scale[later as usize].clone();
                    for (sum, value) in here.iter_mut().zip(&worth[later as usize]) {
                        *sum = sum.clone() + ratio.clone() * value.clone();
                    }
                }
                if best.as_ref().is_none_or(|(_, best)| above(&here, best)) {
                    best = Some((action, here));
                }
            }
            if let Some((action, value)) = best {
                self.chosen[action] = true;
                worth[set] = value;
            }
        }
    }
}

fn above<N: Number>(here: &[N; 2], best: &[N; 2]) -> bool {
    let difference = here[0].clone() - best[0].clone();
    if difference.is_negligible() {
        here[1] > best[1]
    } else {
        difference.is_positive()
    }
}

/// Columns of x′: its place in the realisation plan, and the other player's payoffs.
fn x_columns<N: Number>(form: &Form, pairs: &[Pair<N>], scale: &[N]) -> Vec<Vec<(u32, N)>> {
    let rows_of_sets = form.sequences() as u32;
    let mut columns: Vec<Vec<(u32, N)>> = (0..form.sequences())
        .map(|sequence| {
            let mut column = vec![(rows_of_sets + form.set_of[sequence], N::one())];
            let after = form.after(sequence).iter();
            column.extend(after.map(|set| (rows_of_sets + set, -N::one())));
            column
        })
        .collect();
    for pair in pairs {
        if pair.row == EMPTY || pair.column == EMPTY {
            continue;
        }
        for (own, other, payoff) in [
            (pair.row, pair.column, &pair.payoffs[1]),
            (pair.column, pair.row, &pair.payoffs[0]),
        ] {
            if !payoff.is_zero() {
                let scale = scale[form.set_of[other as usize] as usize].clone();
                columns[own as usize].push((other, payoff.clone() * scale));
            }
        }
    }
    columns
}

/// Columns of p: the actions of the information set, and the sequence that leads there.
fn p_columns<N: Number>(form: &Form, scale: &[N]) -> Vec<Vec<(u32, N)>> {
    (0..form.sets())
        .map(|set| {
            let actions = form.at(set).map(|action| (action as u32, -N::one()));
            let mut column: Vec<(u32, N)> = actions.collect();
            let before = form.before[set];
            if let Some(&earlier) = form.set_of.get(before as usize) {
                let ratio = scale[earlier as usize].clone() / scale[set].clone();
                column.push((before, ratio));
            }
            column
        })
        .collect()
}

/// A nearly uniform, generic realisation plan of both players.
pub(super) fn prior<N: Number>(form: &Form, seed: u64) -> Vec<N> {
    let mut plan = vec![N::one(); form.sequences()];
    for set in 0..form.sets() {
        let generic = |action: usize| {
            let hash = scramble(seed.wrapping_mul(0x9e37_79b9).wrapping_add(action as u64));
            1024 + (hash >> 54) as u32
        };
        let sum: u32 = form.at(set).map(generic).sum();
        let before = plan.get(form.before[set] as usize).cloned();
        for action in form.at(set) {
            let share = N::whole(generic(action)) / N::whole(sum);
            plan[action] = match &before {
                Some(weight) => weight.clone() * share,
                None => share,
            };
        }
    }
    plan
}

/// A number between 1 and 2 without visible pattern.
fn generic<N: Number>(number: u64) -> N {
    N::whole(0x8000 + (scramble(number) >> 49) as u32) / N::whole(0x8000)
}

/// A number without visible pattern (the finaliser of SplitMix64, Steele, Lea & Flood 2014).
pub(super) fn scramble(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
