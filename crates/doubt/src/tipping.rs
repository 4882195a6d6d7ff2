//! Tipping points: the smallest changes of one number, and of two together, that turn an answer over.
//!
//! Numbers go straight from their best guesses towards ends of their ranges. Where the answer has turned at the end of
//! such a way, the place where it turns is bracketed by solving points on the way: by the secant, and by halving
//! where the secant does not help. Pairs are proposed by adding up what each number does alone, and told only if the
//! answer has turned at a point that was solved.

use detente_findings::model::{Change, Tipping, TippingPoint, Unit};
use detente_findings::tally::Tally;
use detente_sweep::{Doubtful, Point, Solved};

/// A bracket this narrow, as a share of the way, is narrow enough.
const NARROW: f64 = 0.02;
/// Points on one way at most.
const STEPS: usize = 7;
/// Points that one search takes as a rule.
const USUAL: usize = 5;
/// Most searches of each kind.
const SINGLES: usize = 12;
const PAIRS: usize = 8;
const ASKS: usize = 12;
/// A pair goes at most this share of the way that one of its numbers goes alone.
const HELPS: f64 = 0.9;
/// Ends from which pairs are made.
const PARTNERS: usize = 24;
/// By so much an answer must have turned: a tie has not.
const TIE: f64 = 1e-6;

/// What is to turn over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Goal {
    /// Which ending is the likeliest.
    Ending,
    /// Whether an ask's probability is above one half.
    Ask(usize),
}

/// The answers at the best guesses, and what is known of the ends of ranges.
pub(crate) struct Known<'a> {
    pub(crate) base: &'a Tally,
    pub(crate) numbers: &'a [Doubtful],
    /// Number, whether the high end, and its answers.
    pub(crate) ends: Vec<(usize, bool, &'a Tally)>,
    /// What each ask measures.
    pub(crate) asks: &'a [Unit],
}

/// Has points solved, side by side.
pub(crate) type Solve<'a> = dyn FnMut(&[Point]) -> Vec<Solved> + 'a;

/// Searches with at most `most` points beside those known.
pub(crate) fn tipping(known: &Known<'_>, most: usize, solve: &mut Solve<'_>) -> Option<Tipping> {
    let lead = largest(&known.base.endings)?;
    let (singles, asks) = (most * 2 / 5 / USUAL, most / 5 / USUAL);
    let mut searches = alone(known, Goal::Ending, singles.min(SINGLES));
    for ask in (0..known.asks.len()).filter(|&ask| known.asks[ask] == Unit::Probability) {
        searches.extend(alone(known, Goal::Ask(ask), 1));
    }
    keep_nearest(
        &mut searches,
        |search| search.goal != Goal::Ending,
        asks.min(ASKS),
    );
    let together = pairs(known, (most * 2 / 5 / USUAL).min(PAIRS));
    let pairs_tried = together.len();
    searches.extend(together);
    let mut solved = 0;
    while solved < most {
        let open = searches
            .iter()
            .enumerate()
            .filter(|(_, search)| search.open());
        let open: Vec<usize> = open.map(|(at, _)| at).take(most - solved).collect();
        if open.is_empty() {
            break;
        }
        let points: Vec<Point> = open.iter().map(|&at| searches[at].next(known)).collect();
        let found = solve(&points);
        if found.contains(&Solved::Skipped) {
            break;
        }
        solved += points.len();
        for (&at, found) in open.iter().zip(&found) {
            searches[at].learn(known, found.tally());
        }
    }
    let mut told: Vec<(Goal, usize, TippingPoint)> = searches
        .iter()
        .filter_map(|search| Some((search.goal, search.ways.len(), search.told(known)?)))
        .collect();
    told.sort_by(|a, b| a.2.changes[0].share.total_cmp(&b.2.changes[0].share));
    let of = |wanted: &dyn Fn(Goal, usize) -> bool| {
        let some = told.iter().filter(|(goal, ways, _)| wanted(*goal, *ways));
        some.map(|(.., point)| point.clone()).collect::<Vec<_>>()
    };
    // Two numbers are worth a word only where they go clearly less far together than one of them alone.
    let alone = of(&|goal, ways| goal == Goal::Ending && ways == 1);
    let helps = |pair: &TippingPoint| {
        let same = |one: &&TippingPoint| {
            pair.changes
                .iter()
                .any(|c| c.number == one.changes[0].number)
        };
        let least = alone.iter().filter(same).map(|one| one.changes[0].share);
        pair.changes[0].share < HELPS * least.fold(1.0 / HELPS, f64::min)
    };
    let mut pairs = of(&|goal, ways| goal == Goal::Ending && ways == 2);
    pairs.retain(helps);
    let mut numbers: Vec<usize> = known.ends.iter().map(|end| end.0).collect();
    numbers.dedup();
    Some(Tipping {
        ending: lead,
        tried: numbers.len(),
        pairs_tried,
        solved,
        pairs,
        asks: of(&|goal, _| goal != Goal::Ending),
        single: alone,
    })
}

