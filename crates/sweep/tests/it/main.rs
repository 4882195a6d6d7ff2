//! Distributions, designs, and doubt about a whole scenario.
#![allow(clippy::unwrap_used)] // a test that cannot go on panics

mod anchors;
mod designs;
mod renewal;
mod runs;

use detente_expand::{Expansion, Limits, expand};
use detente_findings::query::Queries;
use detente_findings::tally::{Tally, tally};
use detente_language::check::load;
use detente_language::eval::{Settings, bind};
use detente_language::scenario::{ParamId, Scenario};
use detente_language::source::NoFiles;
use detente_solve::qre;
use detente_sweep::{
    Base, Doubtful, Engine, Point, Solved, Start, doubtful, first_decisions, sample, solve_points,
    tornado, weigh,
};

fn scenario(text: &str) -> Scenario {
    let loaded = load("test.detente", text, &NoFiles);
    loaded
        .scenario
        .unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

/// The doubtful numbers of some `param` lines.
fn numbers(params: &str) -> Vec<Doubtful> {
    let scenario = scenario(&format!("{params}\nactor a\noutcome o\nplay {{ end o }}\n"));
    doubtful(&scenario, &bind(&scenario, &[]).unwrap(), &[]).unwrap()
}

fn drawn(numbers: &[Doubtful], draws: usize, seed: u64) -> Vec<Point> {
    sample(numbers, &[], draws, seed).unwrap().points
}

fn quantiles(param: &str) -> [f64; 3] {
    let number = &numbers(param)[0];
    [0.05, 0.5, 0.95].map(|q| number.quantile(q))
}

fn close(given: [f64; 3], expected: [f64; 3]) {
    for (given, expected) in given.iter().zip(expected) {
        assert!((given - expected).abs() < 1e-6, "{given} for {expected}");
    }
}

#[test]
fn distributions_have_their_quantiles() {
    close(quantiles("param x = 2 in 0 .. 10"), [0.5, 5.0, 9.5]);
    close(
        quantiles("param x = 2 in 1 .. 100 ~ log_uniform()"),
        [1.258_925_4, 10.0, 79.432_823_5],
    );
    // A symmetric triangle: √(q/2) of the way on the left half.
    close(
        quantiles("param x = 5 in 0 .. 10 ~ triangular(5)"),
        [1.581_138_8, 5.0, 8.418_861_2],
    );
    // The standard normal's 95 % quantile, not touched by a wide cut.
    close(
        quantiles("param x = 0 in -50 .. 50 ~ normal(0, 1)"),
        [-1.644_853_6, 0.0, 1.644_853_6],
    );
    // Beta(1, 1) is uniform over the range.
    close(
        quantiles("param x = 2 in 0 .. 10 ~ beta(1, 1)"),
        [0.5, 5.0, 9.5],
    );
    close(
        quantiles("param x = 2 in 0 .. 10 ~ discrete(1, 30, 2, 60, 3, 10)"),
        [1.0, 2.0, 3.0],
    );
}

#[test]
fn a_normal_cut_to_its_range_stays_inside() {
    let [low, middle, high] = quantiles("param x = 1 in 0 .. 2 ~ normal(1, 10)");
    assert!(low > 0.0 && high < 2.0 && (middle - 1.0).abs() < 1e-9);
}

#[test]
fn pinned_and_certain_numbers_are_not_doubted() {
    let scenario = scenario(
        "param x = 1\nparam y = 2 in 0 .. 5\nparam z = 3 in 1 .. 4\nactor a\noutcome o\nplay { end o }",
    );
    let settings = bind(&scenario, &[]).unwrap();
    let found = doubtful(&scenario, &settings, &[ParamId(1)]).unwrap();
    assert_eq!(
        found
            .iter()
            .map(|number| number.parameter)
            .collect::<Vec<_>>(),
        [ParamId(2)]
    );
}

#[test]
fn a_latin_hypercube_draws_once_from_every_part() {
    let numbers = numbers("param x = 1 in 0 .. 1\nparam y = 1 in 0 .. 1");
    let points = drawn(&numbers, 50, 3);
    for column in 0..2 {
        let mut parts: Vec<usize> = points
            .iter()
            .map(|p| (p.overrides[column].1 * 50.0) as usize)
            .collect();
        parts.sort_unstable();
        assert_eq!(parts, (0..50).collect::<Vec<_>>());
    }
    assert_eq!(points, drawn(&numbers, 50, 3));
    assert_ne!(points, drawn(&numbers, 50, 4));
}

#[test]
fn a_number_more_changes_no_other_draw() {
    let few = drawn(&numbers("param x = 1 in 0 .. 1"), 20, 3);
    let more = drawn(
        &numbers("param x = 1 in 0 .. 1\nparam y = 1 in 0 .. 1"),
        20,
        3,
    );
    assert!(
        few.iter()
            .zip(&more)
            .all(|(few, more)| few.overrides[0] == more.overrides[0])
    );
}

#[test]
fn a_tornado_goes_to_both_ends() {
    let points = tornado(&numbers("param x = 2 in 1 .. 4"));
    assert_eq!(
        points.iter().map(|p| p.overrides[0].1).collect::<Vec<_>>(),
        [1.0, 4.0]
    );
}

/// Washington strikes iff the chance of finding something is above the cost.
const INSPECTION: &str = "param chance_ = 40 % in 10 % .. 90 %\nparam cost = 0.505 in 0.3 .. 0.7\nactor us\n\
    outcome war\noutcome peace\nplay {\n us chooses move {\n  strike { chance found { yes chance_, no 1 - chance_ }\n   \
    gain us (if found == yes then 1 else 0) - cost; end war }\n  wait\n }\n end peace\n}\nask \"War?\" p(war)\n";

struct Whole {
    scenario: Scenario,
    settings: Settings,
    expansion: Expansion,
    solution: qre::Solution,
    options: qre::Options,
    tally: Tally,
}

fn whole(text: &str) -> Whole {
    let scenario = scenario(text);
    let settings = bind(&scenario, &[]).unwrap();
    let expansion = expand(&scenario, &settings, Limits::default(), &mut |_, _| true).unwrap();
    let options = qre::Options::default();
    let solution = qre::solve(&expansion.game, &options, &mut qre::Quiet);
    let asks = scenario.asks.iter().map(|ask| &ask.query);
    let queries = Queries::new(&scenario, &settings, &expansion, asks).unwrap();
    let tally = tally(
        &scenario,
        &settings,
        &expansion,
        &queries,
        &solution.profile,
    )
    .unwrap();
    Whole {
        scenario,
        settings,
        expansion,
        solution,
        options,
        tally,
    }
}

impl Whole {
    fn solve(
        &self,
        points: &[Point],
        threads: usize,
        on: &detente_sweep::Progress<'_>,
    ) -> Vec<Solved> {
        let engine = Engine::new(&self.base(), Start::From(&self.solution));
        solve_points(&engine, points, threads, on)
    }

    fn base(&self) -> Base<'_> {
        Base {
            scenario: &self.scenario,
            pinned: &[],
            settings: &self.settings,
            expansion: &self.expansion,
            solution: &self.solution,
            tally: &self.tally,
            asked: &[],
            options: &self.options,
            limits: Limits::default(),
        }
    }
}

