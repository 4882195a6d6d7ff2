//! Bargains: what a `bargain` declares, what can be asked of it, and what is wrong with one that cannot be held.

use detente_language::analysis::{Meaning, analyse};
use detente_language::ast::{Rule as Written, StatementKind};
use detente_language::check::{STYLES, load};
use detente_language::parser::parse;
use detente_language::scenario::{Domain, Rule, Scenario, Solution, Step};
use detente_language::source::NoFiles;

const HEAD: &str = "actor us\nactor iran\nactor hawks\noutcome over\nissue oil { stay, lifted }\nissue cap { none, agreed }\n\
    value us { oil 1 { stay 1, lifted 0 } cap 3 { none 0, agreed 1 } fallback 1 }\n\
    value iran { oil 3 { stay 0, lifted 1 } cap 1 { none 1, agreed 0 } fallback 1 }\n\
    ratifier hawks of us { oil 1 { stay 1, lifted 0 } }\n";

fn with(body: &str, after: &str) -> String {
    format!("{HEAD}play {{\n{body}\ngain us 1, iran 1\nend over\n}}\n{after}\n")
}

fn scenario(body: &str, after: &str) -> Scenario {
    let loaded = load("t.detente", &with(body, after), &NoFiles);
    loaded
        .scenario
        .unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

fn codes(body: &str, after: &str) -> Vec<&'static str> {
    let loaded = load("t.detente", &with(body, after), &NoFiles);
    loaded.diagnostics.iter().map(|d| d.code).collect()
}

#[test]
fn a_bargain_reads_as_it_is_written() {
    let text = "play { bargain deal \"The deal\" between us, iran over oil, cap by offers 3 among 12 discount 90 % \
                against us 1, iran x + 2 seen by israel\nbargain d between a, b over c by nash end war }";
    let (file, diagnostics) = parse(text, 0);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    let detente_language::ast::ItemKind::Play(block) = &file.items[0].kind else {
        panic!("{file:?}");
    };
    assert_eq!(block.statements.len(), 3);
    let StatementKind::Bargain(bargain) = &block.statements[0].kind else {
        panic!("{:?}", block.statements[0]);
    };
    assert_eq!((bargain.parties.len(), bargain.issues.len()), (2, 2));
    assert_eq!(bargain.against.len(), 2);
    assert!(bargain.label.is_some());
    assert!(matches!(
        &bargain.rule,
        Written::Offers {
            among: Some(_),
            discount: Some(_),
            ..
        }
    ));
}

#[test]
fn what_it_settles_can_be_asked() {
    let scenario = scenario(
        "bargain deal \"Talks\" between us, iran over cap, oil by kalai_smorodinsky against iran 2\n\
         if deal == none { gain us worth(us, deal) }\nif deal.oil == lifted { gain iran worth(iran, deal) }",
        "ask \"?\" p(deal == agreed and deal.cap in {none, agreed})\nask \"?\" mean(worth(hawks, deal))\n\
         ask \"?\" p(deal.oil != stay given deal == agreed)",
    );
    let bargain = &scenario.bargains[0];
    assert_eq!(bargain.rule, Rule::Solution(Solution::KalaiSmorodinsky));
    assert_eq!((bargain.parties.len(), bargain.against.len()), (2, 2));
    let names: Vec<&str> = scenario.variables.iter().map(|v| v.id.as_str()).collect();
    assert_eq!(names, ["deal", "deal.cap", "deal.oil"]);
    let Domain::Symbols(options) = &scenario.variables[0].domain else {
        panic!("{:?}", scenario.variables[0]);
    };
    let labels: Vec<&str> = options
        .iter()
        .map(|(symbol, _)| scenario.symbols[symbol.index()].as_str())
        .collect();
    assert_eq!(labels, ["agreed", "none"]);
    assert!(matches!(&scenario.play[0], Step::Bargain { seen_by, .. } if seen_by == &[true; 3]));
}

#[test]
fn the_course_of_offers_can_be_asked() {
    let scenario = scenario(
        "bargain deal between iran, us over oil, cap by offers 2 + 1 secretly",
        "ask \"?\" p(deal.reply@1 == accept)\nask \"?\" mean(deal.round given deal == agreed)\nask \"?\" mean(deal.offer@2)",
    );
    let offers = scenario.bargains[0].offers().unwrap();
    assert_eq!(offers.points.len(), 2);
    assert!(offers.points.iter().all(|(_, replies)| replies.len() == 1));
    assert_eq!(scenario.repeats.len(), 1);
    let Step::Bargain { seen_by, .. } = &scenario.play[0] else {
        panic!("{:?}", scenario.play);
    };
    assert_eq!(seen_by, &[true, true, false]);
}

