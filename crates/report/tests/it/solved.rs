//! What a method found, and the table of methods: snapshots, and what must hold at every width.

use detente_report::{
    ChoiceView, EquilibriaView, EquilibriumView, MethodRow, TextOptions, equilibria_text,
    methods_text,
};
use unicode_width::UnicodeWidthStr;

fn plain(width: usize) -> TextOptions {
    TextOptions {
        width,
        color: false,
        unicode: true,
    }
}

fn ascii(width: usize) -> TextOptions {
    TextOptions {
        unicode: false,
        ..plain(width)
    }
}

fn choice(player: &str, set: &str, reach: f64, actions: &[(&str, &str)]) -> ChoiceView {
    let both = |&(a, p): &(&str, &str)| (a.to_owned(), p.to_owned());
    ChoiceView {
        player: player.to_owned(),
        set: set.to_owned(),
        reach,
        actions: actions.iter().map(both).collect(),
    }
}

/// An equilibrium in exact fractions.
fn exact() -> EquilibriumView {
    EquilibriumView {
        payoffs: vec![-10.0 / 7.0, 0.0],
        exact_payoffs: Some(vec!["-10/7".to_owned(), "0".to_owned()]),
        largest_relative_gain: 0.0,
        largest_relative_gain_at_sets: 4e-18,
        remark: Some("component 1".to_owned()),
        choices: vec![
            choice(
                "Inspectors",
                "the visit",
                1.0,
                &[("stay", "3/5"), ("inspect", "2/5")],
            ),
            choice(
                "State",
                "the plant",
                0.0,
                &[("comply", "6/7"), ("violate", "1/7")],
            ),
        ],
    }
}

/// An equilibrium in doubles.
fn rounded() -> EquilibriumView {
    EquilibriumView {
        payoffs: vec![1_234.567_89, -0.000_000_123_4],
        exact_payoffs: None,
        largest_relative_gain: 3.2e-5,
        largest_relative_gain_at_sets: 0.012,
        remark: None,
        choices: vec![choice("State", "the plant", 0.25, &[("comply", "1.0000")])],
    }
}

fn view(equilibria: Vec<EquilibriumView>) -> EquilibriaView {
    EquilibriaView {
        title: "An inspection".to_owned(),
        size: [2, 7, 1],
        method: "extreme".to_owned(),
        success: true,
        sentence: "Complete: everything that the method looks for was searched through.".to_owned(),
        seconds: 0.034,
        precision: None,
        remarks: vec!["Connected through mixtures that are equilibria too: 1, 2.".to_owned()],
        players: vec!["Inspectors".to_owned(), "State".to_owned()],
        equilibria,
    }
}

fn interrupted() -> EquilibriaView {
    EquilibriaView {
        method: "logit".to_owned(),
        success: false,
        sentence: "The time limit ran out.".to_owned(),
        precision: Some(12_345.678),
        remarks: Vec::new(),
        ..view(vec![rounded()])
    }
}

#[test]
fn two_equilibria_at_40_columns() {
    insta::assert_snapshot!(equilibria_text(&view(vec![exact(), rounded()]), plain(40)));
}

#[test]
fn two_equilibria_at_100_columns() {
    insta::assert_snapshot!(equilibria_text(&view(vec![exact(), rounded()]), plain(100)));
}

#[test]
fn two_equilibria_in_ascii() {
    let text = equilibria_text(&view(vec![exact(), rounded()]), ascii(80));
    assert!(text.is_ascii(), "{text}");
    insta::assert_snapshot!(text);
}

#[test]
fn short_of_what_was_asked_for() {
    insta::assert_snapshot!(equilibria_text(&interrupted(), plain(80)));
}

#[test]
fn none_at_all() {
    let nobody = EquilibriaView {
        size: [0, 1, 0],
        players: Vec::new(),
        remarks: Vec::new(),
        ..view(Vec::new())
    };
    insta::assert_snapshot!(equilibria_text(&nobody, plain(80)));
}

#[test]
fn long_lists_are_cut_and_say_so() {
    let mut many = exact();
    many.choices = many.choices.iter().cycle().take(40).cloned().collect();
    let text = equilibria_text(&view(vec![many; 15]), plain(100));
    assert!(
        text.contains("… 16 more information sets: --json has all"),
        "{text}"
    );
    assert!(
        text.contains("… 3 more equilibria: --json has all"),
        "{text}"
    );
    assert!(text.contains("Equilibrium 12") && !text.contains("Equilibrium 13"));
    assert!(text.lines().count() < 120);
}

#[test]
fn never_wider_than_the_terminal_whatever_the_script() {
    let mut one = exact();
    one.choices[0].set = "Aufstiegswahrscheinlichkeitsberechnung".repeat(4);
    one.choices[1].actions[0].0 = "伊朗會在協議上作弊嗎？".repeat(6);
    let mut all = view(vec![one, rounded()]);
    all.title = "معامله‌ای که دوام دارد و همه از آن سود می‌برند ".repeat(3);
    all.players[0] = "一項破裂的協議以及其後果 ❤️❤️❤️❤️❤️❤️❤️❤️".to_owned();
    for width in 24..130 {
        for line in equilibria_text(&all, plain(width)).lines() {
            assert!(line.width() <= width, "{} at {width}: {line}", line.width());
        }
    }
}

#[test]
fn names_cannot_command_the_terminal() {
    let mut all = view(vec![exact()]);
    all.title = "\u{1b}[2J title".to_owned();
    all.players[0] = "\u{1b}]0;owned\u{7}\u{202e}x\r\n".to_owned();
    all.equilibria[0].choices[0].set = "\u{9b}31m".to_owned();
    let text = equilibria_text(&all, plain(80));
    assert!(
        text.chars().all(|c| c == '\n' || !c.is_control()),
        "{text:?}"
    );
    assert!(!text.contains('\u{202e}'));
}

const ROWS: [MethodRow<'static>; 2] = [
    (
        "logit",
        [
            (
                "finds",
                "one equilibrium and the path to it from random play",
            ),
            ("for", "any number of players"),
            (
                "when",
                "the default: what careful but fallible players come to",
            ),
        ],
    ),
    (
        "pure",
        [
            ("finds", "all equilibria in pure strategies"),
            ("for", "perfect recall"),
            ("when", "to know whether anybody must keep others guessing"),
        ],
    ),
];

#[test]
fn methods_at_40_columns() {
    insta::assert_snapshot!(methods_text(&ROWS, plain(40)));
}

#[test]
fn methods_at_100_columns() {
    insta::assert_snapshot!(methods_text(&ROWS, plain(100)));
}