#[test]
fn points_are_solved_afresh_at_their_own_numbers() {
    let whole = whole(INSPECTION);
    let numbers = doubtful(&whole.scenario, &whole.settings, &[]).unwrap();
    let wars: Vec<f64> = whole
        .solve(&tornado(&numbers), 1, &|_, _| true)
        .iter()
        .map(|solved| solved.tally().unwrap().endings[0])
        .collect();
    for (war, expected) in wars.iter().zip([0.0, 1.0, 1.0, 0.0]) {
        assert!((war - expected).abs() < 1e-2, "{wars:?}");
    }
}

#[test]
fn a_point_short_of_its_precision_counts_where_that_was_not_asked_for() {
    let whole = whole(MESSAGE);
    let options = |most_steps: usize| qre::Options {
        precision: Some(60.0),
        most_steps,
        ..whole.options.clone()
    };
    let solved = |share: f64, most_steps: usize| {
        let engine = Engine {
            options: &options(most_steps),
            share,
            ..Engine::new(&whole.base(), Start::Afresh)
        };
        solve_points(&engine, &[Point::default()], 1, &|_, _| true).remove(0)
    };
    let precision = |solved: &Solved| solved.answers().map(|answer| answer.precision);
    assert_eq!(precision(&solved(1.0, 500)), Some(60.0));
    let steps = (1..500).find(|&steps| precision(&solved(0.5, steps)).is_some());
    let steps = steps.unwrap();
    let reached = precision(&solved(0.5, steps)).unwrap();
    assert!((30.0..60.0).contains(&reached), "{reached}");
    let why = format!("the branch has not come to its end after {steps} steps");
    assert_eq!(solved(1.0, steps).failure(), Some(&why));
}

/// A type that only the sender knows, a message, and a reply that is worth different things to the two types.
const MESSAGE: &str = "param strong = 25 % in 0 % .. 100 %\nparam prize = 4 in 1 .. 9\nactor sender\nactor receiver\n\
    outcome o\nplay {\n chance type_ { tough strong, soft 1 - strong } seen by sender\n\
    sender chooses message { loud, quiet }\n receiver chooses reply { yield_ \"Yield\", stay \"Stay\" }\n\
    gain sender (if reply == yield_ then prize else 0) - (if message == loud then (if type_ == tough then 1 else 20) else 0)\n\
    gain receiver (if reply == yield_ then -1 else (if type_ == tough and message == loud then -3 else 0))\n end o\n}\n";

