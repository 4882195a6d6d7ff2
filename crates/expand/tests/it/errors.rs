//! Errors that only a path shows carry that path.

use crate::{expanded, play};
use detente_expand::Limits;
use detente_language::diagnostic::Diagnostic;
use detente_language::explain;

fn error(body: &str) -> Diagnostic {
    let error = expanded(&play(body), Limits::default()).unwrap_err();
    error
        .diagnostic()
        .unwrap_or_else(|| panic!("{error}"))
        .clone()
}

fn shows(diagnostic: &Diagnostic, words: &str) {
    assert!(
        diagnostic.notes.iter().any(|note| note.contains(words)),
        "{diagnostic:#?}"
    );
}

#[test]
fn a_negative_probability() {
    let fault = error("a chooses x { l { set s = 2 }, r }\nchance c { u s, d 1 - s }\nend good");
    assert_eq!(fault.code, "E0501");
    shows(&fault, "on the path Ann: l");
}

#[test]
fn probabilities_that_do_not_sum_to_one() {
    let fault = error("a chooses x { l { set s = 0.1 }, r }\nchance c { u s, d 1 }\nend good");
    assert_eq!(fault.code, "E0502");
    assert!(fault.message.contains("sum to 1.1"), "{}", fault.message);
}

#[test]
fn a_division_by_zero() {
    let fault = error("a chooses x { l { set s = 1 }, r }\ngain a 1 / s\nend good");
    assert_eq!(fault.code, "E0503");
    shows(&fault, "on the path Ann: r");
}

#[test]
fn a_path_that_falls_off_the_end() {
    let fault = error("a chooses x { l, r { end good } }");
    assert_eq!(fault.code, "E0504");
    shows(&fault, "on the path Ann: l");
}

#[test]
fn a_guard_that_gives_a_secret_away() {
    let fault = error("a chooses x secretly { l, r }\nb chooses y { u if x == l, d }\nend good");
    assert_eq!(fault.code, "E0505");
    shows(&fault, "`x`");
    shows(&fault, "one history: on the path Ann: l");
    shows(&fault, "the other: on the path Ann: r");
}

#[test]
fn no_open_option() {
    let fault = error("a chooses x { l, r }\nb chooses y { u if x == l }\nend good");
    assert_eq!(fault.code, "E0506");
    shows(&fault, "on the path Ann: r");
}

#[test]
fn a_number_without_value() {
    let fault = error(
        "a chooses x { l, r }\nif x == l { b chooses y in 0 .. 1 step 0.5 }\ngain a y\nend good",
    );
    assert_eq!(fault.code, "E0507");
    shows(&fault, "on the path Ann: r");
}

#[test]
fn a_payoff_beyond_all_numbers() {
    let fault = error("set s = 1e308\ngain a s\ngain a s\nend good");
    assert_eq!(fault.code, "E0509");
}

#[test]
fn rounds_are_shown_on_paths() {
    let fault = error(
        "repeat 2 as i { a chooses x { l, r }\n if i == 2 and x == r { gain a 1 / 0 } }\nend good",
    );
    assert_eq!(fault.code, "E0503");
    shows(&fault, "[round 1] Ann: l → [round 2] Ann: r");
}

/// What `detente explain` calls wrong is wrong, and what it calls right is right.
#[test]
fn explained_examples_do_what_they_say() {
    let mut seen = 0;
    for explained in explain::all().filter(|explained| explained.code.starts_with("E05")) {
        if let Some(wrong) = explained.wrong() {
            let error = expanded(&wrong, Limits::default()).unwrap_err();
            let code = error.diagnostic().map(|diagnostic| diagnostic.code);
            assert_eq!(code, Some(explained.code), "{wrong}");
            seen += 1;
        }
        if let Some(right) = explained.right() {
            assert!(expanded(&right, Limits::default()).is_ok(), "{right}");
        }
    }
    assert!(seen >= 8, "only {seen} wrong examples");
}