/// The largest of some numbers, the first of several.
pub(crate) fn largest(values: &[f64]) -> Option<usize> {
    let better = |best: usize, at: usize| if values[at] > values[best] { at } else { best };
    (!values.is_empty()).then(|| (0..values.len()).fold(0, better))
}

/// How far an answer is from turning over; 0 or less once it has.
fn margin(known: &Known<'_>, goal: Goal, tally: &Tally) -> Option<f64> {
    match goal {
        Goal::Ending => {
            let lead = largest(&known.base.endings)?;
            let others = tally
                .endings
                .iter()
                .enumerate()
                .filter(|(at, _)| *at != lead);
            let rival = others.map(|(_, p)| *p).fold(f64::NEG_INFINITY, f64::max);
            Some(tally.endings[lead] - rival + TIE)
        }
        Goal::Ask(ask) => {
            let at = |tally: &Tally| tally.asks.get(ask).copied().flatten();
            let side = (at(known.base)? - 0.5).signum();
            Some((at(tally)? - 0.5) * side + TIE)
        }
    }
}

/// Ways of one number on which the answer has turned at the end, at most `most`, those that turn soonest by the
/// straight line between their ends.
fn alone(known: &Known<'_>, goal: Goal, most: usize) -> Vec<Search> {
    let Some(start) = margin(known, goal, known.base).filter(|margin| *margin > 0.0) else {
        return Vec::new();
    };
    let ends = known.ends.iter().filter_map(|&(number, high, tally)| {
        let end = margin(known, goal, tally)?;
        (end <= 0.0).then(|| Search {
            goal,
            ways: vec![(number, high)],
            guess: start / (start - end),
            before: (0.0, start),
            after: Some((1.0, end, tally.clone())),
            steps: 0,
            halve: false,
            done: false,
        })
    });
    let mut searches: Vec<Search> = ends.collect();
    keep_nearest(&mut searches, |_| true, most);
    searches
}

/// Of the searches of a kind, the `most` whose guess is nearest.
fn keep_nearest(searches: &mut Vec<Search>, kind: impl Fn(&Search) -> bool, most: usize) {
    searches.sort_by(|a, b| a.guess.total_cmp(&b.guess));
    let mut kept = 0;
    searches.retain(|search| {
        if !kind(search) {
            return true;
        }
        kept += 1;
        kept <= most
    });
}

/// Pairs of numbers that should turn the likeliest ending together, and sooner than either alone.
fn pairs(known: &Known<'_>, most: usize) -> Vec<Search> {
    let goal = Goal::Ending;
    let Some(start) = margin(known, goal, known.base).filter(|margin| *margin > 0.0) else {
        return Vec::new();
    };
    let lowered = known.ends.iter().filter_map(|&(number, high, tally)| {
        let fall = start - margin(known, goal, tally)?;
        (fall > 0.0).then_some((number, high, fall))
    });
    let mut lowered: Vec<(usize, bool, f64)> = lowered.collect();
    lowered.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
    lowered.truncate(PARTNERS);
    let mut searches = Vec::new();
    for (k, a) in lowered.iter().enumerate() {
        for b in &lowered[k + 1..] {
            let guess = start / (a.2 + b.2);
            // Straight lines mislead: a little beyond the end is tried too.
            if a.0 == b.0 || guess > 1.25 {
                continue;
            }
            searches.push(Search {
                goal,
                ways: vec![(a.0, a.1), (b.0, b.1)],
                guess,
                before: (0.0, start),
                after: None,
                steps: 0,
                halve: false,
                done: false,
            });
        }
    }
    keep_nearest(&mut searches, |_| true, most);
    searches
}