#[test]
fn options_are_weighed_by_the_beliefs_where_they_are_taken() {
    let whole = whole(MESSAGE);
    let decisions = first_decisions(&whole.scenario, &whole.expansion, &whole.solution.profile);
    let actors: Vec<usize> = decisions.iter().map(|decision| decision.actor).collect();
    assert_eq!(actors, [0, 1]);
    // The tough are loud and get their way, the soft are quiet and do not.
    assert_eq!(decisions[0].terms, ["message == loud", "message == quiet"]);
    assert_eq!(decisions[1].options, ["Yield", "Stay"]);
    let found = weigh(&decisions, &whole.expansion, &whole.solution.profile);
    let expected = [(0.75, [4.0 - 20.0, 0.0]), (0.75, [-1.0, 0.0])];
    for (found, (reach, values)) in found.iter().zip(expected) {
        assert!((found.reach - reach).abs() < 1e-3, "{found:?}");
        for (value, expected) in found.values.iter().zip(values) {
            assert!((value - expected).abs() < 1e-2, "{found:?}");
        }
    }
    // The same decision is found where the numbers are others, and is never come to where nobody is soft.
    let at = |values: &[(ParamId, f64)]| {
        let settings = bind(&whole.scenario, values).unwrap();
        let limits = Limits::default();
        let there = expand(&whole.scenario, &settings, limits, &mut |_, _| true).unwrap();
        let solution = qre::solve(&there.game, &whole.options, &mut qre::Quiet);
        weigh(&decisions, &there, &solution.profile)
    };
    let dearer = at(&[(ParamId(1), 9.0)]);
    assert!((dearer[0].values[0] + 11.0).abs() < 1e-2, "{dearer:?}");
    let tough = at(&[(ParamId(0), 1.0)]);
    assert_eq!(tough[0].reach, 0.0);
    assert!(tough[0].values.iter().all(|value| value.is_nan()));
}

#[test]
fn threads_change_nothing() {
    let whole = whole(INSPECTION);
    let numbers = doubtful(&whole.scenario, &whole.settings, &[]).unwrap();
    let points = drawn(&numbers, 16, 5);
    let one = whole.solve(&points, 1, &|_, _| true);
    assert!(one.iter().all(|solved| solved.answers().is_some()));
    assert_eq!(one, whole.solve(&points, 2, &|_, _| true));
    assert_eq!(one, whole.solve(&points, 64, &|_, _| true));
}

#[test]
fn a_stop_leaves_the_rest_unsolved() {
    let whole = whole(INSPECTION);
    let numbers = doubtful(&whole.scenario, &whole.settings, &[]).unwrap();
    let points = drawn(&numbers, 8, 5);
    let solved = whole.solve(&points, 1, &|done, _| done < 3);
    assert!(solved[3..].iter().all(|solved| *solved == Solved::Skipped));
    assert_eq!(
        solved
            .iter()
            .filter(|solved| solved.answers().is_some())
            .count(),
        3
    );
}

#[test]
fn numbers_that_go_in_steps_are_drawn_and_set_on_their_steps() {
    let number = &numbers("param n = 3 in 1 .. 6.5 step 1")[0];
    assert_eq!((number.low, number.high), (1.0, 6.0));
    let mut times = [0; 6];
    for part in 0..600 {
        let drawn = number.quantile((f64::from(part) + 0.5) / 600.0);
        assert_eq!(drawn.fract(), 0.0);
        times[drawn as usize - 1] += 1;
    }
    assert_eq!(times, [100; 6]);
    assert_eq!(number.words(), "uniform, in steps of 1");
    let skewed = &numbers("param n = 10 % in 0 % .. 50 % step 5 % ~ triangular(10 %)")[0];
    for part in 1..50 {
        let drawn = skewed.quantile(f64::from(part) / 50.0) / 0.05;
        assert!((drawn - drawn.round()).abs() < 1e-9 && (-0.5..10.5).contains(&drawn));
    }
    let text = "param n = 3 in 1 .. 6 step 1\nactor a\noutcome o\nplay { repeat n { chance x { l 50 %, r 50 % } } end o }\n";
    let scenario = scenario(text);
    assert!(bind(&scenario, &[(ParamId(0), 7.0)]).is_ok());
    let refused = bind(&scenario, &[(ParamId(0), 2.5)]).unwrap_err();
    assert_eq!(refused[0].code, "E0418");
}
