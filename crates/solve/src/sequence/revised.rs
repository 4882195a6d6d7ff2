//! The tableau in floating point: two factorised halves of a basis and the values of its variables.
//!
//! As long as z₀ is basic, one half is a variable short, and z₀ takes its place there. The variables of the
//! other half follow z₀ along the column that they have for it.

use super::half::{Frame, Half};
use super::path::{Step, Tableau};
use super::system::{Number, System, Variable};

/// A coefficient of a power of ε below this is 0.
const ZERO: f64 = 1e-11;
/// An entry of a column below this is no pivot.
const PIVOT: f64 = 1e-9;
/// Ratios that differ by less than this are tied.
const TIE: f64 = 1e-10;

impl Number for f64 {
    fn whole(number: u32) -> f64 {
        f64::from(number)
    }

    fn is_negligible(&self) -> bool {
        self.abs() <= 1e-11
    }
}

/// A basis with its values.
pub(super) struct Revised<'a> {
    frame: Frame<'a>,
    halves: [Half; 2],
    /// Half and position of z₀ while it is basic.
    z: Option<(usize, usize)>,
    candidates: Vec<(usize, usize)>,
}

impl<'a> Revised<'a> {
    /// The basis at which the path starts; none where it is singular.
    pub(super) fn new(system: &'a System<f64>) -> Option<Revised<'a>> {
        let mut place = vec![0u32; system.rows()];
        let mut rows: [Vec<u32>; 2] = [Vec::new(), Vec::new()];
        for (row, place) in place.iter_mut().enumerate() {
            let half = &mut rows[system.half_of_row(row)];
            *place = half.len() as u32;
            half.push(row as u32);
        }
        let frame = Frame {
            system,
            place,
            covering: system.covering.clone(),
        };
        let basis = system.first_basis();
        let half = |number: usize, rows: Vec<u32>| {
            let own = basis.iter().copied();
            let own = own.filter(|&variable| system.half(variable) == number);
            Half::new(&frame, number, rows, own.collect())
        };
        let [first, second] = rows;
        Some(Revised {
            halves: [half(0, first)?, half(1, second)?],
            frame,
            z: None,
            candidates: Vec::new(),
        })
    }

    /// At z₀ = 0: factorises afresh and refines the values; none where the basis is singular.
    pub(super) fn settle(&mut self) -> Option<()> {
        self.z = None;
        for half in &mut self.halves {
            half.refactor(&self.frame)?;
            half.refine(&self.frame);
        }
        Some(())
    }

    /// Factorises afresh on the way; none where the basis is singular.
    pub(super) fn renew(&mut self) -> Option<()> {
        self.freshen(true)
    }

    /// x′ of every sequence, one number per power of ε each.
    pub(super) fn plans(&self) -> Vec<f64> {
        let (sequences, orders) = (self.frame.system.sequences, self.frame.system.orders);
        let mut plans = vec![0.0; sequences * orders];
        for half in &self.halves {
            for (position, &variable) in half.basis.iter().enumerate() {
                if variable < sequences {
                    plans[variable * orders..(variable + 1) * orders]
                        .copy_from_slice(half.value(orders, position));
                }
            }
        }
        plans
    }

    /// After rounding has led off the path: lets z₀ lift the variables that are below 0 instead of following
    /// the prior, so that a path from here leads to z₀ = 0 again.
    pub(super) fn lift(&mut self) {
        let orders = self.frame.system.orders;
        let mut covering = vec![0.0; self.frame.covering.len()];
        for half in &self.halves {
            let below = |position: &usize| lexicographic(half.value(orders, *position)) < 0.0;
            let positions: Vec<usize> = (0..half.signed).filter(below).collect();
            half.cover(&self.frame, &positions, &mut covering);
        }
        self.frame.covering = covering;
    }

    /// The half and position whose variable vanishes first as the columns of these halves, times `sign`, are
    /// subtracted: lexicographically smallest ratio, largest pivot among what is left of a tie.
    fn first_to_vanish(&mut self, halves: &[usize], sign: f64) -> Option<(usize, usize)> {
        let orders = self.frame.system.orders;
        self.candidates.clear();
        for &k in halves {
            let half = &self.halves[k];
            for (position, &entry) in half.column[..half.signed].iter().enumerate() {
                if sign * entry > PIVOT {
                    self.candidates.push((k, position));
                }
            }
        }
        let halves = &self.halves;
        for order in 0..orders {
            if self.candidates.len() <= 1 {
                break;
            }
            let ratio = |&(k, position): &(usize, usize)| {
                let half = &halves[k];
                let value = half.values[position * orders + order];
                let value = if value.abs() > ZERO { value } else { 0.0 };
                value / (sign * half.column[position])
            };
            let least = self
                .candidates
                .iter()
                .map(ratio)
                .fold(f64::INFINITY, f64::min);
            let most = least + TIE * least.abs().max(1.0);
            self.candidates.retain(|candidate| ratio(candidate) <= most);
        }
        let size = |(k, position): (usize, usize)| halves[k].column[position].abs();
        let candidates = self.candidates.iter().copied();
        candidates.max_by(|&a, &b| size(a).total_cmp(&size(b)).then(b.cmp(&a)))
    }

    /// Value of a variable over its entry in the column at work.
    fn ratio(&self, k: usize, position: usize) -> Vec<f64> {
        let half = &self.halves[k];
        let values = half.value(self.frame.system.orders, position).iter();
        values.map(|value| value / half.column[position]).collect()
    }

    /// Whether all values with a sign are at least 0 for small ε.
    pub(super) fn is_feasible(&self) -> bool {
        let orders = self.frame.system.orders;
        self.halves.iter().all(|half| {
            let mut values = half.values.chunks_exact(orders).take(half.signed);
            values.all(|value| lexicographic(value) >= 0.0)
        })
    }

    /// z₀ enters, or moves, to a position of a half whose variable leaves.
    fn place_z(&mut self, k: usize, position: usize, value: &[f64]) -> Variable {
        let half = &mut self.halves[k];
        half.column.copy_from_slice(&half.covering);
        self.z = Some((k, position));
        half.exchange(position, self.frame.system.z(), value)
    }

    /// Factorises halves afresh that need it, or both.
    fn freshen(&mut self, both: bool) -> Option<()> {
        let orders = self.frame.system.orders;
        for k in 0..2 {
            if !both && !self.halves[k].is_stale() {
                continue;
            }
            self.halves[k].refactor(&self.frame)?;
            if let Some((at, position)) = self.z.filter(|&(at, _)| at != k) {
                let z = self.halves[at].value(orders, position).to_vec();
                self.halves[k].load_covering(&self.frame);
                self.halves[k].subtract(&z);
            }
        }
        Some(())
    }
}

/// The first coefficient that is not 0.
fn lexicographic(polynomial: &[f64]) -> f64 {
    let found = polynomial.iter().find(|value| value.abs() > ZERO);
    found.copied().unwrap_or(0.0)
}

impl Tableau for Revised<'_> {
    fn begin(&mut self) -> Step {
        for half in &mut self.halves {
            half.load_covering(&self.frame);
        }
        // z₀ where a variable vanishes: not above 0 if it never does on the way there.
        let found = self.first_to_vanish(&[0, 1], -1.0);
        let first = found.map(|(k, position)| (k, position, self.ratio(k, position)));
        let step = match first.filter(|(.., z)| lexicographic(z) > 0.0) {
            Some((k, position, z)) => {
                for half in &mut self.halves {
                    half.subtract(&z);
                }
                Step::Left(self.place_z(k, position, &z))
            }
            None => Step::Home,
        };
        if self.is_feasible() { step } else { Step::Tied }
    }

