//! What can be written at a place.

use detente_editor::complete::complete;
use detente_editor::signature::signatures;

use crate::{alone, marked};

const HEAD: &str = "actor us\nactor iran \"Iran\"\nparam cost = 20 in 5 .. 40\nlet double = 2 * cost\nfn least(x, y) = max(x, y)\noutcome war \"War\"\noutcome calm\nstate heat = 0\nissue arms { keep, scrap }\nissue oil { sell }\npackage none_left { arms scrap, oil sell }\nvalue us { arms 3 { keep 0, scrap 1 }, oil 2 { sell 1 } fallback 1 }\n";
const PLAY: &str = "play {\n    iran chooses reply { accept, reject }\n    us chooses next { wait, strike }\n    MARK\n    end calm\n}\nask \"?\" p(war)\n";

/// The labels at the mark.
fn labels(text: &str) -> Vec<String> {
    let (text, at) = marked(text);
    let (_, found) = complete(&alone(&text), at);
    found.into_iter().map(|c| c.label).collect()
}

/// The labels where this stands in the play.
fn in_play(statement: &str) -> Vec<String> {
    labels(&format!("{HEAD}{}", PLAY.replace("MARK", statement)))
}

/// The labels where this stands as a declaration.
fn declared(declaration: &str) -> Vec<String> {
    let play = PLAY.replace("    MARK\n", "");
    labels(&format!("{HEAD}{declaration}\n{play}"))
}

fn has(labels: &[String], wanted: &[&str]) {
    for word in wanted {
        assert!(labels.iter().any(|l| l == word), "`{word}` in {labels:?}");
    }
}

fn lacks(labels: &[String], unwanted: &[&str]) {
    for word in unwanted {
        assert!(
            !labels.iter().any(|l| l == word),
            "no `{word}` in {labels:?}"
        );
    }
}

#[test]
fn beside_a_variable_stand_its_options_and_nothing_else() {
    for statement in [
        "if reply == | { end war }",
        "if reply == |",
        "if reply == acc|ept { }",
        "if cost > 3 and reply != | {",
        "if reply in { | } { }",
        "if reply in { accept, |",
    ] {
        assert_eq!(in_play(statement), ["accept", "reject"], "{statement}");
    }
    assert_eq!(declared("ask \"?\" p(next == |)"), ["wait", "strike"]);
    assert_eq!(declared("ask \"?\" p(next@1 == |"), ["wait", "strike"]);
    assert_eq!(declared("ask \"?\" p(outcome == |"), ["war", "calm"]);
    has(&in_play("if heat == |"), &["cost", "reply"]);
}

#[test]
fn words_and_names_stand_in_their_places() {
    has(&in_play("|"), &["gain", "chance", "if", "us", "iran"]);
    lacks(&in_play("|"), &["param", "cost", "accept"]);
    assert_eq!(in_play("end |"), ["war", "calm"]);
    assert_eq!(in_play("end wa|"), ["war", "calm"]);
    assert_eq!(in_play("gain |"), ["us", "iran"]);
    assert_eq!(in_play("gain us 3, |"), ["us", "iran"]);
    assert_eq!(in_play("set |"), ["heat"]);
    assert_eq!(in_play("show |"), ["reply", "next"]);
    assert_eq!(in_play("show reply |"), ["to"]);
    assert_eq!(in_play("show reply to |"), ["us", "iran"]);
    assert_eq!(in_play("us |"), ["chooses"]);
    assert_eq!(in_play("us chooses later |"), ["secretly", "seen", "in"]);
    assert_eq!(in_play("us chooses later seen |"), ["by"]);
    assert_eq!(
        in_play("us chooses later seen by | { a, b }"),
        ["us", "iran", "nobody"]
    );
    has(&in_play("us chooses later { a if |"), &["reply", "cost"]);
    has(&in_play("chance found { yes |"), &["cost", "if"]);
    has(&in_play("repeat 3 as i { gain us | }"), &["i", "cost"]);
    lacks(&in_play("gain us |"), &["i", "p", "war"]);
    has(&in_play("gain us cost |"), &["and"]);
    has(
        &in_play("us chooses x { a { gain us 3; | } }"),
        &["gain", "end"],
    );
    has(&in_play("if reply == accept { | }"), &["gain", "end"]);
    has(&in_play("if reply in { accept } { | }"), &["gain", "end"]);
}

#[test]
fn bargains_and_styles_are_completed() {
    has(&in_play("|"), &["bargain"]);
    assert_eq!(in_play("bargain deal |"), ["between"]);
    assert_eq!(in_play("bargain deal between |"), ["us", "iran"]);
    assert_eq!(in_play("bargain deal between us, |"), ["us", "iran"]);
    assert_eq!(in_play("bargain deal between us, iran |"), ["over"]);
    assert_eq!(
        in_play("bargain deal between us, iran over |"),
        ["arms", "oil"]
    );
    has(
        &in_play("bargain deal between us, iran over oil by |"),
        &["nash", "offers"],
    );
    has(
        &in_play("bargain deal between us, iran over oil by offers 3 |"),
        &["among", "discount"],
    );
    assert_eq!(
        in_play("bargain deal between us, iran over oil by nash against |"),
        ["us", "iran"]
    );
    let settled = "bargain deal between us, iran over arms, oil by nash\n    if deal.arms == |";
    assert_eq!(in_play(settled), ["keep", "scrap"]);
    let asked = "bargain deal between us, iran over arms, oil by nash\n    if |";
    has(&in_play(asked), &["deal", "deal.arms", "deal.oil"]);
    has(&declared("actor eu style |"), &["patient", "blunt"]);
}