#[test]
fn a_bargain_that_cannot_be_held_is_reported() {
    for (body, code) in [
        ("bargain d between us, us over oil by nash", "E0223"),
        ("bargain d between us over oil by nash", "E0223"),
        ("bargain d between us, hawks over oil by nash", "E0223"),
        ("bargain d between us, iran over oil, oil by nash", "E0223"),
        (
            "bargain d between us, iran over oil by nash against hawks 1",
            "E0223",
        ),
        (
            "bargain d between us, iran over oil by nash against us 1, us 2",
            "E0223",
        ),
        ("bargain d between us, israel over oil by nash", "E0203"),
        ("bargain d between us, iran over missiles by nash", "E0203"),
        ("bargain d between us, iran over oil by vote", "E0107"),
        ("bargain d between us, iran oil by nash", "E0107"),
        ("bargain d between us, iran over oil by offers 0", "E0419"),
        ("bargain d between us, iran over oil by offers 2.5", "E0403"),
        (
            "bargain d between us, iran over oil by offers 2 discount 0",
            "E0419",
        ),
        (
            "bargain d between us, iran over oil by offers 2 among 0",
            "E0419",
        ),
        (
            "bargain d between us, iran over oil by offers 2 among 3 among 4",
            "E0123",
        ),
        ("bargain us between us, iran over oil by nash", "E0201"),
        (
            "bargain d between us, iran over oil by nash\nbargain d between us, iran over cap by nash",
            "E0201",
        ),
        (
            "bargain d between us, iran over oil by nash\nus chooses d { a, b }",
            "E0201",
        ),
        ("bargain d.e between us, iran over oil by nash", "E0107"),
        ("us chooses a.b { c, d }", "E0107"),
        (
            "bargain d between us, iran over oil by nash\ngain us d.oil",
            "E0301",
        ),
        (
            "bargain d between us, iran over oil by nash\nif d.cap == agreed { end over }",
            "E0203",
        ),
        (
            "bargain d between us, iran over oil by nash\nif d == signed { end over }",
            "E0204",
        ),
        (
            "bargain d between us, iran over oil by nash\ngain us worth(us, d.oil)",
            "E0307",
        ),
        (
            "us chooses x { a, b }\nbargain d between us, iran over oil by offers 2 against us if x == a then 1 else 0",
            "E0306",
        ),
    ] {
        assert!(
            codes(body, "").contains(&code),
            "{body}: {:?}",
            codes(body, "")
        );
    }
    let clash = format!(
        "{HEAD}issue reply {{ a, b }}\nplay {{ bargain d between us, iran over reply by offers 1\nend over }}"
    );
    let loaded = load("t.detente", &clash, &NoFiles);
    assert!(loaded.diagnostics.iter().any(|d| d.code == "E0223"));
}

#[test]
fn an_actor_has_a_style() {
    let loaded = load(
        "t.detente",
        "actor us \"United States\" style blunt\nactor iran style boulware\nactor gulf\n",
        &NoFiles,
    );
    let scenario = loaded.scenario.unwrap();
    assert_eq!(
        scenario.styles,
        [Some("blunt".to_owned()), Some("boulware".to_owned()), None]
    );
    let loaded = load("t.detente", "actor us style blnt\n", &NoFiles);
    let wrong = &loaded.diagnostics[0];
    assert_eq!(wrong.code, "E0224");
    let said = format!("{wrong:?}");
    assert!(said.contains("did you mean `blunt`?"), "{said}");
    assert!(
        STYLES
            .iter()
            .all(|(word, name)| said.contains(&format!("{word} ({name})")))
    );
}

#[test]
fn editors_know_the_bargain_and_the_issue_of_a_dotted_name() {
    let text = with(
        "bargain deal between us, iran over oil, cap by nash",
        "ask \"?\" p(deal.oil == lifted)",
    );
    let analysis = analyse("t.detente", &text, &NoFiles);
    let at = u32::try_from(text.find("deal.oil").unwrap()).unwrap();
    let bargain = analysis.mention_at(0, at + 1).unwrap();
    assert!(matches!(bargain.meaning, Meaning::Variable(_)));
    assert_eq!(analysis.sources.text(bargain.span), "deal");
    let issue = analysis.mention_at(0, at + 6).unwrap();
    assert!(matches!(issue.meaning, Meaning::Issue(_)));
    assert_eq!(analysis.sources.text(issue.span), "oil");
    let option = analysis.mention_at(0, at + 13).unwrap();
    assert!(matches!(option.meaning, Meaning::IssueOption(..)));
}
