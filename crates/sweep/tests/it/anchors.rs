//! Points that start at the solutions of points near them.

use crate::scenario;
use detente_expand::Limits;
use detente_language::eval::bind;
use detente_language::scenario::Scenario;
use detente_solve::qre::{Next, Options};
use detente_sweep::design::{Design, Input, Of, Points};
use detente_sweep::run::{Ground, ground};
use detente_sweep::{Anchors, Answer, Engine, Point, Solved, doubtful, solve_points};

struct Case {
    scenario: Scenario,
    ground: Ground,
}

impl Case {
    fn new(name: &str) -> Case {
        let scenario = scenario(detente_library::find(name).unwrap().text);
        let options = Options::default();
        let limits = Limits::default();
        let ground = ground(&scenario, &[], &[], &options, limits, &mut |_| {
            Next::Continue
        });
        Case {
            ground: ground.unwrap(),
            scenario,
        }
    }

    fn points(&self, design: Design) -> Points {
        let settings = bind(&self.scenario, &[]).unwrap();
        let numbers = doubtful(&self.scenario, &settings, &[])
            .unwrap()
            .into_iter();
        let inputs = numbers.map(|number| Input {
            name: self.scenario.parameters[number.parameter.index()]
                .id
                .clone(),
            of: Of::Number(number),
        });
        Points::new(inputs.collect(), design, 1, &[]).unwrap()
    }

    fn solve(
        &self,
        points: &[Point],
        anchors: Option<&Anchors>,
        afresh: bool,
        threads: usize,
    ) -> Vec<Solved> {
        let engine = Engine {
            anchors,
            ..self.ground.engine(&self.scenario, &[], &[], afresh)
        };
        solve_points(&engine, points, threads, &|_, _| true)
    }
}

fn all(points: &Points) -> Vec<Point> {
    (0..points.count()).map(|at| points.point(at)).collect()
}

fn continued(solved: &[Solved]) -> usize {
    let continued = |solved: &&Solved| solved.answers().is_some_and(|answer| answer.continued);
    solved.iter().filter(continued).count()
}

#[test]
fn points_from_anchors_are_those_solved_by_themselves() {
    let case = Case::new("arms-control");
    let points = case.points(Design::Latin { points: 200 });
    let anchors = case.ground.anchors(&points);
    let points = all(&points);
    let near = case.solve(&points, Some(&anchors), false, 2);
    let from_base = case.solve(&points, None, false, 2);
    let afresh = case.solve(&points, Some(&anchors), true, 2);
    assert_eq!(continued(&afresh), 0);
    let (of_near, of_base) = (continued(&near), continued(&from_base));
    assert!(
        of_near > 100 && of_near > 2 * of_base,
        "{of_near}, {of_base}"
    );
    let answers = |solved: &Solved| -> Answer { solved.answers().unwrap().clone() };
    for (near, afresh) in near.iter().zip(&afresh) {
        let (near, afresh) = (answers(near), answers(afresh));
        for (a, b) in near.tally.endings.iter().zip(&afresh.tally.endings) {
            assert!((a - b).abs() < 1e-6, "{a} for {b}");
        }
        assert!((near.largest_gain - afresh.largest_gain).abs() < 1e-6);
    }
}

#[test]
fn what_comes_of_a_point_does_not_depend_on_its_company() {
    let case = Case::new("arms-control");
    let points = case.points(Design::Sobol { points: 64 });
    let anchors = case.ground.anchors(&points);
    let points_of = all(&points);
    let together = case.solve(&points_of, Some(&anchors), false, 2);
    for at in [63, 40, 17, 5] {
        // A process of its own, which solves no more anchors than it needs.
        let anchors = case.ground.anchors(&points);
        let alone = case.solve(&points_of[at..=at], Some(&anchors), false, 1);
        assert_eq!(alone[0], together[at], "point {at}");
    }
}

#[test]
fn designs_with_few_points_or_one_place_have_no_anchors() {
    let case = Case::new("arms-control");
    let few = case.points(Design::Sobol { points: 4 });
    assert!(case.ground.anchors(&few).is_empty());
    let many = case.points(Design::Sobol { points: 64 });
    assert!(!case.ground.anchors(&many).is_empty());
    // All in the place of the best guesses.
    let base = case.points(Design::Grid { values: 1 });
    assert!(case.ground.anchors(&base).is_empty());
}

/// Where everything is seen nothing is continued, and anchors are not solved in vain.
#[test]
fn trees_without_secrets_need_no_anchors() {
    let case = Case::new("fearon-1995");
    let points = case.points(Design::Latin { points: 50 });
    let anchors = case.ground.anchors(&points);
    let points = all(&points);
    let near = case.solve(&points, Some(&anchors), false, 1);
    let afresh = case.solve(&points, None, true, 1);
    assert_eq!(near, afresh);
}
