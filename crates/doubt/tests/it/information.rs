//! What knowing numbers is worth, where that can be computed by hand.

use crate::explored;
use detente_doubt::{Choice, Plan, Table, information};
use detente_findings::model::{DoubtNumber, Information};

fn close(found: f64, expected: f64, within: f64) {
    assert!(
        (found - expected).abs() <= within,
        "{found} for {expected}, within {within}"
    );
}

/// Numbers between 0 and 1 that lie evenly in the square.
fn table(rows: usize) -> Table {
    let column =
        |root: f64| -> Vec<f64> { (1..=rows).map(|i| (i as f64 * root).fract()).collect() };
    let number = |id: &str| DoubtNumber {
        id: id.to_owned(),
        about: String::new(),
        percent: false,
        base: Some(0.5),
        low: 0.0,
        high: 1.0,
    };
    Table {
        numbers: vec![number("x"), number("y")],
        outputs: Vec::new(),
        inputs: vec![column(2.0_f64.sqrt()), column(3.0_f64.sqrt())],
        values: vec![vec![0.0; rows]],
    }
}

/// Somebody who stays, which brings nothing, or goes.
fn choice(
    table: &Table,
    reach: impl Fn(f64, f64) -> f64,
    goes: impl Fn(f64, f64) -> f64,
) -> Choice {
    let rows = || table.inputs[0].iter().zip(&table.inputs[1]);
    Choice {
        actor: 0,
        label: "Somebody".to_owned(),
        decision: "Somebody, first".to_owned(),
        options: vec!["Stay".to_owned(), "Go".to_owned()],
        reach: rows().map(|(x, y)| reach(*x, *y)).collect(),
        values: rows().flat_map(|(x, y)| [0.0, goes(*x, *y)]).collect(),
    }
}

fn one(table: &Table, choice: Choice) -> Information {
    let mut found = information(table, &[choice], 1, 2);
    assert_eq!(found.len(), 1);
    found.remove(0)
}

#[test]
fn an_advantage_that_is_linear_in_one_number() {
    let table = table(4000);
    let found = one(&table, choice(&table, |_, _| 1.0, |x, _| x - 0.3));
    // Going brings 0.2 on average; knowing x, ∫ (x − 0.3) from 0.3 to 1, which is 0.245.
    assert_eq!(found.best, 1);
    close(found.options[1].expected, 0.2, 0.001);
    close(found.options[1].best_in, 0.7, 0.001);
    close(found.evpi, 0.045, 0.001);
    // The other number is worth nothing.
    assert_eq!(found.numbers.len(), 1, "{found:?}");
    assert_eq!(found.numbers[0].number, 0);
    close(found.numbers[0].worth, 0.045, 0.003);
    let instead = found.numbers[0].instead.unwrap();
    assert_eq!((instead.option, instead.above), (0, false));
    close(instead.limit, 0.3, 0.002);
}

#[test]
fn two_numbers_of_which_each_alone_tells_less() {
    let table = table(4000);
    let found = one(&table, choice(&table, |_, _| 1.0, |x, y| x + y - 1.0));
    // The mean of the positive part of a triangular number from −1 to 1 is 1/6; of x − 1/2, 1/8.
    close(found.evpi, 1.0 / 6.0, 0.003);
    assert_eq!(found.numbers.len(), 2);
    for number in &found.numbers {
        // Where options tie on average, most is taken off for chance.
        close(number.worth, 0.125, 0.03);
    }
}

#[test]
fn draws_count_by_how_often_the_decision_is_come_to() {
    let table = table(4000);
    let reach = |_: f64, y: f64| if y > 0.5 { 0.8 } else { 0.0 };
    let found = one(&table, choice(&table, reach, |_, y| y - 0.6));
    // Who stands there knows that y is above 0.5: its mean is 0.75, and from 0.6 on going is better.
    close(found.reached, 0.4, 0.001);
    close(found.options[1].expected, 0.15, 0.001);
    close(found.evpi, 0.01, 0.0005);
    close(found.options[0].best_in, 0.2, 0.002);
}

#[test]
fn nothing_is_worth_knowing_where_one_option_is_always_best() {
    let table = table(1000);
    let found = one(&table, choice(&table, |_, _| 1.0, |x, y| 1.0 + x * y));
    assert_eq!((found.best, found.evpi), (1, 0.0));
    assert!(found.numbers.is_empty());
}

#[test]
fn draws_without_values_are_left_out_and_decisions_hardly_come_to_are_not_told() {
    let table = table(100);
    let mut some = choice(&table, |_, _| 1.0, |x, _| x - 0.5);
    some.values[7] = f64::NAN;
    assert_eq!(one(&table, some.clone()).rows, 99);
    some.reach.fill(1e-9);
    assert!(information(&table, &[some], 1, 1).is_empty());
}

/// A hawk presses or holds; the other side yields at a price of 1 if resisting costs it more.
const PRESSURE: &str = "scenario \"Pressure\"\nparam cost = 1.5 in 0 .. 3\nparam idle = 1 in 0 .. 2\n\
    actor hawk \"Hawk\"\nactor dove \"Dove\"\noutcome calm\noutcome won\noutcome fight_\nplay {\n\
    hawk chooses line { hold \"Hold\", press \"Press\" }\n if line == hold { end calm }\n\
    dove chooses reply { yield_ \"Yield\", resist \"Resist\" }\n\
    if reply == yield_ { gain hawk 2, dove -1; end won }\n gain hawk -4, dove -cost\n end fight_\n}\n";

#[test]
fn a_small_game_by_hand() {
    let findings = explored(PRESSURE, |game| Plan::modest(game, Some(400), 1, 2));
    let doubt = findings.doubt.unwrap();
    let hawk = &doubt.information[0];
    assert_eq!((hawk.actor, hawk.label.as_str()), (0, "Hawk"));
    let labels: Vec<&str> = hawk.options.iter().map(|o| o.label.as_str()).collect();
    assert_eq!(labels, ["Hold", "Press"]);
    // The dove yields where the cost is above 1, in two draws of three: pressing brings 2 · 2/3 − 4 · 1/3 = 0, a tie with
    // holding; knowing the cost, 2 · 2/3.
    close(hawk.reached, 1.0, 1e-9);
    close(hawk.options[0].expected, 0.0, 1e-9);
    close(hawk.options[1].expected, 0.0, 0.05);
    close(hawk.evpi, 4.0 / 3.0, 0.05);
    assert_eq!(hawk.numbers.len(), 1, "{hawk:?}");
    close(hawk.numbers[0].worth, 4.0 / 3.0, 0.35);
    close(hawk.numbers[0].instead.unwrap().limit, 1.0, 0.05);
    // The dove decides between −1 and minus the cost where it is pressed: two draws of three, of a cost above 1.
    let dove = &doubt.information[1];
    assert_eq!(dove.options[dove.best].label, "Yield");
    close(dove.options[dove.best].expected, -1.0, 1e-6);
    close(dove.reached, 2.0 / 3.0, 0.02);
    close(dove.evpi, 0.0, 0.02);
}