#[test]
fn declarations_are_completed() {
    has(&declared("|"), &["param", "play", "actor"]);
    has(&declared("pa|"), &["param", "package"]);
    lacks(&declared("|"), &["gain", "cost"]);
    has(&declared("let x = |"), &["cost", "double", "least", "max"]);
    lacks(&declared("let x = |"), &["p", "war", "mean"]);
    has(&declared("fn f(alpha) = |"), &["alpha", "cost"]);
    has(&declared("param x = 3 in 1 .. 5 ~ |"), &["triangular"]);
    has(&declared("ask \"?\" |"), &["p", "mean", "value", "war"]);
    has(&declared("ask \"?\" p(war |"), &["given", "and"]);
    has(&declared("expect p(war) < 3 |"), &["within"]);
    assert_eq!(declared("ask \"?\" value(|"), ["us", "iran"]);
    has(&declared("let w = worth(us, |"), &["none_left"]);
    assert_eq!(declared("let w = worth(|"), ["us", "iran"]);
    assert_eq!(declared("value |"), ["us", "iran"]);
    assert_eq!(declared("value iran { | }"), ["arms", "oil", "fallback"]);
    assert_eq!(declared("value iran { arms 3 { | } }"), ["keep", "scrap"]);
    assert_eq!(declared("ratifier |"), ["us", "iran"]);
    assert_eq!(declared("ratifier us |"), ["of"]);
    assert_eq!(declared("ratifier us of |"), ["us", "iran"]);
    assert_eq!(
        declared("ratifier us of iran { | }"),
        ["arms", "oil", "fallback"]
    );
    assert_eq!(declared("package q { | }"), ["arms", "oil"]);
    assert_eq!(declared("package q { arms | }"), ["keep", "scrap"]);
    assert_eq!(declared("happened |"), ["war", "calm"]);
}

#[test]
fn nothing_is_offered_in_texts_comments_numbers_and_new_names() {
    for declaration in [
        "scenario \"a |\"",
        "# a |",
        "let x = 12|",
        "actor |",
        "outcome |",
        "param |",
        "issue neu { | }",
        "note \"not closed |",
        "fn f(|) = 3",
    ] {
        assert_eq!(declared(declaration), Vec::<String>::new(), "{declaration}");
    }
}

#[test]
fn the_word_at_hand_is_replaced_and_told_of() {
    let (text, at) = marked(&format!("{HEAD}let x = co|st + 1\n"));
    let (span, found) = complete(&alone(&text), at);
    assert_eq!(&text[span.range()], "cost");
    let cost = found.iter().find(|c| c.label == "cost").unwrap();
    assert_eq!(cost.detail, "= 20");
    let least = found.iter().find(|c| c.label == "least").unwrap();
    assert_eq!(least.detail, "least(x, y)");
}

#[test]
fn signatures_follow_the_arguments() {
    let at = |text: &str| {
        let (text, at) = marked(&format!("{HEAD}{text}\n"));
        let found = signatures(&alone(&text), at);
        found
            .into_iter()
            .map(|s| format!("{} {}", s.form, s.arguments[s.active]))
            .collect::<Vec<_>>()
    };
    assert_eq!(at("let x = least(|"), ["least(x, y) x"]);
    assert_eq!(at("let x = least(1, |)"), ["least(x, y) y"]);
    assert_eq!(
        at("let x = round(max(1, 2), |"),
        ["round(a) a", "round(a, unit) unit"]
    );
    assert_eq!(at("let x = max(1, 2, 3, |"), ["max(a, b, …) …"]);
    assert!(at("let x = (1 + |").is_empty());
    assert!(at("let x = 1 + |").is_empty());
}

#[test]
fn the_conflict_has_its_words_and_names() {
    const CONFLICT: &str =
        "option raid \"Raid\" of us\noption yield of iran\nsituation truce { yield }\n";
    let told = |text: &str| labels(&format!("{HEAD}{CONFLICT}{text}\n"));
    has(&told("option x \"X\" |"), &["of"]);
    assert_eq!(told("option x of |"), ["us", "iran"]);
    has(&told("option x of us |"), &["irreversible", "doing"]);
    assert_eq!(told("today { |"), ["raid", "yield"]);
    has(&told("infeasible raid and |"), &["yield", "truce", "not"]);
    assert_eq!(told("prefers |"), ["us", "iran"]);
    has(
        &told("prefers us { | }"),
        &["raid", "truce", "strongly", "weight"],
    );
    has(&told("prefers us { raid | }"), &["if", "iff", "over"]);
    has(&told("prefers us { weight | }"), &["cost", "raid"]);
    has(
        &told("perceives us { | }"),
        &["prefers", "unseen", "option"],
    );
    has(
        &told("perceives us { prefers iran { | } }"),
        &["raid", "unknown"],
    );
    has(&told("expect stable |"), &["raid", "truce", "for", "by"]);
    has(&told("expect stable truce by |"), &["nash", "sequential"]);
    assert_eq!(told("expect stable truce for |"), ["us", "iran"]);
    lacks(&told("infeasible |"), &["cost", "war"]);
}