    fn enter(&mut self, variable: Variable) -> Step {
        let Some((short, z)) = self.z else {
            return Step::Lost;
        };
        let (k, other) = (
            self.frame.system.half(variable),
            1 - self.frame.system.half(variable),
        );
        self.halves[k].load(&self.frame, variable);
        let moved: &[usize] = if k == short { &[0, 1] } else { &[k] };
        if k == short {
            let fall = self.halves[k].column[z];
            let half = &mut self.halves[other];
            for (entry, covering) in half.column.iter_mut().zip(&half.covering) {
                *entry = -fall * covering;
            }
        }
        let Some((at, position)) = self.first_to_vanish(moved, 1.0) else {
            return Step::Lost;
        };
        let value = self.ratio(at, position);
        for &half in moved {
            self.halves[half].subtract(&value);
        }
        let leaving = if at == k {
            self.halves[k].exchange(position, variable, &value)
        } else {
            let rest = self.halves[k].value(self.frame.system.orders, z).to_vec();
            self.halves[k].exchange(z, variable, &value);
            self.place_z(at, position, &rest)
        };
        match self.freshen(false) {
            Some(()) => Step::Left(leaving),
            None => Step::Lost,
        }
    }

    fn is_near(&self) -> bool {
        self.z.is_some_and(|(k, position)| {
            let value = self.halves[k].value(self.frame.system.orders, position);
            value[0].abs() <= ZERO
        })
    }
}