/// A way from the best guesses on which the answer turns, and what is known of it.
struct Search {
    goal: Goal,
    /// Numbers, and whether towards the high end of their ranges.
    ways: Vec<(usize, bool)>,
    /// Share of the way at which the answer should turn.
    guess: f64,
    /// The last share known at which it has not turned, and its margin.
    before: (f64, f64),
    /// The first share known at which it has, its margin and its answers.
    after: Option<(f64, f64, Tally)>,
    steps: usize,
    /// Whether the secant lagged, so that the bracket is halved next.
    halve: bool,
    done: bool,
}

impl Search {
    fn open(&self) -> bool {
        let wide = self
            .after
            .as_ref()
            .is_none_or(|after| after.0 - self.before.0 > NARROW);
        !self.done && wide && self.steps < STEPS
    }

    /// The share of the way to solve next.
    fn share(&self) -> f64 {
        let (low, margin) = self.before;
        let Some((high, end, _)) = &self.after else {
            // First a little beyond the guess, then the very end.
            return if low > 0.0 {
                1.0
            } else {
                (1.2 * self.guess).min(1.0)
            };
        };
        let width = high - low;
        if self.halve || self.steps + 1 == STEPS {
            return f64::midpoint(low, *high);
        }
        let secant = low + width * margin / (margin - end);
        secant.clamp(low + 0.1 * width, high - 0.1 * width)
    }

    /// A value on the way of a number.
    fn value(known: &Known<'_>, (number, high): (usize, bool), share: f64) -> f64 {
        let number = &known.numbers[number];
        let end = if high { number.high } else { number.low };
        let value = number.base + share * (end - number.base);
        number.steps.map_or(value, |steps| steps.nearest(value))
    }

    fn next(&self, known: &Known<'_>) -> Point {
        let share = self.share();
        let each = self.ways.iter().map(|&way| {
            let parameter = known.numbers[way.0].parameter;
            (parameter, Search::value(known, way, share))
        });
        Point::new(each.collect())
    }

    fn learn(&mut self, known: &Known<'_>, found: Option<&Tally>) {
        let share = self.share();
        self.steps += 1;
        let margin = found.and_then(|tally| Some((tally, margin(known, self.goal, tally)?)));
        let Some((tally, margin)) = margin else {
            // Nothing is known beyond a point without an answer.
            self.done = true;
            return;
        };
        let width = self.after.as_ref().map(|after| after.0 - self.before.0);
        if margin > 0.0 {
            self.done = share >= 1.0;
            self.before = (share, margin);
        } else {
            self.after = Some((share, margin, tally.clone()));
        }
        if let (Some(width), Some(after)) = (width, &self.after) {
            self.halve = !self.halve && after.0 - self.before.0 > 0.5 * width;
        }
    }

    /// What was found, if the answer has turned at a point that was solved.
    fn told(&self, known: &Known<'_>) -> Option<TippingPoint> {
        let (share, _, tally) = self.after.as_ref()?;
        let endings = known.base.endings.len();
        let (output, before, after) = match self.goal {
            Goal::Ending => {
                let now = largest(&tally.endings)?;
                (now, known.base.endings[now], tally.endings[now])
            }
            Goal::Ask(ask) => {
                let at = |tally: &Tally| tally.asks.get(ask).copied().flatten();
                (endings + ask, at(known.base)?, at(tally)?)
            }
        };
        let change = |&way: &(usize, bool)| Change {
            number: way.0,
            from: known.numbers[way.0].base,
            to: Search::value(known, way, *share),
            still: Search::value(known, way, self.before.0),
            share: *share,
        };
        Some(TippingPoint {
            changes: self.ways.iter().map(change).collect(),
            output,
            before,
            after,
        })
    }
}
